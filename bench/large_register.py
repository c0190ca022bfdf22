"""The largest registers: one that follows up all 3,321 communes by itself, and one of 500 units with twelve duties
each. Both are opened, answered and decided on as fast as that goes, and go on as new runs meanwhile."""

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, time
from pathlib import Path
from time import perf_counter

from sqlalchemy import Engine
from sqlmodel import col
from temporalio.client import Client

from bench.bare import QUEUE, BareRegister, bare_worker
from bench.countries import TWO_TIER_MINISTRY, TWO_TIER_REGISTRY, country
from bench.result import Result
from bench.running_directive import begin, count, owed, review, seconds, send, submit
from models.command import Command
from models.document import FileRef
from models.obligation import State
from models.tables import CascadeRow, EventRow, ObligationRow
from models.unit import Level, Unit
from rules.calendar import day_start
from services.installation import alone, running
from services.temporal import connect
from store.engine import make_engine, migrate
from store.units import save_units
from web.cascades import TemporalCascades

_MORNING = day_start(date(2026, 3, 2), time(8))
_PAPER = FileRef(sha256="ab" * 32, name="bao-cao.pdf", size=17_519, media_type="application/pdf")
_CASES = ((3_321, 3), (500, 12))
"""Units that one register follows up, and what each of them owes."""
_CARRIED = 2_000_000
"""Bytes that Temporal carries as one value, somewhat less than its limit."""


async def measure_large_register() -> list[Result]:
    """Each case once; wall-clock seconds, the floor on the same server. Raises `RuntimeError` where an answer or a
    decision is lost or doubled."""
    return [result for units, each in _CASES for result in await _measured(units, each)]


async def _measured(units: int, each: int) -> list[Result]:
    what = f"a register of {units:,} units with {each} duties each"
    with tempfile.TemporaryDirectory() as folder:
        settings = alone(Path(folder), smtp_rate=1_000)
        engine = make_engine(settings.sql_url)
        migrate(engine)
        save_units(engine, list(_below_one(units)))
        async with running(settings, print, None) as supervisor:
            client = await connect(settings)
            cascades = TemporalCascades(client)
            opened = await seconds(begin(engine, settings, _directive(each), _MORNING))
            found = [line for number in range(each) for line in owed(engine, f"report-{number}")]
            register = found[0][0]
            answers: list[Command] = [submit(key, _MORNING, _PAPER) for _, key, _ in found]
            decisions: list[Command] = [review(key, issuer, _MORNING) for _, key, issuer in found]
            ours = await _rate(cascades, register, [*answers, *decisions])
            _check(engine, len(found))
            carried = await _carried(client, register)
            async with bare_worker(client):
                await client.start_workflow(BareRegister.run, {}, id=BareRegister.__name__, task_queue=QUEUE)
                floor = await _rate(cascades, BareRegister.__name__, answers[:1_500])
            megabytes = supervisor.peak_megabytes("worker") or 0.0
    return [
        Result(f"{what}, opened", "one second", opened, 1.0, ""),
        Result(f"{what}: one answer or decision", "a bare Update", 1 / ours, 1 / floor, ""),
        Result(f"{what}, carried to the next run", "what Temporal carries", carried, _CARRIED, "<= 1", "bytes"),
        Result(f"{what}: worker's peak memory", "limit", megabytes, 400, "<= 1", "MB"),
    ]


def _below_one(count: int) -> Iterable[Unit]:
    """The ministry, and so many communes directly below it."""
    for unit in country(TWO_TIER_REGISTRY).values():
        if unit.code == TWO_TIER_MINISTRY:
            yield unit
        elif unit.level is Level.COMMUNE and count:
            count -= 1
            yield unit.model_copy(update={"superior": TWO_TIER_MINISTRY, "also_under": ()})


def _directive(each: int) -> str:
    asked = "".join(
        f"  report-{number}: {{title: Báo cáo số {number + 1}, kind: report, to: {{level: commune, line: ubnd}}, "
        "due: 2026-05-15}\n"
        for number in range(each)
    )
    head = (
        f"document: {{number: 20/BNV-BĐG, title: bình đẳng giới năm 2026, issuer: {TWO_TIER_MINISTRY}, "
        "date: 2026-03-02}"
    )
    return f"{head}\nclosing: 2026-12-31\nrequirements:\n{asked}"


async def _rate(cascades: TemporalCascades, register: str, commands: Sequence[Command]) -> float:
    """Commands a second."""
    began = perf_counter()
    await send(cascades, [(register, command) for command in commands])
    return len(commands) / (perf_counter() - began)


def _check(engine: Engine, owed: int) -> None:
    registers = count(engine, CascadeRow, col(CascadeRow.id).is_not(None))
    done = count(engine, ObligationRow, col(ObligationRow.state) == State.ACCEPTED)
    events = [count(engine, EventRow, EventRow.kind == kind) for kind in ("submitted", "accepted")]
    if (registers, done, events) != (1, owed, [owed, owed]):
        raise RuntimeError(f"{owed} were owed in one register: {registers} registers, {done} done, events {events}")


async def _carried(client: Client, register: str) -> int:
    """The largest value with which a run of the register began. Raises `RuntimeError` where it never went on as new."""
    runs = [run.run_id async for run in client.list_workflows(f"WorkflowId = '{register}'")]
    if len(runs) < 2:
        raise RuntimeError(f"{register} did not go on as new")
    sizes = []
    for run_id in runs:
        events = client.get_workflow_handle(register, run_id=run_id).fetch_history_events(page_size=1)
        started = (await anext(events)).workflow_execution_started_event_attributes
        sizes += [payload.ByteSize() for payload in started.input.payloads]
    return max(sizes)
