"""What people and other cascades ask of a ledger. A command's id makes repeating it harmless."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from models.actor import BaseCommand
from models.answer import Answer, AttendanceRow, Selected
from models.base import Instant, Wire
from models.document import DocumentRef
from models.follow_up import Audience
from models.holder import Arrangement
from models.intervention import (
    AcceptPaper,
    Amend,
    EndRegister,
    Enlist,
    Reassign,
    Reinstate,
    ReleaseUnit,
    Resume,
    SetDue,
    Suspend,
)
from models.obligation import Outcome
from models.recommendation import Handling
from models.request import RequestKind
from models.succession import Reorganise, TakeIn
from models.unit import Role


class Acknowledge(BaseCommand):
    """The unit has received the directive."""

    kind: Literal["acknowledge"] = "acknowledge"


class Submit(BaseCommand):
    """A unit answers one of its obligations."""

    kind: Literal["submit"] = "submit"
    obligation: str
    answer: Answer


class Decision(StrEnum):
    ACCEPT = "accept"
    RETURN = "return"


class Review(BaseCommand):
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


class AcceptAll(BaseCommand):
    """A recipient accepts several submissions at once, those that are still as he saw them."""

    kind: Literal["accept_all"] = "accept_all"
    items: tuple[Accepting, ...]


class Ask(BaseCommand):
    """A unit asks for more time, to be released, or to be told that something does not apply to it; `until` is the last
    day that it asks for, only with more time."""

    kind: Literal["ask"] = "ask"
    obligation: str
    request: RequestKind
    reason: str
    until: dt.date | None = None


class AnswerRequest(BaseCommand):
    """A request is granted or refused. `until` is the last day that is granted, which may be another than was asked
    for; `words` are needed to refuse."""

    kind: Literal["answer_request"] = "answer_request"
    request: str
    granted: bool
    words: str = ""
    until: dt.date | None = None


class Chase(BaseCommand):
    """The unit that keeps the register chases what is owed, now."""

    kind: Literal["chase"] = "chase"
    obligations: tuple[str, ...]
    words: str = ""


class NameHolder(BaseCommand):
    """Somebody is to answer for a unit: named by the one who does so now (`actor.holder`, reached at `by_email`), by
    the unit that keeps the register, or by a supervisor. `first` and `last` are the days of a substitute."""

    kind: Literal["name_holder"] = "name_holder"
    unit: str
    name: str
    email: str
    arrangement: Arrangement
    by_email: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    reason: str = ""


class Leave(BaseCommand):
    """The holder of a link, reached at `email`, does not answer for the unit (any more)."""

    kind: Literal["leave"] = "leave"
    email: str
    words: str = ""


class NoteRefusal(BaseCommand):
    """The mail server of a unit knows no such address: told by the one who delivers."""

    kind: Literal["note_refusal"] = "note_refusal"
    unit: str
    holder: str
    role: Role
    email: str
    words: str


class CompleteFigures(BaseCommand):
    """A unit adds the split by sex that its answer lacked; the total stays as it was handed in."""

    kind: Literal["complete_figures"] = "complete_figures"
    obligation: str
    men: int
    women: int
    attended: tuple[AttendanceRow, ...] = ()


class HandleRecommendation(BaseCommand):
    """Something is done with a recommendation. `body` and `reply_by` are for referring it."""

    kind: Literal["handle_recommendation"] = "handle_recommendation"
    recommendation: str
    handling: Handling
    words: str = ""
    body: str = ""
    reply_by: dt.date | None = None


class RaiseObstacle(BaseCommand):
    """A unit tells what stands in the way of an obligation of its own; it is handled like a recommendation."""

    kind: Literal["raise_obstacle"] = "raise_obstacle"
    obligation: str
    text: str


class RegisterDocument(BaseCommand):
    """A document that some requirements wait for has arrived ("khi có hướng dẫn của tỉnh")."""

    kind: Literal["register_document"] = "register_document"
    trigger: str
    document: DocumentRef


class OpenBelow(BaseCommand):
    """The cascade above tells that the document of `unit`, above these, was accepted. `selected` are the units it
    chose, where it answered a selection."""

    kind: Literal["open_below"] = "open_below"
    requirement: str
    unit: str
    document: DocumentRef | None = None
    selected: tuple[Selected, ...] = ()


class ExcludeBelow(BaseCommand):
    """The cascade above tells that a requirement does not apply to `unit`, so what would have followed from it below
    does not either."""

    kind: Literal["exclude_below"] = "exclude_below"
    requirement: str
    unit: str


class ReinstateBelow(BaseCommand):
    """A requirement that did not apply to a unit above does again: what waits for it below waits again."""

    kind: Literal["reinstate_below"] = "reinstate_below"
    requirement: str
    unit: str


class Replace(BaseCommand):
    """Another directive replaces this one: the requirements named are withdrawn (all where none is), and the register
    closes where `close` says so."""

    kind: Literal["replace"] = "replace"
    by: DocumentRef
    requirements: tuple[str, ...] = ()
    close: bool = False


class HearEscalation(BaseCommand):
    """The cascade below tells that it escalates obligations of its own; `to` are those above whom it means. `register`
    is its id, `unit` the one that keeps it."""

    kind: Literal["hear_escalation"] = "hear_escalation"
    register_id: str
    unit: str
    step: str
    to: tuple[Audience, ...]
    obligations: tuple[str, ...]


class ChildClosed(BaseCommand):
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
    | ReinstateBelow
    | Replace
    | HearEscalation
    | SetDue
    | ReleaseUnit
    | Reinstate
    | Suspend
    | Resume
    | AcceptPaper
    | Reassign
    | Enlist
    | Amend
    | EndRegister
    | Reorganise
    | TakeIn
)
"""What is decided on and written into a register."""

Command = Annotated[Entry | ChildClosed, Field(discriminator="kind")]


class Receipt(Wire):
    """What the ledger answers to a command that it took: the number of the event that proves it."""

    cascade_id: str
    seq: int
    at: Instant
