"""What happens to registers as a whole: silence, coordinators, answers taken over, replacement, recommendations."""

from datetime import date

import pytest

from models.follow_up import FollowUp
from models.obligation import State, Timeliness
from models.plan import OpeningMode, RequirementKind, Term
from models.recommendation import Handling, RecommendationStatus
from rules.calendar import day_end
from rules.ledger import next_wake
from rules.timeliness import timeliness
from tests.rules.plans import (
    CLOSING,
    DOCUMENT,
    FOLLOW_UP,
    ISSUER,
    acknowledge,
    at,
    cascade_of,
    earlier,
    handle,
    having_held,
    opening,
    plan,
    recommending,
    replace,
    requirement,
    review,
    submit,
    with_duty,
)
from tests.rules.registers import Book, kinds

NOON = at(3, 10)
MONTHLY_CHASE = FollowUp(**(dict(FOLLOW_UP) | {"silent_after": 30}))


# Silence


def silent() -> Book:
    return Book(plan([requirement("radio", due=None)], follow_up=MONTHLY_CHASE))


def test_silence_is_chased_again_and_again_on_working_days() -> None:
    book = silent()
    wakes = []
    while (wake := next_wake(book.plan, book.state)) and wake < CLOSING:
        wakes.append(wake)
        book.advance(wake)
    assert wakes == [at(4, 1, 8), at(5, 4, 8), at(6, 1, 8), at(6, 30, 8)]  # 1 May and 31 May are days off
    assert [name for name, _ in book.fired("radio@d1")] == ["S+30", "S+60", "S+90", "S+120"]
    assert book.item("radio@d1").escalations == 4


def test_after_an_outage_silence_is_chased_once() -> None:
    book = silent()
    book.advance(at(6, 2))
    assert book.fired("radio@d1") == [("S+90", ("S+30", "S+60"))]
    assert next_wake(book.plan, book.state) == at(6, 30, 8)


def test_every_sign_of_life_begins_a_new_silence() -> None:
    book = silent()
    book.advance(at(4, 1, 8))
    book.do(acknowledge("d1", at(4, 6)))
    assert next_wake(book.plan, book.state) == at(5, 6, 8)
    book.do(submit("radio@d1", at(5, 4)))
    book.advance(at(5, 5, 8))  # those who decide are told
    assert next_wake(book.plan, book.state) == CLOSING
    book.do(review("radio@d1", at(5, 20), returns=True))
    assert next_wake(book.plan, book.state) == at(6, 19, 8)


def test_nobody_is_chased_where_the_directive_says_so_and_a_deadline_has_its_ladder_instead() -> None:
    never = FollowUp(**(dict(FOLLOW_UP) | {"silent_after": None}))
    assert (
        next_wake((book := Book(plan([requirement("radio", due=None)], follow_up=never))).plan, book.state) == CLOSING
    )
    dated = Book(plan([requirement("year")], follow_up=MONTHLY_CHASE))
    dated.advance(at(6, 1))
    assert [name for name, _ in dated.fired("year@d1")] == ["T+15"]


# Units that only take part


def test_a_unit_that_only_takes_part_is_reminded_and_nothing_else() -> None:
    of = with_duty(plan([requirement("year"), requirement("radio", due=None)]), "year@guest", coordinating=True)
    book = Book(with_duty(of, "radio@guest", coordinating=True))
    while wake := next_wake(book.plan, book.state):
        book.advance(wake)
    assert [name for name, _ in book.fired("year@guest")] == ["T-5", "T-1"]
    assert book.fired("radio@guest") == []
    assert (book.of("year@guest"), book.item("year@guest").escalations) == (State.UNFULFILLED, 0)


def test_a_late_reminder_of_a_unit_that_takes_part_is_still_only_a_reminder() -> None:
    book = Book(with_duty(plan([requirement("year")]), "year@guest", coordinating=True))
    facts = book.advance(at(4, 20))
    told = {fact.obligations: fact.step for fact in facts if fact.kind == "step_fired"}
    assert told == {("year@d1",): "T+5", ("year@guest",): "T-1"}


# Answers to an earlier directive


def test_an_answer_to_an_earlier_directive_waits_for_a_decision_as_the_first() -> None:
    book = Book(with_duty(plan([requirement("year")], ("d1", "d2")), "year@d1", earlier=earlier(State.SUBMITTED)))
    assert kinds(tuple(event.fact for event in book.events)) == ["cascade_opened", "taken_over", "obligations_opened"]
    item = book.item("year@d1")
    assert (item.state, item.submissions, item.taken_from, item.document) == (
        State.SUBMITTED, 1, "9/SO-BĐG", DOCUMENT,
    )  # fmt: skip
    assert timeliness(item, NOON) is Timeliness.ON_TIME
    book.do(review("year@d1", NOON, returns=True))
    book.do(submit("year@d1", NOON))
    assert book.item("year@d1").submissions == 2


@pytest.mark.parametrize("state", [State.ACCEPTED, State.SATISFIED])
def test_what_was_done_for_an_earlier_directive_is_done(state: State) -> None:
    book = Book(with_duty(plan([requirement("year")]), "year@d1", earlier=earlier(state)))
    assert book.of("year@d1") is state
    assert next_wake(book.plan, book.state) == CLOSING


def test_a_term_counts_from_the_taking_over_and_what_follows_from_then_too() -> None:
    then = requirement("then", None, term=Term(days=5), opening=opening(OpeningMode.WHEN_HELD, "meeting"))
    meeting = requirement("meeting", None, kind=RequirementKind.EVENT, term=Term(days=10))
    held = earlier(State.SUBMITTED, held=having_held(on=date(2019, 12, 1)).held)
    book = Book(with_duty(plan([meeting, then]), "meeting@d1", earlier=held))
    assert book.item("meeting@d1").due == day_end(date(2020, 3, 16))
    assert (book.of("then@d1"), book.item("then@d1").due) == (State.OPEN, day_end(date(2020, 3, 9)))


def test_an_earlier_answer_to_what_does_not_apply_is_not_taken_over() -> None:
    of = with_duty(plan([requirement("year")]), "year@d1", earlier=earlier(State.ACCEPTED), applicable=False)
    assert Book(of).of("year@d1") is State.NOT_APPLICABLE


# Replacement


def test_a_directive_that_is_replaced_ends_at_once_and_what_waits_for_a_decision_is_withdrawn_too() -> None:
    waits = requirement("later", opening=opening(OpeningMode.WHEN_REGISTERED, "guidance"))
    book = Book(plan([requirement("year"), waits], ("d1", "d2")))
    book.do(submit("year@d1", NOON))
    facts = book.do(replace(NOON, close=True))
    assert kinds(facts) == ["withdrawn", "cascade_closed"]
    assert facts[1].kind == "cascade_closed"
    assert facts[1].unfulfilled == ()
    assert (book.of("year@d1"), book.of("year@d2"), book.of("later@d1")) == (
        State.WITHDRAWN, State.WITHDRAWN, State.WITHDRAWN,
    )  # fmt: skip
    assert next_wake(book.plan, book.state) is None


def test_only_what_the_new_directive_names_is_withdrawn_by_key_or_by_series() -> None:
    months = [requirement(f"monthly.2020-0{month}", series="monthly") for month in (4, 5)]
    book = Book(plan([requirement("year"), requirement("once"), *months]))
    command = replace(NOON, "monthly", "once")
    (fact,) = book.do(command)
    assert fact.kind == "withdrawn"
    assert fact.obligations == ("once@d1", "monthly.2020-04@d1", "monthly.2020-05@d1")
    assert (book.of("year@d1"), book.state.closed) == (State.OPEN, False)
    assert timeliness(book.item("once@d1"), CLOSING) is Timeliness.NO_DEADLINE
    assert book.do(command) == ()


def test_below_the_first_register_only_the_one_above_tells_of_a_replacement() -> None:
    book = Book(plan([requirement("year")], parent="cascade:x:ministry"))
    assert kinds(book.do(replace(NOON, actor=cascade_of("ministry")))) == ["withdrawn"]


# Recommendations


def collecting() -> Book:
    asked = requirement("ideas", kind=RequirementKind.RECOMMENDATIONS, groups={"work": "Việc làm"})
    book = Book(plan([asked], ("d1", "d2")))
    book.do(submit("ideas@d1", NOON, recommending("mở lớp dạy nghề", "cho vay vốn")))
    return book


def statuses(book: Book) -> dict[str, RecommendationStatus]:
    return {key: item.status for key, item in book.state.recommendations.items()}


def test_recommendations_are_raised_with_the_answer_that_makes_them() -> None:
    book = collecting()
    assert statuses(book) == dict.fromkeys(("ideas@d1/1.1", "ideas@d1/1.2"), RecommendationStatus.RAISED)
    first = book.state.recommendations["ideas@d1/1.1"]
    assert (first.unit, first.group, first.text, first.by, first.raised_at) == (
        "d1", "work", "mở lớp dạy nghề", "chị Lan", NOON,
    )  # fmt: skip


def test_a_new_answer_replaces_what_nobody_has_dealt_with() -> None:
    book = collecting()
    book.do(handle("ideas@d1/1.1", NOON, Handling.ANSWER, words="sẽ mở trong quý II"))
    book.do(review("ideas@d1", NOON, returns=True))
    book.do(submit("ideas@d1", at(3, 12), recommending("cho vay vốn khởi nghiệp")))
    assert statuses(book) == {
        "ideas@d1/1.1": RecommendationStatus.ANSWERED,
        "ideas@d1/2.1": RecommendationStatus.RAISED,
    }


def test_a_referred_recommendation_is_replied_to_by_the_body_and_can_be_reopened() -> None:
    book = collecting()
    key = "ideas@d1/1.1"
    book.do(handle(key, NOON, Handling.REFER, body="d2", reply_by=date(2020, 3, 20), words="đề nghị trả lời"))
    referred = book.state.recommendations[key]
    assert (referred.status, referred.body, referred.reply_by) == (
        RecommendationStatus.REFERRED, "d2", date(2020, 3, 20),
    )  # fmt: skip
    reply = handle(key, NOON, Handling.REPLY, by="d2", words="đã bố trí vốn")
    assert kinds(book.do(reply)) == ["recommendation_handled"]
    assert book.do(reply) == ()
    assert (book.state.recommendations[key].status, book.state.recommendations[key].words) == (
        RecommendationStatus.REPLIED, "đã bố trí vốn",
    )  # fmt: skip
    book.do(handle(key, NOON, Handling.CLOSE))
    book.do(handle(key, NOON, Handling.REOPEN))
    again = book.state.recommendations[key]
    assert (again.status, again.reopened, again.words) == (RecommendationStatus.RAISED, 1, "đã bố trí vốn")


def test_a_body_that_does_not_reply_is_noted_once_on_the_next_working_day() -> None:
    book = collecting()
    for number in (1, 2):
        book.do(handle(f"ideas@d1/1.{number}", NOON, Handling.REFER, body="Sở Y tế", reply_by=date(2020, 3, 20)))
    book.advance(at(3, 11, 8))  # those who decide are told
    assert next_wake(book.plan, book.state) == at(3, 23, 8)  # the 20th is a Friday
    (fact,) = book.advance(at(3, 23, 8))
    assert fact.kind == "replies_overdue"
    assert (fact.recommendations, fact.body) == (("ideas@d1/1.1", "ideas@d1/1.2"), "Sở Y tế")
    assert book.advance(at(3, 24)) == ()
    book.do(handle("ideas@d1/1.1", at(3, 24), Handling.REOPEN))
    book.do(handle("ideas@d1/1.1", at(3, 24), Handling.REFER, body="Sở Y tế", reply_by=date(2020, 3, 25)))
    assert kinds(book.advance(at(3, 26, 8))) == ["replies_overdue"]


def test_an_answer_without_recommendations_raises_none_and_the_keeper_may_speak_for_the_body() -> None:
    book = collecting()
    nothing = recommending().model_copy(update={"no_comment": True})
    book.do(submit("ideas@d2", NOON, nothing))
    assert len(book.state.recommendations) == 2
    book.do(handle("ideas@d1/1.1", NOON, Handling.REFER, body="Sở Y tế", reply_by=NOON.date()))
    book.do(handle("ideas@d1/1.1", NOON, Handling.REPLY, by=ISSUER, words="Sở Y tế đã trả lời bằng văn bản"))
    assert book.state.recommendations["ideas@d1/1.1"].status is RecommendationStatus.REPLIED
