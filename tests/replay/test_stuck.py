"""A version of the workflow that does not fit what a register has done: it stands still, `dondoc doctor` says so and
what to do, and with the version before it goes on; nothing is lost and nothing is done twice."""

from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

import naming
from activities.record import RecordActivities
from commands.checkups.finding import Finding, Verdict
from commands.checkups.progress import getting_on
from models.cascade import CascadeStart
from models.clock import Clock
from models.command import Receipt, Submit
from models.event import Event, Submitted
from models.tables import EventRow
from models.unreachable import Unreachable
from services.installation import alone, environment
from services.processes import Supervisor
from services.temporal import connect_when_ready, ensure_search_attributes, server_command
from store.engine import reading
from store.recorder import Recorder
from tests import small
from tests.replay.changed import Changed
from tests.waiting import eventually
from web.cascades import TemporalCascades
from workflows import WORKFLOWS
from workflows.attributes import attributes
from workflows.cascade import CascadeWorkflow

ROOT = small.cascade(small.TOP)
PLAN = f"plan@{small.HIGH}"
TASKS_FAIL_AFTER = timedelta(seconds=1)


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[Client]:
    """The server as `dondoc up` starts it."""
    settings = alone(tmp_path)
    supervisor = Supervisor(settings.logs, environment(settings), lambda _line: None)
    try:
        await supervisor.start("temporal", server_command(settings, None))
        client = await connect_when_ready(settings)
        await ensure_search_attributes(client)
        yield client
    finally:
        await supervisor.stop()


@asynccontextmanager
async def at_work(client: Client, engine: Engine, workflows: Sequence[type]) -> AsyncIterator[None]:
    """A worker for registers with one version of the workflow."""
    record = RecordActivities(Recorder(engine, None))
    with ThreadPoolExecutor(4) as threads:
        async with Worker(
            client,
            task_queue=naming.CASCADE_QUEUE,
            workflows=workflows,
            activities=[record.load_plan, record.record],
            activity_executor=threads,
            workflow_runner=UnsandboxedWorkflowRunner(),
        ):
            yield


async def test_a_register_that_its_code_no_longer_fits_is_told_and_goes_on_with_the_code_before(
    client: Client, sqlite: Engine
) -> None:
    clock = Clock(origin_real=datetime.now(UTC), origin_business=small.STARTS)
    small.store(sqlite, clock)
    command = small.submit(PLAN)
    async with at_work(client, sqlite, WORKFLOWS):
        await client.start_workflow(
            CascadeWorkflow.run,
            CascadeStart(cascade_id=ROOT, clock=clock),
            id=ROOT,
            task_queue=naming.CASCADE_QUEUE,
            search_attributes=attributes(ROOT),
            task_timeout=TASKS_FAIL_AFTER,
        )
        await eventually(lambda: _recorded(sqlite))
        assert (await getting_on(client)).verdict is Verdict.WELL
    async with at_work(client, sqlite, [Changed]):
        before = await _recorded(sqlite)
        assert await _pressed(client, command) is None
        stuck = await eventually(lambda: _found(client, Verdict.WRONG))
        assert f"{small.TOP} of {small.plan().head.directive_id}" in stuck.says
        assert "Nondeterminism" in stuck.says
        assert "version of dondoc that ran before" in stuck.todo
        assert await _recorded(sqlite) == before
    async with at_work(client, sqlite, WORKFLOWS):
        receipt = await eventually(lambda: _pressed(client, command))
        facts = [event for event in await _recorded(sqlite) if isinstance(event.fact, Submitted)]
        assert [event.seq for event in facts] == [receipt.seq]
        await eventually(lambda: _found(client, Verdict.WELL))


async def _pressed(client: Client, command: Submit) -> Receipt | None:
    """What an officer does whose page says that nothing was recorded."""
    try:
        return await TemporalCascades(client).send(ROOT, command)
    except Unreachable:
        return None


async def _found(client: Client, verdict: Verdict) -> Finding | None:
    finding = await getting_on(client)
    return finding if finding.verdict is verdict else None


async def _recorded(engine: Engine) -> list[Event]:
    with reading(engine) as session:
        rows = session.exec(select(EventRow.body).where(EventRow.cascade_id == ROOT).order_by("seq")).all()
    return list(map(Event.model_validate_json, rows))
