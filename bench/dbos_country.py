"""The whole country opened, beside DBOS with a durable workflow for each unit, on SQLite and on PostgreSQL."""

import asyncio
import json
import sqlite3
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from bench.countries import country
from bench.databases import postgres
from bench.result import Result
from bench.site import REQUIREMENTS, open_country, site

_ROUNDS = 2
_THREADS = {"SQLite": 1, "PostgreSQL": 20}
"""With so many DBOS was fastest on two cores."""


async def measure_dbos_country() -> list[Result]:
    """Ours and both databases of DBOS in turn, each in processes of its own."""
    below = _below()
    units = 1 + sum(map(len, below.values()))
    ours: list[float] = []
    theirs: dict[str, list[float]] = {"SQLite": [], "PostgreSQL": []}
    for _ in range(_ROUNDS):
        async with site() as here:
            ours.append(await open_country(here))
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "dbos.db"
            with sqlite3.connect(file) as database:
                database.execute("PRAGMA journal_mode=WAL")  # stays with the file, and is several times as fast
            theirs["SQLite"].append(await _open_peer(f"sqlite:///{file}", _THREADS["SQLite"], below))
            with postgres(Path(folder)) as server:
                url = server.url
                theirs["PostgreSQL"].append(await _open_peer(url, _THREADS["PostgreSQL"], below))
    what = f"open {len(REQUIREMENTS) * (units - 1):,} obligations"
    better = min(theirs, key=lambda name: median(theirs[name]))
    return [
        Result(
            what,
            f"DBOS on {name}, {units:,} workflows",
            median(ours),
            median(found),
            "<= 0.33" if name == better else "",
        )
        for name, found in theirs.items()
    ]


def _below() -> dict[str, list[str]]:
    """Each unit that has others below it, with these: the tree of our registers and of those who owe them."""
    below: dict[str, list[str]] = {}
    for unit in country().values():
        if unit.superior is not None:
            below.setdefault(unit.superior, []).append(unit.code)
    return below


async def _open_peer(url: str, threads: int, below: Mapping[str, list[str]]) -> float:
    """Seconds of one run. Raises `RuntimeError` where it fails."""
    command = (sys.executable, "-m", "bench.dbos_tree", url, str(threads))
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    said, _ = await process.communicate(json.dumps(below).encode())
    if process.returncode:
        raise RuntimeError(f"bench.dbos_tree ended with {process.returncode}")
    took, _spent = json.loads(said)
    return float(took)
