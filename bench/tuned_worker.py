"""A worker for registers with other limits than the ordinary one: `python -m bench.tuned_worker '{"tasks": 100}'`."""

import asyncio
import json
import signal
import sys
from concurrent.futures import ThreadPoolExecutor

from services.temporal import connect
from settings import Settings
from store.engine import make_engine
from worker import Limits, cascade_worker


async def main(limits: Limits) -> None:
    """Serve until told to stop."""
    settings, stop = Settings(), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    client, engine = await connect(settings), make_engine(settings.sql_url)
    with ThreadPoolExecutor(limits.threads) as threads:
        async with cascade_worker(client, settings, engine, threads, limits):
            await stop.wait()


if __name__ == "__main__":
    asyncio.run(main(Limits(**json.loads(sys.argv[1]))))
