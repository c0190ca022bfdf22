"""What a directive costs in a year, measured on one province: `python -m bench.costs 58-ldtbxh` lets a year pass on a
real installation and writes `bench/constants.toml`, from which `bench.capacity` computes."""

import asyncio
import platform
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import Engine, true
from sqlmodel import SQLModel, col, func, select

from bench.answered import DIRECTIVE, compiled
from bench.capacity import CONSTANTS, Constant
from bench.countries import country
from bench.histories import History, history_of
from bench.running_directive import begin, count, send, until
from bench.site import Site, processor_seconds, site
from bench.year import year
from commands.clock import set_speed
from models.clock import Clock
from models.command import Command
from models.plan import CascadePlan
from models.tables import CascadeRow, DirectiveRow, OutboxRow, SubmissionRow
from rules.calendar import WorkingCalendar, day_end, day_start, local_day
from services.installation import environment
from store.engine import reading
from store.outbox import SENT
from web.cascades import TemporalCascades

_MORNING, _END = day_start(date(2020, 2, 12), time(8)), day_start(date(2021, 1, 4), time(12))
"""The year ends on a working day after the closing, when those who keep a register are told of it."""
_EVENING = time(17)
_PASSES = timedelta(seconds=1)
_HELD, _FASTEST = 0.001, 1_000_000.0
"""Of a clock: so slow that it stands, and the most that it takes."""
_PROCESSES = ("temporal", "worker", "postman")
_PATIENCE_SECONDS = 3_000.0


async def measure_costs(province: str) -> dict[str, Constant]:
    """The constants, by name. Raises `RuntimeError` where a command is refused or a register is left open."""
    whole = compiled(DIRECTIVE, country()).cascades
    async with site(province) as here:
        before = _database_bytes(here)
        spent = {name: processor_seconds(here.supervisor.process_id(name)) for name in _PROCESSES}
        await begin(here.engine, here.settings, DIRECTIVE, _MORNING)
        days = await _live(here)
        await until(lambda: count(here.engine, CascadeRow, col(CascadeRow.closed).is_(False)) == 0, _PATIENCE_SECONDS)
        for register in here.registers():
            await here.client.get_workflow_handle(register).result()
        used = {name: processor_seconds(here.supervisor.process_id(name)) - spent[name] for name in _PROCESSES}
        histories = [found async for found in history_of(here.client)]
        _archive(here)
        owed = sum(len(register.duties) for register in plans(here.engine))
        where = _where(province, here.units, owed, len(here.registers()))
        found = _of_histories(histories) | {
            f"{name} processor seconds": used[name] for name in _PROCESSES
        } | {
            "rows": _rows(here.engine), "database bytes": _database_bytes(here) - before,
            "temporal bytes": here.settings.temporal_state.stat().st_size,
            "archive bytes": _bytes_of(here.settings.archive), "mails": _mails(here.engine),
            "commands": sum(days.values()), "answers": count(here.engine, SubmissionRow, true()),
        }  # fmt: skip
    each = {name: Constant(number / owed, "obligation", where) for name, number in found.items()}
    national = "compiled: `bench.answered.DIRECTIVE` for `quoc-gia-nganh-ldtbxh.yaml`"
    return each | {
        "obligations": Constant(sum(len(register.duties) for register in whole), "directive", national),
        "workflows": Constant(len(whole), "directive", national),
        "busiest day": Constant(max(days.values()) / sum(days.values()), "year of a directive", where),
    }


def plans(engine: Engine) -> list[CascadePlan]:
    """The plans of all registers."""
    with reading(engine) as session:
        return [CascadePlan.model_validate(plan) for plan in session.exec(select(CascadeRow.plan))]


async def _live(here: Site) -> Counter[date]:
    """A year of all registers: the clock goes on from stop to stop and is held there until all that people did before
    is on record, however busy the machine is. Returns how many commands each day had."""
    asked = [(plan.cascade_id, command) for plan in plans(here.engine) for command in year(plan)]
    days = Counter(local_day(command.at) for _, command in asked)
    waiting = deque(sorted(asked, key=lambda item: item[1].at))
    cascades = TemporalCascades(here.client)
    for stop in _stops(days):
        await _pass(here, stop)
        come: list[tuple[str, Command]] = []
        while waiting and waiting[0][1].at < stop:
            come.append(waiting.popleft())
        await send(cascades, come)
    return days


def _stops(days: Collection[date]) -> list[datetime]:
    """Every evening of a working day, so that mail leaves in its hours and no step of a ladder is caught up with later;
    and the end of each of these days."""
    found, calendar, day = {day_end(day) for day in days}, WorkingCalendar(), local_day(_MORNING)
    while day < local_day(_END):
        found.add(day_start(day, _EVENING))
        day = calendar.add(day, 1)
    return [*sorted(stop for stop in found if stop > _MORNING), _END]


async def _pass(here: Site, to: datetime) -> None:
    """Let the practice clock come to an instant within a second or two, and hold it."""
    clock = await _set(here, lambda now: min(max((to - now) / _PASSES, _HELD), _FASTEST))
    await asyncio.sleep(max(0.0, (clock.real(to) - datetime.now(UTC)).total_seconds()))
    await _set(here, lambda _: _HELD)


async def _set(here: Site, speed: Callable[[datetime], float]) -> Clock:
    """Set the speed of the practice clock, by its time now."""
    with reading(here.engine) as session:
        directive = session.exec(select(DirectiveRow)).one()
    now = Clock.model_validate(directive.clock).business(datetime.now(UTC))
    return await set_speed(here.engine, here.client, directive, speed(now))


def _of_histories(histories: list[History]) -> dict[str, float]:
    """What all histories have together: their events and bytes, and what is billed of each kind."""
    kinds = dict.fromkeys(kind for history in histories for kind in history.actions)
    return {
        "events": sum(history.events for history in histories),
        "history bytes": sum(history.size for history in histories),
        **{f"actions: {kind}": sum(history.actions[kind] for history in histories) for kind in kinds},
    }


def _archive(here: Site) -> None:
    dondoc = str(Path(sys.executable).with_name("dondoc"))
    subprocess.run([dondoc, "audit", "archive"], check=True, env=environment(here.settings))  # noqa: S603 - ourselves


def _mails(engine: Engine) -> int:
    with reading(engine) as session:
        return session.exec(
            select(func.count(func.distinct(OutboxRow.message_id))).where(OutboxRow.status == SENT)
        ).one()


def _rows(engine: Engine) -> int:
    """Of all tables but the registry's."""
    tables = [table for name, table in SQLModel.metadata.tables.items() if not name.startswith("unit")]
    with reading(engine) as session:
        return sum(
            session.connection().execute(select(func.count()).select_from(table)).scalar_one() for table in tables
        )


def _database_bytes(here: Site) -> int:
    with reading(here.engine) as session:
        connection = session.connection()
        return int(
            connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            * connection.exec_driver_sql("PRAGMA page_size").scalar_one()
        )


def _bytes_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _where(province: str, units: int, owed: int, registers: int) -> str:
    on = f"{datetime.now(UTC):%m/%Y}, SQLite, {platform.machine()}"
    return f"`python -m bench.costs {province}` ({units:,} units, {owed:,} obligations, {registers} registers), {on}"


if __name__ == "__main__":
    measured = asyncio.run(measure_costs(sys.argv[1]))
    CONSTANTS.write_text("\n".join(constant.written(name) for name, constant in measured.items()), "utf-8")
