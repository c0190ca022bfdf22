import pytest

from models.plan import Advised, Plan, Reviewer
from models.unit import Level
from rules.compiler import compile_directive
from tests.rules.files import (
    CALENDAR,
    asked,
    duties,
    errors,
    file,
    plan_of,
    register,
    requirements,
    said,
    unit,
    warnings,
)

LATER = "2020-06-30"


def owing(plan: Plan, requirement: str = "plan", *, coordinating: bool = False) -> set[str]:
    found = duties(plan).values()
    return {duty.unit for duty in found if duty.requirement == requirement and duty.coordinating is coordinating}


@pytest.mark.parametrize(
    ("issuer", "to", "units"),
    [
        ("p", "{level: district}", {"d1", "d2"}),
        ("p", "{line: ubnd}", {"c1", "c2", "c3"}),
        ("p", "{tag: funded}", {"d1", "c2"}),
        ("p", "{tag: funded, level: commune}", {"c2"}),
        ("p", "{within: '012'}", {"d2", "c2", "c3"}),
        ("p", "{within: '012', except: [c3]}", {"d2", "c2"}),
        ("p", "{units: [c1, d2, c1]}", {"c1", "d2"}),
        ("p", "{level: district, units: [c1], except: [d2]}", {"d1", "c1"}),
        ("bo", "{level: district}", {"d1", "d2", "e1"}),
        ("bo", "{region: south}", {"q", "e1", "f1"}),
        ("bo", "{level: commune, region: south}", {"f1"}),
        ("b", "{level: district}", {"b1", "d1", "d2"}),
        ("b", "{level: district, line: ubnd}", {"b1"}),
    ],
)
def test_units_are_those_that_meet_all_conditions_and_those_listed(issuer: str, to: str, units: set[str]) -> None:
    assert owing(plan_of(file(asked(to=to, due=LATER), issuer=issuer))) == units


def test_a_unit_answers_to_the_one_above_it_in_the_directives_tree() -> None:
    plan = plan_of(file(asked(to="{level: commune}", due=LATER), issuer="bo"))
    assert [cascade.issuer for cascade in plan.cascades] == ["bo", "p", "q", "d1", "d2", "e1"]
    assert [cascade.children for cascade in plan.cascades] == [("p", "q"), ("d1", "d2"), ("e1",), (), (), ()]
    assert {duty.unit for duty in register(plan, "d2").duties} == {"c2", "c3"}
    assert register(plan, "p").duties == ()


def test_of_several_lines_the_directives_own_decides_who_follows_up() -> None:
    text = file(asked(to="{units: [d1]}", due=LATER), issuer="b")
    assert register(plan_of(text), "p").duties != ()
    along = text.replace("closing:", "line: ubnd\nclosing:")
    assert register(plan_of(along), "b1").duties != ()


def test_a_line_of_authority_that_nobody_has_is_named_with_the_nearest() -> None:
    text = file(asked(due=LATER), top="closing: 2020-12-31\nline: ldtbx")
    assert errors(text) == [("unknown_line", "line")]
    assert "did you mean 'ldtbxh'" in said(text)


NOBODY = [
    ("{level: province}", "to", "no unit has the level 'province', there are: commune, district"),
    ("{level: commune, line: hoi}", "to", "no unit has the line 'hoi', there are: ldtbxh, ubnd"),
    ("{region: nort}", "to", "the region 'nort', there are: north"),
    ("{tag: found}", "to", "the tag 'found', there are: funded, pilot"),
    ("{within: '99'}", "to", "the territory '99'"),
    ("{within: '01', level: ministry}", "to", "the level 'ministry'"),
    ("{level: district, tag: pilot}", "to", "p has no such units below it on 02/03/2020"),
    ("{}", "to", "addresses nobody"),
]


@pytest.mark.parametrize(("to", "place", "says"), NOBODY)
def test_a_requirement_that_addresses_nobody_says_what_there_is(to: str, place: str, says: str) -> None:
    text = file(asked(to=to, due=LATER))
    assert errors(text) == [("addresses_nobody", f"requirements.plan.{place}")]
    assert says in said(text)


@pytest.mark.parametrize(
    ("to", "faults"),
    [
        ("{units: [d3]}", [("unknown_unit", "units.0"), ("addresses_nobody", "")]),
        ("{units: [d1, gone]}", [("unit_not_valid", "units.1")]),
        ("{level: district, except: [d9]}", [("unknown_unit", "except.0")]),
        ("{level: district, except: [gone]}", []),
        ("{units: [d1, e1]}", [("not_below_issuer", "")]),
        ("{units: [d1, p]}", [("reviews_itself", "")]),
    ],
)
def test_units_that_cannot_be_asked_are_named(to: str, faults: list[tuple[str, str]]) -> None:
    paths = [(code, f"requirements.plan.to{'.' if place else ''}{place}") for code, place in faults]
    assert sorted(errors(file(asked(to=to, due=LATER)))) == sorted(paths)


def test_coordinators_may_stand_anywhere_and_are_followed_up_by_the_issuer() -> None:
    plan = plan_of(file(asked(coordinators="{units: [hoi, e1], line: hoi}", due=LATER)))
    assert owing(plan) == {"d1", "d2"}
    assert owing(plan, coordinating=True) == {"hoi", "e1"}
    assert [cascade.issuer for cascade in plan.cascades] == ["p"]


def test_who_leads_cannot_take_part_as_well() -> None:
    text = file(asked(coordinators="{level: district}", due=LATER))
    assert errors(text) == [("leads_and_coordinates", "requirements.plan.coordinators")]
    assert "d1 and 1 more lead here" in said(text)
    assert owing(plan_of(text.replace("{level: district}, due", "{level: district, except: [d1, d2]}, due"))) != set()


def test_the_issuer_cannot_take_part_in_what_it_follows_up_itself() -> None:
    text = file(asked(coordinators="{level: province, within: '01', line: ldtbxh}", due=LATER))
    assert errors(text) == [("reviews_itself", "requirements.plan.coordinators")]
    assert "leave it out with `except`" in said(text)


def test_coordinators_that_do_not_exist_are_named() -> None:
    text = file(asked(coordinators="{units: [gone, hoj]}", due=LATER))
    place = "requirements.plan.coordinators"
    assert sorted(errors(text)) == [
        ("addresses_nobody", place), ("unit_not_valid", f"{place}.units.0"), ("unknown_unit", f"{place}.units.1"),
    ]  # fmt: skip


def test_units_without_the_tag_keep_what_does_not_apply_to_them() -> None:
    plan = plan_of(file(asked(only_tag="funded", due=LATER)))
    assert {key: duty.applicable for key, duty in duties(plan).items()} == {"plan@d1": True, "plan@d2": False}


def test_a_tag_that_none_of_the_units_has_is_doubted() -> None:
    text = file(asked(only_tag="fundet", due=LATER))
    assert warnings(text) == [("applies_to_nobody", "requirements.plan.only_tag")]


def reviewers(plan: Plan) -> dict[str, tuple[str, ...]]:
    return {duty.unit: tuple(reviewer.unit for reviewer in duty.reviewers) for duty in duties(plan).values()}


def test_a_report_goes_to_further_recipients_by_code_or_by_line() -> None:
    plan = plan_of(file(asked(report_to="[hoi, ubnd]", to="{units: [d1]}", due=LATER)))
    assert duties(plan)["plan@d1"].reviewers == (Reviewer(unit="hoi", name="hoi"), Reviewer(unit="b1", name="b1"))


def test_a_line_means_the_nearest_unit_above_of_that_line() -> None:
    plan = plan_of(file(asked(report_to="[ubnd]", to="{level: district}", due=LATER)))
    assert reviewers(plan) == {"d1": ("b1",), "d2": ("b",)}
    below = plan_of(file(asked(report_to="[ldtbxh]", to="{level: commune}", due=LATER)))
    assert reviewers(below) == {"c1": (), "c2": (), "c3": ()}  # it is the one that keeps the register anyway


@pytest.mark.parametrize(
    ("report_to", "code", "says"),
    [
        ("[ubdn]", "unknown_unit", "did you mean 'ubnd'"),
        ("[hoi, d1]", "reviews_itself", "d1 would review itself"),
        ("[gone]", "unit_not_valid", "does not exist on 02/03/2020"),
        ("[phong]", "unknown_unit", "neither a unit's code nor a line"),
    ],
)
def test_recipients_that_cannot_decide_are_named(report_to: str, code: str, says: str) -> None:
    text = file(asked(report_to=report_to, due=LATER))
    assert [found for found, _ in errors(text)] == [code]
    assert errors(text)[0][1].startswith("requirements.plan.report_to.")
    assert says in said(text)


def test_a_recipient_that_stands_above_nobody_here_is_named_once() -> None:
    text = file(asked(report_to="[ubnd]", to="{region: south}", due=LATER), issuer="bo")
    assert errors(text) == [("no_recipient", "requirements.plan.report_to.0")]


def test_the_issuer_may_owe_something_to_others() -> None:
    plan = plan_of(file(asked(to="{units: [p]}", report_to="[bo, hoi]", due=LATER)))
    root = register(plan, "p")
    assert [duty.unit for duty in root.duties] == ["p"]
    assert reviewers(plan) == {"p": ("bo", "hoi")}


def test_an_advised_document_is_issued_by_the_body_above_of_that_line() -> None:
    plan = plan_of(file(asked(issued_by="ubnd", due=LATER)))
    assert {duty.unit: duty.advised for duty in duties(plan).values()} == {
        "d1": Advised(name="Đơn vị b1", symbol="UBND", unit="b1"),
        "d2": Advised(name="Đơn vị b", symbol="UBND", unit="b"),
    }


def test_a_body_that_is_not_in_the_registry_goes_by_its_symbol() -> None:
    plan = plan_of(file(asked(issued_by="BTV", to="{units: [d2]}", due=LATER)))
    assert duties(plan)["plan@d2"].advised == Advised(name="BTV", symbol="BTV")


def test_a_line_that_no_unit_above_has_is_a_typing_mistake() -> None:
    text = file(asked(issued_by="ubdn", due=LATER))
    assert errors(text) == [("unknown_line", "requirements.plan.issued_by")]
    assert "did you mean 'ubnd'?" in said(text)


def selection(**parts: str) -> str:
    return asked("choose", kind="selection", **({"among": "{level: commune}", "due": "2020-04-10"} | parts))


def test_a_selection_chooses_among_units_below_the_one_that_selects() -> None:
    plan = plan_of(file(selection()))
    assert {duty.unit: duty.candidates for duty in duties(plan).values()} == {
        "d1": {"c1": "c1"},
        "d2": {"c2": "c2", "c3": "c3"},
    }


@pytest.mark.parametrize(
    ("text", "code", "path"),
    [
        (selection(among="{level: commune, tag: pilot}"), "addresses_nobody", "requirements.choose.among"),
        (selection(among="{level: province}"), "addresses_nobody", "requirements.choose.among"),
        (selection().replace(", among: {level: commune}", ""), "missing", "requirements.choose"),
        (asked(among="{level: commune}", due=LATER), "not_a_selection", "requirements.plan.among"),
        (selection(coordinators="{units: [hoi]}"), "coordinates_selection", "requirements.choose.coordinators"),
    ],
)
def test_a_selection_without_candidates_is_an_error(text: str, code: str, path: str) -> None:
    assert (code, path) in errors(file(text))
    assert {found for found, _ in errors(file(text))} == {code}


def test_what_waits_for_a_selection_opens_for_one_choice() -> None:
    model = asked("model", to="{level: commune}", opens="{when_selected: choose, choice: shelter}", due=LATER)
    text = file(selection(choices="{shelter: Nhà tạm lánh, club: Câu lạc bộ}"), model)
    opening = requirements(plan_of(text))["model"].opening
    assert (opening.mode, opening.key, opening.choice) == ("when_selected", "choose", "shelter")
    wrong = text.replace("choice: shelter", "choice: shelte")
    assert errors(wrong) == [("unknown_choice", "requirements.model.opens.choice")]
    assert "did you mean 'shelter'" in said(wrong)
    other = text.replace("kind: selection", "kind: plan")
    assert ("not_a_selection", "requirements.model.opens.when_selected") in errors(other)
    late = text.replace("choice: shelter", "choice: shelter, at_latest: 2020-05-15")
    assert errors(late) == [("opens", "requirements.model.opens.at_latest")]


def test_what_waits_for_a_plan_that_the_body_above_issues_on_advice_is_below_that_body() -> None:
    """A division prepares, its committee issues, and the communes of that committee wait: all in one register."""
    units = {
        found.code: found
        for found in (
            unit("huyen", superior=None, line="ubnd", symbol="UBND"),
            unit("phong", superior="huyen", line="ldtbxh"),
            unit("xa", Level.COMMUNE, "huyen", line="ubnd"),
        )
    }
    prepared = asked(to="{units: [phong]}", issued_by="ubnd", due="2020-04-10")
    waiting = asked("below", to="{level: commune}", opens="{when_accepted: plan}", due="2020-05-15")
    compiled = compile_directive(file(prepared, waiting, issuer="huyen").encode(), units, CALENDAR)
    assert compiled.errors == ()
    assert compiled.plan is not None
    (root,) = compiled.plan.cascades
    assert next(duty for duty in root.duties if duty.unit == "phong").speaks_for("huyen")


def test_settings_that_a_kind_does_not_heed_are_said() -> None:
    text = file(asked(groups="{a: A}", at_most="2", due="2020-04-10"))
    assert warnings(text) == [
        ("no_effect", "requirements.plan.groups"),
        ("no_effect", "requirements.plan.at_most"),
    ]
