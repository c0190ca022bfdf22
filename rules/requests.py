"""Requests of a unit: more time, being released, or being told that something does not apply to it.

They may be made before and after the due date; the unit that assigned the work decides (dispatch 9061/VPCP-CN of
20/11/2023, DOMAIN section 3; Decree 366/2025: asked for some working days before the due date).
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time

from models.actor import ActorKind
from models.command import AnswerRequest, Ask
from models.correspondence import RequestAnswered, RequestMade
from models.event import Excluded
from models.obligation import OWING, ObligationState, State
from models.register import ObligationLine
from models.request import Request, RequestKind, RequestStatus
from rules.book import Book
from rules.calendar import ZONE, day_end, day_start, last_day, local_day
from rules.deciding import deciding_on_requests
from rules.openings import exclude_following
from rules.refusals import NOT_OWED, Reason, Refused

MAY_ASK = OWING | {State.SUBMITTED}
"""States in which something may be asked for; what was handed in late may still be given more time."""


def askable(line: ObligationLine) -> tuple[RequestKind, ...]:
    """What a unit may ask for, of an obligation as it stands."""
    if line.state not in MAY_ASK:
        return ()
    return tuple(kind for kind in RequestKind if kind is not RequestKind.MORE_TIME or line.due is not None)


def waiting(requests: Iterable[Request], lines: Iterable[ObligationLine]) -> tuple[Request, ...]:
    """Requests that still wait for an answer, the oldest first: what is done or withdrawn waits for none."""
    return waiting_for(requests, {line.key for line in lines if line.state in MAY_ASK})


def waiting_for(requests: Iterable[Request], asking: Collection[str]) -> tuple[Request, ...]:
    """The same by the keys of the obligations for which something may be asked."""
    found = (item for item in requests if item.status is RequestStatus.ASKED and item.obligation in asking)
    return tuple(sorted(found, key=lambda item: item.asked_at))


def answers_requests(line: ObligationLine, unit: str) -> bool:
    """Whether a unit answers what is asked for an obligation."""
    return unit in deciding_on_requests(line.issuer, line.unit, [reviewer.unit for reviewer in line.reviewers])


def new_due(due: datetime, until: date) -> datetime:
    """The due instant (exclusive, UTC) on another last day, at the time of day at which the old one ended."""
    at = due.astimezone(ZONE).time()
    return day_end(until) if at == time(0) else day_start(until, at)


def day_fault(due: datetime | None, until: date | None, today: date, closing: datetime) -> Reason | None:
    """What is wrong with a new last day; None where nothing is."""
    if due is None:
        return Reason.NO_DUE_DATE
    if until is None or until <= last_day(due) or until < today:
        return Reason.DAY_NOT_LATER
    return Reason.DAY_BEYOND_CLOSING if until > last_day(closing) else None


def ask(book: Book, command: Ask) -> None:
    obligation = book.obligation(command.obligation)
    if obligation.unit != command.actor.unit:
        raise Refused(Reason.NOT_YOURS)
    if obligation.state not in MAY_ASK:
        raise Refused(NOT_OWED[obligation.state])
    if not command.reason.strip():
        raise Refused(Reason.REASON_NEEDED)
    more_time = command.request is RequestKind.MORE_TIME
    if more_time and (fault := day_fault(obligation.due, command.until, local_day(book.at), book.plan.closing)):
        raise Refused(fault)
    pending = (item for item in book.state.requests.values() if item.obligation == command.obligation)
    if any(item.kind is command.request and item.status is RequestStatus.ASKED for item in pending):
        raise Refused(Reason.ALREADY_ASKED)
    book.add(
        RequestMade(
            obligation=command.obligation,
            unit=obligation.unit,
            request=command.request,
            reason=command.reason,
            until=command.until if more_time else None,
        )
    )


def answer_request(book: Book, command: AnswerRequest) -> None:
    request = book.state.requests.get(command.request)
    if request is None:
        raise Refused(Reason.UNKNOWN_REQUEST)
    obligation = book.obligation(request.obligation)
    further = [reviewer.unit for reviewer in book.duty(request.obligation).reviewers]
    deciding = deciding_on_requests(book.plan.issuer, obligation.unit, further)
    if command.actor.kind is not ActorKind.SUPERVISOR and command.actor.unit not in deciding:
        raise Refused(Reason.NOT_YOURS)
    if request.status is not RequestStatus.ASKED or obligation.state not in MAY_ASK:
        raise Refused(Reason.ALREADY_ANSWERED)
    if not command.granted and not command.words.strip():
        raise Refused(Reason.REASON_NEEDED)
    until, due = _granted_until(book, command, request, obligation)
    book.add(
        RequestAnswered(
            request=request.id,
            request_kind=request.kind,
            granted=command.granted,
            words=command.words,
            until=until,
            due=due,
        )
    )
    if command.granted and request.kind is RequestKind.NOT_APPLICABLE:
        book.add(Excluded(obligations=(request.obligation,), reason="granted"))
    if command.granted and request.kind is not RequestKind.MORE_TIME:
        exclude_following(book, {request.obligation})


def _granted_until(
    book: Book, command: AnswerRequest, request: Request, obligation: ObligationState
) -> tuple[date | None, datetime | None]:
    """The day and the due instant that are granted, None where no time is."""
    if not command.granted or request.kind is not RequestKind.MORE_TIME:
        return None, None
    until = command.until or request.until
    fault = day_fault(obligation.due, until, local_day(book.at), book.plan.closing)
    if fault or until is None or obligation.due is None:
        raise Refused(fault or Reason.DAY_NOT_LATER)
    return until, new_due(obligation.due, until)
