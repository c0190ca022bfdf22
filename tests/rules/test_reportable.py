"""What a report can be on."""

from datetime import date, timedelta

import pytest

from models.plan import DirectiveHead
from rules.calendar import day_end, day_start
from rules.periods import read_period
from rules.register_tree import RegisterFace
from rules.reportable import NotReportable, as_of_day, as_of_period, branch_of, end_of, reported_before
from tests.rules.plans import DOCUMENT

HEAD = DirectiveHead(
    directive_id="x", label="12/KH-UBND", document=DOCUMENT, type="Kế hoạch", place="Nhỏ", issuer="p",
    starts=day_start(date(2020, 3, 2)), closing=day_end(date(2020, 12, 31)),
)  # fmt: skip
NOW = day_start(date(2020, 6, 20)) + timedelta(hours=10)
TREE = (RegisterFace("top", "bo", None), RegisterFace("a", "so", "top"), RegisterFace("b", "phong", "a"))


def test_a_directive_ends_on_its_closing_or_when_it_is_closed_before() -> None:
    assert end_of(HEAD, None) == HEAD.closing
    assert end_of(HEAD, NOW) == NOW
    assert end_of(HEAD, HEAD.closing + timedelta(milliseconds=60)) == HEAD.closing


def test_a_day_ends_at_midnight_and_today_has_not_ended() -> None:
    assert as_of_day(HEAD, date(2020, 6, 19), NOW) == day_end(date(2020, 6, 19))
    assert as_of_day(HEAD, date(2020, 6, 20), NOW) == NOW
    assert as_of_day(HEAD, date(2020, 3, 2), NOW) == day_end(date(2020, 3, 2))


@pytest.mark.parametrize("day", [date(2020, 3, 1), date(2020, 6, 21)])
def test_there_is_no_report_on_a_day_before_the_directive_or_to_come(day: date) -> None:
    with pytest.raises(NotReportable, match="2020-"):
        as_of_day(HEAD, day, NOW)


@pytest.mark.parametrize(
    ("text", "ends", "before"),
    [
        ("tháng 3/2020", day_end(date(2020, 3, 14)), None),
        ("tháng 4/2020", day_end(date(2020, 4, 14)), "tháng 3/2020"),
        ("quý II/2020", day_end(date(2020, 6, 14)), "quý I/2020"),
        ("năm 2020", NOW, None),
    ],
)
def test_a_period_has_its_data_up_to_its_last_day_or_now(text: str, ends: object, before: str | None) -> None:
    period = read_period(text)
    assert period is not None
    assert as_of_period(HEAD, period, NOW) == ends
    assert reported_before(HEAD, period) == (read_period(before) if before else None)


@pytest.mark.parametrize("text", ["ngày 01/3/2020", "tháng 02/2020", "quý IV/2020"])
def test_there_is_no_report_on_a_period_over_before_the_directive_or_to_come(text: str) -> None:
    period = read_period(text)
    assert period is not None
    with pytest.raises(NotReportable, match=period.label):
        as_of_period(HEAD, period, NOW)


def test_a_branch_is_all_that_a_unit_keeps_with_what_lies_below() -> None:
    assert branch_of(TREE, "bo") == (list(TREE), [])
    assert branch_of(TREE, "so") == (list(TREE[1:]), ["bo"])
    assert branch_of(TREE, "phong") == ([TREE[2]], ["so"])
    with pytest.raises(NotReportable, match="keeps no register"):
        branch_of(TREE, "xa")


def test_who_took_a_register_over_reports_on_it_also_for_days_before_that() -> None:
    assert branch_of(TREE, "so-moi", kept_now={"a"}) == (list(TREE[1:]), ["bo"])
    assert branch_of(TREE, "so", kept_now={"top"}) == (list(TREE[1:]), ["bo"]), "who kept one then reports on that"
