import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.buckets import Buckets, Rate

RATE = Rate(a_minute=30, burst=5)
PAUSES = st.lists(st.floats(min_value=0, max_value=10), min_size=1, max_size=60)


def allowed(buckets: Buckets, key: str, at: float) -> bool:
    if buckets.wait(key, at) > 0:
        return False
    buckets.take(key, at)
    return True


def test_a_full_bucket_gives_its_burst_and_then_one_every_two_seconds() -> None:
    buckets = Buckets(RATE, keep=10)
    assert [allowed(buckets, "a", 100) for _ in range(7)] == [True] * 5 + [False] * 2
    assert buckets.wait("a", 100) == pytest.approx(2)
    assert [allowed(buckets, "a", at) for at in (101.5, 102, 102.5, 103.5, 104)] == [False, True, False, False, True]


def test_keys_do_not_take_from_each_other() -> None:
    buckets = Buckets(Rate(1, 1), keep=10)
    assert allowed(buckets, "a", 0)
    assert allowed(buckets, "b", 0)
    assert not allowed(buckets, "a", 1)


@given(PAUSES)
def test_never_more_than_a_burst_and_what_came_in_meanwhile(pauses: list[float]) -> None:
    buckets, at, passed = Buckets(RATE, keep=10), 0.0, 0
    for pause in pauses:
        at += pause
        passed += allowed(buckets, "a", at)
        assert passed <= RATE.burst + at / RATE.every + 1e-6


@given(PAUSES)
def test_who_waits_as_long_as_he_is_told_gets_through(pauses: list[float]) -> None:
    buckets, at = Buckets(RATE, keep=10), 0.0
    for pause in pauses:
        at += pause
        buckets.take("a", at)
        wait = buckets.wait("a", at)
        assert wait <= RATE.every
        assert allowed(buckets, "a", at + wait + 1e-6)
        at += wait + 1e-6


def test_a_clock_that_is_set_back_makes_nobody_wait_longer() -> None:
    buckets = Buckets(RATE, keep=10)
    for _ in range(20):
        buckets.take("a", 10_000)
    assert buckets.wait("a", 10) <= RATE.every


@given(st.lists(st.tuples(st.integers(0, 50), st.floats(0, 5)), max_size=200))
def test_no_more_are_remembered_than_may_be(asked: list[tuple[int, float]]) -> None:
    buckets, at = Buckets(RATE, keep=8), 0.0
    for key, pause in asked:
        at += pause
        buckets.take(str(key), at)
        assert len(buckets) <= 8


def test_a_bucket_that_is_full_again_is_forgotten() -> None:
    buckets = Buckets(RATE, keep=10)
    for n in range(5):
        buckets.take(str(n), 0)
    assert len(buckets) == 5
    buckets.take("later", 60)
    assert len(buckets) == 1
