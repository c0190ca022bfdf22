"""A directive that changes while it runs, on the time-skipping server: told top-down, new registers begin, mails go."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from commands import amend, enlist
from commands.stepping.looking import Looked, look
from models.clock import Clock
from models.event import Event
from models.obligation import State
from models.plan import CascadePlan, Plan
from models.tables import CascadeRow, EventRow
from rules.calendar import WorkingCalendar
from rules.compiler import compile_directive
from rules.fold import empty, fold
from rules.revising import revised
from store.directives import add_directive
from store.engine import reading
from store.files import FileStore
from store.units import save_units
from store.versions import kept_registers
from tests import small
from tests.workflows.conftest import Running, serving
from web.cascades import TemporalCascades

DAY = timedelta(days=1)
ROOT = small.cascade(small.TOP)
HEAD = """
document: {number: 15/SO-BĐG, title: triển khai việc nhỏ, issuer: 01-so, date: 2020-03-02}
closing: 2020-06-30
"""
FIRST = f"""{HEAD}
requirements:
  plan: {{title: Kế hoạch năm, kind: plan, to: {{level: district}}, due: 2020-03-31}}
  old: {{title: Việc cũ, kind: plan, to: {{level: district}}, due: 2020-04-30}}
"""
SECOND = f"""{HEAD}
requirements:
  plan: {{title: Kế hoạch năm, kind: plan, to: {{level: district}}, due: 2020-04-15}}
  new: {{title: Việc mới, kind: plan, to: {{level: district}}, due: 2020-05-15}}
  commune-plan:
    {{title: Kế hoạch xã, kind: plan, to: {{units: [0111-xa, 0121-xa]}}, due: 2020-05-29,
     opens: {{when_accepted: plan}}}}
"""
"""Communes owe something now, so that two registers begin."""


def store(engine: Engine, clock: Clock) -> Plan:
    save_units(engine, small.UNITS)
    found = compile_directive(FIRST.encode(), {unit.code: unit for unit in small.UNITS}, WorkingCalendar())
    assert found.plan is not None, found.errors
    add_directive(engine, found.plan, clock, FIRST, datetime.now(UTC))
    return found.plan


@pytest.fixture
async def running(sqlite: Engine) -> AsyncIterator[Running]:
    async with serving(sqlite, store) as running:
        yield running


async def looked(running: Running) -> Looked:
    found = look(running.engine, "15/SO-BĐG", None, "lan")
    return replace(found, at=await running.business_now())


async def change(running: Running, folder: Path, written: str) -> None:
    file = folder / "second.yaml"
    file.write_text(written, "utf-8")
    prepared = amend.prepare(running.engine, await looked(running), file, "điều chỉnh", None)
    cascades = TemporalCascades(running.client)
    files = FileStore(folder / "files")
    await amend.apply(running.engine, files, cascades, prepared, lambda *_: None)


async def test_an_amendment_reaches_all_registers_and_those_that_begin(running: Running, tmp_path: Path) -> None:
    handle = await running.start(ROOT)
    await running.until(small.STARTS + 2 * DAY)
    await running.update(ROOT, small.submit(f"plan@{small.HIGH}"))
    await running.update(ROOT, small.review(f"plan@{small.HIGH}", small.TOP))
    await running.until(small.STARTS + 7 * DAY)
    before = len(running.mailer.taken)
    await change(running, tmp_path, SECOND)
    assert running.states() == {
        f"plan@{small.HIGH}": State.ACCEPTED,
        f"plan@{small.LOW}": State.OPEN,
        f"old@{small.HIGH}": State.WITHDRAWN,
        f"old@{small.LOW}": State.WITHDRAWN,
        f"new@{small.HIGH}": State.OPEN,
        f"new@{small.LOW}": State.OPEN,
        "commune-plan@0111-xa": State.OPEN,
        "commune-plan@0121-xa": State.DORMANT,
    }
    await running.environment.sleep(DAY)
    went = running.mailer.taken[before:]
    assert ("assignment", "0111-xa@nho.example") in went, "what it waits for had been accepted before"
    assert ("register", f"{small.HIGH}@nho.example") in went, "a register of its own has begun"
    assert ("withdrawn", f"{small.LOW}@nho.example") in went, "with what is new, in one mail"
    assert "0121-xa@nho.example" not in {to for _, to in went}
    await running.update(ROOT, small.submit(f"plan@{small.LOW}", id_="s2"))
    await running.update(ROOT, small.review(f"plan@{small.LOW}", small.TOP, id_="r2"))
    await running.environment.sleep(DAY)
    assert running.states()["commune-plan@0121-xa"] is State.OPEN, "a register that began late hears what comes above"
    await handle.result()
    assert set(running.states().values()) == {State.ACCEPTED, State.WITHDRAWN, State.UNFULFILLED}
    check_chains(running)


async def test_a_late_addressee_gets_a_register_and_mail(running: Running, tmp_path: Path) -> None:
    handle = await running.start(ROOT)
    await running.until(small.STARTS + 7 * DAY)
    await change(running, tmp_path, SECOND)
    cascades = TemporalCascades(running.client)
    prepared = enlist.prepare(
        running.engine, await looked(running), ["commune-plan"], ["0112-xa"], date(2020, 6, 5), "bổ sung"
    )
    await enlist.apply(running.engine, cascades, prepared, lambda *_: None)
    assert running.states()["commune-plan@0112-xa"] is State.DORMANT
    await running.update(ROOT, small.submit(f"plan@{small.HIGH}"))
    await running.update(ROOT, small.review(f"plan@{small.HIGH}", small.TOP))
    await running.environment.sleep(DAY)
    assert running.states()["commune-plan@0112-xa"] is State.OPEN
    assert ("assignment", "0112-xa@nho.example") in running.mailer.taken
    await change(running, tmp_path, SECOND.replace("2020-05-29", "2020-05-28"))
    assert running.states()["commune-plan@0112-xa"] is State.OPEN
    check_chains(running)
    await handle.terminate()


def check_chains(running: Running) -> None:
    """Every chain folds from the plan with which its register began to what the tables say."""
    registers = kept_registers(running.engine, small.plan().head.directive_id, small.STARTS)
    with reading(running.engine) as session:
        for row in session.exec(select(CascadeRow)):
            first = CascadePlan.model_validate(row.first_plan or row.plan)
            query = select(EventRow.body).where(EventRow.cascade_id == row.id).order_by(col(EventRow.seq))
            events = [Event.model_validate_json(body) for body in session.exec(query)]
            state = fold(first, empty(first), events)
            assert state.obligations == registers[row.id].state.obligations
            assert revised(first, events) == registers[row.id].plan
