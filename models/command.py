"""What people and other cascades ask of a ledger. A command's id makes repeating it harmless."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from models.answer import Answer, AttendanceRow, Selected
from models.base import Instant, Wire
from models.document import DocumentRef
from models.obligation import Outcome
from models.recommendation import Handling


class ActorKind(StrEnum):
    OFFICER = "officer"
    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    CASCADE = "cascade"
    TIMER = "timer"


class Actor(Wire):
    """Who acts, and for which unit."""

    kind: ActorKind
    unit: str
    name: str = ""


class _Command(Wire):
    id: str = Field(min_length=1, max_length=200)
    at: Instant
    actor: Actor


class Acknowledge(_Command):
    """The unit has received the directive."""

    kind: Literal["acknowledge"] = "acknowledge"


class Submit(_Command):
    """A unit answers one of its obligations."""

    kind: Literal["submit"] = "submit"
    obligation: str
    answer: Answer


class Decision(StrEnum):
    ACCEPT = "accept"
    RETURN = "return"


class Review(_Command):
    """A recipient decides on submission number `submission`, and on no later one: the unit that keeps the register, or
    another unit on the requirement's report lines. `outcome` is named where the requirement asks for one."""

    kind: Literal["review"] = "review"
    obligation: str
    submission: int
    decision: Decision
    comment: str = ""
    outcome: Outcome | None = None


class CompleteFigures(_Command):
    """A unit adds the split by sex that its answer lacked; the total stays as it was handed in."""

    kind: Literal["complete_figures"] = "complete_figures"
    obligation: str
    men: int
    women: int
    attended: tuple[AttendanceRow, ...] = ()


class HandleRecommendation(_Command):
    """Something is done with a recommendation. `body` and `reply_by` are for referring it."""

    kind: Literal["handle_recommendation"] = "handle_recommendation"
    recommendation: str
    handling: Handling
    words: str = ""
    body: str = ""
    reply_by: dt.date | None = None


class RaiseObstacle(_Command):
    """A unit tells what stands in the way of an obligation of its own; it is handled like a recommendation."""

    kind: Literal["raise_obstacle"] = "raise_obstacle"
    obligation: str
    text: str


class RegisterDocument(_Command):
    """A document that some requirements wait for has arrived ("khi có hướng dẫn của tỉnh")."""

    kind: Literal["register_document"] = "register_document"
    trigger: str
    document: DocumentRef


class OpenBelow(_Command):
    """The cascade above tells that the document of `unit`, above these, was accepted. `selected` are the units it
    chose, where it answered a selection."""

    kind: Literal["open_below"] = "open_below"
    requirement: str
    unit: str
    document: DocumentRef | None = None
    selected: tuple[Selected, ...] = ()


class ExcludeBelow(_Command):
    """The cascade above tells that a requirement does not apply to `unit`, so what would have followed from it below
    does not either."""

    kind: Literal["exclude_below"] = "exclude_below"
    requirement: str
    unit: str


class Replace(_Command):
    """Another directive replaces this one: the requirements named are withdrawn (all where none is), and the register
    closes where `close` says so."""

    kind: Literal["replace"] = "replace"
    by: DocumentRef
    requirements: tuple[str, ...] = ()
    close: bool = False


class ChildClosed(_Command):
    """A child cascade tells that it has closed, with the head of its hash chain."""

    kind: Literal["child_closed"] = "child_closed"
    chain_head: str
    events: int


Command = Annotated[
    Acknowledge
    | Submit
    | Review
    | CompleteFigures
    | HandleRecommendation
    | RaiseObstacle
    | RegisterDocument
    | OpenBelow
    | ExcludeBelow
    | Replace
    | ChildClosed,
    Field(discriminator="kind"),
]


class Receipt(Wire):
    """What the ledger answers to a command that it took: the number of the event that proves it."""

    cascade_id: str
    seq: int
    at: Instant
