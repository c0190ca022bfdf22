"""What people and other cascades ask of a ledger. A command's id makes repeating it harmless."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from models.answer import Answer, AttendanceRow, Selected
from models.base import Instant, Wire
from models.document import DocumentRef
from models.holder import Arrangement
from models.obligation import Outcome
from models.recommendation import Handling
from models.request import RequestKind
from models.unit import Role


class ActorKind(StrEnum):
    OFFICER = "officer"
    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    CASCADE = "cascade"
    TIMER = "timer"
    POSTMAN = "postman"


class Actor(Wire):
    """Who acts, and for which unit. `holder` is whose link was used: the registry's contact by its role, another by the
    id under which the register knows him; `name` is that one's."""

    kind: ActorKind
    unit: str
    name: str = ""
    holder: str = ""


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


class Accepting(Wire):
    """One obligation and the submission that was looked at."""

    obligation: str
    submission: int


class AcceptAll(_Command):
    """A recipient accepts several submissions at once, those that are still as he saw them."""

    kind: Literal["accept_all"] = "accept_all"
    items: tuple[Accepting, ...]


class Ask(_Command):
    """A unit asks for more time, to be released, or to be told that something does not apply to it; `until` is the last
    day that it asks for, only with more time."""

    kind: Literal["ask"] = "ask"
    obligation: str
    request: RequestKind
    reason: str
    until: dt.date | None = None


class AnswerRequest(_Command):
    """A request is granted or refused. `until` is the last day that is granted, which may be another than was asked
    for; `words` are needed to refuse."""

    kind: Literal["answer_request"] = "answer_request"
    request: str
    granted: bool
    words: str = ""
    until: dt.date | None = None


class Chase(_Command):
    """The unit that keeps the register chases what is owed, now."""

    kind: Literal["chase"] = "chase"
    obligations: tuple[str, ...]
    words: str = ""


class NameHolder(_Command):
    """Somebody is to answer for a unit: named by the one who does so now (`actor.holder`, reached at `by_email`), or by
    the unit that keeps the register. `first` and `last` are the days of a substitute."""

    kind: Literal["name_holder"] = "name_holder"
    unit: str
    name: str
    email: str
    arrangement: Arrangement
    by_email: str = ""
    first: dt.date | None = None
    last: dt.date | None = None


class Leave(_Command):
    """The holder of a link, reached at `email`, does not answer for the unit (any more)."""

    kind: Literal["leave"] = "leave"
    email: str
    words: str = ""


class NoteRefusal(_Command):
    """The mail server of a unit knows no such address: told by the one who delivers."""

    kind: Literal["note_refusal"] = "note_refusal"
    unit: str
    holder: str
    role: Role
    email: str
    words: str


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


Entry = (
    Acknowledge
    | Submit
    | Review
    | AcceptAll
    | CompleteFigures
    | Ask
    | AnswerRequest
    | Chase
    | NameHolder
    | Leave
    | NoteRefusal
    | HandleRecommendation
    | RaiseObstacle
    | RegisterDocument
    | OpenBelow
    | ExcludeBelow
    | Replace
)
"""What is decided on and written into a register."""

Command = Annotated[Entry | ChildClosed, Field(discriminator="kind")]


class Receipt(Wire):
    """What the ledger answers to a command that it took: the number of the event that proves it."""

    cascade_id: str
    seq: int
    at: Instant
