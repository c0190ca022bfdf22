"""Stepping in: what fits in which state, who may, and how each intervention is undone by another."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest

from models.actor import Actor, ActorKind
from models.answer import Answer
from models.command import Command
from models.intervention import Release
from models.notice import NoticeKind
from models.obligation import OWING, ObligationState, Outcome, State, Timeliness
from models.plan import OpeningMode, RequirementKind
from models.register import ObligationLine
from models.request import RequestKind, request_id
from rules.calendar import day_end
from rules.chasing import chasing_fault
from rules.ledger import decide
from rules.notices import notices
from rules.posting import still_said
from rules.refusals import WORDS, Reason
from rules.stepping_in import (
    dating_fault,
    due_fault,
    paper_fault,
    reassigning_fault,
    reinstating_fault,
    release_fault,
    resuming_fault,
    suspending_fault,
)
from rules.timeliness import timeliness
from tests.rules.asking import answer_request, ask, chase, name_holder
from tests.rules.plans import (
    CLOSING,
    DOCUMENT,
    DUE,
    ISSUER,
    PAPER,
    at,
    having_held,
    line,
    officer,
    opening,
    plan,
    register,
    requirement,
    review,
    reviewer,
    selecting,
    submit,
    supervisor,
    with_duty,
)
from tests.rules.registers import Book, kinds
from tests.rules.stepping import (
    NOW,
    PAST,
    accept_paper,
    end,
    in_state,
    reassign,
    reinstate,
    release,
    resume,
    set_due,
    small_plan,
    suspend,
)

NEW_DAY = date(2020, 4, 24)
PENDING = OWING | {State.DORMANT, State.SUBMITTED, State.SUSPENDED}
GONE = {
    State.ACCEPTED: Reason.ALREADY_DONE,
    State.SATISFIED: Reason.ALREADY_DONE,
    State.NOT_APPLICABLE: Reason.NOT_APPLICABLE,
    State.WAIVED: Reason.WAIVED,
    State.WITHDRAWN: Reason.WITHDRAWN,
    State.TRANSFERRED: Reason.TRANSFERRED,
    State.UNFULFILLED: Reason.LAPSED,
}
NOT_OWING = GONE | {
    State.DORMANT: Reason.NOT_OPEN_YET,
    State.SUBMITTED: Reason.ALREADY_SUBMITTED,
    State.SUSPENDED: Reason.SUSPENDED,
}
_Make = Callable[[str, int], Command]
_Fault = Callable[[ObligationState | ObligationLine], Reason | None]


def _releasing(kind: Release, key: str, seen: int) -> Command:
    return release(NOW, key, kind=kind, submissions=seen)


INTERVENTIONS: dict[str, tuple[_Make, _Fault, dict[State, Reason]]] = {
    "set_due": (
        lambda key, seen: set_due(NOW, NEW_DAY, key, submissions=seen),
        lambda item: dating_fault(item, NEW_DAY),
        GONE,
    ),
    **{kind.value: (partial(_releasing, kind), release_fault, GONE) for kind in Release},
    "reinstate": (
        lambda key, seen: reinstate(NOW, key, submissions=seen),
        reinstating_fault,
        dict.fromkeys(PENDING, Reason.NOT_LAID_ASIDE)
        | {State.TRANSFERRED: Reason.TRANSFERRED, State.UNFULFILLED: Reason.LAPSED},
    ),
    "suspend": (lambda key, seen: suspend(NOW, key, submissions=seen), suspending_fault, NOT_OWING),
    "resume": (
        lambda key, seen: resume(NOW, key, submissions=seen),
        resuming_fault,
        GONE | dict.fromkeys(PENDING - {State.SUSPENDED}, Reason.NOT_SUSPENDED),
    ),
    "accept_paper": (
        lambda key, seen: accept_paper(NOW, key, PAST.date(), submissions=seen),
        paper_fault,
        NOT_OWING,
    ),
    "reassign": (
        lambda key, seen: reassign(NOW, "d8", key, submissions=seen),
        reassigning_fault,
        dict.fromkeys(GONE, Reason.NOTHING_TO_REASSIGN),
    ),
    "chase": (
        lambda key, _seen: chase(NOW, key),
        lambda item: chasing_fault(item, ISSUER, NOW),
        dict.fromkeys(NOT_OWING, Reason.NOTHING_TO_CHASE),
    ),
}
FITTING = dict.fromkeys([*INTERVENTIONS, "end"], State.OPEN) | {"resume": State.SUSPENDED, "reinstate": State.WAIVED}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("name", INTERVENTIONS)
def test_every_intervention_meets_every_state(name: str, state: State) -> None:
    """What fits is done and is a fact with actor, instant and reason; what does not says why, also beforehand."""
    make, fault, refused = INTERVENTIONS[name]
    book, key = in_state(state)
    item = book.item(key)
    command = make(key, item.submissions)
    assert fault(item) == refused.get(state)
    assert fault(line(state, due=item.due)) == refused.get(state)
    if state in refused:
        assert book.refusal(command) is refused[state]
        assert book.item(key) == item
        return
    (first, *_) = facts = book.do(command)
    event = next(event for event in book.events if event.fact is first)
    assert (event.actor, event.at, event.cause) == (command.actor, NOW, command.id)
    assert getattr(first, "reason", "") == getattr(command, "reason", "")
    assert book.item(key) != item
    assert book.do(command) == (), "the same command sent again has one effect"
    assert facts


def test_each_reason_has_words() -> None:
    assert WORDS.keys() == set(Reason)


@pytest.mark.parametrize("name", [*INTERVENTIONS, "end"])
@pytest.mark.parametrize(
    "actor",
    [officer("d1"), officer(ISSUER), reviewer("so"), Actor(kind=ActorKind.TIMER, unit=ISSUER)],
    ids=lambda actor: f"{actor.kind} {actor.unit}",
)
def test_nobody_else_steps_in(name: str, actor: Actor) -> None:
    book, key = in_state(FITTING[name])
    command = end(NOW, cancelled=False) if name == "end" else INTERVENTIONS[name][0](key, 0)
    assert book.refusal(command.model_copy(update={"actor": actor})) is Reason.NOT_YOURS


@pytest.mark.parametrize("by", [supervisor("bo"), reviewer(ISSUER)], ids=lambda actor: actor.kind)
@pytest.mark.parametrize("name", INTERVENTIONS)
def test_the_supervisor_of_the_directive_and_the_keeper_of_the_register_step_in(name: str, by: Actor) -> None:
    book, key = in_state(FITTING[name])
    assert book.do(INTERVENTIONS[name][0](key, 0).model_copy(update={"actor": by}))
    assert book.events[-1].actor == by


@pytest.mark.parametrize("name", [name for name in INTERVENTIONS if name != "chase"])
def test_nobody_steps_in_without_a_reason(name: str) -> None:
    book, key = in_state(FITTING[name])
    assert book.refusal(INTERVENTIONS[name][0](key, 0).model_copy(update={"reason": " "})) is Reason.REASON_NEEDED


@pytest.mark.parametrize("name", [name for name in INTERVENTIONS if name != "chase"])
def test_of_an_answer_and_an_intervention_that_race_one_wins_and_the_other_is_told(name: str) -> None:
    """Both looked at the register before either came; whoever comes second finds it changed."""
    book, key = in_state(FITTING[name])
    command, handed_in = INTERVENTIONS[name][0](key, 0), submit(key, NOW)
    if FITTING[name] is State.OPEN:
        first = Book(small_plan())
        first.do(handed_in)
        assert first.refusal(command) is Reason.CHANGED_MEANWHILE
        assert first.of(key) is State.SUBMITTED
    book.do(command)
    after = {
        "set_due": None,
        "waived": Reason.WAIVED,
        "not_applicable": Reason.NOT_APPLICABLE,
        "withdrawn": Reason.WITHDRAWN,
        "reinstate": None,
        "suspend": Reason.SUSPENDED,
        "resume": None,
        "accept_paper": Reason.ALREADY_DONE,
        "reassign": Reason.TRANSFERRED,
    }[name]
    if after is None:
        assert book.do(handed_in)
    else:
        assert book.refusal(handed_in) is after


def test_what_was_answered_meanwhile_is_left_alone_and_the_rest_is_done() -> None:
    book = Book(small_plan())
    book.do(submit("year@d2", NOW))
    (fact,) = book.do(set_due(NOW, NEW_DAY, "year@d1", "year@d2", "year@d3"))
    assert fact.kind == "due_set"
    assert fact.obligations == ("year@d1",)
    assert book.item("year@d2").due == DUE


def test_of_many_that_do_not_fit_the_reason_of_the_first_is_told() -> None:
    book = Book(small_plan())
    assert book.refusal(suspend(NOW, "late@d1", "year@d3")) is Reason.NOT_OPEN_YET
    assert book.refusal(suspend(NOW)) is Reason.NOTHING_CHOSEN
    assert book.refusal(suspend(NOW, "year@d1", "year@stranger")) is Reason.UNKNOWN_OBLIGATION


@pytest.mark.parametrize(
    ("until", "reason"),
    [
        (date(2020, 3, 1), Reason.DAY_BEFORE_ISSUE),
        (date(2020, 3, 15), Reason.DAY_PAST),
        (date(2020, 7, 1), Reason.DAY_BEYOND_CLOSING),
        (date(2020, 4, 10), Reason.SAME_DAY),
        (date(2020, 3, 16), None),
        (date(2020, 6, 30), None),
    ],
)
def test_a_new_day_is_today_at_the_earliest_and_the_closing_at_the_latest(until: date, reason: Reason | None) -> None:
    book = Book(small_plan())
    if reason is None:
        assert book.do(set_due(NOW, until, "year@d1"))
        assert due_fault(book.plan, until, NOW.date()) is None
    else:
        assert book.refusal(set_due(NOW, until, "year@d1")) is reason


def test_nothing_is_done_in_a_register_that_is_closed() -> None:
    for name, (make, _, _) in INTERVENTIONS.items():
        book, key = in_state(State.OPEN)
        book.do(end(NOW, cancelled=False))
        assert book.refusal(make(key, 0)) is Reason.CLOSED, name
    late = Book(small_plan())
    assert late.refusal(end(CLOSING, cancelled=True)) is Reason.CLOSED


def undone(book: Book, key: str, command: Command) -> ObligationState:
    book.do(command)
    return book.item(key)


@pytest.mark.parametrize("kind", list(Release))
@pytest.mark.parametrize("state", sorted(PENDING - {State.SUSPENDED}))
def test_a_release_is_undone_by_a_further_event(kind: Release, state: State) -> None:
    book, key = in_state(state)
    before = book.item(key)
    seen = before.submissions
    book.do(release(NOW, key, kind=kind, submissions=seen))
    assert (book.of(key), book.item(key).reason) == (State(kind), "bão")
    after = undone(book, key, reinstate(NOW, key, submissions=seen))
    same = {"state", "due", "submissions", "submitted_at", "opened_at", "returned", "original_due", "extensions"}
    assert after.model_dump(include=same) == before.model_dump(include=same)
    assert (after.laid_aside, after.reason) == (None, "nhầm")
    assert kinds(tuple(event.fact for event in book.events))[-2:] == ["released", "reinstated"]


def test_what_was_accepted_is_returned_by_reinstating_it() -> None:
    book, key = in_state(State.ACCEPTED)
    item = undone(book, key, reinstate(NOW, key, submissions=1, reason="số liệu sai"))
    assert (item.state, item.comment, item.returned) == (State.RETURNED, "số liệu sai", 1)
    book.do(submit(key, NOW))
    assert book.item(key).submissions == 2


def test_a_new_day_is_undone_by_another_and_both_stay_on_record() -> None:
    book = Book(small_plan())
    book.do(set_due(NOW, NEW_DAY, "year@d1"))
    item = undone(book, "year@d1", set_due(NOW, date(2020, 4, 10), "year@d1", reason="nhầm"))
    assert (item.due, item.original_due, item.promised, item.extensions) == (DUE, DUE, DUE, 1)
    assert item.reason == "nhầm"


def test_a_suspension_is_undone_by_resuming() -> None:
    book, key = in_state(State.RETURNED)
    before = book.item(key)
    book.do(suspend(NOW, key, submissions=1))
    item = undone(book, key, resume(NOW, key, submissions=1))
    assert (item.state, item.due, item.suspended_at, item.laid_aside) == (State.RETURNED, before.due, None, None)


@pytest.mark.parametrize("kind", Release)
def test_what_was_released_while_it_was_suspended_is_suspended_again_and_goes_on(kind: Release) -> None:
    book = Book(small_plan())
    book.do(suspend(NOW, "year@d1"))
    book.do(release(at(3, 17), "year@d1", kind=kind))
    book.do(reinstate(at(3, 18), "year@d1"))
    item = book.item("year@d1")
    assert (item.state, item.laid_aside, item.suspended_at) == (State.SUSPENDED, State.OPEN, NOW)
    book.do(resume(at(3, 19), "year@d1"))
    assert (book.of("year@d1"), book.item("year@d1").due) == (State.OPEN, day_end(date(2020, 4, 15)))


def test_of_a_day_set_while_it_is_suspended_only_the_rest_of_the_pause_is_given_back() -> None:
    book = Book(small_plan())
    book.do(suspend(NOW, "year@d1"))
    book.do(set_due(at(4, 13), date(2020, 4, 24), "year@d1"))
    book.do(resume(at(4, 14), "year@d1"))
    assert book.item("year@d1").due == day_end(date(2020, 4, 27))


def test_a_day_set_while_it_is_suspended_is_told_when_it_goes_on() -> None:
    """Until then nothing is to be done, and the day moves on with the pause."""
    book = Book(small_plan())
    book.do(suspend(NOW, "year@d1"))
    book.do(set_due(at(4, 13), date(2020, 4, 24), "year@d1"))
    book.do(resume(at(4, 14), "year@d1"))
    told = {notice.kind: notice for notice in notices(book.plan, book.events)}
    dated, goes_on = told[NoticeKind.DUE_SET], told[NoticeKind.RESUMED]
    paused, owed = line(State.SUSPENDED, opened_at=NOW), line(State.OPEN, opened_at=NOW)
    assert still_said(dated.kind, "d1", dated.at, [paused], ())[0] == ()
    assert still_said(goes_on.kind, "d1", goes_on.at, [owed], ())[0] == (owed,)


def test_the_unit_that_keeps_a_register_is_given_nothing_in_it() -> None:
    book = Book(small_plan())
    assert book.refusal(reassign(NOW, book.plan.issuer, "year@d1")) is Reason.OWN_REGISTER


def test_a_reassignment_is_undone_by_reassigning_back() -> None:
    book = Book(small_plan())
    book.do(reassign(NOW, "d9", "year@d1"))
    assert (book.of("year@d1"), book.item("year@d1").moved_to) == (State.TRANSFERRED, ("d9",))
    assert book.of("year@d9") is State.OPEN
    book.do(reassign(NOW, "d1", "year@d9"))
    assert (book.of("year@d9"), book.of("year@d1")) == (State.TRANSFERRED, State.OPEN)
    assert book.item("year@d1").due == DUE


def test_what_came_while_it_was_laid_aside_opens_when_it_is_owed_again() -> None:
    book = Book(small_plan())
    book.do(release(NOW, "late@d1", "minutes@d1"))
    book.do(register(NOW))
    book.do(submit("meeting@d1", NOW, having_held()))
    assert (book.of("late@d1"), book.of("late@d2"), book.of("minutes@d1")) == (State.WAIVED, State.OPEN, State.WAIVED)
    facts = book.do(reinstate(at(3, 18), "late@d1", "minutes@d1"))
    assert kinds(facts)[:2] == ["reinstated", "obligations_opened"]
    assert (book.of("late@d1"), book.of("minutes@d1")) == (State.OPEN, State.OPEN)
    assert book.item("minutes@d1").due is not None


def test_what_never_applied_is_owed_once_it_is_reinstated() -> None:
    book = Book(small_plan())
    book.do(reinstate(NOW, "year@d3"))
    item = book.item("year@d3")
    assert (item.state, item.due, item.opened_at) == (State.OPEN, DUE, NOW)


def test_nobody_is_told_of_what_he_does_not_know() -> None:
    book = Book(small_plan())
    for command in (
        set_due(NOW, NEW_DAY, "late@d1", "year@d1"),
        release(NOW, "late@d1", "year@d1"),
        reinstate(NOW, "late@d1", "year@d1"),
    ):
        (fact,) = book.do(command)
        told = notices(book.plan, book.events[-1:])
        assert [notice.obligations for notice in told] == [("year@d1",)], fact.kind
        assert [notice.words for notice in told] == [command.reason]


def test_what_follows_from_something_released_does_not_apply_either() -> None:
    book = Book(small_plan())
    assert kinds(book.do(release(NOW, "meeting@d1"))) == ["released", "excluded"]
    assert book.of("minutes@d1") is State.NOT_APPLICABLE
    (fact,) = book.do(reinstate(NOW, "meeting@d1"))
    assert fact.kind == "reinstated"
    assert fact.released == ("meeting@d1", "minutes@d1")
    assert (book.of("meeting@d1"), book.of("minutes@d1")) == (State.OPEN, State.DORMANT)


def test_an_answer_that_was_laid_aside_still_says_what_it_said() -> None:
    """A choice of pilot units that is withdrawn and owed again opens for those that were chosen."""
    items = (
        requirement("choose", kind=RequirementKind.SELECTION, choices={"shelter": "Nhà tạm lánh"}),
        requirement("pilot", opening=opening(OpeningMode.WHEN_SELECTED, "choose", choice="shelter")),
    )
    made = with_duty(plan(items, ("c1", "c2")), f"choose@{ISSUER}", candidates={"c1": "Xã Một", "c2": "Xã Hai"})
    duties = tuple(duty for duty in made.duties if duty.requirement == "pilot" or duty.unit == ISSUER)
    book = Book(made.model_copy(update={"duties": duties}))
    key = f"choose@{ISSUER}"
    book.do(submit(key, PAST, selecting("c1")))
    book.do(release(NOW, key, submissions=1))
    assert book.of("pilot@c1") is State.NOT_APPLICABLE
    book.do(reinstate(NOW, key, submissions=1))
    book.do(review(key, NOW))
    assert (book.of("pilot@c1"), book.of("pilot@c2")) == (State.OPEN, State.NOT_APPLICABLE)


@pytest.mark.parametrize(
    ("received", "timely"),
    [
        (date(2020, 3, 2), Timeliness.ON_TIME),
        (date(2020, 4, 10), Timeliness.ON_TIME),
        (date(2020, 4, 11), Timeliness.LATE),
    ],
)
def test_what_came_on_paper_is_judged_by_the_day_on_which_it_came(received: date, timely: Timeliness) -> None:
    book = Book(small_plan())
    plan = DOCUMENT.model_copy(update={"date": date(2020, 3, 2)})
    facts = book.do(accept_paper(at(5, 4), "year@d1", received, answer=Answer(document=plan)))
    item = book.item("year@d1")
    assert kinds(facts) == ["submitted", "accepted"]
    assert (item.state, item.submissions, item.document) == (State.ACCEPTED, 1, plan)
    assert timeliness(item, at(5, 4)) is timely
    assert item.reason == "gửi giấy"


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (accept_paper(NOW, "year@d1", date(2020, 3, 1)), Reason.RECEIVED_WRONG),
        (accept_paper(NOW, "year@d1", date(2020, 3, 17)), Reason.RECEIVED_WRONG),
        (accept_paper(NOW, "year@d1", NOW.date(), answer=Answer(document=DOCUMENT)), Reason.RECEIVED_WRONG),
        (accept_paper(NOW, "year@d1", date(2020, 3, 16), answer=Answer(note="có giấy")), Reason.PAPER_MISSING),
        (accept_paper(NOW, "draft@d1", date(2020, 3, 16)), Reason.OUTCOME_MISSING),
        (accept_paper(NOW, "draft@d1", date(2020, 3, 16), outcome=Outcome.MERGED), Reason.OUTCOME_MISSING),
    ],
)
def test_a_paper_needs_what_an_auditor_would_ask_for(command: Command, reason: Reason) -> None:
    assert Book(small_plan()).refusal(command) is reason


def test_a_paper_on_a_draft_has_an_outcome() -> None:
    book = Book(small_plan())
    book.do(accept_paper(NOW, "draft@d1", NOW.date(), outcome=Outcome.EXPLAINED, reason="giải trình kèm theo"))
    assert book.item("draft@d1").outcome is Outcome.EXPLAINED


def test_a_choice_that_names_nobody_cannot_be_accepted_on_paper() -> None:
    made = plan([requirement("choose", kind=RequirementKind.SELECTION)])
    book = Book(with_duty(made, "choose@d1", candidates={"c1": "Xã Một"}))
    assert book.refusal(accept_paper(NOW, "choose@d1", NOW.date())) is Reason.ANSWER_INCOMPLETE
    assert book.do(
        accept_paper(NOW, "choose@d1", NOW.date(), answer=Answer(files=(PAPER,), selected=selecting("c1").selected))
    )


def test_a_paper_about_an_event_opens_what_follows_from_it() -> None:
    book = Book(small_plan())
    book.do(accept_paper(at(3, 23), "meeting@d1", at(3, 23).date(), answer=Answer(document=DOCUMENT)))
    assert book.of("minutes@d1") is State.OPEN


def test_what_stands_still_at_the_closing_can_no_longer_be_given() -> None:
    book = Book(small_plan())
    book.do(suspend(NOW, "year@d1"))
    (fact,) = book.advance(CLOSING)
    assert fact.kind == "cascade_closed"
    assert "year@d1" in fact.unfulfilled
    assert (book.of("year@d1"), book.item("year@d1").suspended_at) == (State.UNFULFILLED, NOW)


@pytest.mark.parametrize("cancelled", [True, False])
def test_a_directive_that_ends_before_its_time_leaves_nothing_open(cancelled: bool) -> None:
    book = Book(small_plan())
    book.do(submit("year@d2", PAST))
    facts = book.do(end(NOW, cancelled=cancelled))
    assert kinds(facts) == ["ended", "cascade_closed"]
    expected = State.WITHDRAWN if cancelled else State.UNFULFILLED
    assert book.of("year@d1") is expected
    assert (book.of("late@d1") is State.WITHDRAWN) == cancelled
    assert (book.of("year@d2") is State.WITHDRAWN) == cancelled
    told = {key for notice in notices(book.plan, book.events[-2:]) for key in notice.obligations}
    assert ("late@d1" in told, "year@d1" in told) == (False, cancelled)


def test_a_register_below_is_ended_from_above_or_by_the_supervisor() -> None:
    made = small_plan().model_copy(update={"parent": "cascade:x:bo"})
    above = Actor(kind=ActorKind.CASCADE, unit="bo")
    assert Book(made).refusal(end(NOW, cancelled=True, by=reviewer(ISSUER))) is Reason.NOT_YOURS
    assert Book(small_plan()).refusal(end(NOW, cancelled=True, by=above)) is Reason.NOT_YOURS
    for by in (above, supervisor("bo")):
        assert Book(made).do(end(NOW, cancelled=True, by=by))


def test_a_supervisor_answers_requests_and_names_people_in_any_register() -> None:
    book = Book(small_plan())
    book.do(ask("year@d1", PAST, RequestKind.WITHDRAWAL))
    request = request_id("year@d1", book.state.seq)
    refusing = answer_request(request, NOW, granted=False, words="đề nghị thực hiện")
    book.do(refusing.model_copy(update={"actor": supervisor("bo")}))
    named = name_holder(NOW, by=supervisor("bo"), by_email="", reason="đổi cán bộ")
    (fact,) = book.do(named)
    assert (fact.kind, getattr(fact, "reason", "")) == ("holder_named", "đổi cán bộ")
    assert book.refusal(name_holder(NOW, by=supervisor("bo"), unit="stranger")) is Reason.NOT_YOURS


def test_a_repeat_under_the_same_id_after_further_events_changes_nothing() -> None:
    book = Book(small_plan())
    command = suspend(NOW, "year@d1")
    book.do(command)
    book.do(resume(NOW + timedelta(days=1), "year@d1"))
    again = command.model_copy(update={"at": NOW + timedelta(days=2)})
    assert decide(book.plan, book.state, again).events == ()
    assert book.of("year@d1") is State.OPEN
