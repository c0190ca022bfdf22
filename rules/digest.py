"""What waits for decisions, told to those who decide: once a working day at most, and only where something is new."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from models.correspondence import DecisionsAwaited
from models.follow_up import FollowUp
from models.ledger import LedgerState
from models.plan import CascadePlan
from models.request import Request, RequestStatus
from rules.book import Book
from rules.calendar import FrozenCalendar, day_start, local_day
from rules.deciding import deciding_on_requests, recipients
from rules.margins import first_came, here_since, submitted
from rules.requests import MAY_ASK


def next_digest(plan: CascadePlan, state: LedgerState) -> datetime | None:
    """When the next digest goes out: at the register's sending time of the first working day after something came in
    that no digest has told of; None where nothing is new."""
    told = state.digest_at
    requested = (at for at in _requested(state) if told is None or at >= told)
    fresh = [at for at in (first_came(state.obligations, told), *requested) if at is not None]
    return _sending_after(min(fresh), plan.follow_up, told) if fresh else None


def tell_deciders(book: Book) -> None:
    """Tell of all that waits, if the time of a digest has come."""
    due = next_digest(book.plan, book.state)
    if due is None or due > book.at:
        return
    submissions: dict[str, list[str]] = defaultdict(list)
    for key, item in submitted(book.state.obligations):
        for unit in recipients(book.plan.issuer, item.unit, _further(book, key)):
            if unit not in item.endorsed:
                submissions[unit].append(key)
    requests: dict[str, list[str]] = defaultdict(list)
    for request in _asked(book.state):
        item, further = book.state.obligations[request.obligation], _further(book, request.obligation)
        for unit in deciding_on_requests(book.plan.issuer, item.unit, further):
            requests[unit].append(request.id)
    book.add(
        DecisionsAwaited(
            submissions={unit: tuple(keys) for unit, keys in submissions.items()},
            requests={unit: tuple(ids) for unit, ids in requests.items()},
        )
    )


def _further(book: Book, key: str) -> list[str]:
    """The units that decide on an obligation beside the one that keeps the register."""
    return [reviewer.unit for reviewer in book.duty(key).reviewers]


def _asked(state: LedgerState) -> Iterator[Request]:
    for request in state.requests.values():
        if request.status is RequestStatus.ASKED and state.obligations[request.obligation].state in MAY_ASK:
            yield request


def _requested(state: LedgerState) -> Iterator[datetime]:
    """When requests that wait came into this register."""
    return (here_since(state.obligations[item.obligation], item.asked_at) for item in _asked(state))


def _sending_after(came: datetime, follow_up: FollowUp, told: datetime | None) -> datetime:
    """The first sending time of a working day after an instant, on another day than that of the last digest."""
    day, calendar = local_day(came), FrozenCalendar(follow_up.days_off)
    at = day_start(day, follow_up.send_at)
    told_today = told is not None and local_day(told) == day
    if calendar.is_working_day(day) and at > came and not told_today:
        return at
    return day_start(calendar.add(day, 1), follow_up.send_at)
