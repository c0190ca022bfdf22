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

POSSIBLE = {
    RecommendationStatus.RAISED: (Handling.ANSWER, Handling.TAKE_ON_BOARD, Handling.REFER),
    RecommendationStatus.REFERRED: (Handling.REPLY, Handling.REOPEN),
    RecommendationStatus.ANSWERED: (Handling.CLOSE, Handling.REOPEN),
    RecommendationStatus.TAKEN_ON_BOARD: (Handling.CLOSE, Handling.REOPEN),
    RecommendationStatus.REPLIED: (Handling.CLOSE, Handling.REOPEN),
    RecommendationStatus.CLOSED: (Handling.REOPEN,),
}
"""What may be done with a recommendation of each status."""

_WITH_WORDS = frozenset({Handling.ANSWER, Handling.TAKE_ON_BOARD, Handling.REPLY})


def handle(book: Book, command: HandleRecommendation) -> None:
    """The unit that keeps the register does anything; the body that a recommendation was referred to replies."""
    found = book.state.recommendations.get(command.recommendation)
    if found is None:
        raise Refused(Reason.UNKNOWN_RECOMMENDATION)
    replies = command.handling is Handling.REPLY and command.actor.unit == found.body
    if command.actor.unit != book.plan.issuer and not replies:
        raise Refused(Reason.NOT_YOURS)
    if command.handling not in POSSIBLE[found.status]:
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


def _reminder_at(plan: CascadePlan, item: Recommendation) -> datetime | None:
    """When a body is reminded of a reply that it still owes."""
    if item.status is not RecommendationStatus.REFERRED or item.reply_by is None or item.reminded:
        return None
    return reply_reminder(item.reply_by, plan.follow_up)
