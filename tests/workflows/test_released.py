"""A unit that is released, and owes it again: what waits below it is told of both, through the real registers."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from models.clock import Clock
from models.intervention import Reinstate, Release, ReleaseUnit, Target
from models.obligation import State
from models.plan import Plan
from rules.calendar import WorkingCalendar
from rules.compiler import compile_directive
from store.directives import add_directive
from store.units import save_units
from tests import small
from tests.workflows.conftest import serving

DAY = timedelta(days=1)
ROOT, PLAN, BELOW = small.cascade(small.TOP), f"plan@{small.HIGH}", "commune-plan@0111-xa"
WRITTEN = """
document: {number: 15/SO-BĐG, title: triển khai việc nhỏ, issuer: 01-so, date: 2020-03-02}
closing: 2020-06-30
requirements:
  plan: {title: Kế hoạch năm, kind: plan, to: {level: district}, due: 2020-03-31}
  commune-plan: {title: Kế hoạch xã, kind: plan, to: {level: commune}, due: 2020-05-15, opens: {when_accepted: plan}}
"""


def store(engine: Engine, clock: Clock) -> Plan:
    save_units(engine, small.UNITS)
    found = compile_directive(WRITTEN.encode(), {unit.code: unit for unit in small.UNITS}, WorkingCalendar())
    assert found.plan is not None, found.errors
    add_directive(engine, found.plan, clock, WRITTEN, datetime.now(UTC))
    return found.plan


async def test_what_waits_below_a_unit_hears_that_it_is_released_and_that_it_owes_it_again(sqlite: Engine) -> None:
    target = (Target(obligation=PLAN, submissions=0),)
    common: dict[str, Any] = {"at": small.STARTS, "actor": small.reviewer(small.TOP), "targets": target}
    async with serving(sqlite, store) as running:
        handle = await running.start(ROOT)
        await running.environment.sleep(DAY)
        await running.update(ROOT, ReleaseUnit(**common, id="out", reason="bão", release=Release.WAIVED))
        await running.environment.sleep(DAY)
        assert running.states()[BELOW] is State.NOT_APPLICABLE
        await running.update(ROOT, Reinstate(**common, id="in", reason="bão đã tan"))
        await running.environment.sleep(DAY)
        assert (running.states()[PLAN], running.states()[BELOW]) == (State.OPEN, State.DORMANT)
        await running.update(ROOT, small.submit(PLAN))
        await running.update(ROOT, small.review(PLAN, small.TOP))
        await running.environment.sleep(DAY)
        assert running.states()[BELOW] is State.OPEN
        await handle.terminate()
