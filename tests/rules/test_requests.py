"""More time, being released, not being asked: the unit asks, the unit that keeps the register decides."""

from datetime import date, time

import pytest

from models.obligation import State, Timeliness
from models.plan import Advised, OpeningMode, Reviewer
from models.request import RequestKind, RequestStatus
from rules.calendar import day_end, day_start
from rules.refusals import Reason
from rules.requests import new_due
from rules.timeliness import timeliness
from tests.rules.asking import LATER, answer_request, ask
from tests.rules.plans import CLOSING, DUE, ISSUER, at, opening, plan, requirement, review, submit, with_duty
from tests.rules.registers import Book, kinds

NOON = at(3, 10)
YEAR = plan([requirement("year")], ("d1", "d2"))


def asked(of: Book, request: RequestKind = RequestKind.MORE_TIME, key: str = "year@d1") -> str:
    of.do(ask(key, NOON, request))
    return list(of.state.requests)[-1]


def test_more_time_moves_the_date_keeps_the_original_and_begins_the_ladder_anew() -> None:
    book = Book(YEAR)
    request = asked(book)
    assert (book.of("year@d1"), book.state.requests[request].until) == (State.OPEN, LATER)
    book.do(answer_request(request, at(3, 11)))
    item = book.item("year@d1")
    assert (item.due, item.original_due, item.extensions) == (day_end(LATER), DUE, 1)
    assert book.item("year@d2").due == DUE
    assert book.state.requests[request].status is RequestStatus.GRANTED
    book.advance(at(4, 14))
    assert [step for step, _ in book.fired("year@d1")] == ["T-5"]
    assert book.fired("year@d2") == [("T+1", ("T-5", "T-1"))]
    book.do(submit("year@d1", at(4, 15)))
    assert timeliness(book.item("year@d1"), at(4, 15)) is Timeliness.ON_TIME


def test_more_time_may_be_asked_for_after_the_date_and_again_and_another_day_be_granted() -> None:
    book = Book(YEAR)
    book.do(ask("year@d1", at(4, 15), until=date(2020, 5, 4)))
    (first,) = book.state.requests
    book.do(answer_request(first, at(4, 16), until=date(2020, 4, 24)))
    book.do(ask("year@d1", at(4, 24), until=date(2020, 5, 8)))
    book.do(answer_request(list(book.state.requests)[-1], at(4, 24)))
    item = book.item("year@d1")
    assert (item.due, item.original_due, item.extensions) == (day_end(date(2020, 5, 8)), DUE, 2)
    assert book.state.requests[first].granted_until == date(2020, 4, 24)


def test_what_was_handed_in_late_is_in_time_once_more_time_is_granted() -> None:
    book = Book(YEAR)
    request = asked(book)
    book.do(submit("year@d1", at(4, 16)))
    assert timeliness(book.item("year@d1"), at(4, 16)) is Timeliness.LATE
    book.do(answer_request(request, at(4, 17)))
    assert timeliness(book.item("year@d1"), at(4, 17)) is Timeliness.ON_TIME


def test_a_date_with_a_time_of_day_keeps_it() -> None:
    due = day_start(date(2020, 4, 10), time(17))
    assert new_due(due, LATER) == day_start(LATER, time(17))
    assert new_due(DUE, LATER) == day_end(LATER)


def test_a_refusal_says_why_and_changes_nothing_else() -> None:
    book = Book(YEAR)
    request = asked(book)
    before = book.item("year@d1").due
    book.do(answer_request(request, at(3, 11), granted=False, words="đã quá gấp"))
    found = book.state.requests[request]
    assert (found.status, found.words, book.item("year@d1").due) == (RequestStatus.REFUSED, "đã quá gấp", before)
    assert kinds(book.do(ask("year@d1", at(3, 12)))) == ["request_made"]


def test_what_is_released_is_withdrawn_and_followed_up_no_more() -> None:
    book = Book(YEAR)
    book.do(answer_request(asked(book, RequestKind.WITHDRAWAL), at(3, 11)))
    assert book.of("year@d1") is State.WITHDRAWN
    book.advance(CLOSING)
    assert book.fired("year@d1") == []


def test_what_does_not_apply_leaves_out_what_would_follow_from_it() -> None:
    follows = requirement("then", opening=opening(OpeningMode.WHEN_HELD, "year"))
    book = Book(plan([requirement("year"), follows], ("d1", "d2")))
    facts = book.do(answer_request(asked(book, RequestKind.NOT_APPLICABLE), at(3, 11)))
    assert kinds(facts) == ["request_answered", "excluded", "excluded"]
    assert (book.of("year@d1"), book.of("then@d1"), book.of("then@d2")) == (
        State.NOT_APPLICABLE,
        State.NOT_APPLICABLE,
        State.DORMANT,
    )


def test_one_may_ask_for_several_things_but_not_twice_for_the_same() -> None:
    book = Book(YEAR)
    asked(book)
    assert kinds(book.do(ask("year@d1", NOON, RequestKind.WITHDRAWAL))) == ["request_made"]
    assert book.refusal(ask("year@d1", NOON)) is Reason.ALREADY_ASKED


def test_what_the_keeper_asks_for_itself_is_decided_by_those_who_get_its_answer() -> None:
    of = with_duty(YEAR, f"year@{ISSUER}", reviewers=(Reviewer(unit="so", name="Sở"),))
    book = Book(of)
    request = asked(book, key=f"year@{ISSUER}")
    assert book.refusal(answer_request(request, NOON)) is Reason.NOT_YOURS
    assert kinds(book.do(answer_request(request, NOON, by="so"))) == ["request_answered"]


def test_a_request_for_what_is_done_meanwhile_waits_no_more() -> None:
    book = Book(YEAR)
    request = asked(book)
    book.do(submit("year@d1", at(3, 11)))
    book.do(review("year@d1", at(3, 12)))
    assert book.refusal(answer_request(request, at(3, 13))) is Reason.ALREADY_ANSWERED


@pytest.mark.parametrize(
    ("until", "reason"),
    [
        (None, Reason.DAY_NOT_LATER),
        (date(2020, 4, 10), Reason.DAY_NOT_LATER),
        (date(2020, 7, 1), Reason.DAY_BEYOND_CLOSING),
    ],
)
def test_a_new_date_is_later_than_the_old_and_not_beyond_the_closing(until: date | None, reason: Reason) -> None:
    book = Book(YEAR)
    assert book.refusal(ask("year@d1", NOON, until=until)) is reason
    request = asked(book)
    assert until is None or book.refusal(answer_request(request, NOON, until=until)) is reason


def test_a_request_and_its_answer_sent_again_have_one_effect() -> None:
    book = Book(YEAR)
    asking = ask("year@d1", NOON)
    book.do(asking)
    assert book.do(asking) == ()
    answering = answer_request(list(book.state.requests)[-1], NOON)
    book.do(answering)
    assert book.do(answering) == ()
    assert book.item("year@d1").extensions == 1


def test_what_waits_for_a_document_on_advice_that_does_not_apply_does_not_apply_either() -> None:
    after = requirement("after", opening=opening(OpeningMode.WHEN_ACCEPTED, "year"))
    advising = Advised(name="Tỉnh", unit=ISSUER)
    book = Book(with_duty(plan([requirement("year"), after], ("d1", "d2")), "year@d1", advised=advising))
    request = asked(book, RequestKind.NOT_APPLICABLE)
    book.do(answer_request(request, at(3, 11)))
    assert (book.of("after@d1"), book.of("after@d2")) == (State.NOT_APPLICABLE, State.NOT_APPLICABLE)
