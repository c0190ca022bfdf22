"""A small directive that is lived through on the server that installations have, so that its histories can be stored:
answers, a return, interim reports, a clock that is set, and registers that continue as new."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine
from sqlmodel import select
from temporalio.client import Client

import naming
from commands.clock import set_speed
from models.cascade import CascadeStart
from models.tables import CascadeRow, DirectiveRow
from store.engine import make_engine, migrate, reading
from tests import small
from tests.waiting import eventually
from tests.workflows.conftest import Running, stored_in_real_time
from tests.workflows.test_reports import store
from workflows.attributes import attributes
from workflows.cascade import CascadeWorkflow

ROOT, BRANCH = small.cascade(small.TOP), small.cascade(small.HIGH)
HIGH, LOW = f"plan@{small.HIGH}", f"plan@{small.LOW}"
_RENEW_AFTER = 5
_SPEED = 1_000_000
"""Four months in ten seconds."""


@asynccontextmanager
async def lived_through() -> AsyncIterator[tuple[Client, Engine, list[str]]]:
    """A client of the server while it has the histories, the database, and the registers that are worth storing."""
    with TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'dondoc.db'}")
        migrate(engine)
        async with stored_in_real_time(engine, store) as running, running.at_work():
            await _begin(running)
            await _first_month(running)
            await _hurry(running)
            await running.client.get_workflow_handle(ROOT).result()
            await running.client.get_workflow_handle(BRANCH).result()
            yield running.client, engine, [ROOT, BRANCH]
        engine.dispose()


async def _begin(running: Running) -> None:
    """Start with the threshold lowered, until every register is open."""
    await running.client.start_workflow(
        CascadeWorkflow.run,
        CascadeStart(cascade_id=ROOT, clock=running.clock, renew_after=_RENEW_AFTER),
        id=ROOT,
        task_queue=naming.CASCADE_QUEUE,
        search_attributes=attributes(ROOT),
    )
    await eventually(lambda: _open(running.engine))


async def _first_month(running: Running) -> None:
    """Two plans come in; one is returned, comes again and is accepted."""
    await running.update(ROOT, small.acknowledge(small.HIGH))
    await running.update(ROOT, small.submit(HIGH, id_="submit high"))
    await running.update(ROOT, small.submit(LOW, id_="submit low"))
    await running.update(ROOT, small.review(HIGH, small.TOP, id_="return high", returns=True))
    await running.update(ROOT, small.submit(HIGH, id_="submit high again"))
    await running.update(ROOT, small.review(HIGH, small.TOP, id_="accept high", submission=2))
    await running.update(ROOT, small.review(LOW, small.TOP, id_="accept low"))


async def _hurry(running: Running) -> None:
    """Let the rest pass as `dondoc clock` does: due dates, reports, the closing, and the mail after it."""
    with reading(running.engine) as session:
        directive = session.exec(select(DirectiveRow)).one()
    await set_speed(running.engine, running.client, directive, _SPEED)


async def _open(engine: Engine) -> bool:
    with reading(engine) as session:
        return all(session.exec(select(CascadeRow.last_seq)).all())
