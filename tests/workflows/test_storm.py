"""The last day on the real server: all units of a large register answer at once, while it continues as new again and
again. Nothing is lost, refused or done twice."""

import asyncio
import gc
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

import naming
from models.cascade import CascadeStart
from models.clock import Clock
from models.command import Command, Receipt
from models.delivery import Sealed
from models.obligation import State
from models.plan import Plan
from models.tables import EventRow
from models.unit import Level, Unit
from rules.calendar import WorkingCalendar
from rules.compiler import compile_directive
from store.directives import add_directive
from store.engine import reading
from store.units import save_units
from tests import small
from tests.fakes import FakeMailer
from tests.waiting import eventually
from tests.workflows.conftest import Running, stored_in_real_time
from web.cascades import TemporalCascades
from workflows.attributes import attributes
from workflows.cascade import CascadeWorkflow

DISTRICTS = 40
RENEW_AFTER = 25
UNITS = [
    small.UNITS[0],
    *(
        Unit(
            code=f"01{number}-phong", name=f"Phòng Thử nghiệm số {number}", short_name=f"Phòng số {number}",
            level=Level.DISTRICT, line="so", superior=small.TOP, territory=f"01{number}",
            focal_email=f"phong{number}@nho.example",
        )
        for number in range(DISTRICTS)
    ),
]  # fmt: skip
WRITTEN = """
document: {number: 16/SO-BĐG, title: việc của tất cả, issuer: 01-so, date: 2020-03-02}
closing: 2020-06-30
requirements:
  plan: {title: Kế hoạch năm, kind: plan, to: {level: district, line: so}, due: 2020-03-31}
"""


PLAN = compile_directive(WRITTEN.encode(), {unit.code: unit for unit in UNITS}, WorkingCalendar()).plan


def store(engine: Engine, clock: Clock) -> Plan:
    assert PLAN is not None
    save_units(engine, UNITS)
    add_directive(engine, PLAN, clock, WRITTEN, datetime.now(UTC))
    return PLAN


async def test_a_storm_of_answers_goes_on_through_continue_as_new(sqlite: Engine) -> None:
    assert PLAN is not None
    (register,) = PLAN.cascades
    async with stored_in_real_time(sqlite, store) as running, running.at_work():
        keys = [f"plan@{duty.unit}" for duty in register.duties]
        assert len(keys) == DISTRICTS
        first = await _begun(running, register.cascade_id)
        now = await running.business_now()
        answers = [small.submit(key, at=now, id_=f"answer-{key}") for key in keys]
        decisions = [small.review(key, small.TOP, at=now, id_=f"decision-{key}") for key in keys]
        pages = [TemporalCascades(running.client) for _ in range(2)]
        taken = await _send(pages, register.cascade_id, answers)
        await _send(pages, register.cascade_id, decisions)
        assert await _send(pages[:1], register.cascade_id, answers) == taken, "later runs know what earlier ones took"
        runs = [run async for run in running.client.list_workflows(f"WorkflowId = '{register.cascade_id}'")]
        assert (await running.client.get_workflow_handle(register.cascade_id).describe()).run_id != first
        assert len(runs) >= 2 * DISTRICTS // RENEW_AFTER
        assert running.states() == dict.fromkeys(keys, State.ACCEPTED)
        with reading(sqlite) as session:
            kinds = Counter(session.exec(select(EventRow.kind)))
        assert (kinds["submitted"], kinds["accepted"]) == (DISTRICTS, DISTRICTS)
        await running.client.get_workflow_handle(register.cascade_id).terminate()


class SlowMailer(FakeMailer):
    """A mail server that thinks about every mail."""

    async def send(self, sealed: Sealed) -> None:
        await asyncio.sleep(0.5)
        await super().send(sealed)


async def test_a_delivery_that_going_on_as_new_cuts_off_is_no_fault(
    sqlite: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    assert PLAN is not None
    (register,) = PLAN.cascades
    mailer = SlowMailer()
    async with stored_in_real_time(sqlite, store, mailer) as running, running.at_work():
        noon = running.clock.origin_business + timedelta(hours=12)
        running.clock = running.clock.model_copy(update={"origin_business": noon})
        first = await _begun(running, register.cascade_id)

        async def delivering() -> bool:
            return bool(mailer.taken)

        await eventually(delivering)
        now = await running.business_now()
        answers = [small.submit(f"plan@{duty.unit}", at=now, id_=duty.unit) for duty in register.duties]
        await _send([TemporalCascades(running.client)], register.cascade_id, answers)
        handle = running.client.get_workflow_handle(register.cascade_id)

        async def renewed() -> bool:
            return (await handle.describe()).run_id != first

        await eventually(renewed)
        assert len(mailer.taken) < DISTRICTS, "the delivery was cut off"
        await handle.terminate()
    gc.collect()
    assert "never retrieved" not in caplog.text


async def _begun(running: Running, cascade_id: str) -> str | None:
    handle = await running.client.start_workflow(
        CascadeWorkflow.run,
        CascadeStart(cascade_id=cascade_id, clock=running.clock, renew_after=RENEW_AFTER),
        id=cascade_id,
        task_queue=naming.CASCADE_QUEUE,
        search_attributes=attributes(cascade_id),
    )

    async def opened() -> bool:
        return len(running.states()) == DISTRICTS

    await eventually(opened)
    return handle.first_execution_run_id


async def _send(pages: Iterable[TemporalCascades], cascade_id: str, commands: Iterable[Command]) -> dict[str, int]:
    """Send each command through all pages in the same moment; the number of the event that each of them was told."""
    sent = [(command.id, page.send(cascade_id, command)) for command in commands for page in pages]
    receipts: list[Receipt] = await asyncio.gather(*(sending for _, sending in sent))
    told: dict[str, set[int]] = {}
    for (command_id, _), receipt in zip(sent, receipts, strict=True):
        told.setdefault(command_id, set()).add(receipt.seq)
    assert all(len(numbers) == 1 for numbers in told.values())
    return {command_id: numbers.pop() for command_id, numbers in told.items()}
