"""Countries that hypothesis invents: units of four levels, a directive that runs in them, and what becomes of them."""

from collections.abc import Collection
from datetime import date
from typing import Any

from hypothesis import strategies as st

import naming
from models.document import DocumentRef
from models.plan import (
    CascadePlan,
    DirectiveHead,
    Duty,
    Opening,
    OpeningMode,
    Plan,
    RequirementKind,
    RequirementPlan,
    Reviewer,
)
from models.reform import DissolvedFile, LineFile, ReformFile, Way
from models.unit import Level, Unit
from rules.calendar import day_end, day_start
from rules.reforming.heirs import Heirs
from rules.reforming.territories import COLUMNS, territories
from tests.rules.plans import FOLLOW_UP, requirement

ON = date(2025, 7, 1)
STARTS, MIXED, CLOSING = day_start(date(2025, 3, 3)), day_start(date(2025, 5, 5)), day_end(date(2025, 12, 31))
EARLY = day_end(date(2025, 5, 30))
"""When some registers are closed already while those below them run."""
MINISTRY, NOW = "bo", "bo.2025"
_ASKED = (
    requirement("plan", CLOSING),
    requirement("summary", CLOSING, kind=RequirementKind.REPORT, consolidates=True),
    requirement("check", CLOSING, kind=RequirementKind.ACTIVITY),
)
Country = tuple[Heirs, Plan, int]
"""What becomes of the units, the directive, and a seed for all that happens."""


@st.composite
def countries(draw: st.DrawFn) -> Country:
    provinces = [f"{number:02}" for number in range(draw(st.integers(1, 3)))]
    districts = {f"{above}{n}": above for above in provinces for n in range(draw(st.integers(0, 3)))}
    wards = {f"{above}{n}": above for above in districts for n in range(draw(st.integers(0, 3)))}
    after = {code: draw(st.sampled_from(provinces)) for code in provinces}
    rows = [_row("", f"{code}x", code, f"{now}w0", now, default=False) for code, now in after.items()]
    for ward, district in wards.items():
        now = after[districts[district]]
        places = st.sampled_from([f"{now}w{number}" for number in range(3)])
        parts = draw(st.lists(places, min_size=1, max_size=3, unique=True))
        default = draw(st.sampled_from([*parts, ""]))
        rows += [_row(ward, district, districts[district], part, now, default=part == default) for part in parts]
    rules = DissolvedFile(
        kinds={RequirementKind.PLAN: draw(st.sampled_from(Way))}, consolidating=draw(st.sampled_from(Way))
    )
    written = ReformFile.model_validate(
        {
            "on": ON,
            "basis": "Nghị quyết",
            "lines": {"a": LineFile(to={Level.PROVINCE: "b", Level.COMMUNE: "b"})},
            "units": {MINISTRY: {"to": NOW}},
            "dissolved": rules,
        }
    )
    above = dict.fromkeys(provinces, MINISTRY) | districts | wards
    levels = dict.fromkeys(provinces, Level.PROVINCE) | dict.fromkeys(districts, Level.DISTRICT)
    before = [_unit(MINISTRY, Level.MINISTRY, None)]
    before += [_unit(code, levels.get(code, Level.COMMUNE), superior, code) for code, superior in above.items()]
    heirs = Heirs(written, {unit.code: unit for unit in before}, _made(rows), territories(rows))
    keepers = sorted({*above.values()} - {MINISTRY})
    early = draw(st.sets(st.sampled_from(keepers), max_size=2)) if keepers else set()
    plan = _plan(above, set(districts), early, waits=draw(st.booleans()))
    return heirs, plan, draw(st.integers(0, 10_000))


def _row(*cells: str, default: bool) -> dict[str, str]:
    return dict(zip(COLUMNS, (*cells, "", "1" if default else "0"), strict=True))


def _unit(code: str, level: Level, superior: str | None, territory: str = "", **changed: Any) -> Unit:
    values = {"name": code, "short_name": code, "line": "a", "territory": territory}
    return Unit.model_validate({"code": code, "level": level, "superior": superior} | values | changed)


def _made(rows: list[dict[str, str]]) -> dict[str, Unit]:
    now: dict[str, Any] = {"line": "b", "valid_from": ON}
    units = [_unit(NOW, Level.MINISTRY, None, **now)]
    for row in rows:
        province, ward = row["new_province"], row["new_ward"]
        units.append(_unit(f"{province}.2025", Level.PROVINCE, NOW, province, **now))
        units.append(_unit(f"{ward}.2025", Level.COMMUNE, f"{province}.2025", ward, **now))
    return {unit.code: unit for unit in units}


def _plan(above: dict[str, str], districts: set[str], early: Collection[str], *, waits: bool) -> Plan:
    """Every unit that has others below it keeps a register; reports of communes go to the ministry too."""
    opening = Opening(mode=OpeningMode.WHEN_ACCEPTED, key="plan") if waits else Opening()
    asked = (*_ASKED, requirement("local", CLOSING, opening=opening))
    below: dict[str, list[str]] = {MINISTRY: []}
    for code, keeper in above.items():
        below.setdefault(keeper, []).append(code)
    document = DocumentRef(number="1/B", normal="1/B", date=STARTS.date(), issuer="Bộ", title="việc")
    head = DirectiveHead(
        directive_id="x", label="1/B", document=document, type="Công văn", place="Hà Nội", issuer=MINISTRY,
        starts=STARTS, closing=CLOSING,
    )  # fmt: skip
    cascades = [
        _register(keeper, codes, above.get(keeper), below, asked, of_district=keeper in districts).model_copy(
            update={"closing": EARLY if keeper in early else CLOSING}
        )
        for keeper, codes in below.items()
    ]
    return Plan(head=head, cascades=tuple(cascades))


def _register(
    keeper: str,
    codes: list[str],
    parent: str | None,
    below: dict[str, list[str]],
    asked: tuple[RequirementPlan, ...],
    *,
    of_district: bool,
) -> CascadePlan:
    further = (Reviewer(unit=MINISTRY, name="Bộ"),) if of_district else ()
    return CascadePlan(
        cascade_id=naming.cascade_id("x", keeper),
        directive_id="x",
        number="1/B",
        title="việc",
        issuer=keeper,
        issuer_name=keeper,
        parent=naming.cascade_id("x", parent) if parent else None,
        children=tuple(code for code in codes if code in below),
        requirements=asked,
        duties=tuple(
            Duty(requirement=item.key, unit=code, reviewers=further if item.key == "summary" else ())
            for item in asked
            for code in codes
        ),
        follow_up=FOLLOW_UP,
        starts=STARTS,
        closing=CLOSING,
    )
