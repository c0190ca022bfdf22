"""Chasing what is owed outside the ladder (đôn đốc): when the unit that keeps the register says so."""

from datetime import datetime

from models.command import Chase
from models.correspondence import Chased
from models.obligation import OWING, ObligationState, State
from models.register import ObligationLine
from rules.book import Book
from rules.calendar import local_day
from rules.refusals import Reason, Refused
from rules.stepping_in import may_step_in


def may_be_chased(item: ObligationState | ObligationLine, keeper: str) -> bool:
    """Whether something is owed by a unit that may be pressed for it: neither one that only takes part, nor the keeper
    of the register, who would press himself."""
    return item.state in OWING and not item.coordinating and item.unit != keeper


def chased_today(item: ObligationState | ObligationLine, at: datetime) -> bool:
    """Whether something was chased already on the day of an instant in Vietnam; nothing is chased twice a day."""
    return item.chased_at is not None and local_day(item.chased_at) == local_day(at)


def chasing_fault(item: ObligationState | ObligationLine, keeper: str, at: datetime) -> Reason | None:
    """Why something is not chased at an instant in a register that somebody keeps; None where it is."""
    if not may_be_chased(item, keeper):
        return Reason.NOTHING_TO_CHASE
    return Reason.CHASED_TODAY if chased_today(item, at) else None


def is_pressed_on_paper(line: ObligationLine, keeper: str, at: datetime) -> bool:
    """Whether a letter presses for something at an instant: what is late, was returned, or was chased before."""
    late = line.due is not None and at >= line.due
    return may_be_chased(line, keeper) and (late or line.state is State.RETURNED or line.chased_at is not None)


def chase(book: Book, command: Chase) -> None:
    """Chases what may be chased today of what is named, and leaves the rest; refused where that is nothing."""
    if not may_step_in(book.plan, command.actor):
        raise Refused(Reason.NOT_YOURS)
    faults = {key: chasing_fault(book.obligation(key), book.plan.issuer, book.at) for key in command.obligations}
    fresh = tuple(key for key, why in faults.items() if why is None)
    if not fresh:
        raise Refused(Reason.CHASED_TODAY if Reason.CHASED_TODAY in faults.values() else Reason.NOTHING_TO_CHASE)
    book.add(Chased(obligations=fresh, words=command.words))
