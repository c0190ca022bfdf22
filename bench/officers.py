"""Fifty officers press the button in the same moment, each with a file of a megabyte, beside bare Updates."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import quantiles
from time import perf_counter

import httpx
from sqlalchemy import Engine
from sqlmodel import func, select
from temporalio.client import Client

from bench.bare import QUEUE, BareRegister, bare_worker
from bench.countries import MINISTRY, country
from bench.pressing import links, press, submit_forms
from bench.result import Result
from commands.start import start
from models.actor import Actor, ActorKind
from models.answer import Answer
from models.clock import Clock
from models.command import Submit
from models.tables import ObligationRow
from models.unit import Level, Unit
from rules.calendar import day_start
from services.installation import alone, running
from services.temporal import connect
from settings import Settings
from store.engine import make_engine, migrate, reading
from store.files import FileStore
from store.units import save_units
from web.cascades import TemporalCascades

_OFFICERS = 50
_ROUNDS = 5
_MEGABYTE = 1024 * 1024
_LOOK_SECONDS = 0.05
_DAY = date(2020, 2, 12)
_MORNING = datetime(2020, 2, 12, 9).time()  # noqa: DTZ001 - the time of day in Vietnam, when mail leaves
_DIRECTIVE = """
document: {{number: {number}/LĐTBXH-BĐG, title: báo cáo cùng một lúc, issuer: bo-ldtbxh, date: {day}}}
closing: 2020-12-31
requirements:
  province-plan: {{title: Kế hoạch của tỉnh, kind: plan, to: {{level: province}}, due: 2020-03-31}}
"""


async def measure_officers() -> list[Result]:
    """All seconds from the pressed button to the answered page, and the same for as many Updates that do nothing, by
    the same client to one workflow; both in turn, round after round, on one server.

    All officers answer to one register, as on the last day of a ministry's directive. Raises `RuntimeError` where one
    of them gets an error, or an answer is missing from the register.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = alone(Path(folder))
        engine = make_engine(settings.sql_url)
        migrate(engine)
        save_units(engine, _units())
        ours: list[float] = []
        floors: list[float] = []
        async with running(settings, print, None):
            client = await connect(settings)
            async with _bare(client) as bare:
                for round_ in range(_ROUNDS + 1):
                    submitted = await _submit(engine, settings, client, round_)
                    updated = await _at_once([_update(bare, number) for number in range(_OFFICERS)])
                    if round_:  # the first one warms both up
                        ours += submitted
                        floors += updated
        _check(engine)
    what, beside = f"{_OFFICERS} officers at once, 1 MB each", f"{_OFFICERS} bare Updates at once"
    return [
        Result(f"{what}, {name}", f"{beside}, {name}", _percentile(ours, part), _percentile(floors, part), "no error")
        for name, part in (("p50", 50), ("p99", 99))
    ]


def _units() -> list[Unit]:
    """The ministry's office and as many provinces as there are officers."""
    units = country()
    provinces = [unit for unit in units.values() if unit.level is Level.PROVINCE][:_OFFICERS]
    return [units[MINISTRY], *provinces]


async def _submit(engine: Engine, settings: Settings, client: Client, round_: int) -> list[float]:
    """Start a directive, let all officers open their pages, and let them press their buttons."""
    file = settings.home / f"{round_}.yaml"
    file.write_text(_DIRECTIVE.format(number=1000 + round_, day=_DAY), "utf-8")
    clock = Clock(origin_real=datetime.now(UTC), origin_business=day_start(_DAY, _MORNING))

    async def connected() -> Client:
        return client

    head = await start(engine, FileStore(settings.files), connected, file, clock)
    while len(found := links(settings.maildir, head.directive_id)) < _OFFICERS:  # noqa: ASYNC110 - others work
        await asyncio.sleep(_LOOK_SECONDS)
    async with httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_connections=_OFFICERS)) as browser:
        pages = [(link, (await submit_forms(browser, link))[0]) for link in found]
        return await _at_once([press(browser, link, form, _DAY, _MEGABYTE) for link, form in pages])


def _update(cascades: TemporalCascades, number: int) -> Callable[[], Awaitable[None]]:
    """An Update of the kind that a pressed button makes."""
    actor = Actor(kind=ActorKind.OFFICER, unit=str(number))
    command = Submit(
        id=os.urandom(8).hex(), at=datetime.now(UTC), actor=actor, obligation=f"bare@{number}", answer=Answer()
    )

    async def update() -> None:
        await cascades.send(BareRegister.__name__, command)

    return update


async def _at_once(presses: list[Callable[[], Awaitable[None]]]) -> list[float]:
    """The seconds that each takes when all begin in the same moment."""

    async def timed(press: Callable[[], Awaitable[None]]) -> float:
        await press()
        return perf_counter() - began

    began = perf_counter()
    return await asyncio.gather(*(timed(press) for press in presses))


@asynccontextmanager
async def _bare(client: Client) -> AsyncIterator[TemporalCascades]:
    """The pages' own way to send Updates, and a workflow that takes them without doing anything."""
    async with bare_worker(client):
        await client.start_workflow(BareRegister.run, {}, id=BareRegister.__name__, task_queue=QUEUE)
        yield TemporalCascades(client)


def _check(engine: Engine) -> None:
    with reading(engine) as session:
        submitted = session.exec(select(func.count()).where(ObligationRow.submissions == 1)).one()
    if submitted != _OFFICERS * (_ROUNDS + 1):
        raise RuntimeError(f"{submitted} answers in the registers, {_OFFICERS * (_ROUNDS + 1)} were handed in")


def _percentile(seconds: list[float], part: int) -> float:
    return quantiles(seconds, n=100, method="inclusive")[part - 1]
