"""From `start` to the last opening mail queued for 143 units, beside bare workflows on the same server."""

import asyncio
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import Engine
from sqlmodel import col, select
from temporalio.client import Client

from bench.bare import QUEUE, BareCascade, Nothing, bare_worker
from bench.result import Result
from commands.start import start
from commands.units import import_units
from demo.run import DIRECTIVE, REGISTRY
from models.clock import Clock
from models.tables import CascadeRow, OutboxRow
from services.installation import alone, running
from services.temporal import connect
from store.engine import make_engine, migrate, reading
from store.files import FileStore
from store.mailbag import SENDING
from store.outbox import QUEUED

_ROUNDS = 5
_UNITS = 143
_CHILDREN = 9
_LOOK_SECONDS = 0.02


async def measure_opening() -> list[Result]:
    """Both in turn, round after round, on one server; the worker of ours is a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        settings = alone(Path(folder))
        engine = make_engine(settings.sql_url)
        migrate(engine)
        import_units(engine, REGISTRY)
        ours, floors = [], []
        async with running(settings, print, None):
            client = await connect(settings)
            async with bare_worker(client) as nothing:
                for round_ in range(_ROUNDS + 1):
                    ours.append(await _open(engine, client, Path(folder), round_))
                    await _quiet(engine)
                    floors.append(await _open_bare(client, nothing, round_))
    # the first round warms both up
    return [Result("open 143 units, 10 cascades", "10 bare workflows", median(ours[1:]), median(floors[1:]), "<= 1.5")]


async def _open(engine: Engine, client: Client, folder: Path, round_: int) -> float:
    """Dispatch 908 under another number, with everything below the districts open from the start."""
    lines = DIRECTIVE.read_text("utf-8").replace("908/SLĐTBXH-BĐG", f"{1000 + round_}/SLĐTBXH-BĐG").splitlines()
    file = folder / f"{round_}.yaml"
    file.write_text("\n".join(line for line in lines if "opens:" not in line), "utf-8")
    clock = Clock(origin_real=datetime.now(UTC), origin_business=datetime(2020, 4, 14, tzinfo=UTC))
    before = await asyncio.to_thread(_units_with_mail, engine)

    async def connected() -> Client:
        return client

    began = perf_counter()
    await start(engine, FileStore(folder / "files"), connected, file, clock)
    while await asyncio.to_thread(_units_with_mail, engine) < before + _UNITS:  # noqa: ASYNC110 - another process works
        await asyncio.sleep(_LOOK_SECONDS)
    return perf_counter() - began


async def _quiet(engine: Engine) -> None:
    """Wait until all mail is delivered, so that each measurement has the machine to itself."""
    while await asyncio.to_thread(_waiting, engine):  # noqa: ASYNC110 - another process works
        await asyncio.sleep(_LOOK_SECONDS)


def _waiting(engine: Engine) -> bool:
    with reading(engine) as session:
        return (
            session.exec(select(OutboxRow.id).where(col(OutboxRow.status).in_((QUEUED, SENDING)))).first() is not None
        )


def _units_with_mail(engine: Engine) -> int:
    with reading(engine) as session:
        directives = select(CascadeRow.directive_id, OutboxRow.unit).where(CascadeRow.id == OutboxRow.cascade_id)
        return len(session.exec(directives.distinct()).all())


async def _open_bare(client: Client, nothing: Nothing, round_: int) -> float:
    before = nothing.calls
    began = perf_counter()
    children = [f"bare-{round_}-{child}" for child in range(_CHILDREN)]
    await client.start_workflow(BareCascade.run, args=[children], id=f"bare-{round_}", task_queue=QUEUE)
    while nothing.calls < before + 1 + _CHILDREN:  # noqa: ASYNC110 - as we wait for ours
        await asyncio.sleep(_LOOK_SECONDS)
    return perf_counter() - began
