from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.follow_up import Audience, FollowUp, Rung, StepKind, Track
from models.obligation import ObligationState, State
from rules.calendar import WorkingCalendar, day_end, day_start, days_off, local_day
from rules.ladder import (
    DEFAULT_LADDER,
    FOLLOWED_UP,
    NOT_RESUBMITTED,
    UNACKNOWLEDGED,
    Schedule,
    reply_reminder,
    review_ladder,
    silence,
    steps,
    tracks,
)

CALENDAR = WorkingCalendar()
DAYS_OFF = days_off(CALENDAR, date(2018, 1, 1), date(2029, 12, 31))
REMIND, LATE = StepKind.REMINDER, StepKind.OVERDUE
LONG_AFTER = day_end(date(2020, 12, 31))
ABOVE_ONLY = (Audience.TRACKER, Audience.ISSUER)


def policy(ladder: tuple[Rung, ...] = DEFAULT_LADDER, send_at: time = time(8), silent_after: int = 90) -> FollowUp:
    return FollowUp(ladder=ladder, send_at=send_at, silent_after=silent_after, days_off=DAYS_OFF)


USUAL = policy().model_copy(
    update={"unacknowledged": UNACKNOWLEDGED, "returned": NOT_RESUBMITTED, "review": review_ladder(5)}
)


def days_of(due: date) -> dict[str, date]:
    return {step.name: local_day(step.at) for step in steps(Track.DUE, due, policy())}


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
    assert [(step.name, step.kind) for step in steps(Track.DUE, date(2020, 4, 10), policy(written))] == [
        ("T-1", REMIND),
        ("T+1", LATE),
    ]


def test_steps_go_out_at_the_offices_time_of_day() -> None:
    (step,) = steps(Track.DUE, date(2020, 4, 10), policy((Rung(days=1, kind=LATE),), time(13, 45)))
    assert step.at == day_start(date(2020, 4, 13), time(13, 45))


def test_a_ladder_counts_from_the_last_day_also_where_that_ends_at_an_office_hour() -> None:
    at_five, at_midnight = day_start(date(2020, 4, 10), time(17)), day_end(date(2020, 4, 10))
    assert tracks(obligation(due=at_five)) == tracks(obligation(due=at_midnight)) == {Track.DUE: date(2020, 4, 10)}


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


HEARD, DUE = day_start(date(2020, 3, 3), time(9)), day_end(date(2020, 4, 10))
ON_3_MARCH, ON_10_APRIL = date(2020, 3, 3), date(2020, 4, 10)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, {Track.DUE: ON_10_APRIL, Track.UNACKNOWLEDGED: ON_3_MARCH}),
        ({"acknowledged_at": HEARD}, {Track.DUE: ON_10_APRIL}),
        ({"due": None}, {Track.UNACKNOWLEDGED: ON_3_MARCH, Track.SILENCE: ON_3_MARCH}),
        ({"due": None, "acknowledged_at": HEARD}, {Track.SILENCE: ON_3_MARCH}),
        ({"state": State.RETURNED}, {Track.DUE: ON_10_APRIL, Track.RETURNED: ON_10_APRIL}),
        (
            {"state": State.RETURNED, "heard_at": day_start(date(2020, 4, 20))},
            {Track.DUE: ON_10_APRIL, Track.RETURNED: date(2020, 4, 20)},
        ),
        ({"state": State.RETURNED, "due": None}, {Track.RETURNED: ON_3_MARCH, Track.SILENCE: ON_3_MARCH}),
        ({"state": State.SUBMITTED}, {Track.REVIEW: ON_3_MARCH}),
        ({"coordinating": True}, {Track.DUE: ON_10_APRIL}),
        ({"coordinating": True, "due": None}, {}),
        ({"coordinating": True, "state": State.RETURNED}, {Track.DUE: ON_10_APRIL}),
        ({"coordinating": True, "state": State.SUBMITTED}, {Track.REVIEW: ON_3_MARCH}),
        *(({"state": state}, {}) for state in State if state not in FOLLOWED_UP),
    ],
)
def test_each_ladder_is_for_one_way_of_standing_still(known: dict[str, object], expected: dict[Track, date]) -> None:
    assert tracks(obligation(**{"due": DUE, "heard_at": HEARD} | known)) == expected


def names(item: ObligationState, track: Track, follow_up: FollowUp = USUAL) -> list[str]:
    """All steps of a ladder that ever fire if nothing happens any more."""
    return [step.name for step in Schedule(follow_up).reached(item, LONG_AFTER).get(track, ())]


def test_a_unit_that_only_takes_part_has_the_reminders_of_a_ladder_and_no_more() -> None:
    takes_part = obligation(due=DUE, heard_at=HEARD, coordinating=True)
    assert names(takes_part, Track.DUE) == ["T-10", "T-5", "T-1"]
    assert names(obligation(due=DUE), Track.DUE) == ["T-10", "T-5", "T-1", "T+1", "T+5", "T+15"]
    to_everybody = policy((Rung(days=5, kind=REMIND, to=tuple(Audience)), Rung(days=9, kind=REMIND, to=ABOVE_ONLY)))
    (step,) = Schedule(to_everybody).reached(takes_part, LONG_AFTER)[Track.DUE]
    assert step.to == (Audience.FOCAL, Audience.HEAD)
    assert Schedule(USUAL).counted(obligation(heard_at=HEARD, coordinating=True), HEARD).next_step_at is None


def test_what_was_never_acknowledged_is_a_matter_of_the_due_ladder_once_it_is_due() -> None:
    assert names(obligation(due=DUE, heard_at=HEARD), Track.UNACKNOWLEDGED) == ["A+3", "A+5", "A+10"]
    soon = obligation(due=day_end(date(2020, 3, 9)), heard_at=HEARD)
    assert names(soon, Track.UNACKNOWLEDGED) == ["A+3"]


def test_what_was_returned_is_pressed_for_on_its_own_ladder_and_reminded_of_its_date() -> None:
    returned = obligation(state=State.RETURNED, due=DUE, heard_at=HEARD)
    assert names(returned, Track.RETURNED) == ["R+3", "R+5", "R+10", "R+20"]
    assert names(returned, Track.DUE) == ["T-10", "T-5", "T-1"]
    without = USUAL.model_copy(update={"returned": ()})
    assert names(returned, Track.DUE, without) == ["T-10", "T-5", "T-1", "T+1", "T+5", "T+15"]


@pytest.mark.parametrize(("review_days", "expected"), [(5, [5, 8, 15]), (0, [1, 3, 10]), (10, [10, 13, 20])])
def test_a_review_is_late_after_the_days_that_it_may_take(review_days: int, expected: list[int]) -> None:
    ladder = review_ladder(review_days)
    assert [step.days for step in ladder] == expected
    assert [step.to for step in ladder] == [(Audience.TRACKER,), (Audience.TRACKER_HEAD,), (Audience.ABOVE,)]


def test_what_lies_behind_and_what_is_reached_are_told_apart_by_the_instant() -> None:
    schedule, due = Schedule(policy()), day_end(date(2020, 4, 10))
    at = day_start(date(2020, 4, 9), time(8))  # the very instant of T-1
    counted = schedule.counted(obligation(due=due), at)
    assert (counted.climbed, counted.next_step_at) == ({Track.DUE: 3}, day_start(date(2020, 4, 13), time(8)))
    assert schedule.counted(obligation(), at).climbed == {}
    reached = schedule.reached(obligation(due=due, climbed={Track.DUE: 1}), at)[Track.DUE]
    assert [step.name for step in reached] == ["T-5", "T-1"]
    assert schedule.reached(obligation(due=due, climbed={Track.DUE: 3}), at) == {}


@given(
    st.dates(date(2019, 1, 1), date(2028, 12, 31)), st.sets(st.integers(-60, 60).filter(bool), min_size=1, max_size=6)
)
def test_steps_of_any_ladder_are_distinct_ordered_working_days_on_their_side_of_the_due_day(
    due: date, offsets: set[int]
) -> None:
    found = steps(Track.DUE, due, policy(tuple(Rung(days=number, kind=REMIND) for number in offsets)))
    days = [local_day(step.at) for step in found]
    assert days == sorted(set(days))
    assert all(CALENDAR.is_working_day(day) for day in days)
    assert [day > due for day in days] == [number > 0 for number in sorted(offsets)]


@given(st.dates(date(2019, 3, 1), date(2026, 12, 31)), st.integers(1, 400), st.integers(0, 5))
def test_silence_is_never_chased_early_and_never_on_a_day_off(heard: date, silent_after: int, number: int) -> None:
    step = silence(heard, number, policy(silent_after=silent_after))
    assert step is not None
    day = local_day(step.at)
    assert day - heard >= timedelta(days=silent_after * (number + 1))
    assert day.year > 2029 or CALENDAR.is_working_day(day)
