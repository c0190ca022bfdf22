"""Whose unit is named in the next interim report: pressed up to the last step, and still owing."""

from typing import Any

import pytest

from models.follow_up import Rung, StepKind, Track
from models.obligation import ObligationState, State
from rules.ladder import NOT_RESUBMITTED
from rules.unheeded import unheeded
from tests.rules.asking import answer_request, ask
from tests.rules.plans import FOLLOW_UP, at, plan, requirement, review, submit
from tests.rules.registers import Book
from tests.rules.stepping import suspend

YEAR = "year@d1"
AFTER_ALL = at(5, 6)
"""The day after the last step, T+15."""


def register() -> Book:
    return Book(plan((requirement("year"),)))


def named(book: Book) -> bool:
    return unheeded(book.item(YEAR), book.plan.follow_up)


def test_after_the_last_step_and_not_before() -> None:
    book = register()
    book.advance(at(5, 5, 7))
    assert not named(book)
    book.advance(at(5, 5, 9))
    assert named(book)


def test_whoever_answers_or_is_given_time_or_is_suspended_is_not_named() -> None:
    answering, given, stopped = register(), register(), register()
    for book in (answering, given, stopped):
        book.advance(AFTER_ALL)
    answering.do(submit(YEAR, AFTER_ALL))
    given.do(ask(YEAR, AFTER_ALL, until=at(5, 20).date()))
    given.do(answer_request(next(iter(given.state.requests)), AFTER_ALL))
    stopped.do(suspend(AFTER_ALL, YEAR))
    assert [named(book) for book in (answering, given, stopped)] == [False, False, False]


def test_what_was_returned_is_judged_by_its_own_ladder_where_there_is_one() -> None:
    for ladder, expected in (((), True), (NOT_RESUBMITTED, False)):
        book = Book(plan((requirement("year"),), follow_up=FOLLOW_UP.model_copy(update={"returned": ladder})))
        book.do(submit(YEAR, at(4, 20)))
        book.do(review(YEAR, at(4, 21), returns=True))
        book.advance(at(5, 6))
        assert named(book) == expected
    book.advance(at(5, 22))
    assert named(book)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, True),
        ({"coordinating": True}, False),
        ({"climbed": {Track.DUE: 4}}, False),
        ({"state": State.UNFULFILLED}, False),
        ({"state": State.WAIVED}, False),
    ],
)
def test_only_leads_that_still_owe(changed: dict[str, Any], expected: bool) -> None:
    item = ObligationState(requirement="year", unit="d1", state=State.OPEN, climbed={Track.DUE: 5})
    assert unheeded(item.model_copy(update=changed), FOLLOW_UP) is expected


def test_a_ladder_that_only_reminds_presses_nobody() -> None:
    reminding = FOLLOW_UP.model_copy(update={"ladder": (Rung(days=-5, kind=StepKind.REMINDER),)})
    item = ObligationState(requirement="year", unit="d1", state=State.OPEN, climbed={Track.DUE: 1})
    assert not unheeded(item, reminding)
