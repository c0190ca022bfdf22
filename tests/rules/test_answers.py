from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.command import Answer
from models.document import DocumentRef
from models.plan import RequirementKind
from rules.answers import problems
from tests.rules.plans import DOCUMENT, PAPER, answer, requirement

PLAN = requirement("plan", accepts_existing=True)
ACTIVITY = requirement("activity", kind=RequirementKind.ACTIVITY)
REPORT = requirement("report", kind=RequirementKind.REPORT)
CHOICE = requirement("choice", kind=RequirementKind.REPORT, choices={"own": "Riêng", "report": "Bằng báo cáo"})
HEADS = requirement("heads", kind=RequirementKind.ACTIVITY, attendance=True)
UNDATED = DocumentRef(number="12/KH-UBND", normal="12/KH-UBND")
UNNUMBERED = DocumentRef(number=" ", normal="", date=date(2020, 3, 20))


@pytest.mark.parametrize("kind", RequirementKind)
def test_a_complete_answer_has_no_problems(kind: RequirementKind) -> None:
    asked = requirement("any", kind=kind, choices={"launch": "Lễ"}, attendance=True)
    assert problems(asked, answer()) == {}


@pytest.mark.parametrize("kind", RequirementKind)
def test_an_empty_answer_is_never_handed_in(kind: RequirementKind) -> None:
    assert "files" in problems(requirement("any", kind=kind), Answer())


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
    assert set(problems(requirement("other"), existing)) == {"existing"}


def test_a_document_from_before_is_named_whatever_is_asked() -> None:
    asked = requirement("report", kind=RequirementKind.REPORT, accepts_existing=True)
    assert set(problems(asked, Answer(files=(PAPER,), existing=True))) == {"number", "date"}


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
