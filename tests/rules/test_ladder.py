from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.obligation import ObligationState, State
from models.plan import FollowUp, Rung, StepKind
from rules.calendar import WorkingCalendar, day_end, day_start, days_off, local_day
from rules.ladder import DEFAULT_LADDER, Schedule, reply_reminder, silence, steps

CALENDAR = WorkingCalendar()
DAYS_OFF = days_off(CALENDAR, date(2018, 1, 1), date(2029, 12, 31))
REMIND, LATE = StepKind.REMINDER, StepKind.OVERDUE


def policy(ladder: tuple[Rung, ...] = DEFAULT_LADDER, send_at: time = time(8), silent_after: int = 90) -> FollowUp:
    return FollowUp(ladder=ladder, send_at=send_at, silent_after=silent_after, days_off=DAYS_OFF)


def days_of(due: date) -> dict[str, date]:
    return {step.name: local_day(step.at) for step in steps(day_end(due), policy())}


def obligation(**known: object) -> ObligationState:
    return ObligationState.model_validate({"requirement": "r", "unit": "u", "state": State.OPEN} | known)


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
    written = (Rung(days=1, kind=LATE), Rung(days=-1, kind=REMIND))
    assert [(step.name, step.kind) for step in steps(day_end(date(2020, 4, 10)), policy(written))] == [
        ("T-1", REMIND),
        ("T+1", LATE),
    ]


def test_steps_go_out_at_the_offices_time_of_day() -> None:
    (step,) = steps(day_end(date(2020, 4, 10)), policy((Rung(days=1, kind=LATE),), time(13, 45)))
    assert step.at == day_start(date(2020, 4, 13), time(13, 45))


def test_a_ladder_counts_from_the_last_day_also_where_that_ends_at_an_office_hour() -> None:
    due = day_start(date(2020, 4, 10), time(17))
    assert [step.at for step in steps(due, policy())] == [
        step.at for step in steps(day_end(date(2020, 4, 10)), policy())
    ]


@pytest.mark.parametrize(
    ("heard", "number", "name", "day"),
    [
        (date(2020, 3, 3), 0, "S+90", date(2020, 6, 1)),
        (date(2020, 3, 2), 0, "S+90", date(2020, 6, 1)),  # the 31st of May is a Sunday
        (date(2020, 3, 3), 1, "S+180", date(2020, 8, 31)),  # 30 August too
        (date(2019, 10, 26), 0, "S+90", date(2020, 1, 30)),  # Tết
    ],
)
def test_silence_is_chased_after_calendar_days_on_a_working_day(heard: date, number: int, name: str, day: date) -> None:
    step = silence(heard, number, policy())
    assert step is not None
    assert (step.name, step.kind, step.at) == (name, StepKind.SILENCE, day_start(day, time(8)))


def test_a_reply_is_asked_for_on_the_working_day_after_its_last() -> None:
    assert reply_reminder(date(2020, 1, 22), policy()) == day_start(date(2020, 1, 30), time(8))


def test_a_unit_that_only_takes_part_has_the_reminders_of_a_ladder_and_no_more() -> None:
    schedule, due = Schedule(policy()), day_end(date(2020, 4, 10))
    long_after = day_end(date(2020, 12, 31))
    names = [step.name for step in schedule.reached(obligation(due=due, coordinating=True), long_after)]
    assert names == ["T-10", "T-5", "T-1"]
    assert len(schedule.reached(obligation(due=due), long_after)) == len(DEFAULT_LADDER)
    silent = obligation(heard_at=due, coordinating=True)
    assert schedule.step(silent, 0) is None


def test_what_lies_behind_and_what_is_reached_are_told_apart_by_the_instant() -> None:
    schedule, due = Schedule(policy()), day_end(date(2020, 4, 10))
    at = day_start(date(2020, 4, 9), time(8))  # the very instant of T-1
    assert (schedule.behind(due, False, at), schedule.behind(None, False, at)) == (3, 0)
    assert [step.name for step in schedule.reached(obligation(due=due, next_step=1), at)] == ["T-5", "T-1"]
    assert schedule.reached(obligation(due=due, next_step=3), at) == ()


@given(
    st.dates(date(2019, 1, 1), date(2028, 12, 31)), st.sets(st.integers(-60, 60).filter(bool), min_size=1, max_size=6)
)
def test_steps_of_any_ladder_are_distinct_ordered_working_days_on_their_side_of_the_due_day(
    due: date, offsets: set[int]
) -> None:
    found = steps(day_end(due), policy(tuple(Rung(days=number, kind=REMIND) for number in offsets)))
    days = [local_day(step.at) for step in found]
    assert days == sorted(set(days))
    assert all(CALENDAR.is_working_day(day) for day in days)
    assert [day > due for day in days] == [number > 0 for number in sorted(offsets)]


@given(st.dates(date(2019, 3, 1), date(2026, 12, 31)), st.integers(1, 400), st.integers(0, 5))
def test_a_chase_is_never_early_and_never_a_day_off(heard: date, silent_after: int, number: int) -> None:
    step = silence(heard, number, policy(silent_after=silent_after))
    assert step is not None
    day = local_day(step.at)
    assert day - heard >= timedelta(days=silent_after * (number + 1))
    assert day.year > 2029 or CALENDAR.is_working_day(day)
