"""The untouched record of a whole country is verified: at work, closed and archived, and from the archive alone."""

import asyncio
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import process_time

from sqlalchemy import Engine
from sqlmodel import col, select
from temporalio.client import Client

from audit.archive.archive import Archive
from audit.histories.live import LiveHistories
from audit.histories.replayed import replayed
from audit.histories.runs import Histories
from audit.verify.finding import Report
from bench.countries import REGISTRY
from bench.result import Result
from bench.running_directive import LOOK_SECONDS, begin, count, owed, review, send, submit, until
from commands.clock import set_speed
from commands.units import import_units
from models.clock import Clock
from models.command import Command, Decision
from models.tables import CascadeRow, DirectiveRow
from rules.calendar import day_start
from services.installation import alone, environment, running
from services.processes import peak_megabytes
from services.temporal import connect
from settings import Settings
from store.engine import make_engine, migrate, reading
from store.files import FileStore
from web.cascades import TemporalCascades

_DIRECTIVE = """
document: {number: 20/LĐTBXH-BĐG, title: bình đẳng giới năm 2025, issuer: bo-ldtbxh, date: 2025-03-03}
closing: 2025-03-14
policy: {ladder: [{at: T+1, do: overdue}]}
requirements:
  plan: {title: Kế hoạch năm, kind: plan, to: {line: ldtbxh}, due: 2025-03-05}
  report: {title: Báo cáo của xã, kind: report, to: {level: commune}, due: 2025-03-05}
  summary: {title: Báo cáo năm, kind: report, to: {line: ldtbxh}, due: 2025-03-07, consolidates: [report]}
"""
_MORNING = day_start(date(2025, 3, 3), time(8))
_AFTER_STEPS, _AFTER_CLOSING = day_start(date(2025, 3, 6), time(12)), day_start(date(2025, 3, 17), time(12))
"""A Monday: what those who keep a register are told of the closing leaves on the next working day."""
_ANSWERED = {"plan": 2, "report": 5}
"""One in so many hands something in."""
_RETURNED_ONE_IN = 7
_PASSES = timedelta(minutes=1)
_HELD = 0.001
_PDF = "application/pdf"
_PATIENCE_SECONDS = 3_000.0


@dataclass(frozen=True)
class Verified:
    """What `dondoc audit verify --all` said, its processor seconds, and the most memory that it held (MB)."""

    report: Report
    seconds: float
    megabytes: float


async def measure_national() -> list[Result]:
    """Once, because it takes many minutes: one directive to the country, answered by some thousands, their dates
    passing on the practice clock; then closed and archived. Raises `RuntimeError` where anything is found."""
    with tempfile.TemporaryDirectory() as folder:
        settings = alone(Path(folder), smtp_rate=1_000)
        engine = make_engine(settings.sql_url)
        migrate(engine)
        import_units(engine, REGISTRY)
        async with running(settings, print, None):
            client = await connect(settings)
            empty = await verify(settings)
            await live(engine, settings, client)
            at_work, replaying = await verify(settings), await replay(engine, LiveHistories(client))
            await close(engine, settings, client)
            closed = await verify(settings)
        archived = await verify(settings)
        from_archive = await replay(engine, Archive(settings.archive))
    peak = max(each.megabytes for each in (at_work, closed, archived))
    looked = archived.report.looked
    told = f"{looked.registers} registers, {looked.events:,} events"
    return [
        Result("verify the country at work", "replaying all histories", at_work.seconds, replaying, "nothing found"),
        Result("closed and archived", "the same at work", closed.seconds, at_work.seconds, "nothing found"),
        Result(f"from the archive: {told}", "replaying it", archived.seconds, from_archive, "nothing found"),
        Result("peak memory of verifying", "where there is nothing", peak, empty.megabytes, "", "MB"),
    ]


async def live(engine: Engine, settings: Settings, client: Client) -> None:
    """Start the directive, let some answer, decide on some of that, and let due dates pass. Registers are left at work:
    they fire steps and deliver mail."""
    await begin(engine, settings, _DIRECTIVE, _MORNING)
    await _answer(engine, FileStore(settings.files), TemporalCascades(client))
    await _pass(engine, client, _AFTER_STEPS)


async def close(engine: Engine, settings: Settings, client: Client) -> None:
    """Let the day of closing pass, until all registers are closed; archive them, and write a sheet of anchors."""
    await _pass(engine, client, _AFTER_CLOSING)
    await until(lambda: count(engine, CascadeRow, col(CascadeRow.closed).is_(False)) == 0, _PATIENCE_SECONDS)
    for cascade_id in _registers(engine):
        await client.get_workflow_handle(cascade_id).result()
    await _dondoc(settings, "audit", "archive")
    await _dondoc(settings, "audit", "anchor")


async def verify(settings: Settings) -> Verified:
    """Verify everything, in a process of its own. Raises `RuntimeError`."""
    before = os.times()
    said, megabytes = await _dondoc(settings, "audit", "verify", "--all", "--json")
    after, report = os.times(), Report.model_validate_json(said)
    if report.findings or report.unchecked:
        raise RuntimeError(
            f"{len(report.findings)} findings, {len(report.unchecked)} unchecked: {said.decode()[:2000]}"
        )
    seconds = after.children_user + after.children_system - before.children_user - before.children_system
    return Verified(report, seconds, megabytes)


async def replay(engine: Engine, histories: Histories) -> float:
    """Processor seconds of reading and replaying the histories of all registers."""
    began = process_time()
    for cascade_id in _registers(engine):
        await replayed(await histories.runs(cascade_id))
    return process_time() - began


async def _answer(engine: Engine, files: FileStore, cascades: TemporalCascades) -> None:
    """Each of those that hand in has a file of its own; every other is accepted, and some are returned."""
    for requirement, one_in in _ANSWERED.items():
        chosen = owed(engine, requirement)[::one_in]
        papers = [files.put(f"%PDF-1.4\n{key}\n%%EOF".encode(), "bao-cao.pdf", _PDF) for _, key, _ in chosen]
        submitted: list[tuple[str, Command]] = [
            (register, submit(key, _MORNING, paper)) for (register, key, _), paper in zip(chosen, papers, strict=True)
        ]
        await send(cascades, submitted)
        await send(cascades, [(register, review(key, issuer, _MORNING)) for register, key, issuer in chosen[::2]])
        returned = chosen[1 :: 2 * _RETURNED_ONE_IN]
        await send(
            cascades, [(register, review(key, issuer, _MORNING, Decision.RETURN)) for register, key, issuer in returned]
        )


async def _pass(engine: Engine, client: Client, to: datetime) -> None:
    """Let the practice clock come to an instant, and hold it."""
    clock = await _set(engine, client, lambda now: (to - now) / _PASSES)
    await asyncio.sleep(max(0.0, (clock.real(to) - datetime.now(UTC)).total_seconds()))
    await _set(engine, client, lambda _: _HELD)


async def _set(engine: Engine, client: Client, speed: Callable[[datetime], float]) -> Clock:
    """Set the speed of the practice clock, by its time now."""
    with reading(engine) as session:
        (directive,) = session.exec(select(DirectiveRow)).all()
    now = Clock.model_validate(directive.clock).business(datetime.now(UTC))
    return await set_speed(engine, client, directive, speed(now))


def _registers(engine: Engine) -> list[str]:
    """All registers there are."""
    with reading(engine) as session:
        return list(session.exec(select(CascadeRow.id)).all())


async def _dondoc(settings: Settings, *words: str) -> tuple[bytes, float]:
    """What a command prints, and the most memory that it holds (MB). Raises `RuntimeError` where it ends otherwise than
    with 0."""
    command = (str(Path(sys.executable).with_name("dondoc")), *words)
    values = {**os.environ, **environment(settings)}
    process = await asyncio.create_subprocess_exec(*command, env=values, stdout=asyncio.subprocess.PIPE)
    reading_all, megabytes = asyncio.create_task(process.communicate()), 0.0
    while not reading_all.done():
        await asyncio.wait([reading_all], timeout=LOOK_SECONDS)
        megabytes = peak_megabytes(process.pid) or megabytes
    said, _ = await reading_all
    if process.returncode:
        raise RuntimeError(f"{' '.join(words)} ended with {process.returncode}: {said.decode()[:2000]}")
    return said, megabytes
