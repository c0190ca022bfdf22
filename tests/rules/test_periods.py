from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.due import Every
from models.plan import Period
from rules.calendar import WorkingCalendar
from rules.periods import EXAMPLES, last_month_day, period_before, periods, read_period, slug_of

CALENDAR = WorkingCalendar()
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
BY_MONTHS = (Every.MONTH, Every.QUARTER, Every.HALF_YEAR, Every.YEAR)


@pytest.mark.parametrize(
    ("text", "label", "first", "last"),
    [
        ("tháng 5/2020", "Tháng 5 năm 2020", date(2020, 4, 15), date(2020, 5, 14)),
        ("Tháng 01/2025", "Tháng 01 năm 2025", date(2024, 12, 15), date(2025, 1, 14)),
        ("tháng 12 năm 2020", "Tháng 12 năm 2020", date(2020, 11, 15), date(2020, 12, 14)),
        ("quý I/2020", "Quý I năm 2020", date(2019, 12, 15), date(2020, 3, 14)),
        ("quý II/2020", "Quý II năm 2020", date(2020, 3, 15), date(2020, 6, 14)),
        ("Quý 3 năm 2020", "Quý III năm 2020", date(2020, 6, 15), date(2020, 9, 14)),
        ("quý iv/2020", "Quý IV năm 2020", date(2020, 9, 15), date(2020, 12, 14)),
        ("6 tháng đầu năm 2024", "6 tháng đầu năm 2024", date(2023, 12, 15), date(2024, 6, 14)),
        ("06 tháng cuối năm 2024", "6 tháng cuối năm 2024", date(2024, 6, 15), date(2024, 12, 14)),
        ("9 tháng năm 2020", "9 tháng đầu năm 2020", date(2019, 12, 15), date(2020, 9, 14)),
        ("năm 2024", "Năm 2024", date(2023, 12, 15), date(2024, 12, 14)),
        ("tuần 20/2020", "Tuần 20 năm 2020", date(2020, 5, 11), date(2020, 5, 17)),
        ("tuần 1 năm 2021", "Tuần 1 năm 2021", date(2021, 1, 4), date(2021, 1, 10)),
        ("ngày 18/10/2020", "Ngày 18/10/2020", date(2020, 10, 18), date(2020, 10, 18)),
    ],
)
def test_a_period_runs_from_the_15th_to_the_14th(text: str, label: str, first: date, last: date) -> None:
    assert read_period(text) == Period(label=label, first=first, last=last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2020",
        "tháng 5",
        "tháng 13/2020",
        "tháng 0/2020",
        "quý V/2020",
        "3 tháng năm 2020",
        "tuần 53/2021",
        "năm 9999",
        "năm 0000",
        "ngày 31/6/2020",
        "giai đoạn 2016-2020",
    ],
)
def test_what_names_no_period_is_not_read(text: str) -> None:
    assert read_period(text) is None


def test_the_action_month_ends_after_the_years_data_are_closed() -> None:
    year = read_period("năm 2019")
    assert year is not None
    assert year.last < date(2019, 12, 15)


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("tháng 01/2025", date(2025, 1, 16)),
        ("6 tháng đầu năm 2024", date(2024, 6, 18)),
        ("năm 2024", date(2024, 12, 17)),
        ("năm 2026", date(2026, 12, 16)),
    ],
)
def test_two_working_days_after_the_cut_off(text: str, sent: date) -> None:
    period = read_period(text)
    assert period is not None
    assert CALENDAR.add(period.last, 2) == sent


@pytest.mark.parametrize(
    ("every", "first", "last", "slugs"),
    [
        (Every.DAY, date(2020, 10, 18), date(2020, 10, 20), ["2020-10-18", "2020-10-19", "2020-10-20"]),
        (Every.WEEK, date(2020, 10, 12), date(2020, 10, 25), ["2020-w42", "2020-w43"]),
        (Every.WEEK, date(2020, 10, 18), date(2020, 10, 24), ["2020-w42"]),
        (Every.WEEK, date(2020, 12, 28), date(2021, 1, 10), ["2020-w53", "2021-w01"]),
        (Every.MONTH, date(2020, 4, 14), date(2020, 6, 13), ["2020-04", "2020-05"]),
        (Every.QUARTER, date(2020, 4, 14), date(2021, 3, 31), ["2020-q2", "2020-q3", "2020-q4", "2021-q1"]),
        (Every.HALF_YEAR, date(2020, 4, 14), date(2020, 12, 31), ["2020-h1", "2020-h2"]),
        (Every.YEAR, date(2020, 4, 14), date(2022, 12, 13), ["2020", "2021"]),
        (Every.YEAR, date(2020, 4, 14), date(2020, 12, 13), []),
        (Every.DAY, date(2020, 10, 20), date(2020, 10, 18), []),
    ],
)
def test_what_recurs_has_the_periods_that_are_closed_within_its_life(
    every: Every, first: date, last: date, slugs: list[str]
) -> None:
    assert [slug_of(every, period) for period in periods(every, first, last)] == slugs


@given(st.sampled_from(Every), DAYS, st.integers(0, 800))
def test_periods_follow_each_other_without_gap_and_have_names_of_their_own(
    every: Every, first: date, days: int
) -> None:
    last = first + timedelta(days=days)
    found = periods(every, first, last)
    assert all(first <= period.last <= last and period.first <= period.last for period in found)
    assert all(after.first == before.last + timedelta(days=1) for before, after in pairwise(found))
    slugs = [slug_of(every, period) for period in found]
    assert slugs == sorted(set(slugs))
    assert all(slug.isascii() for slug in slugs)


@given(st.sampled_from(Every), DAYS)
def test_a_period_is_read_by_its_own_name(every: Every, day: date) -> None:
    for period in periods(every, day, day + timedelta(days=400)):
        assert read_period(period.label) == period


@given(st.text())
def test_any_text_is_read_or_not_but_never_fails(text: str) -> None:
    assert read_period(text) is None or text


@pytest.mark.parametrize(
    ("text", "every", "day", "due"),
    [
        ("tháng 01/2025", Every.MONTH, 25, date(2025, 1, 25)),
        ("quý II/2020", Every.QUARTER, 25, date(2020, 6, 25)),
        ("6 tháng đầu năm 2024", Every.HALF_YEAR, 25, date(2024, 6, 25)),
        ("năm 2020", Every.YEAR, 10, date(2020, 12, 10)),
        ("tháng 2/2021", Every.MONTH, 31, date(2021, 2, 28)),
        ("tháng 4/2021", Every.MONTH, 31, date(2021, 4, 30)),
        ("tuần 42/2020", Every.WEEK, 25, date(2020, 10, 18)),
        ("ngày 18/10/2020", Every.DAY, 25, date(2020, 10, 18)),
    ],
)
def test_a_day_of_the_periods_last_month(text: str, every: Every, day: int, due: date) -> None:
    period = read_period(text)
    assert period is not None
    assert last_month_day(period, every, day) == due


@given(st.sampled_from(BY_MONTHS), DAYS, st.integers(1, 31))
def test_a_day_of_the_last_month_never_leaves_that_month(every: Every, day: date, number: int) -> None:
    for period in periods(every, day, day + timedelta(days=400)):
        found = last_month_day(period, every, number)
        assert (found.year, found.month) == (period.last.year, period.last.month)
        assert found.day == number or (found.day < number and (found + timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("ngày 01/3/2020", "ngày 29/2/2020"),
        ("tuần 1/2021", "tuần 53/2020"),
        ("tháng 01/2020", "tháng 12/2019"),
        ("quý I/2020", "quý IV/2019"),
        ("6 tháng đầu năm 2020", "6 tháng cuối năm 2019"),
        ("6 tháng cuối năm 2020", "6 tháng đầu năm 2020"),
        ("9 tháng năm 2020", "9 tháng năm 2019"),
        ("năm 2020", "năm 2019"),
    ],
)
def test_the_period_before_is_of_the_same_kind(text: str, before: str) -> None:
    period = read_period(text)
    assert period is not None
    assert period_before(period) == read_period(before)


def test_a_period_that_no_regime_has_follows_none() -> None:
    assert period_before(Period(label="Tết", first=date(2020, 1, 20), last=date(2020, 2, 3))) is None


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_kind_that_is_proposed_is_a_period(text: str) -> None:
    assert read_period(text) is not None
