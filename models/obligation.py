"""The two axes of an obligation: state and timeliness, never one enum (DOMAIN section 3)."""

from enum import StrEnum

from models.base import Instant, Wire
from models.document import DocumentRef


class State(StrEnum):
    DORMANT = "dormant"
    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    SATISFIED = "satisfied"
    NOT_APPLICABLE = "not_applicable"
    WITHDRAWN = "withdrawn"
    UNFULFILLED = "unfulfilled"


OWING = frozenset({State.OPEN, State.RETURNED})
"""States in which the unit still has to act; only these are reminded and escalated."""

DONE = frozenset({State.ACCEPTED, State.SATISFIED})


class Timeliness(StrEnum):
    NO_DEADLINE = "no_deadline"
    IN_TIME = "in_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    ON_TIME = "on_time"
    LATE = "late"


class Outcome(StrEnum):
    """What became of the matter that an accepted answer put forward: comments on a draft, or a proposal."""

    TAKEN_ON_BOARD = "taken_on_board"
    EXPLAINED = "explained"
    ACCEPTED = "accepted"
    MERGED = "merged"
    REJECTED = "rejected"


class ObligationState(Wire):
    """What the ledger knows of one obligation. Instants are business time, UTC.

    `original_due` is the due instant before more time was granted for the first time, `extensions` how often it was;
    `chased_at` is when the unit was last chased outside the ladder.
    `next_step` counts the ladder steps that lie behind; for an obligation without a due date, the times it was chased
    since `heard_at`, the last sign of life. `endorsed` are recipients that have accepted the latest submission while
    others have not decided. `basis` is the document that opened it. `taken_from` is the number of the earlier directive
    whose answer counts here, `shared_from` the obligation whose event is the evidence.
    """

    requirement: str
    unit: str
    state: State
    due: Instant | None = None
    original_due: Instant | None = None
    extensions: int = 0
    opened_at: Instant | None = None
    acknowledged_at: Instant | None = None
    submissions: int = 0
    existing: bool = False
    submitted_at: Instant | None = None
    decided_at: Instant | None = None
    returned: int = 0
    escalations: int = 0
    next_step: int = 0
    chased_at: Instant | None = None
    comment: str = ""
    outcome: Outcome | None = None
    document: DocumentRef | None = None
    basis: DocumentRef | None = None
    coordinating: bool = False
    endorsed: tuple[str, ...] = ()
    heard_at: Instant | None = None
    taken_from: str = ""
    shared_from: str = ""

    @property
    def key(self) -> str:
        return obligation_key(self.requirement, self.unit)


def obligation_key(requirement: str, unit: str) -> str:
    """The name of an obligation within its cascade: one requirement x one unit."""
    return f"{requirement}@{unit}"


def unit_of(key: str) -> str:
    """The unit that owes an obligation, from the obligation's key."""
    return key.rpartition("@")[2]


def requirement_of(key: str) -> str:
    """The requirement of an obligation, from the obligation's key."""
    return key.rpartition("@")[0]
