"""The pace of mail, by a clock that the test drives."""

from hypothesis import given
from hypothesis import strategies as st

from activities.pace import Pace


def leaving(pace: Pace, now: float, count: int) -> list[float]:
    """When so many mails that all come now may leave."""
    return [now + pace.slot(now) for _ in range(count)]


def test_mails_leave_at_the_rate_and_a_pause_is_not_made_up_for() -> None:
    pace = Pace(2)
    assert leaving(pace, 10, 3) == [10, 10.5, 11]
    assert leaving(pace, 60, 2) == [60, 60.5]


def test_a_complaint_halves_the_pace_and_calm_brings_it_back_step_by_step() -> None:
    pace = Pace(16)
    pace.slow_down(100)
    rates = [pace.rate(now) for now in (100, 114.9, 115, 130, 145, 1000)]
    assert rates == [8, 8, 9, 10, 11, 16]


def test_complaints_of_the_same_moment_are_one_and_later_ones_halve_again() -> None:
    pace = Pace(16)
    for now in (100, 100.5, 101.5, 103):
        pace.slow_down(now)
    assert pace.rate(103) == 4


def test_the_pace_of_all_that_follows_is_slower_at_once() -> None:
    pace = Pace(1)
    assert leaving(pace, 0, 2) == [0, 1]
    pace.slow_down(1)
    assert leaving(pace, 1, 3) == [2, 4, 6]


@given(st.lists(st.tuples(st.floats(0, 100), st.booleans()), max_size=60))
def test_whatever_happens_mail_leaves_in_order_and_never_faster_than_the_rate(steps: list[tuple[float, bool]]) -> None:
    pace, now, last = Pace(4), 0.0, float("-inf")
    for pause, complaint in steps:
        now += pause
        if complaint:
            pace.slow_down(now)
        assert 4 / 64 <= pace.rate(now) <= 4
        at = now + pace.slot(now)
        assert at - last >= 0.25 - 1e-9
        last = at
