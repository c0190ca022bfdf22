from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from models.directive import Rung
from models.plan import StepKind
from rules.calendar import WorkingCalendar, day_end, day_start, local_day
from rules.ladder import DEFAULT_LADDER, offset, steps

CALENDAR = WorkingCalendar()


def days_of(due: date, ladder: tuple[Rung, ...] = DEFAULT_LADDER) -> dict[str, date]:
    return {step.name: local_day(step.at) for step in steps(day_end(due), ladder, CALENDAR, time(8))}


def test_steps_around_tet_are_counted_in_working_days() -> None:
    assert days_of(date(2025, 1, 22)) == {  # Tết 2025: 25 January to 2 February
        "T-10": date(2025, 1, 8),
        "T-5": date(2025, 1, 15),
        "T-1": date(2025, 1, 21),
        "T+1": date(2025, 1, 23),
        "T+5": date(2025, 2, 5),
        "T+15": date(2025, 2, 19),
    }


def test_the_first_steps_after_a_due_day_before_tet_wait_until_work_begins() -> None:
    found = days_of(date(2020, 1, 22))  # Tết 2020: 23 to 29 January
    assert (found["T+1"], found["T+5"]) == (date(2020, 1, 30), date(2020, 2, 5))


def test_a_due_day_that_is_a_day_off_has_its_steps_on_working_days_around_it() -> None:
    found = days_of(date(2019, 12, 15))  # a Sunday
    assert (found["T-1"], found["T+1"]) == (date(2019, 12, 13), date(2019, 12, 16))


def test_a_saturday_worked_in_exchange_counts() -> None:
    assert days_of(date(2025, 4, 25))["T+1"] == date(2025, 4, 26)


def test_steps_come_in_the_order_of_time_however_they_were_written() -> None:
    written = (Rung(at="T+1", do=StepKind.OVERDUE), Rung(at="T-1", do=StepKind.REMINDER))
    assert [(step.name, step.kind) for step in steps(day_end(date(2020, 4, 10)), written, CALENDAR, time(8))] == [
        ("T-1", StepKind.REMINDER),
        ("T+1", StepKind.OVERDUE),
    ]


def test_steps_go_out_at_the_offices_time_of_day() -> None:
    (step,) = steps(day_end(date(2020, 4, 10)), [Rung(at="T+1", do=StepKind.OVERDUE)], CALENDAR, time(13, 45))
    assert step.at == day_start(date(2020, 4, 13), time(13, 45))


@pytest.mark.parametrize("written", ["T5", "5", "T+", "T+1000", "t+1", "T +1", "T+1 "])
def test_a_step_that_is_no_distance_is_not_a_rung(written: str) -> None:
    with pytest.raises(ValidationError):
        Rung(at=written, do=StepKind.REMINDER)


@given(
    st.dates(date(2019, 1, 1), date(2028, 12, 31)), st.sets(st.integers(-60, 60).filter(bool), min_size=1, max_size=6)
)
def test_steps_of_any_ladder_are_distinct_ordered_working_days_on_their_side_of_the_due_day(
    due: date, offsets: set[int]
) -> None:
    ladder = [Rung(at=f"T{number:+d}", do=StepKind.REMINDER) for number in offsets]
    assert {offset(rung) for rung in ladder} == offsets
    found = steps(day_end(due), ladder, CALENDAR, time(8))
    days = [local_day(step.at) for step in found]
    assert days == sorted(set(days))
    assert all(CALENDAR.is_working_day(day) for day in days)
    assert [day > due for day in days] == [number > 0 for number in sorted(offsets)]
