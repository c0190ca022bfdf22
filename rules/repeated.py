"""The same command sent again has one effect: which event shows that a command was taken."""

from models.command import (
    Acknowledge,
    Command,
    CompleteFigures,
    ExcludeBelow,
    HandleRecommendation,
    OpenBelow,
    RaiseObstacle,
    RegisterDocument,
    Replace,
    Review,
    Submit,
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
    ObstacleRaised,
    RecommendationHandled,
    Returned,
    Submitted,
    Withdrawn,
)
from models.ledger import LedgerState, command_key
from models.obligation import obligation_key


def subject_of(fact: Fact) -> str:
    """What a command's fact is about; empty for facts that no command is known by."""
    match fact:
        case Acknowledged():
            return fact.unit
        case Submitted() | Endorsed() | Accepted() | Returned() | FiguresCompleted() | ObstacleRaised():
            return fact.obligation
        case RecommendationHandled():
            return fact.recommendation
        case DocumentRegistered():
            return fact.trigger
        case AboveAccepted() | AboveExcluded():
            return obligation_key(fact.requirement, fact.unit)
        case Withdrawn():
            return fact.by.normal
    return ""


def taken_as(state: LedgerState, command: Command) -> int | None:
    """The number of the event that a command brought when it was taken before."""
    match command:
        case Acknowledge():
            subject = command.actor.unit
        case Submit() | Review() | CompleteFigures() | RaiseObstacle():
            subject = command.obligation
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
