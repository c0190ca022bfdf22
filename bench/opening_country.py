"""Whole countries are opened, beside as many workflows that do nothing on the same server; and what all that is open
takes then: memory of each process, events and bytes of history."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from temporalio.client import Client

from bench.bare import QUEUE, BareRegister, Nothing, bare_worker
from bench.databases import DATABASES, Database
from bench.result import Result
from bench.running_directive import until
from bench.site import BEFORE, REQUIREMENTS, TWO_TIER, Country, Site, open_country, site

_ROUNDS = 3
_PROCESSES = ("worker", "web", "temporal")
LIMIT_MB = 400
"""What the worker may hold."""


@dataclass(frozen=True)
class _Taken:
    """Seconds on the clock and of all processors, then events and bytes of all histories."""

    seconds: float
    processor: float
    events: int
    size: int


@dataclass(frozen=True)
class _Round:
    """Ours and the floor; the most memory of each process (MB) before the start and when all was open."""

    units: int
    registers: int
    ours: _Taken
    bare: _Taken
    before: dict[str, float]
    opened: dict[str, float]


async def measure_opening_country() -> list[Result]:
    """The country before July 2025 on both databases, and the two-tier country after it on SQLite."""
    cases = ((BEFORE, "SQLite"), (TWO_TIER, "SQLite"), (BEFORE, "PostgreSQL"))
    return [result for country, database in cases for result in await _measured(country, database)]


async def _measured(country: Country, database: str) -> list[Result]:
    """Each round on an installation of its own. The processor time counts this process, which starts the directive and
    works for the bare workflows, the server, and our worker. Raises `RuntimeError` where work was lost or doubled."""
    rounds = [await _round(country, database) for _ in range(_ROUNDS)]
    first = rounds[0]
    owed = len(REQUIREMENTS) * first.units
    where = f"{country.name}, {database}"
    what, beside = f"open {owed:,} obligations in {first.registers} cascades", f"{first.registers} bare workflows"
    ours, bare = [each.ours for each in rounds], [each.bare for each in rounds]

    def taken(field: str, per: int = 1) -> tuple[float, float]:
        return median(getattr(each, field) / per for each in ours), median(getattr(each, field) / per for each in bare)

    return [
        Result(f"{where}: {what}", beside, *taken("seconds"), "<= 1.5"),
        Result(f"{where}: processor time, all processes", beside, *taken("processor"), ""),
        Result(f"{where}: events of history per obligation", beside, *taken("events", owed), "", "events"),
        Result(f"{where}: bytes of history per obligation", beside, *taken("size", owed), "", "B"),
        *(_memory(where, name, rounds) for name in _PROCESSES),
        Result(f"{where}: peak memory of worker", "what it may hold", _peak("worker", rounds), LIMIT_MB, "<= 1", "MB"),
    ]


def _memory(where: str, name: str, rounds: Sequence[_Round]) -> Result:
    before = median(each.before[name] for each in rounds)
    return Result(f"{where}: peak memory of {name}", "before the start", _peak(name, rounds), before, "", "MB")


def _peak(name: str, rounds: Sequence[_Round]) -> float:
    return median(each.opened[name] for each in rounds)


async def _round(country: Country, kind: str) -> _Round:
    with tempfile.TemporaryDirectory() as folder, DATABASES[kind](Path(folder)) as database:
        async with site(country=country, database_url=database.url) as here:
            return await _opened(here, database)


async def _opened(here: Site, database: Database) -> _Round:
    before = _peaks(here)
    spent = here.processor("worker", "temporal") + database.server_seconds()
    seconds = await open_country(here)
    spent = here.processor("worker", "temporal") + database.server_seconds() - spent
    opened, registers = _peaks(here), here.registers()
    ours = _Taken(seconds, spent, *await histories(here.client, registers))
    async with bare_worker(here.client) as nothing:
        spent, began = here.processor("temporal"), perf_counter()
        await _open_bare(here.client, nothing, registers)
        seconds, spent = perf_counter() - began, here.processor("temporal") - spent
        bare = _Taken(seconds, spent, *await histories(here.client, map(_bare, registers)))
    return _Round(here.units, len(registers), ours, bare, before, opened)


def _peaks(here: Site) -> dict[str, float]:
    return {name: here.peak(name) for name in _PROCESSES}


async def histories(client: Client, workflows: Iterable[str]) -> tuple[int, int]:
    """Events and bytes of the histories of running workflows, as the server counts them."""
    events = size = 0
    for workflow in workflows:
        info = (await client.get_workflow_handle(workflow).describe()).raw_description.workflow_execution_info
        events, size = events + info.history_length, size + info.history_size_bytes
    return events, size


def _bare(register: str) -> str:
    return f"bare {register}"


async def _open_bare(client: Client, nothing: Nothing, registers: dict[str, str | None]) -> None:
    """As many workflows, one below the other in the same way, until each has done its activity."""
    below: dict[str, dict[str, Any]] = {key: {} for key in registers}
    for key, above in registers.items():
        if above is not None:
            below[above][_bare(key)] = below[key]
    (root,) = (key for key, above in registers.items() if above is None)
    await client.start_workflow(BareRegister.run, below[root], id=_bare(root), task_queue=QUEUE)
    await until(lambda: nothing.calls >= len(registers))
