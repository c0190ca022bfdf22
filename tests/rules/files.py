"""Small directive files put together from their parts, and the units that they address."""

from datetime import date
from typing import Any

from models.plan import CascadePlan, Duty, Plan, RequirementPlan
from models.unit import Level, Unit
from rules.calendar import WorkingCalendar
from rules.compiler import Compiled, compile_directive
from rules.compiling.desk import References

CALENDAR = WorkingCalendar()
CLOSING = "closing: 2020-12-31"
NUMBER = "number: 15/SLĐTBXH-BĐG"


def unit(code: str, level: Level = Level.DISTRICT, superior: str | None = "p", **changed: Any) -> Unit:
    values = {"name": f"Đơn vị {code}", "short_name": code, "line": "ldtbxh", "territory": code}
    values["focal_email"] = f"{code}@x.vn"
    return Unit(code=code, level=level, superior=superior, **values | changed)


UNITS = {
    found.code: found
    for found in (
        unit("bo", Level.MINISTRY, None, territory="", symbol="LĐTBXH"),
        unit("b", Level.PROVINCE, None, line="ubnd", territory="01", region="north", symbol="UBND"),
        unit("p", Level.PROVINCE, "bo", also_under=("b",), territory="01", region="north", symbol="SLĐTBXH"),
        unit("q", Level.PROVINCE, "bo", territory="02", region="south"),
        unit("hoi", Level.PROVINCE, None, line="hoi", territory="01", region="north"),
        unit("b1", Level.DISTRICT, "b", line="ubnd", territory="011", region="north", symbol="UBND"),
        unit("d1", also_under=("b1",), territory="011", region="north", tags=("funded",)),
        unit("d2", territory="012", region="north"),
        unit("e1", superior="q", territory="021", region="south"),
        unit("gone", territory="013", region="north", valid_to=date(2019, 12, 31)),
        unit("c1", Level.COMMUNE, "d1", line="ubnd", territory="0111", region="north"),
        unit("c2", Level.COMMUNE, "d2", line="ubnd", territory="0121", region="north", tags=("funded", "pilot")),
        unit("c3", Level.COMMUNE, "d2", line="ubnd", territory="0122", region="north"),
        unit("f1", Level.COMMUNE, "e1", line="ubnd", territory="0211", region="south"),
    )
}
"""Two provinces below a ministry; the first also stands below its committee, as its district d1 does below b1."""


def asked(key: str = "plan", **parts: str) -> str:
    """One requirement as a file has it: a plan that each district owes, unless its parts say otherwise."""
    whole = {"title": f"Việc {key}", "kind": "plan", "to": "{level: district}"} | parts
    return f"  {key}: {{{', '.join(f'{name}: {value}' for name, value in whole.items())}}}\n"


def file(*requirements: str, top: str = CLOSING, document: str = NUMBER, issuer: str = "p") -> str:
    """A directive of Monday 02/3/2020. `top` are settings of the file, `document` those of its document."""
    head = f"document: {{title: triển khai việc nhỏ, issuer: {issuer}, date: 2020-03-02, {document}}}\n{top}\n"
    return head + ("requirements:\n" + "".join(requirements) if requirements else "")


def compiled(text: str, references: References | None = None) -> Compiled:
    return compile_directive(text.encode(), UNITS, CALENDAR, references)


def plan_of(text: str, references: References | None = None) -> Plan:
    """The plan of a file without errors."""
    result = compiled(text, references)
    assert result.plan is not None, result.errors
    return result.plan


def errors(text: str, references: References | None = None) -> list[tuple[str, str]]:
    """The code and path of each error."""
    result = compiled(text, references)
    assert (result.plan is None) == bool(result.errors)
    return [(fault.code, fault.path) for fault in result.errors]


def warnings(text: str, references: References | None = None) -> list[tuple[str, str]]:
    """The code and path of each warning of a file without errors."""
    result = compiled(text, references)
    assert result.plan is not None, result.errors
    return [(fault.code, fault.path) for fault in result.warnings]


def said(text: str, references: References | None = None) -> str:
    """The message of the only fault."""
    result = compiled(text, references)
    (fault,) = (*result.errors, *result.warnings)
    return fault.message


def register(plan: Plan, issuer: str) -> CascadePlan:
    """The slice of one register."""
    return next(cascade for cascade in plan.cascades if cascade.issuer == issuer)


def requirements(plan: Plan) -> dict[str, RequirementPlan]:
    """All requirements of a plan, by key."""
    return {item.key: item for cascade in plan.cascades for item in cascade.requirements}


def duties(plan: Plan) -> dict[str, Duty]:
    """All duties of a plan, as `requirement@unit`."""
    return {f"{duty.requirement}@{duty.unit}": duty for cascade in plan.cascades for duty in cascade.duties}
