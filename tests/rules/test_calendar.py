from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.follow_up import DaysOff
from rules.calendar import FrozenCalendar, WorkingCalendar, day_end, day_start, days_off, last_day, local_day

CALENDAR = WorkingCalendar()
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
DISTANCES = st.integers(1, 60)


@pytest.mark.parametrize(
    ("start", "working_days", "end"),
    [
        (date(2025, 1, 22), 10, date(2025, 2, 12)),
        (date(2025, 1, 14), 2, date(2025, 1, 16)),
        (date(2024, 6, 14), 2, date(2024, 6, 18)),
        (date(2024, 12, 14), 2, date(2024, 12, 17)),
        (date(2026, 12, 14), 2, date(2026, 12, 16)),
        (date(2025, 1, 24), 1, date(2025, 2, 3)),  # Tết 2025 lies between
        (date(2020, 1, 22), 1, date(2020, 1, 30)),
        (date(2020, 1, 30), -1, date(2020, 1, 22)),
    ],
)
def test_working_days_are_added_across_weekends_and_tet(start: date, working_days: int, end: date) -> None:
    assert CALENDAR.add(start, working_days) == end


@pytest.mark.parametrize(
    ("after", "until", "working", "calendar_days"),
    [
        (date(2020, 2, 12), date(2020, 4, 14), 43, 62),
        (date(2022, 2, 14), date(2022, 4, 14), 42, 59),
        (date(2025, 4, 24), date(2025, 5, 5), 5, 11),  # 25/4-05/5 with both ends
        (date(2023, 12, 20), date(2023, 12, 29), 7, 9),
    ],
)
def test_working_days_between_two_documents(after: date, until: date, working: int, calendar_days: int) -> None:
    assert CALENDAR.count(after, until) == working
    assert (until - after).days == calendar_days


def test_the_25th_of_january_2025_rolls_behind_tet() -> None:
    assert date(2025, 1, 25).isoweekday() == 6
    assert CALENDAR.add(date(2025, 1, 25), 1) == date(2025, 2, 3)


@pytest.mark.parametrize(
    ("off", "worked"),
    [
        (date(2019, 4, 29), date(2019, 5, 4)),
        (date(2024, 4, 29), date(2024, 5, 4)),
        (date(2025, 5, 2), date(2025, 4, 26)),
        (date(2026, 8, 31), date(2026, 8, 22)),
    ],
)
def test_a_weekday_given_off_is_worked_on_a_saturday(off: date, worked: date) -> None:
    assert off.isoweekday() <= 5
    assert not CALENDAR.is_working_day(off)
    assert worked.isoweekday() == 6
    assert CALENDAR.is_working_day(worked)


def test_culture_day_is_off_for_the_first_time_in_2026() -> None:
    assert not CALENDAR.is_working_day(date(2026, 11, 24))
    assert CALENDAR.is_working_day(date(2025, 11, 24))


def test_an_office_overrides_single_days_and_no_others() -> None:
    monday, saturday = date(2020, 4, 13), date(2020, 4, 18)
    office = WorkingCalendar({monday: False, saturday: True})
    assert (office.is_working_day(monday), office.is_working_day(saturday)) == (False, True)
    assert office.add(date(2020, 4, 10), 1) == date(2020, 4, 14)
    assert office.count(date(2020, 4, 10), date(2020, 4, 18)) == 5
    assert CALENDAR.is_working_day(monday)


def test_changing_the_given_overrides_later_does_not_change_the_calendar() -> None:
    overrides: dict[date, bool] = {}
    office = WorkingCalendar(overrides)
    overrides[date(2020, 4, 13)] = False
    assert office.is_working_day(date(2020, 4, 13))


def test_an_overridden_day_is_counted_as_the_office_says_in_any_year_of_a_span() -> None:
    holiday, friday = date(2020, 4, 30), date(2021, 5, 7)
    office = WorkingCalendar({holiday: True, friday: False})
    span = (date(2019, 12, 31), date(2021, 12, 31))
    assert office.count(*span) == CALENDAR.count(*span)
    assert office.count(span[0], holiday) == CALENDAR.count(span[0], holiday) + 1
    assert office.count(holiday, span[1]) == CALENDAR.count(holiday, span[1]) - 1


def test_an_override_that_says_what_the_law_says_changes_no_count() -> None:
    monday, sunday = date(2020, 4, 13), date(2020, 4, 19)
    office = WorkingCalendar({monday: True, sunday: False})
    assert office.count(date(2020, 4, 1), date(2020, 4, 30)) == CALENDAR.count(date(2020, 4, 1), date(2020, 4, 30))


def test_what_differs_from_monday_to_friday_is_frozen_with_a_plan() -> None:
    assert days_off(CALENDAR, date(2025, 4, 25), date(2025, 5, 5)) == DaysOff(
        off=(date(2025, 4, 30), date(2025, 5, 1), date(2025, 5, 2)), worked=(date(2025, 4, 26),)
    )


def test_a_frozen_calendar_knows_no_holidays_but_its_own() -> None:
    assert FrozenCalendar(DaysOff()).is_working_day(date(2025, 1, 1))
    assert FrozenCalendar(DaysOff()).add(date(2025, 1, 24), 1) == date(2025, 1, 27)


def test_a_sunday_off_and_a_monday_worked_are_no_exceptions() -> None:
    sunday, monday = date(2020, 4, 12), date(2020, 4, 13)
    frozen = FrozenCalendar(DaysOff(off=(sunday,), worked=(monday,)))
    assert (frozen.is_working_day(sunday), frozen.is_working_day(monday)) == (False, True)
    assert frozen.count(date(2020, 4, 10), monday) == 1


@given(DAYS, st.integers(0, 800), st.dictionaries(st.dates(date(2015, 1, 1), date(2016, 12, 31)), st.booleans()))
def test_a_count_is_that_of_the_days_one_by_one(after: date, days: int, overrides: dict[date, bool]) -> None:
    office = WorkingCalendar(overrides)
    until = after + timedelta(days=days)
    one_by_one = sum(office.is_working_day(after + timedelta(days=n)) for n in range(1, days + 1))
    assert office.count(after, until) == one_by_one
    assert office.count(until, after) == -one_by_one


@given(DAYS, st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_a_frozen_calendar_agrees_with_the_one_it_was_taken_from(first: date, days: int, one: int, two: int) -> None:
    last = first + timedelta(days=days)
    frozen = FrozenCalendar(days_off(CALENDAR, first, last))
    after, until = (first + timedelta(days=min(n, days)) for n in (one, two))
    assert frozen.is_working_day(until) == CALENDAR.is_working_day(until)
    assert frozen.count(after, until) == CALENDAR.count(after, until)
    assert days_off(frozen, first, last) == days_off(CALENDAR, first, last)


@given(DAYS, DISTANCES)
def test_counting_forward_undoes_adding(day: date, working_days: int) -> None:
    end = CALENDAR.add(day, working_days)
    assert CALENDAR.is_working_day(end)
    assert CALENDAR.count(day, end) == working_days
    assert CALENDAR.count(end, day) == -working_days


@given(DAYS.filter(CALENDAR.is_working_day), DISTANCES)
def test_going_back_undoes_going_forward_between_working_days(day: date, working_days: int) -> None:
    assert CALENDAR.add(CALENDAR.add(day, working_days), -working_days) == day
    assert CALENDAR.count(day, CALENDAR.add(day, -working_days)) == -working_days


@given(DAYS, DAYS, DAYS)
def test_counts_add_up_over_a_day_in_between(one: date, two: date, three: date) -> None:
    first, middle, last = sorted((one, two, three))
    assert CALENDAR.count(first, middle) + CALENDAR.count(middle, last) == CALENDAR.count(first, last)


@given(DAYS)
def test_a_day_lasts_24_hours_of_vietnamese_time(day: date) -> None:
    start, end = day_start(day), day_end(day)
    assert start == datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=7)
    assert end - start == timedelta(hours=24)
    assert local_day(start) == day == last_day(end)
    assert local_day(end) == day + timedelta(days=1)


def test_a_time_of_day_is_vietnamese_time() -> None:
    assert day_start(date(2020, 4, 14), time(8)) == datetime(2020, 4, 14, 1, tzinfo=UTC)
