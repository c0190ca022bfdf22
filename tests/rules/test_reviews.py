from datetime import timedelta

import pytest

from models.answer import AttendanceRow
from models.obligation import DONE, Outcome, State, Timeliness
from models.plan import Advised, CascadePlan, Duty, OpeningMode, RequirementKind, Reviewer, Term
from rules.deciding import recipients
from rules.refusals import Reason
from rules.timeliness import timeliness
from tests.rules.plans import (
    DOCUMENT,
    DUE,
    ISSUER,
    STARTS,
    answer,
    at,
    commented,
    complete,
    having_held,
    opening,
    plan,
    requirement,
    review,
    submit,
    with_duty,
)
from tests.rules.registers import Book, kinds

NOON = at(3, 10)
SO = Reviewer(unit="so", name="Sở")
BAN = Reviewer(unit="ban", name="Ban")
EVENT = RequirementKind.EVENT


def two_recipients(*reviewers: Reviewer) -> CascadePlan:
    return with_duty(plan([requirement("report", kind=RequirementKind.REPORT)]), "report@d1", reviewers=reviewers)


# Several recipients


@pytest.mark.parametrize(
    ("unit", "reviewers", "deciding"),
    [
        ("d1", (), (ISSUER,)),
        ("d1", (SO, BAN), (ISSUER, "so", "ban")),
        (ISSUER, (SO, BAN), ("so", "ban")),
        (ISSUER, (), (ISSUER,)),
    ],
)
def test_nobody_decides_on_his_own_report_where_another_receives_it(
    unit: str, reviewers: tuple[Reviewer, ...], deciding: tuple[str, ...]
) -> None:
    assert recipients(ISSUER, unit, [reviewer.unit for reviewer in reviewers]) == deciding


def test_an_answer_is_accepted_when_all_recipients_have_accepted_it() -> None:
    book = Book(two_recipients(SO, BAN))
    book.do(submit("report@d1", NOON))
    assert kinds(book.do(review("report@d1", NOON, by="so"))) == ["endorsed"]
    assert kinds(book.do(review("report@d1", NOON))) == ["endorsed"]
    assert (book.of("report@d1"), book.item("report@d1").endorsed) == (State.SUBMITTED, ("so", ISSUER))
    assert kinds(book.do(review("report@d1", at(3, 12), by="ban"))) == ["accepted"]
    item = book.item("report@d1")
    assert (item.state, item.decided_at, item.submitted_at) == (State.ACCEPTED, at(3, 12), NOON)


def test_any_recipient_may_return_and_then_all_decide_again() -> None:
    book = Book(two_recipients(SO))
    book.do(submit("report@d1", NOON))
    book.do(review("report@d1", NOON))
    book.do(review("report@d1", NOON, returns=True, by="so"))
    assert (book.of("report@d1"), book.item("report@d1").endorsed) == (State.RETURNED, ())
    book.do(submit("report@d1", at(3, 12)))
    assert kinds(book.do(review("report@d1", at(3, 12), 2, by="so"))) == ["endorsed"]
    assert kinds(book.do(review("report@d1", at(3, 12), 2))) == ["accepted"]


def test_an_endorsement_sent_again_is_one_and_a_further_recipient_decides_on_nothing_else() -> None:
    book = Book(two_recipients(SO))
    book.do(submit("report@d1", NOON))
    endorsing = review("report@d1", NOON, by="so")
    book.do(endorsing)
    assert book.do(endorsing) == ()
    alone = Book(plan([requirement("report", kind=RequirementKind.REPORT)]))
    alone.do(submit("report@d1", NOON))
    assert alone.refusal(review("report@d1", NOON, by="so")) is Reason.NOT_YOURS


def test_what_the_keeper_of_the_register_owes_is_decided_by_its_recipients_alone() -> None:
    of = with_duty(plan([requirement("report")], duties=()), f"report@{ISSUER}", reviewers=(SO, BAN))
    book = Book(of)
    book.do(submit(f"report@{ISSUER}", NOON))
    assert book.refusal(review(f"report@{ISSUER}", NOON)) is Reason.NOT_YOURS
    book.do(review(f"report@{ISSUER}", NOON, by="so"))
    book.do(review(f"report@{ISSUER}", NOON, by="ban"))
    assert book.of(f"report@{ISSUER}") is State.ACCEPTED


# Outcomes


def test_comments_are_taken_on_board_or_explained_and_silence_is_neither() -> None:
    book = Book(plan([requirement("draft", kind=RequirementKind.CONSULTATION)], ("d1", "d2", "d3")))
    book.do(submit("draft@d1", NOON, commented()))
    book.do(review("draft@d1", NOON, outcome=Outcome.EXPLAINED, comment="trái với luật"))
    book.do(submit("draft@d2", NOON, commented(note="", no_comment=True)))
    book.do(review("draft@d2", NOON))
    assert (book.of("draft@d1"), book.item("draft@d1").outcome) == (State.ACCEPTED, Outcome.EXPLAINED)
    assert (book.of("draft@d2"), book.item("draft@d2").outcome) == (State.ACCEPTED, None)
    assert book.of("draft@d3") is State.OPEN


def test_a_proposal_is_accepted_merged_or_rejected_and_a_rejected_one_opens_nothing() -> None:
    proposal = requirement("proposal", outcomes=(Outcome.ACCEPTED, Outcome.MERGED, Outcome.REJECTED))
    follows = requirement("follows", opening=opening(OpeningMode.WHEN_ACCEPTED, "proposal"))
    for outcome, state in ((Outcome.MERGED, State.OPEN), (Outcome.REJECTED, State.DORMANT)):
        of = with_duty(plan([proposal, follows], duties=()), "follows@d1")
        book = Book(with_duty(of, f"proposal@{ISSUER}"))
        book.do(submit(f"proposal@{ISSUER}", NOON))
        book.do(review(f"proposal@{ISSUER}", NOON, outcome=outcome))
        assert (book.of(f"proposal@{ISSUER}"), book.of("follows@d1")) == (State.ACCEPTED, state)


def test_an_outcome_that_nobody_asks_for_is_left_out() -> None:
    book = Book(plan([requirement("year")]))
    book.do(submit("year@d1", NOON))
    book.do(review("year@d1", NOON, outcome=Outcome.REJECTED, comment=""))
    assert (book.of("year@d1"), book.item("year@d1").outcome) == (State.ACCEPTED, None)


# One event, several hosts


def hosts() -> CascadePlan:
    then = requirement("then", None, term=Term(days=5), opening=opening(OpeningMode.WHEN_HELD, "meeting"))
    return plan([requirement("meeting", kind=EVENT, attendance=True), then], ("d1", "d2", "d3", "d4"))


def test_an_accepted_event_is_evidence_for_the_hosts_that_still_owe_it() -> None:
    book = Book(hosts())
    book.do(submit("meeting@d3", NOON, having_held()))
    book.do(submit("meeting@d1", at(3, 11), having_held("d1", "d2", "d3", "stranger", men=10, women=20, attended=())))
    assert book.of("meeting@d2") is State.OPEN
    facts = book.do(review("meeting@d1", DUE))
    assert kinds(facts) == ["accepted", "evidence_shared", "obligations_opened"]
    assert (book.of("meeting@d2"), book.item("meeting@d2").shared_from) == (State.SATISFIED, "meeting@d1")
    assert (book.of("meeting@d3"), book.of("meeting@d4")) == (State.SUBMITTED, State.OPEN)
    assert (book.of("then@d2"), book.of("then@d4")) == (State.OPEN, State.DORMANT)
    assert timeliness(book.item("meeting@d2"), DUE) is Timeliness.ON_TIME


def test_an_event_that_the_keeper_held_with_others_opens_what_waits_for_its_own() -> None:
    below = requirement("below", opening=opening(OpeningMode.WHEN_ACCEPTED, "meeting"))
    for reporting, by in (("d1", ISSUER), (ISSUER, "so")):
        of = with_duty(plan([requirement("meeting", kind=EVENT), below]), f"meeting@{ISSUER}", reviewers=(SO,))
        book = Book(of)
        book.do(submit(f"meeting@{reporting}", NOON, having_held("d1", ISSUER)))
        book.do(review(f"meeting@{reporting}", NOON, by=by))
        assert (book.of(f"meeting@{ISSUER}") in DONE, book.of("below@d1")) == (True, State.OPEN)


def test_the_missing_split_of_one_event_is_completed_for_all_its_hosts() -> None:
    book = Book(hosts())
    book.do(submit("meeting@d1", NOON, having_held("d2")))
    book.do(review("meeting@d1", NOON))
    command = complete("meeting@d2", at(3, 12), 10, 20)
    facts = book.do(
        command.model_copy(update={"attended": (AttendanceRow(role="cấp xã", men=10, women=20, total=30),)})
    )
    assert [(fact.obligation, fact.answer.men) for fact in facts if fact.kind == "figures_completed"] == [
        ("meeting@d2", 10),
        ("meeting@d1", 10),
    ]
    assert book.refusal(complete("meeting@d1", at(3, 12), 10, 20)) is Reason.NOTHING_TO_COMPLETE
    assert book.state.answers == {}


def test_figures_can_be_completed_while_they_wait_and_after_they_were_accepted_but_not_once_returned() -> None:
    book = Book(hosts())
    book.do(submit("meeting@d1", NOON, having_held(attended=())))
    book.do(submit("meeting@d2", NOON, having_held(attended=())))
    book.do(review("meeting@d2", NOON, returns=True))
    assert kinds(book.do(complete("meeting@d1", NOON, 12, 18))) == ["figures_completed"]
    assert book.refusal(complete("meeting@d2", NOON, 12, 18)) is Reason.NOTHING_TO_COMPLETE


def test_the_register_keeps_only_answers_from_which_something_may_follow() -> None:
    book = Book(hosts())
    book.do(submit("meeting@d1", NOON, having_held(men=10, women=20, attended=())))
    assert list(book.state.answers) == ["meeting@d1"]
    book.do(review("meeting@d1", NOON))
    assert book.state.answers == {}
    plain = Book(plan([requirement("year")]))
    plain.do(submit("year@d1", STARTS + timedelta(days=1), answer()))
    assert plain.state.answers == {}
    assert plain.item("year@d1").document == DOCUMENT


def test_a_plan_that_the_keeper_issues_on_advice_opens_what_waits_below_the_keeper() -> None:
    waits = requirement("below", opening=opening(OpeningMode.WHEN_ACCEPTED, "year"))
    both = plan([requirement("year"), waits], ("d1", "d2"))
    duties = [
        Duty(requirement="year", unit="d1", advised=Advised(name="UBND", symbol="UBND", unit=ISSUER)),
        Duty(requirement="below", unit="d2"),
    ]
    book = Book(both.model_copy(update={"duties": tuple(duties)}))
    issued = answer().model_copy(update={"document": DOCUMENT.model_copy(update={"number": "9/KH-UBND"})})
    book.do(submit("year@d1", NOON, issued))
    assert book.of("below@d2") is State.DORMANT
    assert kinds(book.do(review("year@d1", NOON))) == ["accepted", "obligations_opened"]
    assert book.of("below@d2") is State.OPEN


def test_recipients_who_see_a_matter_differently_do_not_overrule_each_other() -> None:
    proposal = requirement("proposal", outcomes=(Outcome.ACCEPTED, Outcome.REJECTED))
    book = Book(with_duty(plan([proposal]), "proposal@d1", reviewers=(SO,)))
    book.do(submit("proposal@d1", NOON))
    book.do(review("proposal@d1", NOON, by="so", outcome=Outcome.REJECTED, comment="chưa phù hợp"))
    differing = review("proposal@d1", NOON, outcome=Outcome.ACCEPTED)
    assert book.refusal(differing) is Reason.OUTCOME_DIFFERS
    book.do(review("proposal@d1", NOON, outcome=Outcome.REJECTED, comment="chưa phù hợp"))
    assert book.item("proposal@d1").outcome is Outcome.REJECTED
