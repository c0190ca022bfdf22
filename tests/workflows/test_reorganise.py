"""Units are reorganised under a running directive: registers change their keepers, end, and hand over."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import select

from commands.errors import Exit
from commands.reorganise import Hands, Seen, reorganise
from models.obligation import State, unit_of
from models.plan import CascadePlan
from models.tables import CascadeRow, EventRow
from rules.reforming.forecast import Account
from store.engine import reading
from store.units import load_units
from tests import small, small_reform
from tests.small_reform import ALONE, MERGED, NOW
from tests.waiting import eventually
from tests.workflows.conftest import Running
from web.cascades import TemporalCascades

ROOT = small.cascade(small.TOP)
PLAN_HIGH, PLAN_LOW = f"plan@{small.HIGH}", f"plan@{small.LOW}"


def hands(running: Running) -> Hands:
    async def connect() -> TemporalCascades:
        return TemporalCascades(running.client)

    return Hands("thanh tra", "sắp xếp đơn vị", connect, ask=lambda _: None, progress=lambda _done, _of: None)


async def until(true: Callable[[], bool]) -> None:
    async def look() -> bool:
        return true()

    await eventually(look)


@pytest.mark.timeout(120)
async def test_registers_go_on_end_and_hand_over_and_units_hear_of_it(running: Running, tmp_path: Path) -> None:
    file, seen = small_reform.write(tmp_path), list[Seen]()
    handle = await running.start(ROOT)
    await until(lambda: len(running.states()) == 9)
    await running.update(ROOT, small.submit(PLAN_HIGH))
    await running.update(ROOT, small.review(PLAN_HIGH, small.TOP))
    await until(lambda: running.states()["commune-plan@0111-xa"] is State.OPEN)

    done = await reorganise(running.engine, file, hands(running), seen.append)
    assert done.exit is Exit.DONE
    (expected,) = seen[0].directives
    states = running.states()
    owed = {key for key, state in states.items() if state in {State.OPEN, State.DORMANT}}
    assert {unit_of(key) for key in owed} == {MERGED, ALONE}
    assert {f"commune-plan@{MERGED}", f"plan@{ALONE}", f"commune-plan@{ALONE}"} <= owed
    assert states[PLAN_HIGH] is State.ACCEPTED, "what is closed keeps its old name"
    assert states[PLAN_LOW] is State.TRANSFERRED
    assert states[f"training@{small.HIGH}"] is State.SUSPENDED
    assert expected.total(Account.WAITING) == 3, "activities, and a report to itself"
    with reading(running.engine) as session:
        plans = {row.id: (CascadePlan.model_validate(row.plan), row) for row in session.exec(select(CascadeRow))}
        assert plans[ROOT][0].issuer == plans[ROOT][1].issuer == NOW
        assert {row.closed for key, (_, row) in plans.items() if key != ROOT} == {True}
        told = session.exec(select(EventRow.kind).where(EventRow.cascade_id == ROOT)).all()
        assert {"keeping_changed", "transferred", "taken_in", "below_closed"} <= set(told)
    assert not load_units(running.engine)[small.HIGH].valid_on(small.STARTS.date().replace(day=3))
    again = await reorganise(running.engine, file, hands(running), seen.append)
    assert (again.seen.nothing_left, again.told, again.exit) == (True, {}, Exit.DONE)
    assert running.states() == states

    await running.update(ROOT, small.submit(f"plan@{ALONE}", id_="new"))
    await running.update(ROOT, small.review(f"plan@{ALONE}", NOW, id_="new-review"))
    assert running.states()[f"commune-plan@{ALONE}"] is State.OPEN, "it took over the plan that it waited for"
    await handle.result()
    mails = set(running.mailer.taken)
    assert ("register", f"{NOW}@nho.example") in mails
    assert ("assignment", f"{MERGED}@nho.example") in mails
    assert ("transferred", f"{small.LOW}@nho.example") in mails
