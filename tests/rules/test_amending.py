"""A register while its directive changes: what is kept, what goes, what opens; and units that come in late."""

from datetime import date, datetime, time
from typing import Any

import pytest

from models.command import Command, ExcludeBelow, OpenBelow, RegisterDocument
from models.document import DocumentRef
from models.follow_up import FollowUp, Rung, StepKind
from models.intervention import Amend, Enlist, Release
from models.ledger import LedgerState
from models.notice import NoticeKind
from models.obligation import State, obligation_key
from models.plan import Amendment, Duty, OpeningMode, RequirementKind, RequirementPlan, Reviewer, Term
from models.request import RequestKind
from rules.amending import ENLISTED
from rules.calendar import day_end, day_start
from rules.catching_up import Kept, missed
from rules.fold import empty, fold
from rules.foreseeing import foresee
from rules.notices import notices
from rules.refusals import Reason
from rules.relay import relays
from tests.rules import stepping
from tests.rules.asking import answer_request, ask
from tests.rules.plans import (
    CLOSING,
    DOCUMENT,
    DUE,
    FOLLOW_UP,
    GUIDANCE,
    ISSUER,
    at,
    everything,
    exclude_below,
    having_held,
    new_id,
    officer,
    open_below,
    opening,
    plan,
    register,
    replace,
    requirement,
    review,
    reviewer,
    selecting,
    submit,
    supervisor,
    with_duty,
)
from tests.rules.registers import Book, kinds

NOON = at(3, 10)
LATER = day_end(date(2020, 5, 8))
ABOVE = "cascade:x:m"
REPORT = RequirementKind.REPORT


def amend(when: datetime = NOON, *, reason: str = "điều chỉnh", by: Any = None, **changed: Any) -> Amend:
    amendment = Amendment.model_validate({"version": 2} | changed)
    return Amend(id=f"amend:{amendment.version}", at=when, actor=by or supervisor(), reason=reason, amendment=amendment)


def asking(*items: RequirementPlan, units: tuple[str, ...] = ("d1",), **changed: Any) -> Amend:
    """A version in which some units owe requirements that are new."""
    duties = tuple(Duty(requirement=item.key, unit=code) for item in items for code in units)
    return amend(requirements=items, duties=duties, **changed)


def enlist(*keys: str, when: datetime = NOON, until: date | None = None, **changed: Any) -> Enlist:
    duties = tuple(Duty(requirement=key.partition("@")[0], unit=key.partition("@")[2]) for key in keys)
    common = {"id": f"{ENLISTED}{new_id()}", "at": when, "actor": supervisor(), "reason": "bổ sung"}
    return Enlist.model_validate(common | {"duties": duties, "until": until} | changed)


def follow(key: str = "follow", **changed: Any) -> RequirementPlan:
    return requirement(key, opening=opening(OpeningMode.WHEN_ACCEPTED, "above"), **changed)


# What is kept, what goes


def test_what_is_done_stays_and_what_is_not_asked_any_more_is_withdrawn_and_told_once() -> None:
    book = Book(plan([requirement("old"), requirement("same")], ("d1", "d2", "d3")))
    book.do(submit("old@d1", at(3, 4)))
    book.do(review("old@d1", at(3, 5)))
    book.do(submit("old@d2", at(3, 6)))
    book.advance(NOON)
    count = len(book.events)
    (fact,) = book.do(amend(removed=("old",)))
    assert fact.kind == "amended"
    assert fact.withdrawn == fact.opened == ("old@d2", "old@d3")
    states = {key: book.of(key) for key in ("old@d1", "old@d2", "old@d3", "same@d1")}
    assert states == {
        "old@d1": State.ACCEPTED, "old@d2": State.WITHDRAWN, "old@d3": State.WITHDRAWN, "same@d1": State.OPEN,
    }  # fmt: skip
    assert book.item("old@d2").submissions == 1, "the answer stays on record"
    told = notices(book.plan, book.events[count:])
    assert [(notice.kind, notice.unit, notice.words) for notice in told] == [
        (NoticeKind.WITHDRAWN, "d2", "điều chỉnh"), (NoticeKind.WITHDRAWN, "d3", "điều chỉnh"),
    ]  # fmt: skip
    assert book.do(amend(removed=("old",))) == (), "sent again, it has one effect"


def test_a_unit_that_is_left_out_owes_nothing_and_others_go_on() -> None:
    book = Book(plan([requirement("year")], ("d1", "d2")))
    book.do(amend(dropped=("year@d1",)))
    assert (book.of("year@d1"), book.of("year@d2")) == (State.WITHDRAWN, State.OPEN)
    assert book.item("year@d1").reason == "điều chỉnh"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": "Kế hoạch năm, có nội dung mới"}, ["amended"]),
        ({"guidance": "Theo mẫu số 2."}, ["amended"]),
        ({"due_phrase": "thường xuyên, hằng quý"}, ["amended"]),
        ({"due": LATER, "due_phrase": "chậm nhất ngày 08/5/2020"}, ["due_set"]),
        ({"due": LATER, "choices": {"own": "Riêng"}}, ["due_set", "amended"]),
        ({"function": "khác"}, []),
    ],
)
def test_units_with_something_still_to_do_are_told_that_its_words_have_changed(
    change: dict[str, Any], told: list[str]
) -> None:
    book = Book(plan([requirement("year"), requirement("same")], ("d1", "d2", "d3")))
    book.do(submit("year@d1", at(3, 4)))
    book.do(review("year@d1", at(3, 5)))
    book.advance(NOON)
    count = len(book.events)
    book.do(amend(requirements=(requirement("year").model_copy(update=change),), dropped=("year@d3",)))
    found = [item for item in notices(book.plan, book.events[count:]) if item.unit != "d3"]
    assert [(item.kind.value, item.unit, item.obligations, item.words) for item in found] == [
        (kind, "d2", ("year@d2",), "điều chỉnh") for kind in told
    ]


def test_of_what_is_not_open_yet_nobody_is_told_that_its_words_have_changed() -> None:
    book = Book(plan([follow("year")]))
    (fact,) = book.do(amend(requirements=(follow("year", title="Khác"),)))
    assert fact.kind == "amended"
    assert fact.reworded == ()


def test_a_new_date_is_for_what_is_not_done_and_has_none_of_its_own() -> None:
    book = Book(plan([requirement("year")], ("d1", "d2", "d3", "d4")))
    book.do(submit("year@d1", at(3, 4)))
    book.do(review("year@d1", at(3, 5)))
    own = date(2020, 4, 24)
    book.do(stepping.set_due(at(3, 6), own, "year@d2"))
    book.do(stepping.release(at(3, 6), "year@d3", kind=Release.WAIVED))
    count = len(book.events)
    (fact,) = book.do(amend(requirements=(requirement("year", due=LATER),)))
    assert fact.kind == "amended"
    assert fact.dues == {"year@d4": LATER}
    assert [book.item(f"year@{unit}").due for unit in ("d1", "d2", "d3", "d4")] == [DUE, day_end(own), DUE, LATER]
    assert book.item("year@d4").original_due == DUE
    told = notices(book.plan, book.events[count:])
    assert [(notice.kind, notice.unit) for notice in told] == [(NoticeKind.DUE_SET, "d4")]


def test_what_waits_gets_its_new_date_without_being_told_of_what_it_does_not_know() -> None:
    waits = opening(OpeningMode.WHEN_REGISTERED, "guidance")
    book = Book(plan([requirement("year", opening=waits)]))
    count = len(book.events)
    book.do(amend(requirements=(requirement("year", due=LATER, opening=waits),)))
    assert (book.of("year@d1"), book.item("year@d1").due) == (State.DORMANT, LATER)
    assert notices(book.plan, book.events[count:]) == ()


@pytest.mark.parametrize(
    ("before", "after", "due"),
    [
        ({"term": Term(days=10)}, {"term": Term(days=15)}, day_end(date(2020, 3, 23))),
        ({"term": Term(days=10)}, {"due": LATER}, LATER),
        ({"due": DUE}, {"term": Term(days=10, at=time(17))}, day_start(date(2020, 3, 16), time(17))),
        ({"due": DUE}, {"due": None}, None),
        ({"due": None}, {"due": LATER}, LATER),
    ],
)
def test_a_deadline_may_be_counted_otherwise_from_the_day_of_the_opening(
    before: dict[str, Any], after: dict[str, Any], due: datetime | None
) -> None:
    book = Book(plan([requirement("year", **{"due": None} | before)]))
    book.do(amend(requirements=(requirement("year", **{"due": None} | after),)))
    assert book.item("year@d1").due == due


def test_what_is_counted_from_an_event_is_counted_from_it_still() -> None:
    meeting = requirement("meeting", kind=RequirementKind.EVENT)
    waits = opening(OpeningMode.WHEN_HELD, "meeting")
    book = Book(plan([meeting, requirement("minutes", None, kind=REPORT, term=Term(days=5), opening=waits)]))
    book.do(submit("meeting@d1", at(3, 9), having_held(on=date(2020, 3, 5))))
    assert book.item("minutes@d1").due == day_end(date(2020, 3, 12))
    book.do(amend(requirements=(requirement("minutes", None, kind=REPORT, term=Term(days=7), opening=waits),)))
    assert book.item("minutes@d1").due == day_end(date(2020, 3, 16))


def test_another_ladder_goes_on_from_now_and_no_step_is_climbed_twice() -> None:
    book = Book(plan([requirement("year")], ("d1", "d2")))
    book.advance(at(4, 9, 9))
    ladder = tuple(Rung(days=days, kind=StepKind.REMINDER) for days in (-12, -5, -3, -1))
    other = FollowUp(ladder=(*ladder, Rung(days=2, kind=StepKind.OVERDUE)), days_off=FOLLOW_UP.days_off)
    (fact,) = book.do(amend(at(4, 9, 10), follow_up=other))
    assert fact.kind == "amended"
    assert fact.followed == ("year@d1", "year@d2")
    book.advance(at(4, 20))
    assert book.fired("year@d1") == [("T-1", ("T-5",)), ("T+2", ())]


# What is new opens as if it had always been there


def test_what_is_new_opens_at_once_on_its_day_or_when_what_it_waits_for_has_come() -> None:
    book = Book(plan([requirement("held", kind=RequirementKind.EVENT)]))
    book.do(register(at(3, 4)))
    book.do(submit("held@d1", at(3, 5), having_held()))
    new = (
        requirement("now"),
        requirement("past", opening=opening(OpeningMode.ON_DAY, "", at(3, 6, 8))),
        requirement("day", opening=opening(OpeningMode.ON_DAY, "", at(3, 20, 8))),
        requirement("arrived", None, term=Term(days=5), opening=opening(OpeningMode.WHEN_REGISTERED, "guidance")),
        requirement("minutes", None, term=Term(days=5), opening=opening(OpeningMode.WHEN_HELD, "held")),
        requirement("other", opening=opening(OpeningMode.WHEN_REGISTERED, "final")),
    )
    book.do(asking(*new, triggers={"guidance": "Hướng dẫn của tỉnh", "final": "Bản cuối"}))
    found = {item.key: book.of(f"{item.key}@d1") for item in new}
    assert found == {
        "now": State.OPEN, "past": State.OPEN, "day": State.DORMANT, "arrived": State.OPEN, "minutes": State.OPEN,
        "other": State.DORMANT,
    }  # fmt: skip
    assert book.item("arrived@d1").due == book.item("minutes@d1").due == day_end(date(2020, 3, 17))
    assert book.item("now@d1").hands is not None
    assert book.item("now@d1").hands.above == 0, "nobody held it before it was asked"  # type: ignore[union-attr]
    book.advance(at(3, 20, 8))
    assert book.of("day@d1") is State.OPEN
    book.do(register(at(3, 21), "final"))
    assert book.of("other@d1") is State.OPEN


def test_what_waited_for_something_else_opens_where_that_has_come() -> None:
    waits = opening(OpeningMode.WHEN_REGISTERED, "guidance")
    book = Book(plan([requirement("year", opening=waits)]))
    book.do(amend(requirements=(requirement("year"),)))
    assert book.of("year@d1") is State.OPEN


def test_what_did_not_apply_because_of_what_it_waited_for_is_asked_if_it_waits_no_more() -> None:
    book = Book(plan([follow(), follow("other")], parent=ABOVE))
    book.do(exclude_below(at(3, 4)))
    assert book.of("follow@d1") is State.NOT_APPLICABLE
    facts = book.do(amend(requirements=(requirement("follow"),)))
    assert kinds(facts) == ["amended", "reinstated", "obligations_opened"]
    assert (book.of("follow@d1"), book.of("other@d1")) == (State.OPEN, State.NOT_APPLICABLE)


def test_a_later_version_asks_again_what_one_before_left_out() -> None:
    book = Book(plan([requirement("year")], ("d1", "d2", "d3")))
    book.do(stepping.release(at(3, 6), "year@d3", kind=Release.WAIVED))
    book.do(amend(removed=("year",)))
    back = asking(requirement("year", due=LATER), units=("d1", "d2", "d3"), again=("year@d1", "year@d2", "year@d3"))
    book.do(back.model_copy(update={"id": "amend:3", "amendment": back.amendment.model_copy(update={"version": 3})}))
    assert [book.of(f"year@{unit}") for unit in ("d1", "d2", "d3")] == [State.OPEN, State.OPEN, State.WAIVED]
    assert book.item("year@d1").due == LATER
    assert book.plan.version == 3


def test_what_did_not_apply_from_the_start_is_owed_where_it_does_now() -> None:
    book = Book(with_duty(plan([requirement("year")], ("d1", "d2")), "year@d1", applicable=False))
    book.do(amend(duties=(Duty(requirement="year", unit="d1"),), again=("year@d1",)))
    assert (book.of("year@d1"), book.item("year@d1").due) == (State.OPEN, DUE)


def test_what_did_not_apply_and_is_not_asked_any_more_does_not_come_back_with_what_it_waited_for() -> None:
    minutes = requirement("minutes", opening=opening(OpeningMode.WHEN_HELD, "meeting"))
    meeting = requirement("meeting", kind=RequirementKind.EVENT)
    book = Book(with_duty(plan([meeting, minutes]), "meeting@d1", applicable=False))
    assert book.of("minutes@d1") is State.NOT_APPLICABLE
    applies = (Duty(requirement="meeting", unit="d1"),)
    book.do(amend(removed=("minutes",), duties=applies, again=("meeting@d1",)))
    assert (book.of("meeting@d1"), book.of("minutes@d1")) == (State.OPEN, State.WITHDRAWN)
    back = asking(minutes, again=("minutes@d1",), version=3)
    book.do(back)
    assert book.of("minutes@d1") is State.DORMANT, "a later version asks for it again"


# Refused


@pytest.mark.parametrize(
    ("reason", "command"),
    [
        (Reason.NOT_YOURS, amend(by=officer("d1"))),
        (Reason.REASON_NEEDED, amend(reason=" ")),
        (Reason.VERSION_OUTDATED, amend(version=1)),
        (Reason.DAY_PAST, amend(closing=at(3, 9))),
        (Reason.CLOSED, amend(when=CLOSING)),
        (Reason.ALREADY_OWES, enlist("year@d1")),
        (Reason.DATE_NEEDED, enlist("year@d9", when=at(4, 20))),
        (Reason.DAY_PAST, enlist("year@d9", when=at(4, 20), until=date(2020, 4, 19))),
        (Reason.DAY_BEYOND_CLOSING, enlist("year@d9", until=date(2020, 7, 1))),
        (Reason.REASON_NEEDED, enlist("year@d9", reason="")),
    ],
)
def test_a_change_is_refused_with_the_reason(reason: Reason, command: Command) -> None:
    assert Book(plan([requirement("year")])).refusal(command) is reason


def test_the_unit_that_keeps_the_register_may_enlist_too() -> None:
    book = Book(plan([requirement("year")]))
    book.do(enlist("year@d9").model_copy(update={"actor": reviewer(ISSUER)}))
    assert book.of("year@d9") is State.OPEN


# Late addressees


def test_a_late_addressee_owes_the_same_with_a_date_of_its_own_where_needed() -> None:
    book = Book(plan([requirement("year"), requirement("minutes", due=at(4, 10, 17))]))
    facts = book.do(enlist("year@d8", "year@d1"))
    assert kinds(facts) == ["amended", "obligations_opened"]
    assert (book.item("year@d8").due, book.item("year@d8").submissions) == (DUE, 0)
    book.do(enlist("year@d9", "minutes@d9", when=at(4, 20), until=date(2020, 4, 30)))
    assert book.item("year@d9").due == day_end(date(2020, 4, 30))
    assert book.item("minutes@d9").due == day_start(date(2020, 4, 30), time(17)), (
        "at the same time of day as for others"
    )
    assert book.plan.version == 1
    assert [duty.unit for duty in book.plan.duties if duty.requirement == "year"] == ["d1", "d8", "d9"]
    book.do(submit("year@d9", at(4, 21)))
    assert book.of("year@d9") is State.SUBMITTED


def test_who_keeps_the_register_by_now_decides_on_what_a_late_addressee_hands_in_once() -> None:
    """The file names him as a further recipient, because another unit kept the register when it was written."""
    book = Book(plan([requirement("year")]))
    reviewers = tuple(Reviewer(unit=code, name=code) for code in (ISSUER, "so"))
    book.do(enlist("year@d9", duties=(Duty(requirement="year", unit="d9", reviewers=reviewers),)))
    (duty,) = (duty for duty in book.plan.duties if duty.unit == "d9")
    assert [item.unit for item in duty.reviewers] == ["so"]


def test_a_register_may_begin_below_for_a_late_addressee_elsewhere() -> None:
    book = Book(plan([requirement("year")]))
    (fact,) = book.do(enlist(children=("d9",), passes_down=("above",)))
    assert fact.kind == "amended"
    assert (book.plan.children, book.plan.passes_down) == (("d1", "d9"), ("above",))
    assert book.refusal(enlist(children=("d9",), passes_down=("above",))) is Reason.ALREADY_OWES


def test_the_next_version_changes_the_date_of_a_late_addressee_too() -> None:
    book = Book(plan([requirement("year")]))
    book.do(enlist("year@d8"))
    book.do(enlist("year@d9", until=date(2020, 4, 30)))
    book.do(amend(requirements=(requirement("year", due=LATER),)))
    assert (book.item("year@d8").due, book.item("year@d9").due) == (LATER, day_end(date(2020, 4, 30)))


# What follows from what is withdrawn does not stay waiting for ever


def exclusions(book: Book, since: int) -> list[tuple[str, str, str]]:
    """Registers told, and what does not apply to which unit above them."""
    told = relays(book.plan, book.events[since:])
    return [
        (relay.cascade_id.rpartition(":")[2], relay.command.requirement, relay.command.unit)
        for relay in told
        if isinstance(relay.command, ExcludeBelow)
    ]


def with_minutes() -> Book:
    waits = opening(OpeningMode.WHEN_HELD, "meeting")
    latest = opening(OpeningMode.WHEN_HELD, "meeting", at(5, 4, 8))
    meeting = requirement("meeting", kind=RequirementKind.EVENT)
    items = [meeting, requirement("minutes", opening=waits), requirement("late", opening=latest)]
    return Book(plan(items, ("d1", "d2")))


WITHDRAWING: dict[str, Command] = {
    "left out": amend(dropped=("meeting@d1",)),
    "withdrawn": stepping.release(NOON, "meeting@d1", kind=Release.WITHDRAWN),
    "replaced": replace(NOON, "meeting"),
}


@pytest.mark.parametrize("command", WITHDRAWING.values(), ids=list(WITHDRAWING))
def test_what_the_same_unit_would_owe_after_it_does_not_apply(command: Command) -> None:
    book = with_minutes()
    book.do(command)
    assert (book.of("meeting@d1"), book.of("minutes@d1")) == (State.WITHDRAWN, State.NOT_APPLICABLE)
    assert book.of("late@d1") is State.DORMANT, "it opens on its day anyway"


def test_a_unit_that_is_released_on_its_own_request_owes_nothing_after_it_either() -> None:
    book = with_minutes()
    book.do(ask("meeting@d1", NOON, RequestKind.WITHDRAWAL))
    since = len(book.events)
    (request,) = book.state.requests
    book.do(answer_request(request, NOON))
    assert book.of("minutes@d1") is State.NOT_APPLICABLE
    assert exclusions(book, since) == [("d1", "meeting", "d1"), ("d1", "minutes", "d1")]


def test_registers_below_hear_that_what_was_replaced_will_not_come() -> None:
    book = Book(plan([requirement("year"), requirement("other")], ("d1", "d2")))
    book.do(submit("year@d2", at(3, 4)))
    book.do(review("year@d2", at(3, 5)))
    since = len(book.events)
    book.do(replace(NOON, "year"))
    assert exclusions(book, since) == [("d1", "year", "d1")], "what is done has opened what follows"
    since = len(book.events)
    book.do(replace(at(3, 11), close=True))
    assert exclusions(book, since) == [], "there all is withdrawn"


# What came above before somebody waited for it is told again


def kept(book: Book, **known: Any) -> Kept:
    return Kept(book.plan, book.state, **known)


def told_again(*books: Kept) -> list[tuple[str, Command]]:
    registers = {item.plan.cascade_id: item for item in books}
    return list(missed(registers, "amend:2/again", NOON, supervisor()))


def above() -> Book:
    of = plan([requirement("above")], ("d1", "d2"), cascade_id=ABOVE, issuer="m", children=("d1", "d2", ISSUER))
    of = with_duty(of, f"above@{ISSUER}")
    return Book(of)


def below() -> Book:
    return Book(plan([requirement("year")], parent=ABOVE))


def test_what_was_accepted_above_opens_what_waits_for_it_since_the_amendment() -> None:
    high, low = above(), below()
    high.do(submit(f"above@{ISSUER}", at(3, 4)))
    assert told_again(kept(high), kept(low)) == []
    low.do(asking(follow()))
    assert (told_again(kept(high), kept(low)), low.of("follow@d1")) == ([], State.DORMANT)
    high.do(review(f"above@{ISSUER}", at(3, 9), by="m"))
    ((register_id, command),) = told_again(kept(high), kept(low))
    assert register_id == low.plan.cascade_id
    assert isinstance(command, OpenBelow)
    assert (command.requirement, command.unit, command.document) == ("above", ISSUER, DOCUMENT)
    low.do(command)
    assert low.of("follow@d1") is State.OPEN
    assert low.do(command) == ()
    assert told_again(kept(high), kept(low)) == []


def test_what_does_not_apply_above_excludes_what_waits_for_it() -> None:
    high, low = above(), below()
    high.do(stepping.release(at(3, 4), f"above@{ISSUER}"))
    low.do(asking(follow()))
    ((_, command),) = told_again(kept(high), kept(low))
    assert isinstance(command, ExcludeBelow)
    low.do(command)
    assert low.of("follow@d1") is State.NOT_APPLICABLE


def test_the_document_of_the_unit_that_keeps_the_register_counts_in_it_and_deeper() -> None:
    own = Book(with_duty(plan([requirement("above")], ("d1", "d2"), duties=()), f"above@{ISSUER}"))
    own.do(submit(f"above@{ISSUER}", at(3, 4)))
    own.do(review(f"above@{ISSUER}", at(3, 5)))
    own.do(asking(follow()))
    deep = Book(
        plan([requirement("year")], ("c1",), cascade_id="cascade:x:d1", issuer="d1", parent=own.plan.cascade_id)
    )
    deep.do(asking(follow(), units=("c1",)))
    found = told_again(kept(own), kept(deep))
    assert [(key, command.kind) for key, command in found] == [
        (own.plan.cascade_id, "open_below"), ("cascade:x:d1", "open_below"),
    ]  # fmt: skip
    for book, (_, command) in zip((own, deep), found, strict=True):
        book.do(command)
    assert (own.of("follow@d1"), deep.of("follow@c1")) == (State.OPEN, State.OPEN)


def test_a_selection_says_again_whom_it_chose() -> None:
    of = plan([requirement("choose", kind=RequirementKind.SELECTION)], cascade_id=ABOVE, issuer="m", children=(ISSUER,))
    high = Book(with_duty(of, f"choose@{ISSUER}", candidates={"d1": "Một", "d2": "Hai"}))
    answer = selecting("d2")
    high.do(submit(f"choose@{ISSUER}", at(3, 4), answer))
    high.do(review(f"choose@{ISSUER}", at(3, 5), by="m"))
    low = below()
    pilot = requirement("pilot", opening=opening(OpeningMode.WHEN_SELECTED, "choose"))
    low.do(asking(pilot, units=("d1", "d2")))
    ((_, command),) = told_again(kept(high, selected={f"choose@{ISSUER}": answer.selected}), kept(low))
    low.do(command)
    assert (low.of("pilot@d1"), low.of("pilot@d2")) == (State.NOT_APPLICABLE, State.OPEN)


def test_a_register_that_begins_late_hears_of_documents_that_had_arrived() -> None:
    waits = opening(OpeningMode.WHEN_REGISTERED, "guidance")
    low = Book(plan([requirement("year", opening=waits)], parent=ABOVE))
    arrived: dict[str, DocumentRef] = {"guidance": GUIDANCE}
    ((_, command),) = told_again(kept(above(), arrived=arrived), kept(low))
    assert isinstance(command, RegisterDocument)
    low.do(command)
    assert low.of("year@d1") is State.OPEN
    assert told_again(kept(above(), arrived=arrived), kept(low, arrived=arrived)) == []


# Foreseen, and on record


def test_what_would_happen_is_known_before_and_nothing_is_written() -> None:
    book = Book(plan([requirement("year"), requirement("old"), requirement("same")], ("d1", "d2", "d3")))
    book.do(submit("year@d1", at(3, 4)))
    book.do(review("year@d1", at(3, 5)))
    book.do(submit("old@d1", at(3, 4)))
    book.do(stepping.set_due(at(3, 6), date(2020, 4, 24), "year@d2"))
    before = book.state
    command = asking(requirement("new"), removed=("old",), units=("d1", "d2"))
    changed = (*command.amendment.requirements, requirement("year", due=LATER))
    command = command.model_copy(update={"amendment": command.amendment.model_copy(update={"requirements": changed})})
    found = foresee(book.plan, book.state, command)
    assert book.state is before
    assert [item.key for item in found.added] == ["new@d1", "new@d2"]
    assert [(item.key, item.state) for item in found.withdrawn] == [
        ("old@d1", State.SUBMITTED), ("old@d2", State.OPEN), ("old@d3", State.OPEN),
    ]  # fmt: skip
    assert [(pair.before.key, pair.before.due, pair.after.due) for pair in found.redated] == [("year@d3", DUE, LATER)]
    assert ([item.key for item in found.done], [item.key for item in found.own_date]) == (["year@d1"], ["year@d2"])
    assert (found.answered, found.unchanged) == (1, 3)


def test_the_chain_folds_from_the_first_plan_to_the_same_state() -> None:
    first = everything(parent=ABOVE)
    book = Book(first)
    book.do(submit("year@d1", at(3, 4)))
    book.do(asking(requirement("new"), removed=("radio", "month"), units=("d1", "d2")))
    book.do(enlist("year@d7", "new@d7"))
    book.do(open_below(at(3, 12)))
    again = amend(at(3, 20), version=3, requirements=(requirement("new", due=LATER),), dropped=("year@d2",))
    book.do(again)
    book.do(submit("new@d7", at(3, 21)))
    book.advance(CLOSING)
    state: LedgerState = fold(first, empty(first), book.events)
    assert state == book.state
    keys = {obligation_key(duty.requirement, duty.unit) for duty in book.plan.duties}
    assert keys == set(book.state.obligations)
