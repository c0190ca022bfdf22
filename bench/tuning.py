"""One worker process with other limits than those of `worker.py`: a part of the country opens, officers hand in, the
worker is killed while everybody asks."""

import json
import os
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import quantiles

from bench.crowd import crowd
from bench.restart import answers, hand_in, handed_out_again
from bench.result import Result
from bench.running_directive import owed, submit
from bench.site import BEFORE, MAIL_HOURS, Site, open_country, processor_seconds, served
from services.installation import alone, environment
from services.processes import Supervisor, python
from services.temporal import connect_when_ready, ensure_search_attributes, server_command
from store.engine import make_engine, migrate
from store.files import FileStore
from store.units import save_units
from web.cascades import TemporalCascades
from worker import Limits

_ONE_IN = 16
_AT_ONCE = 64
_CHOSEN = Limits()
_OTHERS = (
    _CHOSEN._replace(tasks=4),
    _CHOSEN._replace(tasks=100),
    _CHOSEN._replace(cached=20),
    _CHOSEN._replace(pollers=2),
    _CHOSEN._replace(pollers=20),
    _CHOSEN._replace(threads=2),
    _CHOSEN._replace(threads=32),
)


@dataclass(frozen=True)
class _Found:
    """Seconds until all is open; answers a second, and within how many seconds 99 of 100 are taken; seconds until every
    register has answered after the kill, and how many tasks were handed out again; the worker's processor seconds and
    peak memory (MB)."""

    opening: float
    rate: float
    p99: float
    storm: float
    again: int
    processor: float
    megabytes: float


async def measure_tuning() -> list[Result]:
    """Each limit by itself, once, beside the chosen ones, which are measured first and last."""
    first, others = await _lived(_CHOSEN), [await _lived(limits) for limits in _OTHERS]
    last = await _lived(_CHOSEN)
    return [
        *_beside("as chosen, once more", last, first),
        *(
            result
            for limits, found in zip(_OTHERS, others, strict=True)
            for result in _beside(_name(limits), found, first)
        ),
    ]


def _name(limits: Limits) -> str:
    ((name, value),) = limits._asdict().items() - _CHOSEN._asdict().items()
    return f"{name} {value} instead of {getattr(_CHOSEN, name)}"


def _beside(name: str, found: _Found, chosen: _Found) -> list[Result]:
    units = {"rate": "/s", "again": "", "megabytes": "MB"}
    return [
        Result(f"{name}: {field}", "as chosen", value, getattr(chosen, field) or 1, "", units.get(field, "s"))
        for field, value in vars(found).items()
    ]


async def _lived(limits: Limits) -> _Found:
    async with _site(limits) as here:
        opening = await open_country(here)
        cascades, paper = (
            TemporalCascades(here.client),
            FileStore(here.settings.files).put(b"%PDF-1.4", "a.pdf", "application/pdf"),
        )
        at = here.country.evening
        asked = [(register, submit(key, at, paper)) for register, key, _ in owed(here.engine, "activity-commune")]
        burst = await crowd((partial(cascades.send, *each) for each in asked), _AT_ONCE)
        spent = processor_seconds(here.supervisor.process_id("worker"))
        os.kill(here.supervisor.process_id("worker"), signal.SIGKILL)
        storm = max(await hand_in(here, answers(here)[0]))
        worker = here.supervisor.process_id("worker")
        return _Found(
            opening,
            burst.rate,
            quantiles(burst.each, n=100)[-1],
            storm,
            await handed_out_again(here.client, here.registers()),
            spent + processor_seconds(worker),
            here.peak("worker"),
        )


@asynccontextmanager
async def _site(limits: Limits) -> AsyncIterator[Site]:
    """An installation without pages and postman, whose worker has these limits."""
    units = BEFORE.units(_ONE_IN)
    with tempfile.TemporaryDirectory() as folder:
        settings = alone(Path(folder), mail_hours=MAIL_HOURS)
        engine = make_engine(settings.sql_url)
        migrate(engine)
        save_units(engine, units.values())
        supervisor = Supervisor(settings.logs, environment(settings), print)
        try:
            await supervisor.start("temporal", server_command(settings, None))
            client = await connect_when_ready(settings)
            await ensure_search_attributes(client)
            await supervisor.start("worker", [*python("bench.tuned_worker"), json.dumps(limits._asdict())])
            await served(client)
            yield Site(BEFORE, engine, settings, client, supervisor, len(units) - 1)
        finally:
            await supervisor.stop()
