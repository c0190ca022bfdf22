from datetime import datetime

from models.event import Event
from models.follow_up import Track
from models.notice import Notice, NoticeKind
from models.obligation import State
from models.plan import CascadePlan, Duty, OpeningMode, RequirementKind, Reviewer
from models.recommendation import Handling
from models.unit import Role
from rules.calendar import day_end, last_day
from rules.ladder import steps
from rules.ledger import Change, advance, decide, next_wake, note_summary, open_register
from rules.notices import notices
from tests.rules.asking import answer_request, ask, chase, leave, name_holder, note_refusal
from tests.rules.plans import (
    CLOSING,
    DUE,
    ISSUER,
    STARTS,
    at,
    earlier,
    every_opening,
    handle,
    having_held,
    open_below,
    opening,
    plan,
    recommending,
    register,
    replace,
    requirement,
    review,
    submit,
    supervisor,
    with_duty,
)
from tests.rules.registers import Book

TWO = plan([requirement("year"), requirement("also")], ("d1", "d2"))


def told(found: tuple[Notice, ...]) -> set[tuple[NoticeKind, str, Role, tuple[str, ...]]]:
    return {(notice.kind, notice.unit, notice.role, notice.obligations) for notice in found}


def wave(of: CascadePlan, now: datetime, opened: Change | None = None) -> tuple[Notice, ...]:
    """What people are told at an instant; all that came before came in time."""
    state = (opened or open_register(of, STARTS)).state
    while (wake := next_wake(of, state)) and wake < now:
        state = advance(of, state, wake).state
    return notices(of, advance(of, state, now).events)


def test_a_new_register_tells_the_issuer_and_gives_each_unit_one_mail_for_all_it_owes() -> None:
    assert told(notices(TWO, open_register(TWO, STARTS).events)) == {
        (NoticeKind.REGISTER, ISSUER, Role.FOCAL, ()),
        (NoticeKind.ASSIGNMENT, "d1", Role.FOCAL, ("year@d1", "also@d1")),
        (NoticeKind.ASSIGNMENT, "d2", Role.FOCAL, ("year@d2", "also@d2")),
    }


def test_requirements_that_reach_a_step_together_are_one_mail_per_unit() -> None:
    assert told(wave(TWO, at(4, 3, 8))) == {
        (NoticeKind.REMINDER, "d1", Role.FOCAL, ("year@d1", "also@d1")),
        (NoticeKind.REMINDER, "d2", Role.FOCAL, ("year@d2", "also@d2")),
    }


def test_different_kinds_in_one_wave_are_different_mails() -> None:
    mixed = plan([requirement("year"), requirement("next", due=day_end(at(4, 20).date()))])
    found = wave(mixed, at(4, 13, 8))
    assert told(found) == {
        (NoticeKind.OVERDUE, "d1", Role.HEAD, ("year@d1",)),
        (NoticeKind.REMINDER, "d1", Role.FOCAL, ("next@d1",)),
    }


def test_who_is_written_to_rises_with_the_ladder() -> None:
    single = plan([requirement("year")])
    roles: dict[str, set[tuple[str, Role]]] = {}
    change = open_register(single, STARTS)
    for step in steps(Track.DUE, last_day(DUE), single.follow_up):
        change = advance(single, change.state, step.at)
        roles[step.name] = {(notice.unit, notice.role) for notice in notices(single, change.events)}
    assert roles == {
        "T-5": {("d1", Role.FOCAL)},
        "T-1": {("d1", Role.FOCAL)},
        "T+1": {("d1", Role.HEAD)},
        "T+5": {("d1", Role.FOCAL), ("d1", Role.HEAD), (ISSUER, Role.FOCAL)},
        "T+15": {(ISSUER, Role.HEAD)},
    }


def test_an_escalation_is_one_mail_to_the_issuers_head_about_all_units() -> None:
    assert told(wave(TWO, at(5, 5, 8))) == {
        (NoticeKind.ESCALATION, ISSUER, Role.HEAD, ("year@d1", "year@d2", "also@d1", "also@d2"))
    }


def test_a_decision_on_an_answer_is_told_to_its_unit() -> None:
    opened = open_register(TWO, STARTS)
    handed_in = decide(TWO, opened.state, submit("year@d1", at(3, 10)))
    assert notices(TWO, handed_in.events) == ()
    returned = decide(TWO, handed_in.state, review("year@d1", at(3, 11), returns=True))
    assert told(notices(TWO, returned.events)) == {(NoticeKind.RETURNED, "d1", Role.FOCAL, ("year@d1",))}
    accepted = decide(TWO, handed_in.state, review("year@d1", at(3, 11)))
    assert told(notices(TWO, accepted.events)) == {(NoticeKind.ACCEPTED, "d1", Role.FOCAL, ("year@d1",))}


def test_what_opens_later_is_assigned_then() -> None:
    every = every_opening(("d1", "d2"))
    opened = open_register(every, STARTS)
    arrived = notices(every, decide(every, opened.state, register(at(3, 10))).events)
    assert {(notice.kind, notice.unit) for notice in arrived} == {
        (NoticeKind.ASSIGNMENT, "d1"),
        (NoticeKind.ASSIGNMENT, "d2"),
    }
    above = notices(every, decide(every, opened.state, open_below(at(3, 10))).events)
    assert {notice.obligations for notice in above} == {("follow@d1", "report@d1"), ("follow@d2", "report@d2")}


def test_the_closing_sends_no_mail() -> None:
    assert wave(TWO, CLOSING) == ()


def test_waves_at_different_instants_stay_apart_and_are_numbered_by_their_first_event() -> None:
    opened = open_register(TWO, STARTS)
    first = advance(TWO, opened.state, at(4, 3, 8))
    second = advance(TWO, first.state, at(4, 9, 8))
    events: tuple[Event, ...] = (*first.events, *second.events)
    found = notices(TWO, events)
    assert len(found) == 4
    assert {(notice.unit, notice.at, notice.step) for notice in found} == {
        (unit, change.events[0].at, str(change.events[0].seq)) for unit in ("d1", "d2") for change in (first, second)
    }
    assert found == (*notices(TWO, first.events), *notices(TWO, second.events))


def test_two_people_at_one_instant_are_two_waves() -> None:
    opened = open_register(TWO, STARTS)
    state = decide(TWO, opened.state, submit("year@d1", at(3, 10))).state
    state = decide(TWO, state, submit("also@d1", at(3, 10))).state
    one = decide(TWO, state, review("year@d1", at(3, 11), returns=True))
    two = decide(TWO, one.state, review("also@d1", at(3, 11), returns=True))
    assert len(notices(TWO, (*one.events, *two.events))) == 2


SO = Reviewer(unit="so", name="Sở")


def test_further_recipients_hear_of_the_register_once_and_of_answers_in_the_digest() -> None:
    of = with_duty(with_duty(TWO, "year@d1", reviewers=(SO,)), "also@d1", reviewers=(SO,))
    opened = open_register(of, STARTS)
    assert [
        (notice.unit, notice.obligations) for notice in notices(of, opened.events) if notice.kind == "register"
    ] == [
        (ISSUER, ()),
        ("so", ()),
    ]
    handed_in = decide(of, opened.state, submit("year@d1", at(3, 10)))
    assert notices(of, handed_in.events) == ()
    digest = advance(of, handed_in.state, at(3, 11, 8))
    assert told(notices(of, digest.events)) == {
        (NoticeKind.REVIEW, unit, Role.FOCAL, ("year@d1",)) for unit in (ISSUER, "so")
    }
    endorsed = decide(of, digest.state, review("year@d1", at(3, 11)))
    assert notices(of, endorsed.events) == ()
    returned = decide(of, endorsed.state, review("year@d1", at(3, 11), returns=True, by="so"))
    assert told(notices(of, returned.events)) == {(NoticeKind.RETURNED, "d1", Role.FOCAL, ("year@d1",))}


def test_what_the_keeper_owes_itself_is_escalated_to_its_recipients() -> None:
    of = with_duty(plan([requirement("year")]), f"year@{ISSUER}", reviewers=(SO,))
    assert told(wave(of, at(5, 5, 8))) == {
        (NoticeKind.ESCALATION, ISSUER, Role.HEAD, ("year@d1",)),
        (NoticeKind.ESCALATION, "so", Role.HEAD, (f"year@{ISSUER}",)),
    }


def test_silence_is_chased_with_the_unit_and_its_head() -> None:
    of = plan([requirement("radio", due=None), requirement("clubs", due=None)])
    assert told(wave(of, at(6, 1, 8))) == {
        (NoticeKind.SILENCE, "d1", role, ("radio@d1", "clubs@d1")) for role in (Role.FOCAL, Role.HEAD)
    }


def test_an_overdue_reply_is_told_to_the_keeper_and_to_a_body_that_takes_part() -> None:
    of = plan([requirement("ideas", due=None, kind=RequirementKind.RECOMMENDATIONS)], ("d1", "d2"))
    state = decide(of, open_register(of, STARTS).state, submit("ideas@d1", at(3, 10), recommending("một", "hai"))).state
    for number, body in ((1, "d2"), (2, "Sở Y tế")):
        asked = handle(f"ideas@d1/1.{number}", at(3, 10), Handling.REFER, body=body, reply_by=at(3, 20).date())
        state = decide(of, state, asked).state
    overdue = advance(of, advance(of, state, at(3, 11, 8)).state, at(3, 23, 8))
    assert told(notices(of, overdue.events)) == {
        (NoticeKind.REPLY_OVERDUE, ISSUER, Role.FOCAL, ("ideas@d1",)),
        (NoticeKind.REPLY_OVERDUE, "d2", Role.FOCAL, ("ideas@d1",)),
    }


def test_what_is_taken_over_is_not_assigned_and_what_is_withdrawn_is_told_to_those_who_knew_of_it() -> None:
    of = with_duty(TWO, "year@d1", earlier=earlier(State.SUBMITTED))
    waits = requirement("later", opening=opening(OpeningMode.WHEN_REGISTERED, "guidance"))
    of = of.model_copy(
        update={
            "requirements": (*of.requirements, waits),
            "duties": (*of.duties, Duty(requirement="later", unit="d1")),
        }
    )
    opened = open_register(of, STARTS)
    assigned = [notice for notice in notices(of, opened.events) if notice.kind is NoticeKind.ASSIGNMENT]
    assert {(notice.unit, notice.obligations) for notice in assigned} == {
        ("d1", ("also@d1",)),
        ("d2", ("year@d2", "also@d2")),
    }
    assert told(notices(of, decide(of, opened.state, replace(at(3, 10), close=True)).events)) == {
        (NoticeKind.WITHDRAWN, "d1", Role.FOCAL, ("year@d1", "also@d1")),
        (NoticeKind.WITHDRAWN, "d2", Role.FOCAL, ("year@d2", "also@d2")),
    }


def test_the_answer_to_a_request_and_the_words_of_a_chase_are_told_to_the_unit() -> None:
    book = Book(TWO)
    book.do(ask("year@d1", at(3, 10)))
    (request,) = book.state.requests
    book.do(answer_request(request, at(3, 10)))
    (answered,) = notices(TWO, book.events[-1:])
    assert (answered.kind, answered.unit, answered.requests) == (NoticeKind.DECIDED, "d1", (request,))
    book.do(chase(at(3, 10), "year@d1", "year@d2", words="gấp"))
    *chased, letter = notices(TWO, book.events[-1:])
    assert {(notice.unit, notice.role, notice.words) for notice in chased} == {
        (unit, role, "gấp") for unit in ("d1", "d2") for role in Role
    }
    assert (letter.kind, letter.unit, letter.obligations) == (NoticeKind.LETTER, ISSUER, ("year@d1", "year@d2"))


def test_after_an_outage_everybody_whom_a_step_would_have_told_gets_one_mail_about_how_it_stands() -> None:
    opened = open_register(TWO, STARTS).state
    found = notices(TWO, advance(TWO, opened, at(5, 5, 8)).events)
    mine = ("year@d1", "also@d1")
    assert {item for item in told(found) if item[1] != "d2"} == {
        (NoticeKind.OVERDUE, "d1", Role.FOCAL, mine),
        (NoticeKind.OVERDUE, "d1", Role.HEAD, mine),
        (NoticeKind.ESCALATION, ISSUER, Role.HEAD, ("year@d1", "year@d2", "also@d1", "also@d2")),
        (NoticeKind.LETTER, ISSUER, Role.FOCAL, ("year@d1", "year@d2", "also@d1", "also@d2")),
    }


def test_whoever_is_named_gets_all_that_the_unit_owes_and_nobody_else_does() -> None:
    book = Book(TWO)
    book.do(submit("also@d1", at(3, 10)))
    book.do(name_holder(at(3, 10)))
    (greeting,) = notices(TWO, book.events[-1:])
    assert (greeting.kind, greeting.unit, greeting.obligations) == (NoticeKind.HANDOVER, "d1", ("year@d1",))
    assert greeting.holder == f"h{book.events[-1].seq}"


def test_whoever_is_named_for_the_keeper_is_greeted_as_one_who_keeps_a_register() -> None:
    book = Book(TWO)
    book.do(name_holder(at(3, 10), unit=ISSUER, by=supervisor()))
    (greeting,) = notices(TWO, book.events[-1:])
    assert (greeting.kind, greeting.unit, greeting.obligations) == (NoticeKind.REGISTER, ISSUER, ())


def test_the_keeper_hears_of_people_who_left_and_of_addresses_that_are_gone() -> None:
    book = Book(TWO)
    for command in (leave(at(3, 10)), note_refusal(at(3, 10), "d2")):
        book.do(command)
        (gone,) = notices(TWO, book.events[-1:])
        assert (gone.kind, gone.unit) == (NoticeKind.UNREACHABLE, ISSUER)
        assert len(gone.obligations) == 2


def test_the_report_is_announced_to_focal_point_and_head_of_the_keeper() -> None:
    book = Book(TWO)
    book.advance(CLOSING)
    book.take(note_summary(TWO, book.state, CLOSING, {"summary.pdf": "0" * 64}))
    assert told(notices(TWO, book.events[-1:])) == {(NoticeKind.SUMMARY, ISSUER, role, ()) for role in Role}


def test_an_event_that_was_reported_by_another_host_is_accepted_for_all() -> None:
    of = plan([requirement("meeting", kind=RequirementKind.EVENT)], ("d1", "d2"))
    book = Book(of)
    book.do(submit("meeting@d1", at(3, 10), having_held("d2")))
    facts = book.do(review("meeting@d1", at(3, 10)))
    assert told(notices(of, book.events[-len(facts) :])) == {
        (NoticeKind.ACCEPTED, unit, Role.FOCAL, (f"meeting@{unit}",)) for unit in ("d1", "d2")
    }
