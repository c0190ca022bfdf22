from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.answer import Answer, AttendanceRow, HeldEvent
from models.document import DocumentRef
from models.indicator import Figure, Indicator, IndicatorKind
from models.plan import Advised, Duty, RequirementKind
from rules.answers import Question, problems
from rules.attendance import lacks_split
from tests.rules.plans import DOCUMENT, PAPER, commented, having_held, recommending, requirement, selecting


def asked(kind: RequirementKind, *, duty: dict[str, Any] | None = None, **changed: Any) -> Question:
    """What `d1` is asked by a requirement of this kind."""
    values: dict[str, Any] = {"requirement": "any", "unit": "d1"}
    return Question.of(requirement("any", kind=kind, **changed), Duty.model_validate(values | (duty or {})))


PLAN = asked(RequirementKind.PLAN, accepts_existing=True)
ACTIVITY = asked(RequirementKind.ACTIVITY)
REPORT = asked(RequirementKind.REPORT)
CHOICE = asked(RequirementKind.REPORT, choices={"own": "Riêng", "report": "Bằng báo cáo"})
HEADS = asked(RequirementKind.ACTIVITY, attendance=True)
DRAFT = asked(RequirementKind.CONSULTATION)
CHOOSE = asked(
    RequirementKind.SELECTION,
    choices={"shelter": "Nhà tạm lánh", "club": "Câu lạc bộ"},
    duty={"candidates": {"c1": "Một", "c2": "Hai"}},
)
IDEAS = asked(RequirementKind.RECOMMENDATIONS, groups={"work": "Việc làm", "loan": "Vay vốn"})
MEETING = asked(RequirementKind.EVENT)
ADVISED = asked(RequirementKind.PLAN, duty={"advised": Advised(name="UBND huyện Cao", symbol="UBND")})
UNDATED = DocumentRef(number="12/KH-UBND", normal="12/KH-UBND")
UNNUMBERED = DocumentRef(number=" ", normal="", date=date(2020, 3, 20))
TODAY = date(2020, 3, 10)


@pytest.mark.parametrize("kind", RequirementKind)
def test_an_empty_answer_is_never_handed_in(kind: RequirementKind) -> None:
    assert problems(asked(kind), Answer()) != {}


def test_a_plan_needs_number_date_and_file() -> None:
    assert set(problems(PLAN, Answer())) == {"number", "date", "files"}
    assert set(problems(PLAN, Answer(document=UNDATED, files=(PAPER,)))) == {"date"}
    assert set(problems(PLAN, Answer(document=UNNUMBERED, files=(PAPER,)))) == {"number"}
    assert set(problems(PLAN, Answer(document=DOCUMENT, note="xem công văn"))) == {"files"}


def test_a_report_needs_a_file_and_no_number() -> None:
    assert problems(REPORT, Answer(files=(PAPER,))) == {}
    assert set(problems(REPORT, Answer(note="đã báo cáo"))) == {"files"}


def test_an_activity_needs_a_file_or_a_word_about_it() -> None:
    assert problems(ACTIVITY, Answer(note="đã tổ chức")) == problems(ACTIVITY, Answer(files=(PAPER,))) == {}
    assert set(problems(ACTIVITY, Answer(note="  "))) == {"files"}


def test_a_document_from_before_is_taken_only_where_the_directive_says_so() -> None:
    existing = Answer(document=DOCUMENT, files=(PAPER,), existing=True)
    assert problems(PLAN, existing) == {}
    assert set(problems(REPORT, existing)) == {"existing"}
    assert set(problems(asked(RequirementKind.PLAN), existing)) == {"existing"}


def test_a_document_from_before_is_named_whatever_is_asked() -> None:
    event = asked(RequirementKind.ACTIVITY, accepts_existing=True)
    assert set(problems(event, Answer(files=(PAPER,), existing=True))) == {"number", "date"}
    assert set(problems(event, Answer(document=DOCUMENT, note="đã có", existing=True))) == {"files"}


@pytest.mark.parametrize(("choice", "fine"), [("own", True), ("report", True), ("", False), ("other", False)])
def test_one_of_the_alternative_forms_is_named(choice: str, fine: bool) -> None:
    assert (problems(CHOICE, Answer(files=(PAPER,), choice=choice)) == {}) is fine


@pytest.mark.parametrize(
    ("men", "women", "total", "wrong"),
    [
        (10, 20, 30, None),
        (0, 0, 0, None),
        (None, None, 150, None),  # a real report of 2022 has only this
        (10, 20, 31, "total"),
        (10, 20, None, "total"),
        (None, None, None, "total"),
        (10, None, 30, "men"),
        (None, 20, 30, "men"),
        (-1, 31, 30, "total"),
        (None, None, -1, "total"),
    ],
)
def test_men_and_women_are_the_total(men: int | None, women: int | None, total: int | None, wrong: str | None) -> None:
    found = problems(HEADS, Answer(note="đã làm", men=men, women=women, total=total))
    assert list(found) == ([wrong] if wrong else [])


def test_figures_are_not_asked_where_nobody_counts() -> None:
    assert problems(ACTIVITY, Answer(note="đã làm", men=1, women=1, total=9)) == {}


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(0, 20_000))
def test_a_split_is_right_exactly_when_it_adds_up(men: int, women: int, total: int) -> None:
    found = problems(HEADS, Answer(note="đã làm", men=men, women=women, total=total))
    assert (found == {}) == (men + women == total)
    if found:
        assert str(men + women) in found["total"]


def rows(*figures: tuple[int | None, int | None, int], role: str = "cấp xã") -> tuple[AttendanceRow, ...]:
    return tuple(AttendanceRow(role=role, men=men, women=women, total=total) for men, women, total in figures)


@pytest.mark.parametrize(
    ("attended", "fine"),
    [
        (rows((4, 6, 10), (6, 14, 20)), True),
        (rows((4, 6, 10), (None, None, 20)), True),
        (rows((4, 6, 10), (6, 13, 20)), False),
        (rows((4, 6, 10), (6, 13, 19)), False),
        (rows((4, None, 10), (6, 14, 20)), False),
        (rows((5, 5, 10), (6, 14, 20)), False),
        (rows((4, 6, 10), (6, 14, 20), role=" "), False),
        (rows((-4, 14, 10), (14, 6, 20)), False),
    ],
)
def test_rows_by_role_add_up_to_the_whole(attended: tuple[AttendanceRow, ...], fine: bool) -> None:
    found = problems(HEADS, Answer(note="đã làm", men=10, women=20, total=30, attended=attended))
    assert list(found) == ([] if fine else ["attended"])


def test_an_answer_lacks_its_split_where_any_of_it_was_not_counted() -> None:
    assert not lacks_split(Answer(note="không đếm"))
    assert lacks_split(Answer(total=150))
    assert not lacks_split(Answer(men=10, women=20, total=30))
    assert lacks_split(Answer(men=10, women=20, total=30, attended=rows((None, None, 30))))


def test_no_comment_is_an_answer_and_silence_is_not() -> None:
    assert problems(DRAFT, commented()) == problems(DRAFT, Answer(files=(PAPER,))) == {}
    assert problems(DRAFT, Answer(no_comment=True)) == {}
    assert set(problems(DRAFT, Answer(note=" "))) == {"files"}


def test_no_more_units_are_selected_than_the_directive_allows() -> None:
    one = replace(CHOOSE, at_most=1)
    assert problems(one, selecting("c1")) == {}
    assert problems(one, selecting("c1", "c2")) == {"selected": "Chỉ chọn tối đa 1 đơn vị."}
    assert problems(replace(CHOOSE, at_most=2), selecting("c1", "c2")) == {}


@pytest.mark.parametrize(
    ("answer", "fine"),
    [
        (selecting("c1"), True),
        (Answer(selected=selecting("c1").selected + selecting("c1", choice="club").selected), True),
        (selecting(), False),
        (selecting("c1", "c1"), False),
        (selecting("c3"), False),
        (selecting("c1", choice=""), False),
        (selecting("c1", choice="other"), False),
    ],
)
def test_a_selection_names_candidates_each_with_a_model(answer: Answer, fine: bool) -> None:
    assert list(problems(CHOOSE, answer)) == ([] if fine else ["selected"])


@pytest.mark.parametrize(
    ("answer", "fine"),
    [
        (recommending("mở lớp"), True),
        (recommending().model_copy(update={"no_comment": True}), True),
        (recommending(), False),
        (recommending(" "), False),
        (recommending("mở lớp", group="other"), False),
        (recommending("mở lớp").model_copy(update={"no_comment": True}), False),
    ],
)
def test_recommendations_are_in_a_group_or_said_not_to_be_any(answer: Answer, fine: bool) -> None:
    assert list(problems(IDEAS, answer)) == ([] if fine else ["recommendations"])


def test_groups_are_not_asked_where_there_are_none() -> None:
    assert problems(asked(RequirementKind.RECOMMENDATIONS), recommending("mở lớp", group="")) == {}


def test_an_event_is_reported_after_it_was_held() -> None:
    assert problems(MEETING, having_held(on=TODAY), TODAY) == {}
    assert list(problems(MEETING, having_held(on=date(2020, 3, 11)), TODAY)) == ["held_date"]
    assert problems(MEETING, having_held(on=date(2020, 3, 11))) == {}
    assert set(problems(MEETING, Answer(note="đã họp"), TODAY)) == {"held_name", "held_date"}
    unnamed = Answer(held=HeldEvent(name=" ", date=TODAY))
    assert list(problems(MEETING, unnamed, TODAY)) == ["held_name"]


@pytest.mark.parametrize(
    ("number", "fine"),
    [
        ("25/KH-UBND", True),
        ("25/KH–ubnd", True),
        ("1298/QĐ-UBND-HC", True),
        ("1234/UBND-VX", True),
        ("25/KH-PLĐTBXH", False),
        ("25/KH-UBNDX", False),
        ("UBND", False),
    ],
)
def test_what_is_prepared_for_another_body_carries_that_bodys_symbol(number: str, fine: bool) -> None:
    document = DocumentRef(number=number, normal=number, date=TODAY)
    found = problems(ADVISED, Answer(document=document, files=(PAPER,)))
    assert list(found) == ([] if fine else ["number"])
    assert fine or "UBND huyện Cao" in found["number"]


def test_a_proposal_may_be_left_out_but_not_its_number() -> None:
    advised = Answer(document=DOCUMENT, files=(PAPER,))
    assert problems(ADVISED, advised) == {}
    assert problems(ADVISED, advised.model_copy(update={"proposal": UNDATED})) == {}
    assert list(problems(ADVISED, advised.model_copy(update={"proposal": UNNUMBERED}))) == ["proposal_number"]


def indicator(key: str, kind: IndicatorKind = IndicatorKind.NUMBER, *parts: str) -> Indicator:
    return Indicator(key=key, title=key, kind=kind, parts=parts)


NUMBER, PERCENT, YES_NO = IndicatorKind.NUMBER, IndicatorKind.PERCENT, IndicatorKind.YES_NO


@pytest.mark.parametrize(
    ("kind", "figure", "fine"),
    [
        (NUMBER, Figure(value=0), True),
        (NUMBER, Figure(), False),
        (NUMBER, Figure(value=-1), False),
        (NUMBER, Figure(value=float("nan")), False),
        (NUMBER, Figure(value=30, men=10, women=20), True),
        (NUMBER, Figure(value=30, men=10, women=21), False),
        (NUMBER, Figure(value=30, men=10), False),
        (PERCENT, Figure(numerator=0, denominator=0), True),
        (PERCENT, Figure(numerator=3, denominator=4), True),
        (PERCENT, Figure(numerator=5, denominator=4), False),
        (PERCENT, Figure(numerator=3), False),
        (YES_NO, Figure(yes=False), True),
        (YES_NO, Figure(), False),
    ],
)
def test_a_figure_is_complete_and_possible(kind: IndicatorKind, figure: Figure, fine: bool) -> None:
    measured = asked(RequirementKind.REPORT, indicators=(indicator("one", kind),))
    found = problems(measured, Answer(files=(PAPER,), figures={"one": figure}))
    assert list(found) == ([] if fine else ["figures.one"])


def test_parts_add_up_to_their_whole() -> None:
    measured = asked(
        RequirementKind.REPORT,
        indicators=(indicator("all", NUMBER, "north", "south"), indicator("north"), indicator("south")),
    )
    figures = {"all": Figure(value=0.3), "north": Figure(value=0.1), "south": Figure(value=0.2)}
    assert problems(measured, Answer(files=(PAPER,), figures=figures)) == {}
    wrong = figures | {"all": Figure(value=0.4)}
    assert list(problems(measured, Answer(files=(PAPER,), figures=wrong))) == ["figures.all"]
    missing = {key: figure for key, figure in figures.items() if key != "south"}
    assert list(problems(measured, Answer(files=(PAPER,), figures=missing))) == ["figures.south"]
