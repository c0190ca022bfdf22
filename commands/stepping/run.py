"""One intervention from what is chosen to what came of it: shown, asked, sent, looked at again."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine

from changing.sending import Answered, Order, send_all
from commands.counting import count
from commands.errors import CommandError, Exit
from commands.stepping.interventions import Intervention
from commands.stepping.looking import Looked, Place, look_again, place
from commands.stepping.outcome import Left, Outcome
from models.register import ObligationLine
from rules.refusals import Reason
from rules.stepping_in import answered_since
from web.ports import Cascades

MOST_TARGETS = 400
"""Obligations in one command: some forty kilobytes, and the events that it brings not much more."""

Ask = Callable[[str], None]
"""Asks whether to go on; raises where the answer is no."""


@dataclass(frozen=True)
class Terminal:
    """How people are shown what will happen and asked, and told how far it is: hand-written fakes in tests."""

    foreseen: Callable[[str, Sequence[ObligationLine], Sequence[Left]], None]
    ask: Ask
    progress: Callable[[int, int], None]


@dataclass(frozen=True)
class Desk:
    """Where somebody steps in from: the database, the registers once they are needed, the terminal."""

    engine: Engine
    connect: Callable[[], Awaitable[Cascades]]
    terminal: Terminal


async def step_in(
    desk: Desk,
    looked: Looked,
    lines: Sequence[ObligationLine],
    intervention: Intervention,
    before_sending: Callable[[], Any] = lambda: None,
    most: int = MOST_TARGETS,
) -> Outcome:
    """Do to the chosen lines what fits, and leave the rest; nothing is sent where nothing fits.

    `before_sending` is called once it is certain that something will be sent; a command has `most` targets. Raises
    `CommandError` REFUSED where nothing was chosen, and what `ask` raises.
    """
    if not lines:
        number = looked.row.number
        raise CommandError(
            Exit.REFUSED, f"{number}: nothing fits the filters; `dondoc obligations` lists what there is"
        )
    fits = [line for line in lines if intervention.fault(line) is None]
    left = [_left(line, why) for line in lines if (why := intervention.fault(line))]
    if not fits:
        return Outcome(intervention.name, looked.said, (), tuple(left))
    desk.terminal.foreseen(intervention.will, fits, left)
    registers = {line.cascade_id for line in fits}
    units = {line.unit for line in fits}
    desk.terminal.ask(
        f"{count(len(fits), 'obligation')} of {count(len(units), 'unit')} in {count(len(registers), 'register')} "
        f"{intervention.will}. Go on?"
    )
    cascades = await desk.connect()
    before_sending()
    answers = await _send(desk, cascades, looked, fits, intervention, most)
    now = look_again(desk.engine, looked).by_place
    done = tuple(line.key for line in fits if intervention.done(line, now[place(line)]))
    left += [
        _left(line, _why(line, now[place(line)], intervention, answers[place(line)]))
        for line in fits
        if not intervention.done(line, now[place(line)])
    ]
    return Outcome(intervention.name, looked.said, done, tuple(left))


async def _send(
    desk: Desk,
    cascades: Cascades,
    looked: Looked,
    fits: Sequence[ObligationLine],
    intervention: Intervention,
    most: int,
) -> dict[Place, Answered]:
    """One command per register, or several where it has very many targets; what came of each line's."""
    invocation = uuid4()
    portions: list[Sequence[ObligationLine]] = []
    for _, mine in groupby(sorted(fits, key=lambda line: line.cascade_id), key=lambda line: line.cascade_id):
        all_mine = list(mine)
        portions += [all_mine[start : start + most] for start in range(0, len(all_mine), most)]
    orders = [
        Order(portion[0].cascade_id, intervention.command(looked.stamp(f"{invocation}/{number}"), portion))
        for number, portion in enumerate(portions)
    ]
    answers = await send_all(cascades, orders, lambda count: desk.terminal.progress(count, len(orders)))
    return {place(line): answer for portion, answer in zip(portions, answers, strict=True) for line in portion}


def _why(before: ObligationLine, after: ObligationLine, intervention: Intervention, answer: Answered) -> Reason | None:
    """Why something was not done after all; None where its register did not answer."""
    if answer.away is not None:
        return None
    return (
        answered_since(after, before.submissions)
        or intervention.fault(after)
        or answer.refused
        or Reason.CHANGED_MEANWHILE
    )


def _left(line: ObligationLine, why: Reason | None) -> Left:
    return Left(line.key, line.unit_name, line.issuer, why)
