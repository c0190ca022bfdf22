"""A Temporal server with a directive on a real store and a mail server of the tests' own."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from temporalio.client import Client, WorkflowHandle
from temporalio.testing import WorkflowEnvironment

import naming
from activities.ports import Postmark
from activities.report import ReportActivities
from models.cascade import CascadeOutcome, CascadeStart
from models.clock import Clock
from models.command import Command, Receipt
from models.obligation import State
from models.plan import Plan
from models.tables import ObligationRow
from services.temporal import ensure_search_attributes
from store.engine import reading
from store.recorder import Recorder
from tests import small, wide
from tests.fakes import FakeMailer, FakeReports
from tests.real_server import real_server
from tests.skipping import skipping_server
from tests.waiting import skip
from tests.workers import working
from workflows.attributes import attributes
from workflows.cascade import CascadeWorkflow

Handle = WorkflowHandle[CascadeWorkflow, CascadeOutcome]


class Running:
    """A running directive: the environment, its client, and what came out of it."""

    def __init__(self, environment: WorkflowEnvironment, engine: Engine, mailer: FakeMailer) -> None:
        self.environment = environment
        self.client: Client = environment.client
        self.engine = engine
        self.mailer = mailer
        self.postmark: Postmark | None = None
        self.reports = FakeReports()
        self.clock = Clock(origin_real=datetime.now(UTC), origin_business=small.STARTS)

    @asynccontextmanager
    async def at_work(self, recorder: Recorder | None = None) -> AsyncIterator[None]:
        """Workers on this machine, as long as the block lasts; perhaps with another recorder."""
        with TemporaryDirectory() as folder:
            report = ReportActivities(self.reports.load, self.reports.write, Path(folder))
            async with working(self.client, self.engine, self.mailer, report, self.postmark, recorder):
                yield

    async def business_now(self) -> datetime:
        """Business time on the server, which skips real time."""
        return self.clock.business((await self.environment.get_current_time()).astimezone(UTC))

    async def until(self, business: datetime) -> None:
        """Skip to a business instant."""
        await skip(self.environment, business - await self.business_now())

    async def start(self, cascade_id: str) -> Handle:
        """Start the first register."""
        return await self.client.start_workflow(
            CascadeWorkflow.run,
            CascadeStart(cascade_id=cascade_id, clock=self.clock),
            id=cascade_id,
            task_queue=naming.CASCADE_QUEUE,
            search_attributes=attributes(cascade_id),
        )

    async def update(self, cascade_id: str, command: Command) -> Receipt:
        """Send a command at the present business time."""
        handle = self.client.get_workflow_handle(cascade_id)
        present = command.model_copy(update={"at": await self.business_now()})
        receipt: Receipt = await handle.execute_update(command.kind, present, id=command.id, result_type=Receipt)
        return receipt

    def states(self) -> dict[str, State]:
        """All obligations of all registers as recorded."""
        with reading(self.engine) as session:
            return {row.key: State(row.state) for row in session.exec(select(ObligationRow))}


@asynccontextmanager
async def stored(
    engine: Engine, store: Callable[[Engine, Clock], Plan], mailer: FakeMailer | None = None
) -> AsyncIterator[Running]:
    """A fresh server that skips time, with one directive stored; nobody at work yet."""
    async with skipping_server() as environment:
        yield await _stored_on(environment, engine, store, mailer)


@asynccontextmanager
async def stored_in_real_time(
    engine: Engine, store: Callable[[Engine, Clock], Plan], mailer: FakeMailer | None = None
) -> AsyncIterator[Running]:
    """The same on the server that installations have, where time passes as everywhere."""
    async with await real_server() as environment:
        yield await _stored_on(environment, engine, store, mailer)


async def _stored_on(
    environment: WorkflowEnvironment,
    engine: Engine,
    store: Callable[[Engine, Clock], Plan],
    mailer: FakeMailer | None,
) -> Running:
    await ensure_search_attributes(environment.client)
    running = Running(environment, engine, mailer or FakeMailer())
    running.clock = Clock(
        origin_real=(await environment.get_current_time()).astimezone(UTC), origin_business=small.STARTS
    )
    store(engine, running.clock)
    return running


@asynccontextmanager
async def serving(engine: Engine, store: Callable[[Engine, Clock], Plan]) -> AsyncIterator[Running]:
    """A fresh server with workers at work and one directive stored; nothing started yet."""
    async with stored(engine, store) as running, running.at_work():
        yield running


@pytest.fixture
async def running(sqlite: Engine) -> AsyncIterator[Running]:
    """The small directive, ready to be started."""
    async with serving(sqlite, small.store) as running:
        yield running


@pytest.fixture
async def wide_running(sqlite: Engine) -> AsyncIterator[Running]:
    """The wide directive, ready to be started."""
    async with serving(sqlite, wide.store) as running:
        yield running
