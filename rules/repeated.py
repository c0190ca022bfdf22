"""The same command sent again has one effect: which event shows that a command was taken."""

from models.actor import BaseCommand
from models.command import (
    AcceptAll,
    Acknowledge,
    AnswerRequest,
    Ask,
    Chase,
    Command,
    CompleteFigures,
    ExcludeBelow,
    HandleRecommendation,
    HearEscalation,
    Leave,
    NameHolder,
    OpenBelow,
    RaiseObstacle,
    RegisterDocument,
    ReinstateBelow,
    Replace,
    Review,
    Submit,
)
from models.correspondence import (
    Chased,
    EscalationHeard,
    HolderLeft,
    HolderNamed,
    ObstacleRaised,
    RecommendationHandled,
    RequestAnswered,
    RequestMade,
)
from models.event import (
    AboveAccepted,
    AboveExcluded,
    AboveReinstated,
    Accepted,
    Acknowledged,
    DocumentRegistered,
    Endorsed,
    Fact,
    FiguresCompleted,
    Returned,
    Submitted,
    Withdrawn,
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
from models.ledger import LedgerState, command_key
from models.obligation import obligation_key
from models.stepped_in import Amended, DueSet, Ended, Reinstated, Released, Resumed, Suspended
from models.succession import KeepingChanged, Reorganise, TakeIn, TakenIn, Transferred

_CHASING = "chase"
_KNOWN_BY_KIND = DueSet | Released | Reinstated | Suspended | Resumed | Amended | Ended | Transferred | TakenIn
_BRINGS: dict[type[BaseCommand], str] = {
    SetDue: "due_set",
    ReleaseUnit: "released",
    Reinstate: "reinstated",
    Suspend: "suspended",
    Resume: "resumed",
    Amend: "amended",
    Enlist: "amended",
    EndRegister: "ended",
    Reassign: "transferred",
    TakeIn: "taken_in",
}
"""The kind of the fact by which a command for many obligations is known."""
_REORGANISED = ("keeping_changed", "suspended", "transferred", "taken_in")
"""What a reorganisation may bring in a register."""


def subject_of(  # noqa: C901 - one case per fact
    fact: Fact,
) -> str:
    """What a command's fact is about; empty for facts that no command is known by."""
    match fact:
        case Acknowledged() | HolderNamed() | HolderLeft():
            return fact.unit
        case Submitted() | Endorsed() | Accepted() | Returned() | FiguresCompleted() | ObstacleRaised() | RequestMade():
            return fact.obligation
        case RequestAnswered():
            return fact.request
        case Chased():
            return _CHASING
        case RecommendationHandled():
            return fact.recommendation
        case DocumentRegistered():
            return fact.trigger
        case AboveAccepted() | AboveExcluded() | AboveReinstated():
            return obligation_key(fact.requirement, fact.unit)
        case Withdrawn():
            return fact.by.normal
        case EscalationHeard():
            return fact.register_id
        case KeepingChanged():
            return fact.kind
        case _ if isinstance(fact, _KNOWN_BY_KIND):
            return fact.kind
    return ""


def taken_as(  # noqa: C901 - one case per command
    state: LedgerState, command: Command
) -> int | None:
    """The number of the event that a command brought when it was taken before."""
    match command:
        case Acknowledge() | Leave():
            subject = command.actor.unit
        case NameHolder():
            subject = command.unit
        case Submit() | Review() | CompleteFigures() | RaiseObstacle() | Ask():
            subject = command.obligation
        case AcceptPaper():
            subject = command.target.obligation
        case AcceptAll():
            keys = (command_key(command.id, item.obligation) for item in command.items)
            return next((state.taken[key] for key in keys if key in state.taken), None)
        case AnswerRequest():
            subject = command.request
        case Chase():
            subject = _CHASING
        case HandleRecommendation():
            subject = command.recommendation
        case RegisterDocument():
            subject = command.trigger
        case OpenBelow() | ExcludeBelow() | ReinstateBelow():
            subject = obligation_key(command.requirement, command.unit)
        case Replace():
            subject = command.by.normal
        case HearEscalation():
            subject = command.register_id
        case Reorganise():
            keys = (command_key(command.id, kind) for kind in _REORGANISED)
            return next((state.taken[key] for key in keys if key in state.taken), None)
        case _ if type(command) in _BRINGS:
            subject = _BRINGS[type(command)]
        case _:
            return None
    return state.taken.get(command_key(command.id, subject))
