"""The same command sent again has one effect: which event shows that a command was taken."""

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
    Leave,
    NameHolder,
    OpenBelow,
    RaiseObstacle,
    RegisterDocument,
    Replace,
    Review,
    Submit,
)
from models.correspondence import (
    Chased,
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
from models.ledger import LedgerState, command_key
from models.obligation import obligation_key

_CHASING = "chase"


def subject_of(fact: Fact) -> str:
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
        case AboveAccepted() | AboveExcluded():
            return obligation_key(fact.requirement, fact.unit)
        case Withdrawn():
            return fact.by.normal
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
        case OpenBelow() | ExcludeBelow():
            subject = obligation_key(command.requirement, command.unit)
        case Replace():
            subject = command.by.normal
        case _:
            return None
    return state.taken.get(command_key(command.id, subject))
