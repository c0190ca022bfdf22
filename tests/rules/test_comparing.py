"""Two versions of a directive: what the second changes in every register, and what becomes of it all."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import naming
from models.answer import Selected
from models.document import DocumentRef
from models.event import Accepted, DocumentRegistered, Event
from models.intervention import Amend
from models.obligation import DONE, State, obligation_key
from models.plan import Amendment, CascadePlan, Duty, Plan
from models.stepped_in import Amended
from rules.catching_up import Kept, missed
from rules.comparing import difference, enlisting, opened, requirements, without
from rules.compiler import compile_directive
from rules.compiling.desk import References
from rules.fold import empty
from rules.ledger import Change, advance, open_register
from rules.revising import revised
from tests.rules.files import CALENDAR, UNITS, asked, compiled, file
from tests.rules.invented import directives, text
from tests.rules.plans import supervisor
from tests.rules.whole import ALWAYS, Registers

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
COMMUNES = asked("commune", to="{level: commune}", due="2020-06-15", opens="{when_accepted: plan}")


def plan_of(text: str) -> Plan:
    found = compiled(text)
    assert found.plan is not None, found.errors
    return found.plan


def duties(register: CascadePlan) -> dict[str, Duty]:
    return {obligation_key(duty.requirement, duty.unit): duty for duty in register.duties}


def amended(register: CascadePlan, amendment: Amendment) -> CascadePlan:
    fact = Amended(amendment=amendment, reason="sửa đổi")
    return revised(register, [Event(seq=1, at=register.starts, actor=supervisor(), cause="amend:2", fact=fact)])


@st.composite
def versions(draw: st.DrawFn) -> tuple[Plan, Plan]:
    """Two files of one directive, on the same report lines."""
    before, after = draw(directives()), draw(directives())
    after["document"] = before["document"]
    for data in (before, after):
        data.pop("line", None)
    plans = [compile_directive(text(data), UNITS, CALENDAR).plan for data in (before, after)]
    assume(None not in plans)
    return plans[0], plans[1]  # type: ignore[return-value]


@settings(max_examples=40, deadline=None, suppress_health_check=_SLOW)
@given(versions())
def test_the_difference_makes_the_version_before_that_after(pair: tuple[Plan, Plan]) -> None:
    before, after = pair
    changes = difference(before, after, 2)
    assert changes.keys() == {register.cascade_id for register in before.cascades}
    made = {register.cascade_id: amended(register, changes[register.cascade_id]) for register in before.cascades}
    made |= {register.cascade_id: register for register in opened(before, after)}
    afterwards = {register.cascade_id: register for register in after.cascades}
    assert afterwards.keys() <= made.keys()
    for cascade_id, register in made.items():
        wanted = afterwards.get(cascade_id)
        owed = duties(wanted) if wanted else {}
        left = {key: duty for key, duty in duties(register).items() if key not in owed}
        gone = changes[cascade_id] if cascade_id in changes else Amendment(version=2)
        assert all(
            duty.requirement in gone.removed or key in gone.dropped or not duty.applicable for key, duty in left.items()
        )
        assert {key: duty for key, duty in duties(register).items() if key in owed} == owed
        first = after.cascades[0]
        assert (register.title, register.closing, register.triggers) == (first.title, first.closing, first.triggers)
        if wanted is not None:
            asked_for = {item.key: item for item in wanted.requirements}
            assert {item.key: item for item in register.requirements if item.key in asked_for} == asked_for
            assert set(wanted.children) <= set(register.children)
            assert (register.passes_down, register.follow_up) == (wanted.passes_down, wanted.follow_up)


@settings(max_examples=30, deadline=None, suppress_health_check=_SLOW)
@given(directives())
def test_the_same_file_changes_nothing(data: dict[str, Any]) -> None:
    plan = compile_directive(text(data), UNITS, CALENDAR).plan
    assume(plan is not None)
    assert plan is not None
    assert set(difference(plan, plan, 7).values()) <= {Amendment(version=7)}
    assert opened(plan, plan) == ()


class Amending(Registers):
    """All registers of a directive that is amended on a day, and told again what they missed."""

    def __init__(self, plan: Plan, diligence: int) -> None:
        self.now = plan.head.starts
        self.arrived: dict[str, dict[str, DocumentRef]] = {}
        self.selected: dict[str, dict[str, tuple[Selected, ...]]] = {}
        super().__init__(plan, diligence)

    def _take(self, key: str, change: Change) -> None:
        self.plans[key] = revised(self.plans[key], change.events)
        self.now = max(self.now, change.state.now)
        for event in change.events:
            if isinstance(event.fact, DocumentRegistered):
                self.arrived.setdefault(key, {})[event.fact.trigger] = event.fact.document
            if isinstance(event.fact, Accepted):
                self.selected.setdefault(key, {})[event.fact.obligation] = event.fact.selected
        super()._take(key, change)

    def until(self, day: datetime) -> None:
        while (found := self._next()) is not None and found[1] <= day:
            key, at = found
            self._take(key, advance(self.plans[key], self.states[key], at))
            self._settle(at)

    def amend(self, before: Plan, after: Plan) -> None:
        for cascade_id, amendment in difference(before, after, 2, self.plans).items():
            command = Amend(id="amend:2", at=self.now, actor=supervisor(), reason="sửa đổi", amendment=amendment)
            self._do(cascade_id, command)
        for register in opened(before, after):
            self.plans[register.cascade_id] = register
            self.states[register.cascade_id] = empty(register)
            self._take(register.cascade_id, open_register(register, self.now))
        for cascade_id, command in list(self.missed()):
            if self.states[cascade_id].closed:
                continue
            self._do(cascade_id, command)
        self._settle(self.now)

    def missed(self) -> Iterable[tuple[str, Any]]:
        kept = {
            key: Kept(plan, self.states[key], self.arrived.get(key, {}), self.selected.get(key, {}))
            for key, plan in self.plans.items()
        }
        return missed(kept, "amend:2/again", self.now, supervisor())


@settings(max_examples=40, deadline=None, suppress_health_check=_SLOW)
@given(versions(), st.integers(0, ALWAYS), st.integers(0, 200))
def test_an_amended_directive_asks_what_the_new_version_asks_and_ends(
    pair: tuple[Plan, Plan], diligence: int, days: int
) -> None:
    before, after = pair
    registers = Amending(before, diligence)
    registers.until(min(before.head.closing, after.head.closing) - timedelta(days=200 - days))
    assume(not any(state.closed for state in registers.states.values()))
    registers.amend(before, after)
    owed = {
        (register.cascade_id, key)
        for register in after.cascades
        for key, duty in duties(register).items()
        if duty.applicable
    }
    for cascade_id, state in registers.states.items():
        for key, item in state.obligations.items():
            if (cascade_id, key) in owed:
                assert item.state is not State.WITHDRAWN
            else:
                assert item.state in {*DONE, State.WITHDRAWN, State.NOT_APPLICABLE, State.UNFULFILLED}
    assert owed <= {(cascade_id, key) for cascade_id, state in registers.states.items() for key in state.obligations}
    assert [command for _, command in registers.missed() if command.kind == "open_below"] == []
    registers.run(20_000)
    assert registers.finished()


# What a difference is, case by case


def test_what_is_new_changed_and_gone_is_named_by_register() -> None:
    before = plan_of(file(asked(due="2020-05-15"), asked("old", due="2020-06-01"), asked("same", due="2020-07-01")))
    after = plan_of(file(asked(due="2020-05-29"), asked("new", due="2020-06-01"), asked("same", due="2020-07-01")))
    ((_, change),) = difference(before, after, 2).items()
    assert [item.key for item in change.requirements] == ["plan", "new"]
    assert change.removed == ("old",)
    assert [(duty.requirement, duty.unit) for duty in change.duties] == [("new", "d1"), ("new", "d2")]
    assert (change.dropped, change.children, change.title, change.follow_up) == ((), (), None, None)


def test_a_unit_that_is_left_out_and_one_to_which_it_does_not_apply_any_more_are_dropped() -> None:
    before = plan_of(file(asked(due="2020-05-15"), asked("report", due="2020-06-01")))
    after = plan_of(
        file(
            asked(to="{level: district, except: [d2]}", due="2020-05-15"),
            asked("report", due="2020-06-01", only_tag="funded"),
        )
    )
    ((_, change),) = difference(before, after, 2).items()
    assert change.dropped == ("plan@d2", "report@d2")
    assert [(duty.requirement, duty.unit, duty.applicable) for duty in change.duties] == [("report", "d2", False)]
    ((root, back),) = difference(
        after, before, 3, {before.cascades[0].cascade_id: amended(before.cascades[0], change)}
    ).items()
    assert root == before.cascades[0].cascade_id
    assert back.again == ("plan@d2", "report@d2")


def test_a_level_that_is_added_brings_registers_and_what_they_wait_for() -> None:
    before, after = plan_of(file(asked(due="2020-05-15"))), plan_of(file(asked(due="2020-05-15"), COMMUNES))
    ((_, change),) = difference(before, after, 2).items()
    assert change.children == ("d1", "d2")
    assert change.duties == ()
    assert [register.issuer for register in opened(before, after)] == ["d1", "d2"]
    assert opened(after, before) == ()
    emptied = difference(after, before, 3)[naming.cascade_id(after.head.directive_id, "d1")]
    assert emptied.removed == ("commune",)


def test_a_requirement_that_came_to_a_register_from_elsewhere_changes_there_too() -> None:
    before = plan_of(file(asked(due="2020-05-15"), COMMUNES))
    after = plan_of(file(asked(due="2020-05-15"), COMMUNES.replace("06-15", "06-29")))
    root, low = before.cascades[0], before.cascades[1]
    taken_in = root.model_copy(update={"requirements": (*root.requirements, *low.requirements)})
    changes = difference(before, after, 2, {root.cascade_id: taken_in})
    assert [item.key for item in changes[root.cascade_id].requirements] == ["commune"]
    assert difference(before, after, 2)[root.cascade_id].requirements == ()
    gone = difference(before, plan_of(file(asked(due="2020-05-15"))), 2, {root.cascade_id: taken_in})
    assert gone[root.cascade_id].removed == ("commune",)


def test_units_that_do_not_exist_any_more_are_asked_nothing_new() -> None:
    before = plan_of(file(asked(due="2020-05-15")))
    after = plan_of(file(asked(due="2020-05-29"), asked("new", due="2020-06-01"), COMMUNES))
    pruned, left_out = without(before, after, {"d2", "c1"})
    assert left_out == {"d2", "c1"}
    assert [(duty.requirement, duty.unit) for duty in pruned.cascades[0].duties] == [
        ("plan", "d1"), ("plan", "d2"), ("new", "d1"),
    ]  # fmt: skip
    assert [register.issuer for register in opened(before, pruned)] == ["d1"]
    assert pruned.cascades[0].children == ("d1",)
    assert without(before, after, ()) == (after, frozenset())


# Late addressees


@pytest.mark.parametrize(
    ("to", "late", "expected"),
    [
        ("{units: [d1]}", {"plan": ("d2",)}, {"d1", "d2"}),
        ("{level: district, except: [d2]}", {"plan": ("d2",)}, {"d1", "d2"}),
        ("{units: [d1]}", {"other": ("d2",)}, {"d1"}),
    ],
)
def test_a_file_is_compiled_as_if_it_listed_late_addressees(
    to: str, late: dict[str, tuple[str, ...]], expected: set[str]
) -> None:
    found = compiled(file(asked(to=to, due="2020-05-15")), References(enlisted=late))
    assert found.plan is not None
    assert {duty.unit for duty in found.plan.cascades[0].duties} == expected


def test_a_late_addressee_brings_its_duties_and_the_registers_above_it() -> None:
    written = file(asked(due="2020-05-15"), COMMUNES.replace("{level: commune}", "{units: [c1]}"))
    before = plan_of(written)
    found = compiled(written, References(enlisted={"commune": ("c3",)}))
    assert found.plan is not None
    in_force = {register.cascade_id: register for register in before.cascades}
    change = enlisting(found.plan, in_force, ["c3"], ["commune"])
    assert [(register.issuer, register.duties) for register in change.begun] == [("d2", ())]
    by_unit = {naming.cascade_parts(key)[1]: item for key, item in change.changes.items()}
    assert by_unit.keys() == {"p", "d2"}
    assert (by_unit["p"].children, by_unit["p"].duties) == (("d2",), ())
    assert [(duty.requirement, duty.unit) for duty in by_unit["d2"].duties] == [("commune", "c3")]
    assert [item.key for item in by_unit["d2"].requirements] == ["commune"]
    done = in_force | {key: amended(in_force[key], item) for key, item in change.changes.items() if key in in_force}
    done |= {plan.cascade_id: amended(plan, change.changes[plan.cascade_id]) for plan in change.begun}
    assert enlisting(found.plan, done, ["c3"], ["commune"]).changes == {}
    assert requirements(found.plan).keys() == {"plan", "commune"}
