"""A time-skipping Temporal server with the small directive on a real store and a mail server of the tests' own."""

import sys
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

import naming
from activities.deliver import DeliverActivities
from activities.record import RecordActivities
from activities.report import ReportActivities
from models.clock import Clock
from services.temporal import ensure_search_attributes
from store.outbox import Outbox
from store.recorder import Recorder
from tests import small
from tests.fakes import FakeMailer, FakePostmark, FakeReports
from workflows import WORKFLOWS


class Running:
    """A running directive: the environment, its client, and what came out of it."""

    def __init__(self, environment: WorkflowEnvironment, engine: Engine, mailer: FakeMailer) -> None:
        self.environment = environment
        self.client: Client = environment.client
        self.engine = engine
        self.mailer = mailer
        self.reports = FakeReports()
        self.clock = Clock(origin_real=datetime.now(UTC), origin_business=small.STARTS)

    async def business_now(self) -> datetime:
        """Business time on the server, which skips real time."""
        return self.clock.business((await self.environment.get_current_time()).astimezone(UTC))

    async def until(self, business: datetime) -> None:
        """Skip to a business instant."""
        await self.environment.sleep(business - await self.business_now())


@asynccontextmanager
async def working(running: Running) -> AsyncIterator[None]:
    """Workers for both queues; the default runner keeps workflow code inside the sandbox."""
    record = RecordActivities(Recorder(running.engine))
    report = ReportActivities(running.reports.load, running.reports.write, Path("reports"))
    outbox = Outbox(running.engine, "https://dondoc.example", "dondoc.example")
    deliver = DeliverActivities(outbox, running.mailer, FakePostmark(), rate=10_000)
    with ThreadPoolExecutor(4) as threads:
        async with (
            Worker(
                running.client,
                task_queue=naming.CASCADE_QUEUE,
                workflows=WORKFLOWS,
                activities=[record.load_plan, record.record, record.close_directive, report.issue_summary],
                activity_executor=threads,
            ),
            Worker(running.client, task_queue=naming.MAIL_QUEUE, activities=[deliver.deliver]),
        ):
            yield


@pytest.fixture
async def running(sqlite: Engine) -> AsyncIterator[Running]:
    """A fresh server with the small directive stored and workers at work; nothing started yet."""
    server = Path(sys.executable).with_name("temporal-test-server")
    async with await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=str(server), data_converter=pydantic_data_converter
    ) as environment:
        await ensure_search_attributes(environment.client)
        running = Running(environment, sqlite, FakeMailer())
        running.clock = Clock(
            origin_real=(await environment.get_current_time()).astimezone(UTC), origin_business=small.STARTS
        )
        small.store(sqlite, running.clock)
        async with working(running):
            yield running
