"""Immutable facts. The audit trail is the hash chain of these, one chain per cascade."""

from typing import Annotated, Literal

from pydantic import Field

from models.base import Instant, Wire
from models.command import Actor, Answer
from models.document import DocumentRef
from models.plan import StepKind


class CascadeOpened(Wire):
    kind: Literal["cascade_opened"] = "cascade_opened"
    units: int
    obligations: int


class ObligationsOpened(Wire):
    """`basis` is the unit's own document or the trigger document that opened them, if one did."""

    kind: Literal["obligations_opened"] = "obligations_opened"
    obligations: tuple[str, ...]
    reason: str
    basis: DocumentRef | None = None


class Acknowledged(Wire):
    kind: Literal["acknowledged"] = "acknowledged"
    unit: str
    obligations: tuple[str, ...]


class Submitted(Wire):
    kind: Literal["submitted"] = "submitted"
    obligation: str
    submission: int
    answer: Answer


class Accepted(Wire):
    kind: Literal["accepted"] = "accepted"
    obligation: str
    submission: int
    comment: str = ""
    document: DocumentRef | None = None


class Returned(Wire):
    kind: Literal["returned"] = "returned"
    obligation: str
    submission: int
    comment: str


class StepFired(Wire):
    """One ladder step of one requirement reached for these obligations; `passed` names steps it stands for too."""

    kind: Literal["step_fired"] = "step_fired"
    requirement: str
    step: str
    step_kind: StepKind
    scheduled: Instant
    passed: tuple[str, ...] = ()
    obligations: tuple[str, ...]


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
    | Acknowledged
    | Submitted
    | Accepted
    | Returned
    | StepFired
    | DocumentRegistered
    | BelowClosed
    | CascadeClosed,
    Field(discriminator="kind"),
]


class Event(Wire):
    """A fact with its place in the chain. `cause` is the id of the command it follows from, or the timer's name."""

    seq: int
    at: Instant
    actor: Actor
    cause: str
    fact: Fact
