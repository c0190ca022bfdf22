"""Hương Hồ through three reorganisations, with the units around it (DOMAIN section 5): it left the thị xã Hương Trà for
TP Huế, became Long Hồ in the quận Phú Xuân together with Hương Thọ, and lies in Kim Long now. The first two steps are
by hand, because no table holds them; the third follows the table of 2025."""

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import naming
from models.document import DocumentRef
from models.follow_up import Audience, Rung, StepKind
from models.plan import CascadePlan, DirectiveHead, Duty, Plan, RequirementKind
from models.reform import LineFile, ReformFile
from models.unit import Level, Unit
from rules.calendar import day_end, day_start
from rules.reforming.heirs import Heirs
from rules.reforming.territories import NOTHING, Territories, territories
from tests.rules.plans import FOLLOW_UP, requirement

TABLE = Path(__file__).parents[2] / "data" / "succession_2025-07-01.csv"
STARTS, CLOSING = day_start(date(2021, 3, 1)), day_end(date(2025, 12, 31))
TO_HUE, TO_PHU_XUAN, TO_KIM_LONG = date(2021, 7, 1), date(2025, 1, 1), date(2025, 7, 1)
BO, SO, HUONG_TRA, HUE = "bo", "46", "480", "474"
HUONG_HO, HUONG_THO, HUONG_VAN, HUONG_LONG, KIM_LONG = "20029", "huong-tho", "20011", "19810", "19774"
SO_2025, PHU_XUAN, LONG_HO = "46.2025", "475", "20029.2025"
_ESCALATION = Rung(days=15, kind=StepKind.ESCALATION, to=(Audience.ABOVE, Audience.ISSUER))
SO_NOI_VU, KIM_LONG_2025 = "46.nv", "19774.moi"


def _unit(code: str, name: str, level: Level, superior: str | None, line: str, **changed: Any) -> Unit:
    territory = code.partition(".")[0] if level is not Level.MINISTRY else ""
    values = {"code": code, "name": name, "short_name": name, "level": level, "superior": superior, "line": line}
    return Unit.model_validate(values | {"territory": territory} | changed)


def _district(code: str, name: str, superior: str = SO, **changed: Any) -> Unit:
    return _unit(code, name, Level.DISTRICT, superior, "ldtbxh", **changed)


def _commune(code: str, name: str, superior: str, **changed: Any) -> Unit:
    return _unit(code, name, Level.COMMUNE, superior, "ubnd", **changed)


def _by_code(*units: Unit) -> dict[str, Unit]:
    return {unit.code: unit for unit in units}


_IN_2021 = _by_code(
    _unit(BO, "Bộ", Level.MINISTRY, None, "ldtbxh"),
    _unit(SO, "Sở tỉnh Thừa Thiên Huế", Level.PROVINCE, BO, "ldtbxh"),
    _district(HUONG_TRA, "Phòng thị xã Hương Trà"),
    _district(HUE, "Phòng thành phố Huế"),
    _commune(HUONG_HO, "Phường Hương Hồ", HUONG_TRA),
    _commune(HUONG_THO, "Xã Hương Thọ", HUONG_TRA),
    _commune(HUONG_VAN, "Phường Hương Văn", HUONG_TRA),
    _commune(HUONG_LONG, "Phường Hương Long", HUE),
    _commune(KIM_LONG, "Phường Kim Long", HUE),
)


def _step(
    before: Mapping[str, Unit],
    on: date,
    basis: str,
    made: Mapping[str, Unit],
    units: Mapping[str, Any],
    table: Territories = NOTHING,
) -> Heirs:
    lines = {"ldtbxh": LineFile(to={Level.PROVINCE: "noi-vu"})} if table is not NOTHING else {}
    file = ReformFile.model_validate({"on": on, "basis": basis, "units": units, "lines": lines})
    return Heirs(file, before, {code: unit.model_copy(update={"valid_from": on}) for code, unit in made.items()}, table)


def _to_hue() -> Heirs:
    """Two communes stand below another district; both keep their names."""
    made = _by_code(_commune(HUONG_HO, "Phường Hương Hồ", HUE), _commune(HUONG_THO, "Xã Hương Thọ", HUE))
    return _step(_IN_2021, TO_HUE, "Nghị quyết số 1264/NQ-UBTVQH14", made, {})


def _to_phu_xuan(before: Mapping[str, Unit]) -> Heirs:
    """The province is a city now, its city a quận, and two communes are one."""
    made = _by_code(
        _unit(SO_2025, "Sở thành phố Huế", Level.PROVINCE, BO, "ldtbxh"),
        _district(PHU_XUAN, "Phòng quận Phú Xuân", SO_2025),
        _district(HUONG_TRA, "Phòng thị xã Hương Trà", SO_2025),
        _commune(LONG_HO, "Phường Long Hồ", PHU_XUAN),
        _commune(HUONG_LONG, "Phường Hương Long", PHU_XUAN),
        _commune(KIM_LONG, "Phường Kim Long", PHU_XUAN),
    )
    goes = {SO: SO_2025, HUE: PHU_XUAN, HUONG_HO: LONG_HO, HUONG_THO: LONG_HO}
    followed = {code: {"to": heir} for code, heir in goes.items()}
    return _step(before, TO_PHU_XUAN, "Nghị quyết số 175/2024/QH15", made, followed)


def _to_kim_long(before: Mapping[str, Unit]) -> Heirs:
    """There are no districts any more, and three communes are one: by the table."""
    with TABLE.open(encoding="utf-8") as rows:
        found = territories(row for row in csv.DictReader(rows) if row["old_province"] == "46")
    made = _by_code(
        _unit(SO_NOI_VU, "Sở Nội vụ", Level.PROVINCE, BO, "noi-vu"),
        _commune(KIM_LONG_2025, "Phường Kim Long", SO_NOI_VU),
        _commune("19996.moi", "Phường Hương Trà", SO_NOI_VU),
    )
    return _step(before, TO_KIM_LONG, "Nghị quyết số 1675/NQ-UBTVQH15", made, {}, found)


def reforms() -> tuple[Heirs, Heirs, Heirs]:
    """The three steps in the order of time, each on the units that the one before has left."""
    first = _to_hue()
    second = _to_phu_xuan(first.units)
    return first, second, _to_kim_long(second.units)


def directive() -> Plan:
    """A directive of the ministry that outlives all three: every commune keeps a model going and has made a plan."""
    below = {BO: (SO,), SO: (HUONG_TRA, HUE), HUONG_TRA: (HUONG_HO, HUONG_THO, HUONG_VAN), HUE: (HUONG_LONG, KIM_LONG)}
    above = {code: keeper for keeper, codes in below.items() for code in codes}
    asked = (
        requirement("plan", CLOSING, kind=RequirementKind.PLAN),
        requirement("model", day_end(date(2025, 5, 30)), kind=RequirementKind.ACTIVITY),
    )
    document = DocumentRef(number="9/B", normal="9/B", date=STARTS.date(), issuer="Bộ", title="mô hình")
    head = DirectiveHead(
        directive_id="x", label="9/B", document=document, type="Công văn", place="Hà Nội", issuer=BO, starts=STARTS,
        closing=CLOSING, line="ldtbxh",
    )  # fmt: skip
    cascades = tuple(
        CascadePlan(
            cascade_id=naming.cascade_id("x", keeper),
            directive_id="x",
            number="9/B",
            title="mô hình",
            issuer=keeper,
            issuer_name=_IN_2021[keeper].name,
            parent=naming.cascade_id("x", above[keeper]) if keeper in above else None,
            children=tuple(code for code in codes if code in below),
            requirements=asked,
            duties=tuple(Duty(requirement=item.key, unit=code) for item in asked for code in codes if code in _WARDS),
            follow_up=FOLLOW_UP.model_copy(update={"ladder": (_ESCALATION,)}),
            starts=STARTS,
            closing=CLOSING,
        )
        for keeper, codes in below.items()
    )
    return Plan(head=head, cascades=cascades)


_WARDS = frozenset(code for code, unit in _IN_2021.items() if unit.level is Level.COMMUNE)
