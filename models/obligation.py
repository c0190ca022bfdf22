"""The two axes of an obligation: state and timeliness, never one enum (DOMAIN section 3)."""

from enum import StrEnum

from models.base import Instant, Wire
from models.document import DocumentRef
from models.follow_up import Track


class State(StrEnum):
    DORMANT = "dormant"
    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    SUSPENDED = "suspended"
    ACCEPTED = "accepted"
    SATISFIED = "satisfied"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    UNFULFILLED = "unfulfilled"


OWING = frozenset({State.OPEN, State.RETURNED})
"""States in which the unit still has to act; only these are reminded and escalated."""

DONE = frozenset({State.ACCEPTED, State.SATISFIED})

UNDONE = OWING | {State.SUSPENDED}
"""States of what is asked and not given, also where it stands still: it stays unfulfilled once it can no longer be
given."""

RELEASED = frozenset({State.NOT_APPLICABLE, State.WAIVED, State.WITHDRAWN})
"""States in which the unit need not act, now or later."""

LIVE = OWING | {State.DORMANT, State.SUBMITTED, State.SUSPENDED}
"""States in which something may still come, so that time counts: only these can be dated anew, released, withdrawn, or
given to another unit."""

GONE = RELEASED | {State.TRANSFERRED}
"""States of an obligation in whose place another may come."""

NOT_ASKED = GONE | {State.DORMANT}
"""States in which nothing is asked of the unit: they have no time to keep and are outside every denominator. What was
transferred counts where it went."""


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


class Shares(Wire):
    """Time in microseconds by in whose hands an obligation was: the unit above, while its document was waited for; the
    unit; the unit in time that an extension gave it; those who review; nobody, while it was suspended."""

    above: int = 0
    unit: int = 0
    extension: int = 0
    reviewer: int = 0
    suspended: int = 0

    @property
    def whole(self) -> int:
        """The whole span, in microseconds."""
        return self.above + self.unit + self.extension + self.reviewer + self.suspended


class Hands(Shares):
    """In whose hands an obligation was in business time, up to the instant `until`: when it last changed hands."""

    until: Instant


class Inherited(Wire):
    """What a unit before had of the same matter: evidence, never counted again."""

    unit: str
    document: DocumentRef | None = None
    submitted_at: Instant | None = None
    accepted: bool = False


class ObligationState(Wire):
    """What the ledger knows of one obligation. Instants are business time, UTC.

    `original_due` is the due instant before it was changed for the first time, `extensions` how often it was put off;
    `promised` is the due instant without what was put off, so that the time between the two is known to be given.
    `chased_at` is when the unit was last chased outside the ladder. `climbed` counts the steps of each ladder that lie
    behind, `next_step_at` is when the next one goes out. `heard_at` is the last sign of life.
    `endorsed` are recipients that have accepted the latest submission while others have not decided. `basis` is the
    document that opened it. `taken_from` is the number of the earlier directive whose answer counts here,
    `shared_from` the obligation whose event is the evidence.
    `laid_aside` is the state before it was suspended or released, `reason` why a supervisor last stepped in.
    `inherited` is what units before had of it, `moved_to` the units that owe it now.
    """

    requirement: str
    unit: str
    state: State
    due: Instant | None = None
    original_due: Instant | None = None
    promised: Instant | None = None
    extensions: int = 0
    opened_at: Instant | None = None
    acknowledged_at: Instant | None = None
    submissions: int = 0
    existing: bool = False
    submitted_at: Instant | None = None
    decided_at: Instant | None = None
    returned: int = 0
    escalations: int = 0
    climbed: dict[Track, int] = {}
    next_step_at: Instant | None = None
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
    laid_aside: State | None = None
    suspended_at: Instant | None = None
    reason: str = ""
    hands: Hands | None = None
    inherited: tuple[Inherited, ...] = ()
    moved_to: tuple[str, ...] = ()

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
