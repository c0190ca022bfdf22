"""Whatever a supervisor does with dates and pauses: what was ordered at first stays known, and time adds up."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from models.command import Command
from models.obligation import Hands, State, Timeliness
from rules.calendar import FrozenCalendar, day_end, last_day, local_day
from rules.holding import hands_until
from rules.timeliness import timeliness
from tests.rules.plans import CLOSING, DUE, FOLLOW_UP, STARTS, answer, at, review, submit
from tests.rules.registers import Book
from tests.rules.stepping import reinstate, release, resume, set_due, small_plan, suspend

KEY = "year@d1"
CALENDAR = FrozenCalendar(FOLLOW_UP.days_off)
LAST = date(2020, 6, 30)
DAYS = st.dates(date(2020, 3, 20), LAST)
NOON = timedelta(hours=12)


@given(days=st.lists(DAYS, min_size=1, max_size=8), handed_in=DAYS)
def test_the_first_date_is_kept_and_the_one_that_holds_is_judged_by(days: list[date], handed_in: date) -> None:
    book, now = Book(small_plan()), at(3, 16)
    chain = [last_day(DUE)]
    for day in days:
        if day != chain[-1]:
            book.do(set_due(now, day, KEY))
            chain.append(day)
    item = book.item(KEY)
    assert item.due == day_end(chain[-1])
    assert item.original_due == (DUE if len(chain) > 1 else None)
    assert item.promised == day_end(min(chain))
    assert item.extensions == sum(before < after for before, after in pairwise(chain))
    book.do(submit(KEY, day_end(handed_in) - NOON))
    assert timeliness(book.item(KEY), CLOSING) is (Timeliness.ON_TIME if handed_in <= chain[-1] else Timeliness.LATE)


@given(
    start=st.dates(date(2020, 3, 3), date(2020, 6, 20)),
    length=st.integers(0, 60),
    due=st.dates(date(2020, 3, 20), date(2020, 5, 20)),
)
def test_the_working_days_that_were_left_are_left_after_a_pause(start: date, length: int, due: date) -> None:
    end = min(start + timedelta(days=length), LAST - timedelta(days=1))
    book = Book(small_plan())
    if due != last_day(DUE):
        book.do(set_due(STARTS, due, KEY))
    before = book.item(KEY)
    book.do(suspend(day_end(start) - NOON, KEY))
    book.do(resume(day_end(end) - NOON, KEY))
    after = book.item(KEY)
    assert before.due is not None
    assert after.due is not None
    assert (after.state, after.extensions) == (before.state, before.extensions)
    assert (after.original_due or after.due) == (before.original_due or before.due)
    if due < start:
        assert after.due == before.due
        return
    left = CALENDAR.count(start, due)
    assert last_day(after.due) == LAST or CALENDAR.count(end, last_day(after.due)) == left
    assert after.due >= before.due
    assert timeliness(after, day_end(end)) in {Timeliness.IN_TIME, Timeliness.DUE_SOON, Timeliness.OVERDUE}


@given(st.lists(st.tuples(st.sampled_from("sdprRwx+"), st.integers(0, 12), DAYS), max_size=14))
def test_the_time_in_all_hands_is_the_whole_time(steps: list[tuple[str, int, date]]) -> None:
    """Random interventions and answers: every microsecond since the beginning was in exactly one pair of hands."""
    book, now = Book(small_plan()), at(3, 2)
    for what, days, day in steps:
        now = min(now + timedelta(days=days, hours=1), CLOSING - timedelta(hours=1))
        item = book.item(KEY)
        seen = item.submissions
        commands: dict[str, Command] = {
            "s": suspend(now, KEY, submissions=seen),
            "p": resume(now, KEY, submissions=seen),
            "d": set_due(now, day, KEY, submissions=seen),
            "w": release(now, KEY, submissions=seen),
            "x": reinstate(now, KEY, submissions=seen),
            "r": submit(KEY, now, answer()),
            "R": review(KEY, now, seen, returns=True),
            "+": review(KEY, now, seen),
        }
        book.try_to(commands[what])
        held = hands_until(book.item(KEY), now)
        assert held is not None
        assert total(held) == (held.until - STARTS) // timedelta(microseconds=1)
        if book.of(KEY) in {State.OPEN, State.RETURNED, State.SUBMITTED, State.SUSPENDED}:
            assert held.until == now


def total(held: Hands) -> int:
    return held.above + held.unit + held.extension + held.reviewer + held.suspended


def test_a_pause_over_tet_or_a_weekend_gives_no_days_back() -> None:
    book = Book(small_plan())
    book.do(suspend(at(3, 13, 17), KEY))
    book.do(resume(at(3, 15, 9), KEY))
    assert book.item(KEY).due == DUE
    book.do(suspend(at(3, 16), KEY))
    book.do(resume(at(3, 18), KEY))
    assert book.item(KEY).due == day_end(date(2020, 4, 14))
    assert local_day(at(3, 18)) == date(2020, 3, 18)
