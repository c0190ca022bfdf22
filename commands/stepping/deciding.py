"""`dondoc grant`, `refuse`: answering what units asked for."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from changing.sending import Order, send_all
from commands.counting import count
from commands.errors import CommandError, Exit
from commands.stepping.looking import Looked
from commands.stepping.outcome import Left, Outcome
from commands.stepping.run import Desk
from models.command import AnswerRequest
from models.register import ObligationLine
from models.request import Request, RequestKind
from rules.refusals import Reason
from rules.requests import day_fault, waiting
from rules.suggestions import did_you_mean
from store.engine import reading
from store.requests import directive_requests


async def answer_requests(
    desk: Desk, looked: Looked, ids: Sequence[str], *, granted: bool, until: date | None, words: str
) -> Outcome:
    """Grant or refuse requests that wait; `until` is another last day than was asked for.

    Raises `CommandError`: NOT_FOUND for a request that was never made, INVALID for a day where no time is asked for,
    and what `ask` raises.
    """
    with reading(desk.engine) as session:
        requests = {request.id: request for request in directive_requests(session, looked.row.id)}
    for id_ in ids:
        if id_ not in requests:
            hint = did_you_mean(id_, requests)
            raise CommandError(Exit.NOT_FOUND, f"{looked.row.number} has no request {id_!r}{hint}; see `dondoc status`")
    asked = [requests[id_] for id_ in dict.fromkeys(ids)]
    if until is not None and any(request.kind is not RequestKind.MORE_TIME for request in asked):
        raise CommandError(Exit.INVALID, "--until is only for requests for more time")
    about = {line.key: line for line in looked.lines}
    wait = {request.id for request in waiting(requests.values(), looked.lines)}
    fits: list[Request] = []
    left: list[Left] = []
    for request in asked:
        why = _fault(looked, request, about[request.obligation], until, granted=granted)
        if request.id not in wait:
            why = Reason.ALREADY_ANSWERED
        if why is None:
            fits.append(request)
        else:
            left.append(_left(request, about, why))
    command, will = ("grant", "will be granted") if granted else ("refuse", "will be refused")
    desk.terminal.foreseen(will, [about[request.obligation] for request in fits], left)
    if not fits:
        return Outcome(command, looked.said, (), tuple(left))
    desk.terminal.ask(f"{count(len(fits), 'request')} {will}. Go on?")
    cascades = await desk.connect()
    invocation = uuid4()
    orders = [
        Order(
            about[request.obligation].cascade_id,
            AnswerRequest(
                **looked.stamp(f"{invocation}/{number}"), request=request.id, granted=granted, words=words, until=until
            ),
        )
        for number, request in enumerate(fits)
    ]
    answers = await send_all(cascades, orders, lambda count: desk.terminal.progress(count, len(orders)))
    results = list(zip(fits, answers, strict=True))
    left += [_left(request, about, answer.refused) for request, answer in results if not answer.taken]
    return Outcome(command, looked.said, tuple(request.id for request, answer in results if answer.taken), tuple(left))


def _fault(
    looked: Looked, request: Request, line: ObligationLine, until: date | None, *, granted: bool
) -> Reason | None:
    """Why more time cannot be granted so; None where it can, or is not what is done."""
    if not granted or request.kind is not RequestKind.MORE_TIME:
        return None
    return day_fault(line.due, until or request.until, looked.today, looked.head.closing)


def _left(request: Request, about: dict[str, ObligationLine], why: Reason | None) -> Left:
    line = about[request.obligation]
    return Left(request.id, line.unit_name, line.issuer, why)
