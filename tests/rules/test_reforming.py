"""Who takes over from whom, which registers go on, and where each obligation goes: one province, by hand."""

from datetime import date
from typing import Any

import pytest

import naming
from models.document import DocumentRef
from models.obligation import ObligationState, State, obligation_key
from models.plan import Advised, CascadePlan, DirectiveHead, Duty, RequirementKind, RequirementPlan, Reviewer
from models.reform import DissolvedFile, LineFile, ReformFile, UnitFile, Way
from models.unit import Level, Unit
from rules.calendar import day_start
from rules.reforming.forecast import Account, forecast
from rules.reforming.heirs import Change, Heirs, ReformError, check
from rules.reforming.orders import Orders
from rules.reforming.registers import Directive, Register
from rules.reforming.territories import COLUMNS, NOTHING, Territories, territories
from tests.rules.plans import CLOSING, FOLLOW_UP, STARTS, requirement

ON = date(2020, 4, 1)
ROWS = [
    "w1,d1,p1,v1,p1,whole,1",
    "w2,d1,p1,v1,p1,whole,1",
    "w3,d2,p1,v2,p1,part,1",
    "w3,d2,p1,v3,p1,part,0",
    "w4,d2,p1,v2,p1,part,0",
    "w4,d2,p1,v3,p1,part,0",
    "w5,d3,p2,v4,p1,whole,1",
    ",d4,p2,v5,p1,whole,1",
]
TABLE = territories(dict(zip(COLUMNS, row.split(","), strict=True)) for row in ROWS)


def unit(code: str, level: Level, superior: str | None, line: str = "old", **changed: Any) -> Unit:
    territory = code.partition("-")[0]
    values = {"name": code, "short_name": code, "territory": territory if level is not Level.MINISTRY else ""}
    return Unit.model_validate(
        {"code": code, "level": level, "superior": superior, "line": line, "focal_email": f"{code}@x.example"}
        | values
        | changed
    )


def units(*found: Unit) -> dict[str, Unit]:
    return {item.code: item for item in found}


BEFORE = units(
    unit("bo", Level.MINISTRY, None),
    *(unit(f"{code}-so", Level.PROVINCE, "bo") for code in ("p1", "p2")),
    *(unit(f"d{n}-phong", Level.DISTRICT, f"p{1 + (n > 2)}-so") for n in (1, 2, 3, 4)),
    *(unit(f"w{n}-xa", Level.COMMUNE, f"d{(n + 1) // 2}-phong", "xa") for n in (1, 2, 3, 4, 5)),
)
MADE = units(
    unit("bo-moi", Level.MINISTRY, None, "new", valid_from=ON),
    unit("p1-moi", Level.PROVINCE, "bo-moi", "new", valid_from=ON),
    unit("p1-yte", Level.PROVINCE, "bo-moi", "health", valid_from=ON),
    *(unit(f"v{n}-xa", Level.COMMUNE, "p1-moi", "xa", valid_from=ON) for n in (1, 2, 3, 4, 5)),
)
FILE: dict[str, Any] = {
    "on": ON,
    "basis": "Nghị quyết",
    "lines": {
        "old": LineFile(
            to={Level.PROVINCE: "new", Level.COMMUNE: "xa"}, functions={"children": {Level.PROVINCE: "health"}}
        )
    },
    "units": {"bo": UnitFile(to="bo-moi")},
}


def heirs(known: Territories = TABLE, made: dict[str, Unit] = MADE, **changed: Any) -> Heirs:
    return Heirs(ReformFile.model_validate(FILE | changed), BEFORE, made, known)


@pytest.mark.parametrize(
    ("code", "function", "change", "heir"),
    [
        ("bo", "", Change.RENAMED, "bo-moi"),
        ("p1-so", "", Change.MERGED, "p1-moi"),
        ("p2-so", "", Change.MERGED, "p1-moi"),
        ("p1-so", "children", Change.MERGED, "p1-yte"),
        ("w1-xa", "", Change.MERGED, "v1-xa"),
        ("w5-xa", "", Change.RENAMED, "v4-xa"),
        ("w3-xa", "", Change.SPLIT, "v2-xa"),
        ("w4-xa", "", Change.SPLIT, None),
        ("d1-phong", "", Change.DISSOLVED, None),
    ],
)
def test_what_becomes_of_a_unit_follows_from_its_territory_and_line(
    code: str, function: str, change: Change, heir: str | None
) -> None:
    fate = heirs().of(code, function)
    assert fate is not None
    assert (fate.change, fate.heir) == (change, heir)


def test_a_dissolved_unit_has_units_above_and_below_it_that_may_take_over() -> None:
    found = heirs()
    first, second, island = (found.of(f"{code}-phong") for code in ("d1", "d2", "d4"))
    assert first is not None and second is not None and island is not None  # noqa: PT018
    assert (first.up, first.down) == ("p1-moi", ("v1-xa",))
    assert second.down == ("v2-xa",), "only where most of it lies now"
    assert island.down == ("v5-xa",), "a district without communes"


def test_a_unit_ends_the_day_before_and_one_that_nothing_follows_on_its_own_territory_stays() -> None:
    union = unit("p1-hoi", Level.PROVINCE, None, "union")
    found = Heirs(ReformFile.model_validate(FILE), BEFORE | units(union), MADE, TABLE)
    assert found.units["p1-so"].valid_to == date(2020, 3, 31)
    assert found.of("p1-hoi") is None, "its territory is there still, and nobody new of its line"
    assert found.follows("d1-phong") == "p1-moi"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"units": {"bo-x": UnitFile()}}, "no unit 'bo-x' in the registry; did you mean 'bo'"),
        ({"units": {"bo": UnitFile(to="bo-mo")}}, "no unit 'bo-mo'; did you mean 'bo-moi'"),
        ({"units": {"bo": UnitFile(to="p1-so")}}, "p1-so is not there from 01/04/2020 on"),
        ({"lines": {"old": LineFile(to={Level.PROVINCE: "nw"})}}, "no unit has the line 'nw'; did you mean 'new'"),
        ({"made": units(unit("w1-xa", Level.COMMUNE, None, "xa", name="Xã khác"))}, "give the new unit another code"),
    ],
)
def test_a_reform_that_contradicts_the_registry_is_refused(changed: dict[str, Any], words: str) -> None:
    with pytest.raises(ReformError, match=words):
        check(heirs(**changed))


def test_two_of_a_line_side_by_side_on_a_territory_are_to_be_told_apart_by_hand() -> None:
    twin = units(unit("p1-moi2", Level.PROVINCE, "bo-moi", "new", territory="p1", valid_from=ON))
    with pytest.raises(ReformError, match="p1-moi and p1-moi2 stand on 'p1' side by side"):
        heirs(made=MADE | twin).of("p1-so")


PLAN_, REPORT, CHECK = (
    requirement("plan"),
    requirement("sum", kind=RequirementKind.REPORT, consolidates=True),
    requirement("check", kind=RequirementKind.ACTIVITY),
)


def register(keeper: str, *below: str, **changed: Any) -> Register:
    asked: tuple[RequirementPlan, ...] = changed.pop("requirements", (PLAN_, REPORT, CHECK))
    duties = tuple(Duty(requirement=item.key, unit=code) for item in asked for code in below)
    above = BEFORE[keeper].superior
    values = {
        "cascade_id": naming.cascade_id("x", keeper), "directive_id": "x", "number": "1", "title": "việc",
        "issuer": keeper, "issuer_name": keeper, "parent": above and naming.cascade_id("x", above),
        "children": tuple(code for code in below if BEFORE[code].level is not Level.COMMUNE),
        "requirements": asked, "duties": duties, "follow_up": FOLLOW_UP, "starts": STARTS, "closing": CLOSING,
    }  # fmt: skip
    made = CascadePlan.model_validate(values | changed)
    return Register(made, {obligation_key(d.requirement, d.unit): owed(d) for d in made.duties})


def owed(duty: Duty, state: State = State.OPEN) -> ObligationState:
    return ObligationState(requirement=duty.requirement, unit=duty.unit, state=state)


def directive(*registers: Register, **head: Any) -> Directive:
    document = DocumentRef(number="1", normal="1", date=STARTS.date(), issuer="Bộ", title="việc")
    values = {
        "directive_id": "x", "label": "1", "document": document, "type": "Công văn", "place": "Hà Nội", "issuer": "bo",
        "starts": STARTS, "closing": CLOSING,
    }  # fmt: skip
    return Directive(DirectiveHead.model_validate(values | head), {found.plan.cascade_id: found for found in registers})


def whole() -> Directive:
    return directive(
        register("bo", "p1-so", "p2-so"),
        register("p1-so", "d1-phong", "d2-phong"),
        register("p2-so", "d3-phong", "d4-phong"),
        register("d1-phong", "w1-xa", "w2-xa"),
        register("d2-phong", "w3-xa", "w4-xa"),
        register("d3-phong", "w5-xa"),
    )


def test_a_register_goes_on_with_who_follows_its_keeper_and_others_hand_over_to_it() -> None:
    orders = {order.cascade_id.rpartition(":")[2]: order for order in Orders(whole(), heirs()).all}
    kept = {key: order.keeping for key, order in orders.items() if order.keeping is not None}
    assert {key: found.issuer for key, found in kept.items() if not found.ends} == {"bo": "bo-moi", "p1-so": "p1-moi"}
    assert {key for key, found in kept.items() if found.ends} == {"p2-so", "d1-phong", "d2-phong", "d3-phong"}
    assert kept["bo"].kept_by == {"p1-moi": "p1-so"}
    assert kept["bo"].children == ("p1-so", "p2-so"), "one that ends reports to the one above it as before"
    assert [order.depth for order in Orders(whole(), heirs()).all] == [2, 2, 2, 1, 1, 0], "from the bottom"


def goes(found: Directive, by: Heirs) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {
        item.obligation: (item.cascade_id.rpartition(":")[2], tuple(duty.unit for duty in item.duties))
        for order in Orders(found, by).all
        for item in order.successions
    }


def test_obligations_go_to_who_follows_in_the_register_above_them_or_by_rule_or_wait() -> None:
    found = goes(whole(), heirs())
    assert found["plan@p2-so"] == ("bo", ("p1-moi",))
    assert found["plan@w5-xa"] == ("p1-so", ("v4-xa",)), "its province has become one with another"
    assert found["plan@w3-xa"] == ("p1-so", ("v2-xa",)), "what was divided goes to the default part"
    assert found["plan@w4-xa"] == ("p1-so", ()), "and waits where there is none"
    assert found["plan@d3-phong"] == ("p1-so", ("v4-xa",)), "a plan goes down"
    assert found["sum@d3-phong"] == ("bo", ("p1-moi",)), "what consolidates goes up"
    assert found["check@d3-phong"] == ("p1-so", ()), "an inspection waits"


@pytest.mark.parametrize(
    ("rules", "units_"),
    [
        ({"requirements": {"check": Way.DOWN}}, ("v4-xa",)),
        ({"kinds": {RequirementKind.ACTIVITY: Way.UP}}, ("p1-moi",)),
        ({"kinds": {RequirementKind.ACTIVITY: Way.UP}, "requirements": {"check": Way.WAIT}}, ()),
    ],
)
def test_a_rule_for_a_requirement_goes_before_one_for_its_kind(rules: Any, units_: tuple[str, ...]) -> None:
    assert goes(whole(), heirs(dissolved=DissolvedFile(**rules)))["check@d3-phong"][1] == units_


def test_a_requirement_of_another_function_goes_to_who_has_that_function() -> None:
    children = requirement("children", function="children")
    found = goes(directive(register("bo", "p1-so", requirements=(PLAN_, children))), heirs())
    assert found["plan@p1-so"][1] == ("p1-moi",)
    assert found["children@p1-so"][1] == ("p1-yte",)


def test_who_takes_over_has_the_recipients_and_bodies_of_those_before_as_they_are_now() -> None:
    duty = Duty(
        requirement="plan",
        unit="p1-so",
        reviewers=(Reviewer(unit="d1-phong", name="cũ"),),
        advised=Advised(name="Sở 2", unit="p2-so"),
        candidates={"w1-xa": "Xã", "w2-xa": "Xã"},
    )
    found = Orders(directive(register("bo", "p1-so", "p2-so", duties=(duty,))), heirs())
    (order,) = found.all
    (taken,) = order.successions[0].duties
    assert taken.reviewers == ()
    assert taken.advised is None, "it issues itself what it prepares"
    assert taken.candidates == {"v1-xa": "v1-xa"}


def test_nobody_hands_in_to_himself_what_was_handed_in_to_him() -> None:
    province = directive(register("p1-so", "d1-phong", parent=None), issuer="p1-so")
    assert goes(province, heirs())["sum@d1-phong"] == ("p1-so", ())


def test_a_first_register_that_nobody_would_keep_is_refused() -> None:
    with pytest.raises(ReformError, match="nobody takes over the register of bo"):
        Orders(whole(), heirs(units={"bo": UnitFile()})).all  # noqa: B018 - it is worked out when it is looked at


def test_what_is_done_or_on_its_way_already_is_not_ordered_again() -> None:
    found = register("bo", "p1-so")
    gone = {key: item.model_copy(update={"state": State.TRANSFERRED}) for key, item in found.obligations.items()}
    kept = found.plan.model_copy(update={"issuer": "bo-moi", "issuer_name": "bo-moi"})
    assert not Orders(directive(Register(kept, gone)), heirs()).all


def test_a_closed_directive_is_left_alone() -> None:
    found = register("bo", "p1-so")
    assert not Orders(directive(Register(found.plan, found.obligations, closed=True)), heirs()).all


def test_the_forecast_counts_every_obligation_once_and_names_what_needs_a_person() -> None:
    found = forecast(
        Orders(whole(), heirs(made={**MADE, "p1-moi": MADE["p1-moi"].model_copy(update={"focal_email": None})}))
    )
    assert sum(found.total(account) for account in Account) == 3 * (2 + 4 + 5)
    assert {item.obligation for item in found.waiting} == {
        "check@d1-phong", "check@d2-phong", "check@d3-phong", "check@d4-phong",
        "plan@w4-xa", "sum@w4-xa", "check@w4-xa",
    }  # fmt: skip
    assert next(item.parts for item in found.waiting if item.unit == "w4-xa") == ("v2-xa", "v3-xa")
    assert found.silent == ("p1-moi",)
    assert {item.before: item.now for item in found.keepers if item.now} == {"bo": "bo-moi", "p1-so": "p1-moi"}
    assert {item.before: item.follows for item in found.keepers if item.now is None}["d3-phong"] == "p1-moi"


def test_a_reform_by_hand_needs_no_territories() -> None:
    found = Heirs(ReformFile.model_validate(FILE), BEFORE, MADE, NOTHING)
    assert set(found.ended) == {"bo"}
    assert day_start(ON) > STARTS
