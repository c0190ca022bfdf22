"""Late addressees that were not there yet on the day of issue: units that a reorganisation has made since."""

from datetime import date, timedelta

import pytest

import naming
from models.plan import CascadePlan, Plan
from models.unit import Level
from rules.comparing import enlisting
from rules.compiler import compile_directive
from rules.compiling.desk import References
from rules.compiling.enlisting import enlistable, joining
from tests.rules.files import CALENDAR, UNITS, asked, file, plan_of, unit

COMMUNES = asked("commune", to="{level: commune}", due="2020-06-15", opens="{when_accepted: plan}")
AROSE = date(2020, 4, 1)
NEW_UNITS = {
    found.code: found
    for found in (
        *UNITS.values(),
        unit("d9", territory="019", valid_from=AROSE),
        unit("c9", Level.COMMUNE, "d9", line="ubnd", territory="0191", valid_from=AROSE),
        unit("c8", Level.COMMUNE, "d1", line="ubnd", territory="0118", valid_from=AROSE),
        unit("far", Level.COMMUNE, "e1", line="ubnd", territory="0218", valid_from=AROSE),
    )
}


def kept_by(plan: Plan, **keepers: str) -> list[CascadePlan]:
    """The registers of a plan in force, some of them kept by other units than those they began with."""
    return [item.model_copy(update={"issuer": keepers.get(item.issuer, item.issuer)}) for item in plan.cascades]


@pytest.mark.parametrize(
    ("keepers", "code", "begun_with"),
    [
        ({}, "c8", "d1"),
        ({}, "c9", "p"),
        ({}, "d9", "p"),
        ({"d2": "d9"}, "c9", "d2"),
        ({"d2": "d9"}, "d9", "p"),
        ({}, "far", None),
        ({}, "c1", None),
        ({}, "gone", None),
        ({}, "nobody", None),
    ],
)
def test_a_unit_that_arose_later_is_followed_up_where_the_nearest_above_it_keeps_a_register(
    keepers: dict[str, str], code: str, begun_with: str | None
) -> None:
    plan = plan_of(file(asked(due="2020-05-15"), COMMUNES))
    found = joining([code], NEW_UNITS, plan.head, kept_by(plan, **keepers), AROSE)
    assert found == ({code: begun_with} if begun_with else {})
    assert joining([code], NEW_UNITS, plan.head, kept_by(plan, **keepers), AROSE - timedelta(days=1)) == {}


@pytest.mark.parametrize(
    ("keeper", "today", "offered"),
    [
        ("p", AROSE - timedelta(days=1), {"d1", "d2", "c1", "c2", "c3"}),
        ("p", AROSE, {"d1", "c1", "c2", "c3", "d9", "c9", "c8"}),
        ("q", AROSE, {"d1", "c1", "c2", "c3", "far"}),
    ],
)
def test_who_is_offered_stood_below_the_issuer_and_is_there_or_arose_below_who_keeps_the_first_register_now(
    keeper: str, today: date, offered: set[str]
) -> None:
    plan = plan_of(file(asked(due="2020-05-15"), COMMUNES))
    units = NEW_UNITS | {"d2": NEW_UNITS["d2"].model_copy(update={"valid_to": AROSE - timedelta(days=1)})}
    first = next(item for item in kept_by(plan, p=keeper) if item.parent is None)
    assert {found.code for found in enlistable(units, plan.head, first, today)} == offered


def test_a_unit_that_arose_later_owes_what_it_is_enlisted_for_and_nothing_else() -> None:
    written = file(asked(due="2020-05-15"), COMMUNES, COMMUNES.replace("commune:", "other:"))
    before = plan_of(written)
    registers = kept_by(before, d2="d9")
    joined = joining(["c9"], NEW_UNITS, before.head, registers, AROSE)
    found = compile_directive(
        written.encode(), NEW_UNITS, CALENDAR, References(enlisted={"commune": ("c9",)}, joined=joined)
    )
    assert found.plan is not None, found.errors
    in_force = {plan.cascade_id: plan for plan in registers}
    change = enlisting(found.plan, in_force, ["c9"], ["commune"])
    assert change.begun == ()
    ((cascade_id, amendment),) = change.changes.items()
    assert naming.cascade_parts(cascade_id)[1] == "d2"
    assert [(duty.requirement, duty.unit) for duty in amendment.duties] == [("commune", "c9")]


def test_a_unit_that_arose_later_is_not_asked_by_the_file_itself() -> None:
    found = compile_directive(
        file(asked(to="{units: [d9]}", due="2020-05-15")).encode(), NEW_UNITS, CALENDAR, References()
    )
    assert "unit_not_valid" in {fault.code for fault in found.errors}
