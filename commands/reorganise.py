"""`dondoc units reorganise`: units are renamed, merged, split or dissolved while directives run."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from sqlalchemy import Engine

from changing.running import Running
from changing.sending import Order, send_all
from changing.telling import catch_up
from commands.counting import count
from commands.errors import CommandError, Exit
from commands.reform_files import read_reform
from commands.reform_left import nothing_left
from models.actor import Actor, ActorKind, Identified
from models.base import Wire
from models.clock import Clock
from models.tables import DirectiveRow
from rules.calendar import day_start
from rules.reforming.forecast import Account, Forecast, forecast
from rules.reforming.heirs import Change, Heirs, ReformError
from rules.reforming.orders import Orders, command
from rules.words import day
from store.checkups import open_directives
from store.engine import reading
from store.reforms import links_of, running, save_reform, still_on_the_way
from store.units import load_units
from web.ports import Cascades

PATIENCE = 60.0
"""Seconds to wait until what one register hands over has come to the other."""
_LOOK_AGAIN = 0.3
_ROUNDS = 5
"""How often all registers are looked at again: something may have changed in one while it was told."""


@dataclass(frozen=True)
class Hands:
    """What it takes to carry a reform out: who does it and why, the registers, and how it is said how far it is."""

    by: str
    reason: str
    connect: Callable[[], Awaitable[Cascades]]
    ask: Callable[[str], None]
    progress: Callable[[int, int], None]
    patience: float = PATIENCE


class Seen(Wire):
    """What a reform does, or has done: to units, to directives, and to links that were sent to units that end. `left`
    are directives whose own time is before the day; `nothing_left` says that all of it is done already."""

    on: str
    basis: str
    made: int
    ended: int
    changes: dict[Change, int]
    directives: tuple[Forecast, ...]
    links: int
    left: tuple[str, ...]
    nothing_left: bool


class Done(Wire):
    """What came of it: units new and ended; by directive, the registers told and the obligations still on the way."""

    seen: Seen
    added: int
    ended: int
    told: dict[str, int]
    on_the_way: dict[str, int]

    @property
    def exit(self) -> Exit:
        return Exit.UNREACHABLE if any(self.on_the_way.values()) else Exit.DONE


def check(engine: Engine, file: Path) -> Seen:
    """What a reform would do to everything that runs; changes nothing. Raises `CommandError` INVALID."""
    heirs = read_reform(file, load_units(engine))
    return _seen(engine, file, heirs, _running(engine))


async def reorganise(engine: Engine, file: Path, hands: Hands, show: Callable[[Seen], None]) -> Done:
    """Show, ask, put the units into the registry, and tell every register what it means for it.

    Harmless to repeat: what is left of a reform that was interrupted is done, and nobody is asked where nothing is.
    Raises `CommandError`: INVALID for the file, REFUSED before the day and for who says no; `Unreachable` where a
    register does not answer.
    """
    heirs = read_reform(file, load_units(engine))
    rows = _running(engine)
    due = [row for row in rows if _at(row) >= day_start(heirs.file.on)]
    if not due and datetime.now(UTC) < day_start(heirs.file.on):
        message = f"{file}: it is of {day(heirs.file.on)}, which has not come; `--check` shows what it will do"
        raise CommandError(Exit.REFUSED, message)
    seen = _seen(engine, file, heirs, due, left=[row.number for row in rows if row not in due])
    show(seen)
    if seen.nothing_left:
        return Done(seen=seen, added=0, ended=0, told={}, on_the_way={})
    hands.ask(_question(seen))
    cascades = await hands.connect() if due else None
    added, ended = save_reform(engine, heirs)
    answered: dict[str, int] = {}
    on_the_way: dict[str, int] = {}
    for row in due:
        if cascades is not None:
            answered[row.number], on_the_way[row.number] = await _carry_out(engine, cascades, row, heirs, hands)
    return Done(seen=seen, added=added, ended=ended, told=answered, on_the_way=on_the_way)


def _question(seen: Seen) -> str:
    told = sum(found.told for found in seen.directives)
    ends, made = count(seen.ended, "unit ends", "units end"), count(seen.made, "is there instead", "are there instead")
    return f"{ends}, {made}; {count(told, 'register is told', 'registers are told')}. Go on?"


async def _carry_out(
    engine: Engine, cascades: Cascades, row: DirectiveRow, heirs: Heirs, hands: Hands
) -> tuple[int, int]:
    """Tell all registers of a directive from the bottom until nothing is left to say; returns how many were told, and
    how many obligations are still on the way."""
    clock = Clock.model_validate(row.clock)
    actor = Actor(kind=ActorKind.SUPERVISOR, unit=row.issuer, name=hands.by, identified=Identified.COMMAND_LINE)
    told = 0
    for _ in range(_ROUNDS):
        orders = Orders(running(engine, row, clock), heirs).all
        if not orders:
            break
        for _, level in groupby(orders, key=lambda order: order.depth):
            said = [Order(order.cascade_id, command(order, heirs, _at(row), actor, hands.reason)) for order in level]
            for answer in await send_all(cascades, said):
                if answer.away is not None:
                    raise answer.away
            told += len(said)
            hands.progress(min(told, len(orders)), len(orders))
        await _until_arrived(engine, row, hands.patience)
    now = Running(row=row, at=_at(row), by=hands.by)
    await catch_up(engine, cascades, now, (), f"reform:{heirs.file.on}:{now.at:%Y%m%d%H%M%S}")
    return told, len(still_on_the_way(engine, row.id))


async def _until_arrived(engine: Engine, row: DirectiveRow, patience: float) -> None:
    """Wait until what was handed over is on record where it went, though not longer than `patience` seconds."""
    until = asyncio.get_running_loop().time() + patience
    while True:
        if not still_on_the_way(engine, row.id) or asyncio.get_running_loop().time() > until:
            return
        await asyncio.sleep(_LOOK_AGAIN)


def _seen(engine: Engine, file: Path, heirs: Heirs, rows: Sequence[DirectiveRow], left: Sequence[str] = ()) -> Seen:
    try:
        orders = [Orders(running(engine, row, Clock.model_validate(row.clock)), heirs) for row in rows]
        found = [forecast(item) for item in orders]
    except ReformError as error:
        raise CommandError(Exit.INVALID, f"{file}: {error}") from error
    changes = [heirs.of(unit) for unit in heirs.ended]
    return Seen(
        on=heirs.file.on.isoformat(),
        basis=heirs.file.basis,
        made=len(heirs.made),
        ended=len(heirs.ended),
        changes={change: sum(fate is not None and fate.change is change for fate in changes) for change in Change},
        directives=tuple(item for item in found if item.told or item.total(Account.WAITING)),
        links=sum(links_of(engine, row.id, set(heirs.ended)) for row in rows),
        left=tuple(left),
        nothing_left=nothing_left(engine, heirs, zip(rows, orders, strict=True)),
    )


def _running(engine: Engine) -> list[DirectiveRow]:
    with reading(engine) as session:
        return open_directives(session)


def _at(row: DirectiveRow) -> datetime:
    """What time it is for a directive."""
    return Clock.model_validate(row.clock).business(datetime.now(UTC))
