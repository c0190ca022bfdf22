"""One directive of the ministry to the whole country, and the reform of 01/7/2025 while it runs, beside workflows that
do nothing on the same server."""

import asyncio
import os
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import Engine
from sqlalchemy import select as read
from sqlmodel import SQLModel, col, func, select
from temporalio.client import Client

from bench.accounts import Place, Stands, accounts, obligations
from bench.bare import QUEUE, BareRegister, Nothing, bare_worker
from bench.countries import REGISTRY
from bench.result import Result
from bench.running_directive import LOOK_SECONDS, begin, count, owed, review, seconds, send, submit, until
from bench.site import MAIL_HOURS
from commands.reorganise import Hands, Seen, check, reorganise
from commands.units import import_units
from models.actor import Actor, ActorKind
from models.answer import Answer
from models.command import Submit
from models.document import FileRef
from models.tables import CascadeRow, EventRow, ObligationRow, UnitRow
from rules.calendar import day_start
from rules.reforming.forecast import Account
from services.installation import alone, running
from services.processes import Supervisor
from services.temporal import connect
from store.engine import make_engine, migrate, reading
from web.cascades import TemporalCascades

_REFORM = Path(__file__).parent.parent / "data" / "reforms" / "2025-07-01.yaml"
_DIRECTIVE = """
document: {number: 10/LĐTBXH-BĐG, title: bình đẳng giới năm 2025, issuer: bo-ldtbxh, date: 2025-03-03}
closing: 2025-12-31
requirements:
  plan: {title: Kế hoạch năm, kind: plan, to: {line: ldtbxh}, due: 2025-08-29}
  report: {title: Báo cáo của xã, kind: report, to: {level: commune}, due: 2025-10-31}
  summary: {title: Báo cáo năm, kind: report, to: {line: ldtbxh}, due: 2025-11-28, consolidates: [report]}
"""
_EVENING = day_start(date(2025, 7, 1), time(19))
"""The day of the reform, when mail has to wait for the next morning, so that none is sent while time is measured."""
_ANSWERED_ONE_IN = 50
_PAPER = FileRef(sha256="ab" * 32, name="bao-cao.pdf", size=10, media_type="application/pdf")


async def measure_reorganising() -> list[Result]:
    """Once, because it takes minutes: the start, `--check`, and the reform applied until no obligation is on its way
    and every register that ends is closed; then the worker's memory and the size of all histories.

    Some obligations are answered before, and some of these accepted. Raises `RuntimeError` where an obligation has no
    account afterwards, or another one than was foretold.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = alone(Path(folder), mail_hours=MAIL_HOURS)
        engine = make_engine(settings.sql_url)
        migrate(engine)
        import_units(engine, REGISTRY)
        async with running(settings, print, None) as supervisor:
            client = await connect(settings)
            began = await seconds(begin(engine, settings, _DIRECTIVE, _EVENING))
            registers = _tree(engine)
            opened = supervisor.peak_megabytes("worker")
            await _answer(engine, TemporalCascades(client))
            before, looked, read = obligations(engine), *_check(engine)
            applied = await seconds(_apply(engine, client, before))
            sizes = [_memory(supervisor, opened), await _histories(engine, client, list(registers))]
            async with bare_worker(client) as nothing:
                bare_start = await seconds(_start_bare(client, nothing, registers))
                bare_updates = await seconds(_update_bare(client, list(registers)))
    told = f"{len(registers)} registers, {len(before):,} obligations"
    return [
        Result(f"start {told}", f"{len(registers)} bare workflows", began, bare_start, "all open"),
        Result(f"reorganise --check: {told}", "reading all rows", looked, read, ""),
        Result(f"reorganise {told}", f"{len(registers)} bare Updates", applied, bare_updates, "one account each"),
        *sizes,
    ]


def _tree(engine: Engine) -> dict[str, str | None]:
    """Each register with the one above it."""
    with reading(engine) as session:
        return dict(session.exec(select(CascadeRow.id, CascadeRow.parent)).all())


async def _answer(engine: Engine, cascades: TemporalCascades) -> None:
    """Of every so many reports of communes one is handed in, and every other of these accepted."""
    chosen = owed(engine, "report")[::_ANSWERED_ONE_IN]
    await send(cascades, [(cascade_id, submit(key, _EVENING, _PAPER)) for cascade_id, key, _ in chosen])
    await send(cascades, [(cascade_id, review(key, issuer, _EVENING)) for cascade_id, key, issuer in chosen[::2]])


def _check(engine: Engine) -> tuple[float, float]:
    """Seconds of `--check`, and of reading the rows that it reads."""
    began = perf_counter()
    check(engine, _REFORM)
    looked = perf_counter()
    with reading(engine) as session:
        for table in (UnitRow, CascadeRow, ObligationRow):
            session.connection().execute(read(SQLModel.metadata.tables[str(table.__tablename__)])).all()
    return looked - began, perf_counter() - looked


async def _apply(engine: Engine, client: Client, before: dict[Place, Stands]) -> None:
    """Until everything has arrived and what ends is closed; then what was foretold is counted."""
    seen: list[Seen] = []

    async def connected() -> TemporalCascades:
        return TemporalCascades(client)

    hands = Hands("bench", "sắp xếp đơn vị", connected, ask=lambda _: None, progress=lambda *_: None)
    done = await reorganise(engine, _REFORM, hands, seen.append)
    (forecast,) = seen[0].directives
    ending = sum(keeper.now is None for keeper in forecast.keepers)
    await until(lambda: count(engine, CascadeRow, col(CascadeRow.closed).is_(True)) >= ending)
    found = accounts(before, obligations(engine))
    expected = {account: forecast.total(account) for account in Account}
    if any(done.on_the_way.values()) or any(found[account] != count for account, count in expected.items()):
        raise RuntimeError(f"{done.on_the_way} on the way; {found} instead of {expected}")


def _memory(supervisor: Supervisor, opened: float | None) -> Result:
    peak = supervisor.peak_megabytes("worker") or 0
    return Result("worker's peak memory", "when all were open", peak, opened or peak, "", "MB")


async def _histories(engine: Engine, client: Client, registers: Sequence[str]) -> Result:
    """The size of all histories, beside the events on record."""
    size = 0
    for register in registers:
        described = await client.get_workflow_handle(register).describe()
        size += described.raw_description.workflow_execution_info.history_size_bytes
    with reading(engine) as session:
        events = session.exec(select(func.sum(func.length(EventRow.body)))).one()
    return Result("size of all histories", "size of all events on record", size / 1e6, events / 1e6, "", "MB")


async def _start_bare(client: Client, nothing: Nothing, registers: dict[str, str | None]) -> None:
    """As many workflows, one below the other in the same way."""
    below: dict[str, dict[str, Any]] = {key: {} for key in registers}
    for key, above in registers.items():
        if above is not None:
            below[above][f"bare {key}"] = below[key]
    (root,) = (key for key, above in registers.items() if above is None)
    await client.start_workflow(BareRegister.run, below[root], id=f"bare {root}", task_queue=QUEUE)
    while nothing.calls < len(registers):  # noqa: ASYNC110 - as we wait for ours
        await asyncio.sleep(LOOK_SECONDS)


async def _update_bare(client: Client, registers: Sequence[str]) -> None:
    """One Update each, sent in the same way."""
    officer = Actor(kind=ActorKind.OFFICER, unit="bare")
    command = {"at": datetime.now(UTC), "actor": officer, "obligation": "bare@bare", "answer": Answer()}
    said = [(f"bare {key}", Submit.model_validate({"id": os.urandom(8).hex()} | command)) for key in registers]
    await send(TemporalCascades(client), said)
