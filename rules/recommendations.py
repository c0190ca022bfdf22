"""What is done with recommendations (kiến nghị), and what happens where a body does not reply."""

from collections import defaultdict
from datetime import datetime

from models.command import HandleRecommendation
from models.correspondence import RecommendationHandled, RepliesOverdue
from models.ledger import LedgerState
from models.plan import CascadePlan
from models.recommendation import Handling, Recommendation, RecommendationStatus
from models.written import LATEST
from rules.book import Book
from rules.calendar import local_day
from rules.ladder import reply_reminder
from rules.refusals import Reason, Refused

_POSSIBLE = {
    RecommendationStatus.RAISED: (Handling.ANSWER, Handling.TAKE_ON_BOARD, Handling.REFER),
    RecommendationStatus.REFERRED: (Handling.REPLY, Handling.REOPEN),
    RecommendationStatus.ANSWERED: (Handling.CLOSE, Handling.REOPEN),
    RecommendationStatus.TAKEN_ON_BOARD: (Handling.CLOSE, Handling.REOPEN),
    RecommendationStatus.REPLIED: (Handling.CLOSE, Handling.REOPEN),
    RecommendationStatus.CLOSED: (Handling.REOPEN,),
}
"""What may be done with a recommendation of each status."""

_WITH_WORDS = frozenset({Handling.ANSWER, Handling.TAKE_ON_BOARD, Handling.REPLY})


def ways(item: Recommendation, unit: str, keeper: str) -> tuple[Handling, ...]:
    """What a unit may do with a recommendation as it stands, in a register that `keeper` keeps."""
    return tuple(handling for handling in _POSSIBLE[item.status] if _may(handling, item, unit, keeper))


def waits_for(item: Recommendation, unit: str, keeper: str) -> bool:
    """Whether a recommendation waits for the word of a unit: of the keeper once it is raised, of the body that it was
    referred to until that one has replied."""
    return {RecommendationStatus.RAISED: keeper, RecommendationStatus.REFERRED: item.body}.get(item.status) == unit


def handle(book: Book, command: HandleRecommendation) -> None:
    """Does what a unit may do with a recommendation, with the words, the body and the day that it takes."""
    found = book.state.recommendations.get(command.recommendation)
    if found is None:
        raise Refused(Reason.UNKNOWN_RECOMMENDATION)
    unit, keeper = command.actor.unit, book.plan.issuer
    if not _may(command.handling, found, unit, keeper):
        raise Refused(Reason.NOT_YOURS)
    if command.handling not in ways(found, unit, keeper):
        raise Refused(Reason.HANDLING_NOT_POSSIBLE)
    if command.handling in _WITH_WORDS and not command.words.strip():
        raise Refused(Reason.WORDS_MISSING)
    fact = {"recommendation": command.recommendation, "handling": command.handling, "words": command.words}
    if command.handling is Handling.REFER:
        on = command.reply_by
        if not command.body.strip() or on is None or not local_day(book.at) <= on <= LATEST:
            raise Refused(Reason.REFERRAL_INCOMPLETE)
        book.add(RecommendationHandled.model_validate(fact | {"body": command.body, "reply_by": on}))
        return
    book.add(RecommendationHandled.model_validate(fact))


def remind_of_replies(book: Book) -> None:
    """Note once for each body that it has not replied by its day."""
    bodies: dict[str, list[str]] = defaultdict(list)
    for key, item in book.state.recommendations.items():
        at = _reminder_at(book.plan, item)
        if at is not None and at <= book.at:
            bodies[item.body].append(key)
    for body, keys in bodies.items():
        book.add(RepliesOverdue(recommendations=tuple(keys), body=body))


def next_reminder(plan: CascadePlan, state: LedgerState) -> datetime | None:
    """When the next body is to be reminded of a reply."""
    return min((at for item in state.recommendations.values() if (at := _reminder_at(plan, item))), default=None)


def _may(handling: Handling, item: Recommendation, unit: str, keeper: str) -> bool:
    """Whatever its status: the keeper does anything, the body that it was referred to replies."""
    return unit == keeper or (handling is Handling.REPLY and unit == item.body)


def _reminder_at(plan: CascadePlan, item: Recommendation) -> datetime | None:
    """When a body is reminded of a reply that it still owes."""
    if item.status is not RecommendationStatus.REFERRED or item.reply_by is None or item.reminded:
        return None
    return reply_reminder(item.reply_by, plan.follow_up)
