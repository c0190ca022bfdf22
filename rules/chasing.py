"""Chasing what is owed outside the ladder (đôn đốc): when the unit that keeps the register says so."""

from models.command import Chase
from models.correspondence import Chased
from models.obligation import OWING, ObligationState
from rules.book import Book
from rules.calendar import local_day
from rules.refusals import Reason, Refused


def chase(book: Book, command: Chase) -> None:
    """Units that only take part are not pressed, nobody presses himself, and nothing is chased twice a day."""
    if command.actor.unit != book.plan.issuer:
        raise Refused(Reason.NOT_YOURS)
    owed = [
        key
        for key in dict.fromkeys(command.obligations)
        if (item := book.obligation(key)).state in OWING and not item.coordinating and item.unit != book.plan.issuer
    ]
    if not owed:
        raise Refused(Reason.NOTHING_TO_CHASE)
    fresh = tuple(key for key in owed if not _chased_today(book, book.obligation(key)))
    if not fresh:
        raise Refused(Reason.CHASED_TODAY)
    book.add(Chased(obligations=fresh, words=command.words))


def _chased_today(book: Book, item: ObligationState) -> bool:
    return item.chased_at is not None and local_day(item.chased_at) == local_day(book.at)
