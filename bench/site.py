"""A country on an installation of its own: one directive of the ministry to every unit, and what that costs the
processes of the installation."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from time import perf_counter, process_time

from sqlalchemy import Engine
from sqlmodel import col, func, select
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client

import naming
from bench.countries import (
    MINISTRY,
    REGISTRY,
    TWO_TIER_MINISTRY,
    TWO_TIER_REGISTRY,
    country,
    leading,
    within,
)
from bench.running_directive import begin, count
from models.notice import NoticeKind
from models.tables import CascadeRow, ObligationRow, OutboxRow
from models.unit import Unit
from rules.calendar import day_start
from services.installation import alone, running
from services.processes import Supervisor
from services.temporal import connect
from settings import Settings
from store.engine import make_engine, migrate, reading
from store.outbox import QUEUED
from store.units import save_units

REQUIREMENTS = ("plan", "activity", "report")
_FOR_LEVEL = """
  plan-LEVEL: {title: Kế hoạch bình đẳng giới, kind: plan, to: {level: LEVEL, line: LINE}, due: YEAR-05-29}
  activity-LEVEL: {title: Tuyên truyền bình đẳng giới, kind: activity, to: {level: LEVEL, line: LINE}, due: YEAR-08-28}
  report-LEVEL: {title: Báo cáo kết quả năm, kind: report, to: {level: LEVEL, line: LINE}, due: YEAR-11-27}
"""


@dataclass(frozen=True)
class Country:
    """The units of a country, the ministry that addresses them, and their lines by level."""

    name: str
    registry: Path
    issuer: str
    lines: Mapping[str, str]
    year: int

    @property
    def evening(self) -> datetime:
        """When the directive is issued (business time)."""
        return day_start(date(self.year, 3, 3), time(19))

    def directive(self) -> str:
        """The file of a directive with all requirements for every unit."""
        head = (
            f"document: {{number: 10/BNV-BĐG, title: bình đẳng giới năm {self.year}, issuer: {self.issuer}, "
            f"date: {self.year}-03-03}}\nclosing: {self.year}-12-31\nrequirements:\n"
        )
        asked = (
            _FOR_LEVEL.replace("LEVEL", level).replace("LINE", line).replace("YEAR", str(self.year))
            for level, line in self.lines.items()
        )
        return head + "".join(asked)

    def units(self, part: int | str) -> dict[str, Unit]:
        """The ministry and, with all below, the first provinces of the registry, one in `part` of them; or one by its
        code."""
        units = country(self.registry)
        return within(units, self.issuer, [part]) if isinstance(part, str) else leading(units, self.issuer, part)


_THREE = {"province": "ldtbxh", "district": "ldtbxh", "commune": "ubnd"}
BEFORE = Country("the country before July 2025", REGISTRY, MINISTRY, _THREE, 2025)
TWO_TIER = Country(
    "the two-tier country", TWO_TIER_REGISTRY, TWO_TIER_MINISTRY, {"province": "noi-vu", "commune": "ubnd"}, 2026
)
MAIL_HOURS = (time(7), time(18))
"""Mail waits for the next morning: how long it takes to leave is measured for itself."""
_LOOK_SECONDS = 0.2
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Site:
    """A running installation whose registry has the ministry and so many units below it."""

    country: Country
    engine: Engine
    settings: Settings
    client: Client
    supervisor: Supervisor
    units: int

    def peak(self, name: str) -> float:
        """The most memory that a process has held, in MB. Raises `RuntimeError` where the system does not tell."""
        found = self.supervisor.peak_megabytes(name)
        if found is None:
            raise RuntimeError("this system does not tell how much memory a process has held")
        return found

    def processor(self, *names: str) -> float:
        """Processor seconds until now of processes of the installation, and of this one."""
        return process_time() + sum(processor_seconds(self.supervisor.process_id(name)) for name in names)

    def registers(self) -> dict[str, str | None]:
        """Each register with the one above it."""
        with reading(self.engine) as session:
            return dict(session.exec(select(CascadeRow.id, CascadeRow.parent)).all())


@asynccontextmanager
async def site(part: int | str = 1, country: Country = BEFORE, database_url: str = "") -> AsyncIterator[Site]:
    """An installation with a `part` of a country (see there), on SQLite or an empty database of any other kind, its
    worker waiting for work."""
    units = country.units(part)
    with tempfile.TemporaryDirectory() as folder:
        settings = alone(Path(folder), mail_hours=MAIL_HOURS, database_url=database_url)
        engine = make_engine(settings.sql_url)
        migrate(engine)
        save_units(engine, units.values())
        async with running(settings, print, None) as supervisor:
            client = await connect(settings)
            await served(client)
            yield Site(country, engine, settings, client, supervisor, len(units) - 1)


async def served(client: Client) -> None:
    """Wait until the worker has come to the queue of the registers: it takes seconds to start."""
    while not await _polled(client):  # noqa: ASYNC110 - another process starts
        await asyncio.sleep(_LOOK_SECONDS)


async def _polled(client: Client) -> bool:
    queue = TaskQueue(name=naming.CASCADE_QUEUE)
    request = DescribeTaskQueueRequest(namespace=client.namespace, task_queue=queue)
    request.task_queue_type = TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW
    return len((await client.workflow_service.describe_task_queue(request)).pollers) > 0


async def open_country(here: Site) -> float:
    """Seconds from `start` until every obligation is on record and every mail queued. Raises `RuntimeError` where one
    is missing or there twice."""
    began = perf_counter()
    await begin(here.engine, here.settings, here.country.directive(), here.country.evening)
    took = perf_counter() - began
    owed = count(here.engine, ObligationRow, col(ObligationRow.state) == "open")
    with reading(here.engine) as session:
        query = select(func.count(), func.count(func.distinct(OutboxRow.unit))).where(
            OutboxRow.kind == NoticeKind.ASSIGNMENT, OutboxRow.status == QUEUED
        )
        mails, told = session.exec(query).one()
    if (owed, mails, told) != (len(REQUIREMENTS) * here.units, here.units, here.units):
        raise RuntimeError(f"{here.units} units have {owed} obligations and {mails} mails for {told} of them")
    return took


def processor_seconds(process_id: int) -> float:
    """Processor seconds that a running process has used. Linux only."""
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
