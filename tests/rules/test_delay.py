"""Delay, explained: every microsecond was in exactly one pair of hands, and late is what came after the date."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.command import Command
from models.obligation import DONE, OWING, Hands, ObligationState, Shares, State, Timeliness
from models.register import ObligationLine
from models.request import RequestKind, request_id
from models.unit import Level
from rules.calendar import day_end
from rules.delay import explained, first_lateness, in_days, shares_in_words, whole_days
from rules.fold import empty, fold
from rules.holding import begun, hands_until
from rules.revising import revised
from rules.rollup_delay import delays, shares_of
from rules.timeliness import timeliness
from tests.rules.asking import answer_request, ask, chase
from tests.rules.plans import (
    CLOSING,
    DUE,
    STARTS,
    acknowledge,
    answer,
    at,
    having_held,
    line,
    obstacle,
    open_below,
    register,
    review,
    submit,
)
from tests.rules.registers import PLAN, Book
from tests.rules.stepping import accept_paper, reassign, reinstate, release, resume, set_due, small_plan, suspend

YEAR, CAMPAIGN, FOLLOW = "year@d2", "campaign@d2", "follow@d2"
DAY = timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)


def whole_of(days: float, **hands: float) -> dict[str, int]:
    """Shares in microseconds, from days; they are to add up to `days`."""
    assert sum(hands.values()) == pytest.approx(days)
    return {name: hands.get(name, 0) * DAY // MICROSECOND for name in Shares.model_fields}


def held(book: Book, key: str, now: datetime) -> dict[str, int]:
    found = hands_until(book.item(key), now)
    assert found is not None
    return found.model_dump(exclude={"until"})


def test_a_unit_that_does_nothing_has_had_it_all_the_time() -> None:
    book = Book()
    assert held(book, YEAR, DUE + DAY * 3) == whole_of(43, unit=43)


def test_until_the_document_it_waits_for_is_there_the_unit_above_has_it() -> None:
    book = Book()
    book.do(open_below(at(3, 22, 0)))
    assert held(book, FOLLOW, at(4, 1, 0)) == whole_of(30, above=20, unit=10)


def test_what_follows_from_something_of_the_units_own_begins_with_that() -> None:
    book = Book(small_plan())
    assert hands_until(book.item("minutes@d1"), at(3, 12)) is None
    book.do(submit("meeting@d1", at(3, 12, 0), having_held()))
    assert held(book, "minutes@d1", at(3, 22, 0)) == whole_of(10, unit=10)


def test_time_that_was_given_longer_is_told_apart_from_the_time_there_was_and_from_that_after_it() -> None:
    book = Book()
    book.do(ask(YEAR, at(4, 1, 0), until=date(2020, 4, 20)))
    book.do(answer_request(request_id(YEAR, book.state.seq), at(4, 2, 0)))
    assert held(book, YEAR, day_end(date(2020, 4, 25))) == whole_of(55, unit=40 + 5, extension=10)


def test_time_given_after_the_due_day_counts_from_when_it_was_given() -> None:
    book = Book()
    book.do(set_due(DUE + DAY * 4, date(2020, 4, 20), YEAR))
    assert held(book, YEAR, DUE + DAY * 12) == whole_of(52, unit=40 + 4 + 2, extension=6)


def test_a_date_that_was_moved_nearer_gives_nothing() -> None:
    book = Book()
    book.do(set_due(at(3, 10, 0), date(2020, 3, 20), YEAR))
    assert held(book, YEAR, at(4, 1, 0)) == whole_of(30, unit=30)


def test_while_somebody_reviews_it_the_unit_has_it_not() -> None:
    book = Book()
    book.do(submit(YEAR, at(3, 22, 0)))
    assert held(book, YEAR, at(4, 11, 0)) == whole_of(40, unit=20, reviewer=20)


def test_what_was_returned_is_with_the_unit_again() -> None:
    book = Book()
    book.do(submit(YEAR, at(3, 12, 0)))
    book.do(review(YEAR, at(3, 17, 0), returns=True))
    book.do(submit(YEAR, at(4, 1, 0)))
    book.do(review(YEAR, at(4, 3, 0), 2))
    assert held(book, YEAR, CLOSING) == whole_of(32, unit=10 + 15, reviewer=5 + 2)


def test_while_it_was_suspended_nobody_had_it() -> None:
    book = Book()
    book.do(suspend(at(3, 12, 0), YEAR))
    book.do(resume(at(4, 1, 0), YEAR))
    assert held(book, YEAR, at(4, 4, 0)) == whole_of(33, unit=13, suspended=20)


def test_what_was_released_for_a_while_counts_as_suspended() -> None:
    book = Book()
    book.do(release(at(3, 12, 0), YEAR))
    assert held(book, YEAR, at(6, 1)) == whole_of(10, unit=10)
    book.do(reinstate(at(3, 22, 0), YEAR))
    assert held(book, YEAR, at(3, 23, 0)) == whole_of(21, unit=11, suspended=10)


def test_a_paper_was_with_the_reviewer_from_the_day_on_which_it_came_in() -> None:
    """Whatever was written to the unit meanwhile."""
    book = Book()
    for said in (acknowledge("d2", at(4, 15)), obstacle(YEAR, at(4, 16)), chase(at(4, 17, 9), YEAR)):
        book.do(said)
    book.do(accept_paper(at(4, 20, 0), YEAR, date(2020, 4, 9)))
    assert held(book, YEAR, CLOSING) == whole_of(49, unit=38, reviewer=11)
    assert timeliness(book.item(YEAR), CLOSING) is Timeliness.ON_TIME


def test_a_paper_takes_nothing_back_from_before_it_last_changed_hands() -> None:
    book = Book()
    book.do(submit(YEAR, at(3, 12, 0)))
    book.do(review(YEAR, at(4, 1, 0), returns=True))
    book.do(accept_paper(at(4, 11, 0), YEAR, date(2020, 3, 20), submissions=1))
    assert held(book, YEAR, CLOSING) == whole_of(40, unit=10, reviewer=20 + 10)


def test_what_goes_to_another_unit_takes_its_account_along() -> None:
    book = Book()
    book.do(suspend(at(3, 12, 0), YEAR))
    book.do(reassign(at(3, 22, 0), "d9", YEAR))
    assert held(book, "year@d9", at(4, 1, 0)) == whole_of(30, unit=20, suspended=10)
    assert held(book, YEAR, at(4, 1, 0)) == whole_of(20, unit=10, suspended=10)


def test_what_did_not_apply_begins_when_it_is_owed_after_all() -> None:
    book = Book()
    book.do(reinstate(at(3, 22, 0), "month@d1"))
    assert held(book, "month@d1", at(4, 1, 0)) == whole_of(10, unit=10)


def test_after_the_closing_a_pause_grows_no_longer() -> None:
    book = Book()
    book.do(suspend(at(3, 12, 0), YEAR))
    book.advance(CLOSING)
    assert book.of(YEAR) is State.UNFULFILLED
    until_then = held(book, YEAR, CLOSING)
    assert until_then == whole_of(121, unit=10, suspended=111)
    assert held(book, YEAR, CLOSING + DAY * 100) == until_then
    assert timeliness(book.item(YEAR), CLOSING) is Timeliness.IN_TIME


KEYS = [key for key in Book().state.obligations if key.startswith(("year", "month", "late", "follow", "campaign"))]
WAITS = st.one_of(
    st.just(timedelta(0)), st.timedeltas(timedelta(0), timedelta(days=4)), st.timedeltas(timedelta(0), timedelta(40))
)
LATER = st.dates(date(2020, 3, 3), date(2020, 6, 30))


def said(what: str, key: str, now: datetime, day: date, item: ObligationState, asked: str) -> Command:
    """A command that may fit, as an officer, a reviewer or a supervisor would give it."""
    seen = item.submissions
    ways: dict[str, Callable[[], Command]] = {
        "answers": lambda: submit(key, now, answer()),
        "accepts": lambda: review(key, now, seen),
        "returns": lambda: review(key, now, seen, returns=True),
        "asks": lambda: ask(key, now, until=day),
        "asks out": lambda: ask(key, now, RequestKind.WITHDRAWAL),
        "grants": lambda: answer_request(asked, now),
        "chases": lambda: chase(now, key),
        "opens": lambda: register(now),
        "opens below": lambda: open_below(now),
        "dates": lambda: set_due(now, day, key, submissions=seen),
        "suspends": lambda: suspend(now, key, submissions=seen),
        "resumes": lambda: resume(now, key, submissions=seen),
        "releases": lambda: release(now, key, submissions=seen),
        "reinstates": lambda: reinstate(now, key, submissions=seen),
        "reassigns": lambda: reassign(now, "d9", key, submissions=seen),
        "waits": lambda: acknowledge(key.partition("@")[2], now),
    }
    return ways[what]()


ACTS = [
    "answers", "accepts", "returns", "asks", "asks out", "grants", "chases", "opens", "opens below", "dates",
    "suspends", "resumes", "releases", "reinstates", "reassigns", "waits",
]  # fmt: skip


def count_on(item: ObligationState, account: Hands, now: datetime) -> Hands:
    """The account of an obligation that nothing happens to until an instant: said once more, without any haste."""
    start, gone = account.until, (now - account.until) // MICROSECOND
    given = 0
    if item.state in OWING and item.due is not None and item.promised is not None:
        given = max(0, (min(now, item.due) - max(start, item.promised)) // MICROSECOND)
    if item.state in OWING:
        more = {"unit": account.unit + gone - given, "extension": account.extension + given}
    elif item.state is State.DORMANT:
        more = {"above": account.above + gone}
    elif item.state in DONE | {State.SUBMITTED}:
        more = {"reviewer": account.reviewer + gone}
    else:
        more = {"suspended": account.suspended + gone}
    return account.model_copy(update={"until": now, **more})


@given(st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(KEYS), WAITS, LATER), max_size=25))
def test_whatever_happens_every_share_is_handed_over_exactly_at_events(
    acts: list[tuple[str, str, timedelta, date]],
) -> None:
    """An account that is brought up to date with every event, whether it changes hands or not, says the same."""
    book, now = Book(), STARTS
    for what, key, wait, day in acts:
        now = min(now + wait, CLOSING - timedelta(hours=1))
        asked = next((item.id for item in book.state.requests.values() if item.obligation == key), "none")
        book.try_to(said(what, key, now, day, book.item(key), asked))
    book.advance(CLOSING)
    check_accounts(book)


def check_accounts(book: Book) -> None:
    plan, state = PLAN, empty(PLAN)
    accounts: dict[str, Hands] = {}
    for event in book.events:
        before, state = state, fold(plan, state, [event])
        plan = revised(plan, [event])
        for key, item in state.obligations.items():
            if item.hands is None:
                assert key not in accounts
                continue
            if key not in accounts and key in before.obligations:
                accounts[key] = begun(event.at)
            elif key not in accounts:
                accounts[key] = hands_until(item, event.at) or begun(event.at)
            else:
                accounts[key] = count_on(before.obligations[key], accounts[key], event.at)
            found = hands_until(item, event.at)
            assert found is not None
            if found.until == event.at:
                assert found == accounts[key]
            assert min(found.model_dump(exclude={"until"}).values()) >= 0


@given(st.lists(st.tuples(st.sampled_from(ACTS), WAITS, LATER), max_size=15), st.sampled_from(KEYS))
def test_the_shares_add_up_to_the_whole_time_at_any_instant(acts: list[tuple[str, timedelta, date]], key: str) -> None:
    book, now, begins = Book(), STARTS, None
    for what, wait, day in acts:
        now = min(now + wait, CLOSING - timedelta(hours=1))
        asked = next((item.id for item in book.state.requests.values() if item.obligation == key), "none")
        book.try_to(said(what, key, now, day, book.item(key), asked))
        found = hands_until(book.item(key), now + DAY / 3)
        if found is not None:
            begins = begins or found.until - found.whole * MICROSECOND
            assert found.whole * MICROSECOND == found.until - begins
            assert min(found.model_dump(exclude={"until"}).values()) >= 0


AFTER = day_end(date(2020, 4, 24))
"""Ten working days after the due day."""


def late(state: State = State.OPEN, due: datetime = DUE, now: datetime = AFTER, **changed: Any) -> ObligationLine:
    values = {"hands": begun(STARTS), "promised": due}
    return line(state, due, now=now, **values | changed)


def test_what_is_not_late_needs_no_explanation() -> None:
    assert explained(late(now=DUE - DAY), DUE - DAY) is None
    assert explained(late(State.ACCEPTED, submitted_at=DUE - DAY), AFTER) is None
    assert explained(late(State.WAIVED), AFTER) is None
    assert explained(late(hands=None), AFTER) is None


def test_lateness_is_in_working_days_after_the_date_that_holds_and_after_the_first_one() -> None:
    moved = late(original_due=day_end(date(2020, 3, 31)))
    found = explained(moved, AFTER)
    assert found is not None
    assert (found.late_days, found.first_late_days) == (10, 17)
    assert found.begun == STARTS
    assert found.held.whole * MICROSECOND == AFTER - STARTS
    assert first_lateness(found) == "So với thời hạn ban đầu chậm 17 ngày làm việc."


@pytest.mark.parametrize(
    ("changed", "days"),
    [
        ({"state": State.ACCEPTED, "submitted_at": at(4, 14)}, 2),
        ({"state": State.SUBMITTED, "submitted_at": at(4, 14)}, 2),
        ({"state": State.RETURNED, "submitted_at": at(4, 14)}, 10),
        ({"state": State.SUSPENDED, "suspended_at": at(4, 15)}, 3),
        ({"state": State.UNFULFILLED, "hands": begun(at(4, 16))}, 4),
        ({"state": State.UNFULFILLED, "suspended_at": at(4, 15), "hands": begun(at(4, 20))}, 3),
    ],
)
def test_lateness_ends_where_it_came_in_stood_still_or_could_no_longer_be_given(
    changed: dict[str, Any], days: int
) -> None:
    found = explained(late(**changed), AFTER)
    assert found is not None
    assert found.late_days == days


def test_on_a_day_off_nothing_gets_later() -> None:
    found = explained(late(now=at(4, 12)), at(4, 12))
    assert found is not None
    assert found.late_days == 0
    assert found.held.whole > 0


def several() -> list[ObligationLine]:
    hands = Hands(until=at(4, 1, 0), above=20 * DAY // MICROSECOND, reviewer=10 * DAY // MICROSECOND)
    return [
        late(unit="d1", hands=hands),
        late(unit="d1", requirement="month", state=State.ACCEPTED, submitted_at=at(4, 14), hands=hands),
        late(unit="d2", hands=hands),
        late(unit="c1", level=Level.COMMUNE, hands=hands),
        late(unit="d3", state=State.ACCEPTED, submitted_at=DUE - DAY, hands=hands),
    ]


def test_delays_are_added_up_by_level_by_requirement_and_by_unit() -> None:
    found = delays(several(), AFTER)
    assert found.overall is not None
    assert (found.overall.obligations, found.overall.units) == (4, 3)
    assert [(item.name, item.obligations, item.units) for item in found.levels] == [
        ("Cấp huyện", 3, 2),
        ("Cấp xã", 1, 1),
    ]
    assert [(item.key, item.obligations) for item in found.requirements] == [("year", 2), ("month", 1), ("year", 1)]
    assert [(item.key, item.obligations) for item in found.units] == [("d1", 2), ("d2", 1), ("c1", 1)]
    for parts in (found.items, found.levels, found.requirements, found.units):
        assert shares_of(parts) == found.overall.held
        assert sum(part.late_days for part in parts) == found.overall.late_days


def test_nothing_late_is_nothing_to_explain() -> None:
    assert delays([late(now=DUE - DAY)], DUE - DAY).overall is None


TIMES = st.integers(0, 400 * 86_400_000_000)


@given(st.builds(Shares, above=TIMES, unit=TIMES, extension=TIMES, reviewer=TIMES, suspended=TIMES))
def test_what_is_shown_adds_up_too(held: Shares) -> None:
    """Tenths of days, each less than a tenth away from the truth."""
    shown = in_days(held)
    assert round(sum(shown.values()), 1) == whole_days(held)
    for name in Shares.model_fields:
        assert abs(shown.get(name, 0) - getattr(held, name) / 86_400_000_000) < 0.1 + 1e-9


def test_shares_in_words() -> None:
    held = Shares(above=5 * 86_400_000_000, unit=86_400_000_000 * 5 // 2)
    assert shares_in_words(held) == ("Tổng thời gian 7,5 ngày: chờ văn bản của cấp trên 5; tại đơn vị 2,5.")
    assert in_days(Shares()) == {}
