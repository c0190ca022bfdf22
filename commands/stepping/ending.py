"""`dondoc cancel`, `close`: a directive ends before its time, in all registers."""

import asyncio
from collections.abc import Sequence
from time import monotonic
from uuid import uuid4

import naming
from changing.sending import Order, send_all
from commands.counting import count
from commands.stepping.looking import Looked, look_again, place, refused
from commands.stepping.outcome import Left, Outcome
from commands.stepping.run import Desk
from models.intervention import EndRegister
from models.obligation import State
from models.register import ObligationLine
from rules.stepping_in import release_fault
from rules.supervising import ending

PATIENCE = 30.0
"""Seconds to wait until all registers have heard of it: each is told by the one above."""
_LOOK_AGAIN = 0.5


async def end(desk: Desk, looked: Looked, *, cancelled: bool, reason: str, patience: float = PATIENCE) -> Outcome:
    """End all registers of a directive: where it is cancelled, what is not done is withdrawn; else what is owed stays
    unfulfilled. What has not come to its end after `patience` seconds is left as not answered.

    Raises `CommandError` REFUSED and `Unreachable` where the first register says no or nothing, and what `ask` raises.
    """

    changing = ending(cancelled=cancelled)

    def ends(line: ObligationLine) -> bool:
        return line.state in changing

    touched = [line for line in looked.lines if ends(line)]
    name, becomes, will = _CANCEL if cancelled else _CLOSE
    desk.terminal.foreseen(will, touched, ())
    registers = {line.cascade_id for line in looked.lines}
    closes = count(len(registers), "register closes", "registers close")
    what = f"{closes}, {count(len(touched), 'obligation')} {will}"
    desk.terminal.ask(f"{name} {looked.row.number} for good: {what}. Go on?")
    cascades = await desk.connect()
    root = naming.cascade_id(looked.row.id, looked.row.issuer)
    command = EndRegister(**looked.stamp(str(uuid4())), cancelled=cancelled, reason=reason)
    (answer,) = await send_all(cascades, [Order(root, command)])
    if answer.refused is not None:
        raise refused(answer.refused, looked.row.number)
    if answer.away is not None:
        raise answer.away
    until = monotonic() + patience
    while waiting := [line for line in _now(desk, looked, touched) if ends(line)]:
        desk.terminal.progress(len(touched) - len(waiting), len(touched))
        if monotonic() > until:
            break
        await asyncio.sleep(_LOOK_AGAIN)
    now = _now(desk, looked, touched)
    left = (line for line in now if line.state is not becomes)
    return Outcome(
        name,
        looked.said,
        tuple(line.key for line in now if line.state is becomes),
        tuple(Left(line.key, line.unit_name, line.issuer, release_fault(line)) for line in left),
    )


_CANCEL = ("cancel", State.WITHDRAWN, "will be withdrawn")
_CLOSE = ("close", State.UNFULFILLED, "will stay unfulfilled")


def _now(desk: Desk, looked: Looked, touched: Sequence[ObligationLine]) -> list[ObligationLine]:
    now = look_again(desk.engine, looked).by_place
    return [now[place(line)] for line in touched]
