"""Whatever a file says: the compiler never fails, and what it accepts always ends."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.follow_up import Track
from models.obligation import OWING, State
from models.plan import Plan
from rules.compiler import compile_directive
from rules.compiling.desk import References
from rules.ladder import rungs
from tests.rules.files import CALENDAR, UNITS, duties, requirements
from tests.rules.invented import directives, spoilt, text
from tests.rules.whole import ALWAYS, Registers

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=120, deadline=None, suppress_health_check=_SLOW)
@given(spoilt())
def test_any_file_gives_a_plan_or_faults_that_say_where(data: dict[str, Any]) -> None:
    raw = text(data)
    result = compile_directive(raw, UNITS, CALENDAR, References())
    assert (result.plan is None) == bool(result.errors)
    for fault in (*result.errors, *result.warnings):
        assert 1 <= fault.line <= len(raw.splitlines())
        assert fault.code
        assert fault.path or "" in data
        assert fault.message
    assert len(set(result.errors)) == len(result.errors)


@settings(max_examples=100, deadline=None, suppress_health_check=_SLOW)
@given(directives())
def test_a_plan_is_whole(data: dict[str, Any]) -> None:
    plan = compile_directive(text(data), UNITS, CALENDAR).plan
    if plan is None:
        return
    assert Plan.model_validate_json(plan.model_dump_json()) == plan
    known, registers = requirements(plan), {cascade.cascade_id: cascade for cascade in plan.cascades}
    assert len(duties(plan)) == sum(len(cascade.duties) for cascade in plan.cascades)
    for cascade in plan.cascades:
        assert {duty.requirement for duty in cascade.duties} == {item.key for item in cascade.requirements}
        assert cascade.parent is None or cascade.issuer in registers[cascade.parent].children
        assert (cascade.starts, cascade.closing) == (plan.head.starts, plan.head.closing)
    for item in known.values():
        assert not (item.due and item.term)
        assert item.due is None or plan.head.starts < item.due <= plan.head.closing
        assert item.opening.at_latest is None or plan.head.starts <= item.opening.at_latest < plan.head.closing
        assert not item.opening.key or item.opening.key in {*known, *plan.cascades[0].triggers}


@settings(max_examples=80, deadline=None, suppress_health_check=_SLOW)
@given(directives(), st.integers(0, ALWAYS))
def test_what_is_accepted_always_ends(data: dict[str, Any], diligence: int) -> None:
    """A register wakes for each step of each obligation, for each chase of a silent one, for openings and closing."""
    plan = compile_directive(text(data), UNITS, CALENDAR).plan
    if plan is None:
        return
    registers = Registers(plan, diligence)
    follow_up = plan.cascades[0].follow_up
    chases = (plan.head.closing - plan.head.starts).days // (follow_up.silent_after or 1)
    steps = sum(len(rungs(track, follow_up)) for track in Track)
    registers.run(len(plan.cascades) + len(duties(plan)) * (steps + chases + 2))
    assert registers.finished()
    drafts = any(item.ends_with for item in requirements(plan).values())
    for _, item in registers.obligations():
        assert item.state not in OWING
        if diligence == ALWAYS and not drafts and not item.coordinating:
            assert item.state in {State.ACCEPTED, State.NOT_APPLICABLE}
