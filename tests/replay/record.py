"""Stores histories for the replay test under the name of a version: every run of a register, and its events.

`python -m tests.replay.record 0.2` lives through a small directive for it (`tests.replay.lived`);
`python -m tests.replay.record 0.2 out/demo 46-ldtbxh 480-ldtbxh` takes registers of a finished demo.
"""

import asyncio
import gzip
import sys
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import col, select
from temporalio.client import Client

import naming
from audit.histories.live import LiveHistories
from models.tables import EventRow
from services.processes import Supervisor, free_port, wait_for_port
from services.temporal import connect_when_ready, server_command
from settings import Settings
from store.engine import make_engine, reading
from tests.replay.lived import lived_through

HISTORIES, EVENTS = Path(__file__).parent / "histories", Path(__file__).parent / "events"


async def record(version: str, client: Client, engine: Engine, cascade_id: str) -> None:
    """Store what a register did: `histories/<version>-<unit>-<number of the run>.json.gz`, and what it recorded:
    `events/<version>-<unit>.json.gz`."""
    name = f"{version}-{naming.cascade_parts(cascade_id)[1]}"
    for number, run in enumerate(await LiveHistories(client).runs(cascade_id), 1):
        await asyncio.to_thread(_write, HISTORIES / f"{name}-{number:02}.json.gz", run.history)
    with reading(engine) as session:
        query = select(EventRow.body).where(EventRow.cascade_id == cascade_id).order_by(col(EventRow.seq))
        bodies = session.exec(query).all()
    await asyncio.to_thread(_write, EVENTS / f"{name}.json.gz", f"[{','.join(bodies)}]".encode())


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(gzip.compress(content, mtime=0))


async def record_lived(version: str) -> None:
    """Those of a small directive."""
    async with lived_through() as (client, engine, registers):
        for register in registers:
            await record(version, client, engine, register)


async def record_demo(version: str, home: Path, units: list[str]) -> None:
    """Those that these units keep, from a demo whose server is started again."""
    settings = Settings(home=home, temporal_address=f"127.0.0.1:{free_port()}")
    supervisor = Supervisor(settings.logs, {}, print)
    host, port = settings.temporal_address.split(":")
    try:
        await supervisor.start("temporal", server_command(settings, None))
        await wait_for_port("Temporal", host, int(port))
        client = await connect_when_ready(settings)
        async for workflow in client.list_workflows("WorkflowType = 'Cascade'"):
            if naming.cascade_parts(workflow.id)[1] in units:
                await record(version, client, make_engine(settings.sql_url), workflow.id)
    finally:
        await supervisor.stop()


if __name__ == "__main__":
    version, *demo = sys.argv[1:]
    asyncio.run(record_demo(version, Path(demo[0]).absolute(), demo[1:]) if demo else record_lived(version))
