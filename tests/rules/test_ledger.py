from datetime import date, timedelta

import pytest

from models.command import Command
from models.obligation import Outcome, State
from models.plan import OpeningMode, RequirementKind
from models.recommendation import Handling
from rules.ledger import answered_by, awaited, finished, next_wake
from rules.refusals import WORDS, Reason
from tests.rules.asking import accept_all, answer_request, ask, chase, holding, leave, name_holder
from tests.rules.plans import (
    CLOSING,
    DOCUMENT,
    DUE,
    GUIDANCE,
    STARTS,
    acknowledge,
    answer,
    at,
    cascade_of,
    child_closed,
    commented,
    complete,
    every_opening,
    everything,
    exclude_below,
    handle,
    having_held,
    obstacle,
    officer,
    open_below,
    opening,
    plan,
    recommending,
    register,
    reinstate_below,
    replace,
    requirement,
    review,
    submit,
)
from tests.rules.registers import PLAN, Book, kinds

NOON = at(3, 10)
EVERYTHING = everything()


# Opening


def test_a_register_opens_with_what_needs_no_waiting() -> None:
    book = Book()
    assert kinds(tuple(event.fact for event in book.events)) == ["cascade_opened", "obligations_opened"]
    assert {book.of(f"{key}@d1") for key in ("year", "radio")} == {State.OPEN}
    assert {book.of(f"{key}@d1") for key in ("campaign", "late", "follow", "report")} == {State.DORMANT}
    assert (book.of("month@d1"), book.of("month@d2")) == (State.NOT_APPLICABLE, State.OPEN)
    opened = book.events[0].fact
    assert opened.kind == "cascade_opened"
    assert (opened.units, opened.obligations) == (3, 21)


def test_a_register_never_opens_before_the_document_is_issued() -> None:
    assert {event.at for event in Book(opened=at(1, 1)).events} == {STARTS}


def test_a_register_that_opens_late_reminds_nobody_of_the_past() -> None:
    book = Book(opened=at(4, 14))
    assert book.advance(at(4, 14)) != ()  # what opens at the latest on 8 April opens now
    assert book.fired("year@d1") == []
    book.advance(at(4, 17, 8))
    assert book.fired("year@d1") == [("T+5", ())]


def test_a_document_that_arrives_opens_what_waits_for_it() -> None:
    book = Book()
    facts = book.do(register(NOON))
    assert kinds(facts) == ["document_registered", "obligations_opened"]
    assert {book.of(f"{key}@d2") for key in ("campaign", "late")} == {State.OPEN}
    assert facts[1].kind == "obligations_opened"
    assert (facts[1].reason, facts[1].basis) == ("registered", GUIDANCE)
    assert book.of("follow@d2") is State.DORMANT


def test_an_accepted_document_above_opens_what_follows_from_it() -> None:
    book = Book()
    facts = book.do(open_below(NOON))
    assert facts[0].kind == "obligations_opened"
    assert (facts[0].reason, facts[0].basis) == ("accepted_above", DOCUMENT)
    assert {book.of(f"{key}@d2") for key in ("follow", "report")} == {State.OPEN}
    assert book.do(open_below(NOON)) == ()
    assert book.do(open_below(NOON, "something else")) == ()


def test_what_waits_opens_at_the_latest_on_its_day() -> None:
    book = Book()
    assert book.of("late@d1") is State.DORMANT
    book.advance(at(4, 8, 8))
    assert book.of("late@d1") is State.OPEN
    assert book.of("campaign@d1") is State.DORMANT
    assert book.state.registered == ()


# Time


def test_each_step_of_the_ladder_fires_once_and_in_time() -> None:
    book = Book(plan([requirement("year")]))
    wakes = []
    while (wake := next_wake(book.plan, book.state)) and wake < CLOSING:
        wakes.append(wake)
        book.advance(wake)
    assert wakes == [at(4, 3, 8), at(4, 9, 8), at(4, 13, 8), at(4, 17, 8), at(5, 5, 8)]
    assert book.fired("year@d1") == [("T-5", ()), ("T-1", ()), ("T+1", ()), ("T+5", ()), ("T+15", ())]
    assert book.state.obligations["year@d1"].escalations == 3


def test_after_an_outage_one_fitting_step_fires_and_names_the_others() -> None:
    book = Book(plan([requirement("year")]))
    facts = book.advance(at(4, 18))
    assert kinds(facts) == ["step_fired"]
    assert book.fired("year@d1") == [("T+5", ("T-5", "T-1", "T+1"))]
    assert book.state.obligations["year@d1"].escalations == 1


def test_the_same_instant_twice_or_an_earlier_one_brings_nothing() -> None:
    book = Book()
    assert book.advance(at(4, 9)) != ()
    before = book.state
    assert book.advance(at(4, 9)) == book.advance(at(4, 1)) == ()
    assert book.state is before


def test_units_that_reach_a_step_together_are_one_event() -> None:
    book = Book(plan([requirement("year")], ("d1", "d2")))
    facts = book.advance(at(4, 3, 8))
    assert [fact.obligations for fact in facts if fact.kind == "step_fired"] == [("year@d1", "year@d2")]


def test_whoever_has_answered_is_left_alone_and_whoever_was_returned_is_not() -> None:
    book = Book(plan([requirement("year")], ("d1", "d2")))
    book.do(submit("year@d1", NOON))
    book.do(submit("year@d2", NOON))
    book.do(review("year@d2", NOON, returns=True))
    book.advance(at(4, 3, 8))
    assert (book.fired("year@d1"), book.fired("year@d2")) == ([], [("T-5", ())])


def test_steps_that_passed_while_an_answer_was_waiting_are_not_made_up_for() -> None:
    book = Book(plan([requirement("year")]))
    book.do(submit("year@d1", at(4, 2)))
    book.do(review("year@d1", at(4, 14), returns=True))
    assert book.fired("year@d1") == []
    book.advance(at(4, 17, 8))
    assert book.fired("year@d1") == [("T+5", ())]


def test_what_has_no_date_is_never_reminded_only_chased_after_long_silence() -> None:
    book = Book(plan([requirement("radio", due=None)]))
    assert next_wake(book.plan, book.state) == at(6, 1, 8)
    assert kinds(book.advance(at(6, 1, 8))) == ["step_fired"]
    assert book.fired("radio@d1") == [("S+90", ())]
    assert next_wake(book.plan, book.state) == CLOSING


def test_a_register_wakes_for_whatever_comes_first() -> None:
    book = Book()
    assert next_wake(PLAN, book.state) == at(4, 3, 8)
    for code in ("d1", "d2", "d3"):
        book.do(submit(f"year@{code}", NOON))
    assert next_wake(PLAN, book.state) == at(3, 11, 8)
    book.advance(at(3, 11, 8))
    assert next_wake(PLAN, book.state) == at(4, 8, 8)


def test_what_opens_at_the_very_instant_of_a_step_is_assigned_and_not_reminded_too() -> None:
    waits = opening(OpeningMode.WHEN_ACCEPTED, "above", at(4, 3, 8))
    book = Book(plan([requirement("late", opening=waits)]))
    assert kinds(book.advance(at(4, 3, 8))) == ["obligations_opened"]
    assert next_wake(book.plan, book.state) == at(4, 9, 8)


# The closing


def test_at_the_closing_what_is_owed_is_unfulfilled_and_nothing_else() -> None:
    book = Book()
    book.do(submit("year@d1", NOON))
    book.do(submit("year@d2", NOON))
    book.do(review("year@d2", NOON, returns=True))
    book.do(submit("month@d2", NOON))
    book.do(review("month@d2", NOON))
    facts = book.advance(CLOSING)
    assert kinds(facts) == ["cascade_closed"]
    assert book.state.closed
    assert book.of("year@d1") is State.SUBMITTED
    assert book.of("month@d2") is State.ACCEPTED
    assert book.of("campaign@d1") is State.DORMANT
    assert book.of("month@d1") is State.NOT_APPLICABLE
    assert {book.of(key) for key in ("year@d2", "year@d3", "radio@d1")} == {State.UNFULFILLED}
    assert next_wake(PLAN, book.state) is None
    assert book.advance(at(12, 31)) == ()


def test_the_last_moment_before_the_closing_is_in_time() -> None:
    book = Book()
    assert kinds(book.do(submit("year@d1", CLOSING - timedelta(microseconds=1)))) == ["submitted"]
    assert book.refusal(submit("year@d2", CLOSING)) is Reason.CLOSED


def test_a_register_is_finished_when_it_and_all_below_it_are_closed() -> None:
    book = Book()
    for code in ("d1", "d2"):
        assert kinds(book.do(child_closed(code, NOON))) == ["below_closed"]
    book.advance(CLOSING)
    assert not finished(PLAN, book.state)
    assert kinds(book.do(child_closed("d3", CLOSING))) == ["below_closed"]
    assert finished(PLAN, book.state)
    assert book.do(child_closed("d3", CLOSING)) == ()


# Commands


def test_an_answer_is_accepted_with_the_unit_s_document() -> None:
    book = Book()
    facts = book.do(submit("year@d1", NOON))
    assert facts[0].kind == "submitted"
    assert (facts[0].submission, book.of("year@d1")) == (1, State.SUBMITTED)
    facts = book.do(review("year@d1", at(3, 12)))
    assert facts[0].kind == "accepted"
    assert facts[0].document == DOCUMENT
    item = book.state.obligations["year@d1"]
    assert (item.state, item.submitted_at, item.decided_at) == (State.ACCEPTED, NOON, at(3, 12))
    assert (item.due, item.acknowledged_at) == (DUE, NOON)


def test_a_document_from_before_satisfies() -> None:
    book = Book()
    book.do(submit("year@d1", NOON, answer(existing=True)))
    book.do(review("year@d1", NOON))
    assert book.of("year@d1") is State.SATISFIED


def test_a_returned_answer_can_be_handed_in_again() -> None:
    book = Book()
    book.do(submit("year@d1", NOON))
    book.do(review("year@d1", NOON, returns=True))
    item = book.state.obligations["year@d1"]
    assert (item.state, item.returned, item.comment) == (State.RETURNED, 1, "bổ sung")
    book.do(submit("year@d1", at(3, 20)))
    item = book.state.obligations["year@d1"]
    assert (item.submissions, item.submitted_at, item.comment) == (2, at(3, 20), "")
    book.do(review("year@d1", at(3, 21), submission=2))
    assert book.of("year@d1") is State.ACCEPTED


def test_acknowledging_counts_for_all_that_is_owed_and_once() -> None:
    book = Book()
    facts = book.do(acknowledge("d2", NOON))
    assert facts[0].kind == "acknowledged"
    assert facts[0].obligations == ("year@d2", "month@d2", "radio@d2")
    assert book.do(acknowledge("d2", at(3, 11))) == ()
    assert book.state.obligations["year@d2"].acknowledged_at == NOON
    assert book.state.obligations["year@d1"].acknowledged_at is None


def test_an_answer_does_not_change_when_the_unit_took_note() -> None:
    book = Book()
    book.do(acknowledge("d1", NOON))
    book.do(submit("year@d1", at(3, 20)))
    assert book.state.obligations["year@d1"].acknowledged_at == NOON


def test_a_command_is_never_dated_before_the_last_event() -> None:
    book = Book()
    book.do(submit("year@d1", at(3, 20)))
    book.do(submit("year@d2", at(3, 10)))
    assert book.events[-1].at == at(3, 20)


JOINTLY = review("joint@d1", NOON, by="so", outcome=Outcome.ACCEPTED)
REFUSALS: list[tuple[str, Reason, list[Command], Command]] = [
    ("an obligation that is not in the register", Reason.UNKNOWN_OBLIGATION, [], submit("year@d9", NOON)),
    ("a decision on one that is not in the register", Reason.UNKNOWN_OBLIGATION, [], review("nothing@d1", NOON)),
    ("another unit's obligation", Reason.NOT_YOURS, [], submit("year@d1", NOON, by="d2")),
    ("a decision by another than the issuing unit", Reason.NOT_YOURS, [submit("year@d1", NOON)],
     review("year@d1", NOON, by="d1")),
    ("a receipt from a unit that owes nothing", Reason.NOT_YOURS, [], acknowledge("stranger", NOON)),
    ("a document registered by another unit", Reason.NOT_YOURS, [], register(NOON, actor=officer("d1"))),
    ("what has not opened", Reason.NOT_OPEN_YET, [], submit("campaign@d1", NOON)),
    ("what is not asked of the unit", Reason.NOT_APPLICABLE, [], submit("month@d1", NOON)),
    ("a second answer while one waits", Reason.ALREADY_SUBMITTED, [submit("year@d1", NOON)], submit("year@d1", NOON)),
    ("what is accepted", Reason.ALREADY_DONE, [submit("year@d1", NOON), review("year@d1", NOON)],
     submit("year@d1", NOON)),
    ("what is satisfied", Reason.ALREADY_DONE,
     [submit("year@d1", NOON, answer(existing=True)), review("year@d1", NOON)], submit("year@d1", NOON)),
    ("an answer after the closing", Reason.CLOSED, [], submit("year@d1", CLOSING)),
    ("a decision after the closing", Reason.CLOSED, [submit("year@d1", NOON)], review("year@d1", CLOSING)),
    ("a receipt after the closing", Reason.CLOSED, [], acknowledge("d1", CLOSING)),
    ("a document after the closing", Reason.CLOSED, [], register(CLOSING)),
    ("an opening after the closing", Reason.CLOSED, [], open_below(CLOSING)),
    ("a decision where nothing was handed in", Reason.NOTHING_TO_REVIEW, [], review("year@d1", NOON, submission=0)),
    ("a second decision", Reason.NOTHING_TO_REVIEW, [submit("year@d1", NOON), review("year@d1", NOON)],
     review("year@d1", NOON)),
    ("a decision on an earlier answer", Reason.REVIEW_OUTDATED,
     [submit("year@d1", NOON), review("year@d1", NOON, returns=True), submit("year@d1", NOON)],
     review("year@d1", NOON, submission=1)),
    ("a return without a word", Reason.COMMENT_MISSING, [submit("year@d1", NOON)],
     review("year@d1", NOON, returns=True, comment="  ")),
    ("an answer without its document", Reason.ANSWER_INCOMPLETE, [], submit("year@d1", NOON, answer(document=None))),
    ("a document that nothing waits for", Reason.UNKNOWN_TRIGGER, [], register(NOON, "weather")),
    ("a document that has arrived", Reason.ALREADY_REGISTERED, [register(NOON)], register(NOON)),
    ("what was withdrawn", Reason.WITHDRAWN, [replace(NOON, "year")], submit("year@d1", NOON)),
    ("comments on a draft that has become final", Reason.LAPSED, [register(NOON, "final")],
     submit("draft@d1", NOON, commented())),
    ("comments returned when the draft has become final", Reason.LAPSED,
     [submit("draft@d1", NOON, commented()), register(NOON, "final")], review("draft@d1", NOON, returns=True)),
    ("a second acceptance by the same recipient", Reason.ALREADY_DECIDED,
     [submit("joint@d1", NOON), JOINTLY], review("joint@d1", NOON, by="so", outcome=Outcome.ACCEPTED)),
    ("recipients who see a matter differently", Reason.OUTCOME_DIFFERS,
     [submit("joint@d1", NOON), JOINTLY], review("joint@d1", NOON, outcome=Outcome.REJECTED, comment="chưa đủ")),
    ("accepted comments of which nobody says what became", Reason.OUTCOME_MISSING,
     [submit("draft@d1", NOON, commented())], review("draft@d1", NOON)),
    ("an outcome that is not asked for", Reason.OUTCOME_MISSING,
     [submit("draft@d1", NOON, commented())], review("draft@d1", NOON, outcome=Outcome.MERGED)),
    ("an explanation without a word", Reason.REASON_MISSING,
     [submit("draft@d1", NOON, commented())], review("draft@d1", NOON, outcome=Outcome.EXPLAINED, comment=" ")),
    ("a split for an answer that is not there", Reason.NOTHING_TO_COMPLETE, [], complete("meeting@d1", NOON, 10, 20)),
    ("a split for an answer that has it", Reason.NOTHING_TO_COMPLETE,
     [submit("meeting@d1", NOON, having_held(men=10, women=20, attended=()))], complete("meeting@d1", NOON, 10, 20)),
    ("a split that does not add up", Reason.FIGURES_WRONG,
     [submit("meeting@d1", NOON, having_held())], complete("meeting@d1", NOON, 10, 21)),
    ("another unit's figures", Reason.NOT_YOURS,
     [submit("meeting@d1", NOON, having_held())], complete("meeting@d1", NOON, 10, 20, by="d2")),
    ("a recommendation that nobody made", Reason.UNKNOWN_RECOMMENDATION, [],
     handle("ideas@d1/1.1", NOON, Handling.ANSWER, words="đã có")),
    ("a recommendation handled by another unit", Reason.NOT_YOURS, [submit("ideas@d1", NOON, recommending("vay"))],
     handle("ideas@d1/1.1", NOON, Handling.ANSWER, words="đã có", by="d1")),
    ("a reply where nobody was asked", Reason.HANDLING_NOT_POSSIBLE, [submit("ideas@d1", NOON, recommending("vay"))],
     handle("ideas@d1/1.1", NOON, Handling.REPLY, words="đã có")),
    ("an answer without a word", Reason.WORDS_MISSING, [submit("ideas@d1", NOON, recommending("vay"))],
     handle("ideas@d1/1.1", NOON, Handling.ANSWER)),
    ("a referral to nobody", Reason.REFERRAL_INCOMPLETE, [submit("ideas@d1", NOON, recommending("vay"))],
     handle("ideas@d1/1.1", NOON, Handling.REFER, reply_by=NOON.date())),
    ("a referral with a day that has passed", Reason.REFERRAL_INCOMPLETE,
     [submit("ideas@d1", NOON, recommending("vay"))],
     handle("ideas@d1/1.1", NOON, Handling.REFER, body="Sở", reply_by=at(3, 9).date())),
    ("a referral with a day that no calendar of ours has", Reason.REFERRAL_INCOMPLETE,
     [submit("ideas@d1", NOON, recommending("vay"))],
     handle("ideas@d1/1.1", NOON, Handling.REFER, body="Sở", reply_by=date(9999, 12, 31))),
    ("an obstacle that nobody describes", Reason.OBSTACLE_MISSING, [], obstacle("year@d1", NOON, " \n")),
    ("an obstacle to another unit's work", Reason.NOT_YOURS, [], obstacle("year@d1", NOON, by="d2")),
    ("an obstacle to something that nobody asks", Reason.UNKNOWN_OBLIGATION, [], obstacle("nothing@d1", NOON)),
    ("an obstacle after the closing", Reason.CLOSED, [], obstacle("year@d1", CLOSING)),
    ("a replacement told by an officer", Reason.NOT_YOURS, [], replace(NOON, actor=officer("d1"))),
    ("an opening told by an officer", Reason.NOT_YOURS, [],
     open_below(NOON).model_copy(update={"actor": officer("d1")})),
    ("an exclusion told by an officer", Reason.NOT_YOURS, [], exclude_below(NOON, actor=officer("d1"))),
    ("a reinstatement told by an officer", Reason.NOT_YOURS, [], reinstate_below(NOON, actor=officer("d1"))),
    ("recommendations handled after the closing", Reason.CLOSED, [submit("ideas@d1", NOON, recommending("vay"))],
     handle("ideas@d1/1.1", CLOSING, Handling.ANSWER, words="đã có")),
    ("figures after the closing", Reason.CLOSED, [submit("meeting@d1", NOON, having_held())],
     complete("meeting@d1", CLOSING, 10, 20)),
    ("a replacement after the closing", Reason.CLOSED, [], replace(CLOSING)),
    ("a second request of a kind", Reason.ALREADY_ASKED, [ask("year@d1", NOON)], ask("year@d1", NOON)),
    ("a request without a reason", Reason.REASON_NEEDED, [], ask("year@d1", NOON, reason=" ")),
    ("more time where there is no date", Reason.NO_DUE_DATE, [], ask("radio@d1", NOON)),
    ("more time until the same day", Reason.DAY_NOT_LATER, [], ask("year@d1", NOON, until=date(2020, 4, 10))),
    ("more time than the register has", Reason.DAY_BEYOND_CLOSING, [], ask("year@d1", NOON, until=date(2020, 7, 1))),
    ("a request for what has not opened", Reason.NOT_OPEN_YET, [], ask("campaign@d1", NOON)),
    ("another unit's request", Reason.NOT_YOURS, [], ask("year@d1", NOON, by="d2")),
    ("an answer to what nobody asked", Reason.UNKNOWN_REQUEST, [], answer_request("year@d1/r9", NOON)),
    ("a second answer to a request", Reason.ALREADY_ANSWERED,
     [ask("year@d1", NOON), answer_request("year@d1/r8", NOON)], answer_request("year@d1/r8", NOON)),
    ("a refusal without a word", Reason.REASON_NEEDED,
     [ask("year@d1", NOON)], answer_request("year@d1/r8", NOON, granted=False)),
    ("a request answered by the unit itself", Reason.NOT_YOURS,
     [ask("year@d1", NOON)], answer_request("year@d1/r8", NOON, by="d1")),
    ("many decisions of which none holds", Reason.NOTHING_ACCEPTED, [], accept_all(NOON, ("year@d1", 1))),
    ("a chase of what is done", Reason.NOTHING_TO_CHASE, [submit("year@d1", NOON)], chase(NOON, "year@d1")),
    ("a second chase on one day", Reason.CHASED_TODAY, [chase(NOON, "year@d1")], chase(NOON, "year@d1")),
    ("a chase by another unit", Reason.NOT_YOURS, [], chase(NOON, "year@d1", by="d2")),
    ("a person without a name", Reason.NAME_MISSING, [], name_holder(NOON, name=" ")),
    ("a person without an address", Reason.ADDRESS_WRONG, [], name_holder(NOON, "lan")),
    ("a colleague for some days", Reason.PERIOD_WRONG, [], name_holder(NOON, first=NOON.date())),
    ("a person named by one who has left", Reason.HOLDER_GONE, [leave(NOON)], name_holder(NOON)),
    ("a person who named himself", Reason.HOLDER_CIRCLE, [], name_holder(NOON, "d1@x.vn")),
    ("a chain that is too long", Reason.CHAIN_TOO_LONG,
     [name_holder(NOON, f"{n}@x.vn", by=holding("d1", f"h{n + 7}" if n else "focal")) for n in range(3)],
     name_holder(NOON, "3@x.vn", by=holding("d1", "h10"))),
    ("a stranger who leaves", Reason.NOT_YOURS, [], leave(NOON, "stranger")),
    ("somebody whom nobody has named leaves", Reason.HOLDER_GONE, [], leave(NOON, holder="h99")),
    ("a request after the closing", Reason.CLOSED, [], ask("year@d1", CLOSING)),
    ("anything after a replacement that closes", Reason.CLOSED, [replace(NOON, close=True)], submit("year@d1", NOON)),
]  # fmt: skip


OF_STEPPING_IN = {
    Reason.WAIVED, Reason.TRANSFERRED, Reason.SUSPENDED, Reason.CHANGED_MEANWHILE, Reason.NOTHING_CHOSEN,
    Reason.NOT_LAID_ASIDE, Reason.NOT_SUSPENDED, Reason.NOTHING_TO_REASSIGN, Reason.ALREADY_OWES, Reason.OWN_REGISTER,
    Reason.DAY_PAST, Reason.DAY_BEFORE_ISSUE, Reason.SAME_DAY, Reason.DATE_NEEDED, Reason.RECEIVED_WRONG,
    Reason.PAPER_MISSING, Reason.VERSION_OUTDATED,
}  # fmt: skip
"""With examples in test_stepping_in and test_amending."""


@pytest.mark.parametrize(("what", "reason", "before", "command"), REFUSALS, ids=[case[0] for case in REFUSALS])
def test_the_rules_refuse(what: str, reason: Reason, before: list[Command], command: Command) -> None:
    book = Book(EVERYTHING)
    for earlier in before:
        book.do(earlier)
    assert book.refusal(command) is reason, what
    assert WORDS[reason].strip()


def test_every_reason_for_a_refusal_has_an_example_and_words() -> None:
    assert {reason for _, reason, _, _ in REFUSALS} | OF_STEPPING_IN == set(Reason) == set(WORDS)


def test_below_the_first_register_only_the_one_above_registers_documents() -> None:
    book = Book(every_opening(parent="cascade:x:ministry"))
    assert book.refusal(register(NOON)) is Reason.UNKNOWN_TRIGGER
    assert kinds(book.do(register(NOON, actor=cascade_of("ministry")))) == ["document_registered", "obligations_opened"]


def test_only_the_first_register_awaits_documents_and_only_until_they_arrive() -> None:
    assert awaited(PLAN, ()) == {"guidance": "Hướng dẫn của tỉnh"}
    assert awaited(PLAN, ["guidance"]) == {}
    assert awaited(every_opening(parent="cascade:x:ministry"), ()) == {}


# Repeated commands


def test_a_command_sent_again_at_once_has_one_effect_and_one_answer() -> None:
    book = Book()
    command = submit("year@d1", NOON)
    book.do(command)
    seq = book.state.seq
    assert book.do(command) == ()
    book.do(submit("year@d2", NOON))
    assert answered_by(book.state, command) == seq


def test_an_answer_sent_again_after_it_was_returned_is_not_handed_in_again() -> None:
    book = Book()
    command = submit("year@d1", NOON)
    book.do(command)
    seq = book.state.seq
    book.do(review("year@d1", NOON, returns=True))
    assert book.do(command.model_copy(update={"at": at(3, 11)})) == ()
    assert book.of("year@d1") is State.RETURNED
    assert answered_by(book.state, command) == seq


def test_an_answer_sent_again_after_it_was_accepted_is_not_refused() -> None:
    book = Book()
    command = submit("year@d1", NOON)
    book.do(command)
    book.do(review("year@d1", NOON))
    assert book.do(command) == ()


def test_a_decision_sent_again_after_the_next_answer_does_not_decide_on_that() -> None:
    book = Book()
    book.do(submit("year@d1", NOON))
    returning = review("year@d1", NOON, returns=True)
    book.do(returning)
    book.do(submit("year@d1", NOON))
    assert book.do(returning) == ()
    assert book.of("year@d1") is State.SUBMITTED


def test_a_document_registered_again_by_the_same_command_is_not_refused() -> None:
    book = Book()
    command = register(NOON)
    book.do(command)
    seq = next(event.seq for event in book.events if event.fact.kind == "document_registered")
    assert book.do(command) == ()
    assert answered_by(book.state, command) == seq


def test_a_receipt_sent_again_does_not_cover_what_opened_since() -> None:
    book = Book()
    command = acknowledge("d1", NOON)
    book.do(command)
    book.do(register(NOON))
    assert book.do(command) == ()
    assert book.state.obligations["campaign@d1"].acknowledged_at is None
    assert len(book.do(acknowledge("d1", NOON))) == 1


def test_a_command_that_was_taken_is_not_refused_after_the_closing() -> None:
    book = Book()
    command = submit("year@d1", NOON)
    book.do(command)
    book.advance(CLOSING)
    assert book.do(command) == ()


def test_one_form_for_several_obligations_counts_for_each() -> None:
    book = Book()
    first = submit("year@d1", NOON)
    book.do(first)
    assert kinds(book.do(submit("year@d2", NOON).model_copy(update={"id": first.id}))) == ["submitted"]


def test_a_command_without_effect_is_answered_by_the_last_event() -> None:
    book = Book()
    book.do(acknowledge("d1", NOON))
    assert answered_by(book.state, acknowledge("d1", NOON)) == book.state.seq


def test_a_choice_and_attendance_are_asked_for_where_the_plan_says_so() -> None:
    book = Book()
    book.do(register(NOON))
    assert book.refusal(submit("campaign@d1", NOON, answer(choice=""))) is Reason.ANSWER_INCOMPLETE
    assert book.refusal(submit("campaign@d1", NOON, answer(total=4))) is Reason.ANSWER_INCOMPLETE
    assert kinds(book.do(submit("campaign@d1", NOON))) == ["submitted"]


def test_what_opens_after_its_due_date_is_told_once_and_then_followed_up() -> None:
    late = requirement("late", opening=opening(OpeningMode.WHEN_ACCEPTED, "above"), kind=RequirementKind.REPORT)
    book = Book(plan([late]))
    book.do(open_below(at(4, 14)))
    assert book.fired("late@d1") == []
    assert next_wake(book.plan, book.state) == at(4, 17, 8)
