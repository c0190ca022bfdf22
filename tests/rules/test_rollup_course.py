"""How things came to stand as they do: progress day by day, rates by month, and how long something is overdue."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.obligation import DONE, NOT_ASKED, State
from models.register import ObligationLine
from rules.calendar import day_end, local_day
from rules.rollup_progress import MOST, progress
from rules.rollup_rates import rates
from rules.rollup_tally import answered, tally
from tests.rules.plans import line

STARTS, AT = day_end(date(2019, 12, 31)), day_end(date(2020, 12, 31))
HOUR = timedelta(hours=1)


def day(month: int, number: int) -> datetime:
    return datetime(2020, month, number, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("passed", "column"),
    [
        (0, "overdue_30"), (1, "overdue_30"), (30, "overdue_30"), (31, "overdue_90"), (90, "overdue_90"),
        (91, "overdue_120"), (120, "overdue_120"), (121, "overdue_longer"), (900, "overdue_longer"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("until", [timedelta(), -9 * HOUR], ids=["at midnight", "at three in the afternoon"])
def test_what_is_owed_is_so_many_calendar_days_past_its_due_day(passed: int, column: str, until: timedelta) -> None:
    due = date(2020, 5, 29)
    at = day_end(due + timedelta(days=passed)) + until
    late = line(State.OPEN, day_end(due) - (18 * HOUR if passed == 0 else HOUR * 0), now=at)
    found = {name for name, number in tally([late], at).model_dump().items() if number and name.startswith("overdue")}
    assert found == {column}


@st.composite
def some_line(draw: st.DrawFn) -> ObligationLine:
    state = draw(st.sampled_from(list(State)))
    instants = st.datetimes(datetime(2019, 11, 1), datetime(2020, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001
    handed_in = state in {*DONE, State.SUBMITTED, State.RETURNED}
    submitted = draw(instants) if handed_in else None
    return line(
        state,
        draw(st.none() | st.datetimes(datetime(2020, 1, 2), datetime(2021, 3, 1), timezones=st.just(UTC))),  # noqa: DTZ001
        now=AT,
        key=draw(st.sampled_from(["a", "b"])),
        submitted_at=submitted,
        submissions=1 if submitted else 0,
        decided_at=submitted + timedelta(days=draw(st.integers(0, 5))) if submitted and state in DONE else None,
        suspended_at=draw(instants) if state is State.SUSPENDED else None,
    )


@given(st.lists(some_line(), max_size=90), st.dictionaries(st.tuples(st.just("c"), st.just("a")), st.just(day(1, 5))))
def test_progress_grows_from_the_first_day_to_how_things_stand(
    lines: list[ObligationLine], first: dict[tuple[str, str], datetime]
) -> None:
    points = progress(lines, first, STARTS, AT)
    assert len(points) <= MOST
    assert (points[0].day, points[-1].day) == (local_day(STARTS), date(2020, 12, 31))
    for earlier, later in pairwise(points):
        assert earlier.day < later.day
        assert earlier.due <= later.due
        assert earlier.handed_in <= later.handed_in
        assert earlier.done <= later.done
    assert all(point.done <= point.handed_in for point in points)
    asked, whole = [item for item in lines if item.state not in NOT_ASKED], tally(lines, AT)
    assert points[-1].handed_in == sum(answered(item) for item in asked)
    assert points[-1].done == whole.on_time + whole.late + whole.done_no_deadline
    done_early = sum(
        item.state in DONE | {State.SUBMITTED} and item.due is not None and item.due > AT for item in asked
    )
    assert points[-1].due == whole.fell_due - done_early


def test_what_was_handed_in_again_came_in_when_it_was_first() -> None:
    again = line(State.ACCEPTED, day(5, 10), submissions=2, submitted_at=day(5, 20), decided_at=day(5, 25), key="a")
    points = progress([again], {("c", "a"): day(5, 4)}, STARTS, day(5, 30))
    assert [(point.day, point.due, point.handed_in, point.done) for point in points] == [
        (date(2020, 1, 1), 0, 0, 0), (date(2020, 5, 4), 0, 1, 0), (date(2020, 5, 10), 1, 1, 0),
        (date(2020, 5, 25), 1, 1, 1), (date(2020, 5, 30), 1, 1, 1),
    ]  # fmt: skip


def test_nothing_at_all_is_a_flat_line() -> None:
    assert [(point.due, point.handed_in, point.done) for point in progress([], {}, STARTS, AT)] == [(0, 0, 0)] * 2


def test_a_day_is_told_once_where_a_report_is_asked_for_on_the_first() -> None:
    assert len(progress([], {}, STARTS, STARTS + HOUR)) == 1


LINES = [
    line(State.ACCEPTED, day_end(date(2020, 3, 31)), submitted_at=day(3, 1)),
    line(State.ACCEPTED, day_end(date(2020, 3, 31)), submitted_at=day(4, 1)),
    line(State.OPEN, day_end(date(2020, 4, 1)), now=AT),
    line(State.ACCEPTED, day_end(date(2021, 1, 5)), submitted_at=day(4, 1)),
    line(State.WAIVED, day_end(date(2020, 4, 1))),
    line(State.OPEN, None),
    line(State.SUSPENDED, day_end(date(2020, 5, 31)), suspended_at=day(5, 1)),
]


def test_rates_are_by_the_month_of_the_due_day_from_counts() -> None:
    found = rates(LINES, STARTS, AT, AT)
    assert [(item.label, item.first, item.last, item.fell_due, item.on_time, item.late) for item in found] == [
        ("Tháng 3/2020", date(2020, 3, 1), date(2020, 3, 31), 2, 1, 1),
        ("Tháng 4/2020", date(2020, 4, 1), date(2020, 4, 30), 1, 0, 0),
    ]


def test_a_directive_of_more_than_two_years_is_told_by_quarters() -> None:
    found = rates(LINES, STARTS, STARTS + timedelta(days=1096), AT)
    assert [(item.label, item.first, item.last, item.fell_due) for item in found] == [
        ("Quý I/2020", date(2020, 1, 1), date(2020, 3, 31), 2),
        ("Quý II/2020", date(2020, 4, 1), date(2020, 6, 30), 1),
    ]


@given(st.lists(some_line(), max_size=30))
def test_rates_add_up_to_what_has_fallen_due_by_now(lines: list[ObligationLine]) -> None:
    due = [item for item in lines if item.due is not None and item.due <= AT]
    assert sum(item.fell_due for item in rates(lines, STARTS, AT, AT)) == tally(due, AT).fell_due
