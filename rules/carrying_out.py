"""Which rule a command is a matter of."""

from typing import assert_never

from models.command import (
    AcceptAll,
    Acknowledge,
    AnswerRequest,
    Ask,
    Chase,
    CompleteFigures,
    Entry,
    ExcludeBelow,
    HandleRecommendation,
    HearEscalation,
    Leave,
    NameHolder,
    NoteRefusal,
    OpenBelow,
    RaiseObstacle,
    RegisterDocument,
    ReinstateBelow,
    Replace,
    Review,
    Submit,
)
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
from models.succession import Reorganise, TakeIn
from rules.amending import amend, enlist
from rules.appointing import leave, name_holder, note_refusal
from rules.book import Book
from rules.chasing import chase
from rules.documents import register_document, replace
from rules.escalating import hear_escalation
from rules.obstacles import raise_obstacle
from rules.openings import hear_accepted, hear_excluded, hear_reinstated
from rules.recommendations import handle
from rules.requests import answer_request, ask
from rules.reviews import accept_all, review
from rules.stepping_in import accept_paper, end, reinstate, release, resume, set_due, suspend
from rules.submissions import acknowledge, complete_figures, submit
from rules.succeeding import reassign, reorganise, take_in


def carry_out(  # noqa: C901 - one case per command
    book: Book, command: Entry
) -> None:
    """Write what a command brings into a register. Raises `Refused`."""
    match command:
        case Acknowledge():
            acknowledge(book, command)
        case Submit():
            submit(book, command)
        case Review():
            review(book, command)
        case AcceptAll():
            accept_all(book, command)
        case Ask():
            ask(book, command)
        case AnswerRequest():
            answer_request(book, command)
        case Chase():
            chase(book, command)
        case NameHolder():
            name_holder(book, command)
        case Leave():
            leave(book, command)
        case NoteRefusal():
            note_refusal(book, command)
        case CompleteFigures():
            complete_figures(book, command)
        case HandleRecommendation():
            handle(book, command)
        case RaiseObstacle():
            raise_obstacle(book, command)
        case RegisterDocument():
            register_document(book, command)
        case OpenBelow():
            hear_accepted(book, command)
        case ExcludeBelow():
            hear_excluded(book, command)
        case ReinstateBelow():
            hear_reinstated(book, command)
        case Replace():
            replace(book, command)
        case HearEscalation():
            hear_escalation(book, command)
        case SetDue():
            set_due(book, command)
        case ReleaseUnit():
            release(book, command)
        case Reinstate():
            reinstate(book, command)
        case Suspend():
            suspend(book, command)
        case Resume():
            resume(book, command)
        case AcceptPaper():
            accept_paper(book, command)
        case Reassign():
            reassign(book, command)
        case Enlist():
            enlist(book, command)
        case Amend():
            amend(book, command)
        case EndRegister():
            end(book, command)
        case Reorganise():
            reorganise(book, command)
        case TakeIn():
            take_in(book, command)
        case _:
            assert_never(command)
