"""Stores the histories of a finished demo for the replay test: `python -m tests.replay.record out/demo`."""

import asyncio
import gzip
import sys
from pathlib import Path

import naming
from services.processes import Supervisor, free_port, wait_for_port
from services.temporal import connect_when_ready, server_command
from settings import Settings

HISTORIES = Path(__file__).parent / "histories"


async def record(home: Path, units: list[str]) -> None:
    """Start the demo's server again and store the histories of the cascades that these units keep."""
    settings = Settings(home=home, temporal_address=f"127.0.0.1:{free_port()}")
    supervisor = Supervisor(settings.logs, {}, print)
    host, port = settings.temporal_address.split(":")
    try:
        await supervisor.start("temporal", server_command(settings, None))
        await wait_for_port("Temporal", host, int(port))
        client = await connect_when_ready(settings)
        async for workflow in client.list_workflows("WorkflowType = 'Cascade'"):
            unit = naming.cascade_parts(workflow.id)[1]
            if unit in units:
                history = await client.get_workflow_handle(workflow.id).fetch_history()
                packed = gzip.compress(history.to_json().encode(), mtime=0)
                await asyncio.to_thread((HISTORIES / f"0.1-{unit}.json.gz").write_bytes, packed)
    finally:
        await supervisor.stop()


if __name__ == "__main__":
    asyncio.run(record(Path(sys.argv[1]).absolute(), ["46-ldtbxh", "480-ldtbxh"]))
