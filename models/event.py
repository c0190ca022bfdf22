"""Immutable facts. The audit trail is the hash chain of these, one chain per cascade."""

from typing import Annotated, Literal

from pydantic import Field

from models.actor import Actor
from models.answer import Answer, Selected
from models.base import Instant, Wire
from models.correspondence import (
    AddressRefused,
    Chased,
    DecisionsAwaited,
    EscalationHeard,
    HolderLeft,
    HolderNamed,
    ObstacleRaised,
    RecommendationHandled,
    RepliesOverdue,
    RequestAnswered,
    RequestMade,
)
from models.document import DocumentRef
from models.follow_up import Audience, StepKind, Track
from models.obligation import Outcome, State
from models.plan import Period
from models.stepped_in import Amended, DueSet, Ended, Reinstated, Released, Resumed, Suspended
from models.succession import KeepingChanged, TakenIn, Transferred


class CascadeOpened(Wire):
    kind: Literal["cascade_opened"] = "cascade_opened"
    units: int
    obligations: int


class ObligationsOpened(Wire):
    """`basis` is the document that opened them, if one did, and becomes their legal basis; `due` is the instant that
    follows from the opening, for deadlines that are counted from it."""

    kind: Literal["obligations_opened"] = "obligations_opened"
    obligations: tuple[str, ...]
    reason: str
    basis: DocumentRef | None = None
    due: Instant | None = None


class Excluded(Wire):
    """These obligations do not apply after all: their unit was not selected, or nothing above them applies."""

    kind: Literal["excluded"] = "excluded"
    obligations: tuple[str, ...]
    reason: str


class Lapsed(Wire):
    """What these obligations asked for can no longer be given: the draft that was out for comments is final."""

    kind: Literal["lapsed"] = "lapsed"
    obligations: tuple[str, ...]
    basis: DocumentRef


class TakenOver(Wire):
    """An answer that was given to an earlier directive counts for this one. `state` is submitted or done."""

    kind: Literal["taken_over"] = "taken_over"
    obligation: str
    number: str
    state: State
    answer: Answer
    submitted_at: Instant


class Withdrawn(Wire):
    """These obligations were withdrawn by the document that replaces the directive; of them their units knew of
    `opened`. `requirements` and `close` are the replacement's own, for registers below."""

    kind: Literal["withdrawn"] = "withdrawn"
    obligations: tuple[str, ...]
    opened: tuple[str, ...] = ()
    by: DocumentRef
    requirements: tuple[str, ...] = ()
    close: bool = False


class AboveAccepted(Wire):
    """The document of a unit above was accepted, which registers further below wait for."""

    kind: Literal["above_accepted"] = "above_accepted"
    requirement: str
    unit: str
    document: DocumentRef | None = None
    selected: tuple[Selected, ...] = ()


class AboveExcluded(Wire):
    """A requirement does not apply to a unit above, and registers further below wait for it."""

    kind: Literal["above_excluded"] = "above_excluded"
    requirement: str
    unit: str


class AboveReinstated(Wire):
    """A requirement that did not apply to a unit above does again, and with it these obligations, which did not apply
    because of that."""

    kind: Literal["above_reinstated"] = "above_reinstated"
    requirement: str
    unit: str
    obligations: tuple[str, ...] = ()


class Acknowledged(Wire):
    kind: Literal["acknowledged"] = "acknowledged"
    unit: str
    obligations: tuple[str, ...]


class Submitted(Wire):
    """An answer was handed in; on paper already at `received_at`, where a supervisor enters it for the unit, with the
    reason."""

    kind: Literal["submitted"] = "submitted"
    obligation: str
    submission: int
    answer: Answer
    received_at: Instant | None = None
    reason: str = ""


class EvidenceShared(Wire):
    """An event that one unit reported is evidence for a co-host too; it counts once. `source` is the obligation that
    was answered, at `submitted_at`."""

    kind: Literal["evidence_shared"] = "evidence_shared"
    obligation: str
    source: str
    answer: Answer
    submitted_at: Instant


class FiguresCompleted(Wire):
    kind: Literal["figures_completed"] = "figures_completed"
    obligation: str
    answer: Answer


class Endorsed(Wire):
    """One of several recipients has accepted; others have not decided yet."""

    kind: Literal["endorsed"] = "endorsed"
    obligation: str
    submission: int
    comment: str = ""
    outcome: Outcome | None = None


class Accepted(Wire):
    """All recipients have accepted. `selected` are the units that the answer chose."""

    kind: Literal["accepted"] = "accepted"
    obligation: str
    submission: int
    comment: str = ""
    outcome: Outcome | None = None
    document: DocumentRef | None = None
    selected: tuple[Selected, ...] = ()


class Returned(Wire):
    kind: Literal["returned"] = "returned"
    obligation: str
    submission: int
    comment: str


class StepFired(Wire):
    """One step of one ladder of one requirement reached for these obligations, which tells `to`; `passed` names steps
    it stands for too."""

    kind: Literal["step_fired"] = "step_fired"
    requirement: str
    step: str
    track: Track
    step_kind: StepKind
    to: tuple[Audience, ...]
    scheduled: Instant
    passed: tuple[str, ...] = ()
    obligations: tuple[str, ...]


class SummaryIssued(Wire):
    """A summary report was written: SHA-256 (hex) of each form by its place in the directive's folder of reports.

    One of the register's calendar has its key, title, period and the instant (exclusive) whose data it has; that on the
    whole directive at its end has none of these.
    """

    kind: Literal["summary_issued"] = "summary_issued"
    files: dict[str, str]
    report: str = ""
    title: str = ""
    period: Period | None = None
    as_of: Instant | None = None


class DocumentRegistered(Wire):
    kind: Literal["document_registered"] = "document_registered"
    trigger: str
    document: DocumentRef


class BelowClosed(Wire):
    kind: Literal["below_closed"] = "below_closed"
    unit: str
    chain_head: str
    events: int


class CascadeClosed(Wire):
    kind: Literal["cascade_closed"] = "cascade_closed"
    unfulfilled: tuple[str, ...]


Fact = Annotated[
    CascadeOpened
    | ObligationsOpened
    | Excluded
    | Lapsed
    | TakenOver
    | Withdrawn
    | AboveAccepted
    | AboveExcluded
    | AboveReinstated
    | Acknowledged
    | Submitted
    | EvidenceShared
    | FiguresCompleted
    | Endorsed
    | Accepted
    | Returned
    | StepFired
    | ObstacleRaised
    | RequestMade
    | RequestAnswered
    | Chased
    | EscalationHeard
    | DueSet
    | Released
    | Reinstated
    | Suspended
    | Resumed
    | Amended
    | Ended
    | Transferred
    | TakenIn
    | KeepingChanged
    | HolderNamed
    | HolderLeft
    | AddressRefused
    | DecisionsAwaited
    | SummaryIssued
    | RecommendationHandled
    | RepliesOverdue
    | DocumentRegistered
    | BelowClosed
    | CascadeClosed,
    Field(discriminator="kind"),
]


class Event(Wire):
    """A fact with its place in the chain. `at` is business time, `recorded_at` the real time at which the register took
    it down (None: before that was kept); `cause` is the id of the command it follows from, or the timer's name."""

    seq: int
    at: Instant
    recorded_at: Instant | None = None
    actor: Actor
    cause: str
    fact: Fact
