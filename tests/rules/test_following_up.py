"""How the ladders of one register go together: what starts and ends each, and what one person hears in a morning."""

from datetime import date, datetime

import pytest

from models.follow_up import Audience, FollowUp, Rung, StepKind
from models.notice import NoticeKind
from models.obligation import State
from models.plan import Amendment, CascadePlan
from rules.calendar import day_end
from rules.dispatch import Contacts, dispatch
from rules.ladder import UNACKNOWLEDGED, review_ladder
from rules.notices import notices
from tests.rules.asking import ask
from tests.rules.intervening import amend, take_in
from tests.rules.plans import (
    FOLLOW_UP,
    ISSUER,
    LADDER,
    acknowledge,
    at,
    obstacle,
    plan,
    requirement,
    review,
    submit,
    unit,
    with_duty,
)
from tests.rules.registers import Book
from tests.rules.stepping import reassign, reinstate, release, resume, set_due, suspend

YEAR = "year@d1"
RETURNED = (
    Rung(days=2, kind=StepKind.REMINDER, to=(Audience.FOCAL,)),
    Rung(days=4, kind=StepKind.CHASE, to=(Audience.FOCAL, Audience.HEAD)),
)
USUAL = FOLLOW_UP.model_copy(
    update={"unacknowledged": UNACKNOWLEDGED, "returned": RETURNED, "review": review_ladder(5)[:2]}
)


def book(follow_up: FollowUp = USUAL, of: CascadePlan | None = None) -> Book:
    return Book((of or plan([requirement("year")])).model_copy(update={"follow_up": follow_up}))


def fired(found: Book, until: datetime, key: str = YEAR) -> list[str]:
    """The steps of an obligation that go out in time until an instant."""
    before = len(found.fired(key))
    while (wake := found.wake()) and wake <= until:
        found.advance(wake)
    return [step for step, _ in found.fired(key)[before:]]


def test_what_was_never_acknowledged_is_followed_up_until_the_unit_takes_note() -> None:
    silent, noted = book(), book()
    assert fired(silent, at(3, 31)) == ["A+3", "A+5", "A+10"]
    assert fired(noted, at(3, 6)) == ["A+3"]
    noted.do(acknowledge("d1", at(3, 6)))
    assert fired(noted, at(3, 31)) == []


@pytest.mark.parametrize("speaks", [obstacle(YEAR, at(3, 4)), ask(YEAR, at(3, 4))], ids=["obstacle", "request"])
def test_who_speaks_of_it_has_taken_note(speaks: object) -> None:
    found = book()
    found.do(speaks)  # type: ignore[arg-type]
    assert found.item(YEAR).acknowledged_at == at(3, 4)
    assert fired(found, at(3, 31)) == []


def test_what_was_returned_before_it_is_due_is_only_reminded_of_its_date_until_then() -> None:
    found = book()
    found.do(submit(YEAR, at(3, 4)))
    found.do(review(YEAR, at(3, 5), returns=True))
    assert fired(found, at(5, 30)) == ["T-5", "T-1", "R+2", "R+4"]


def test_what_was_returned_late_has_a_ladder_from_the_return_and_no_other() -> None:
    found = book()
    found.do(submit(YEAR, at(4, 9)))
    found.do(review(YEAR, at(4, 20), returns=True))
    assert fired(found, at(4, 23)) == ["R+2"]
    found.do(submit(YEAR, at(4, 23)))
    found.do(review(YEAR, at(4, 23), submission=2, returns=True))
    assert fired(found, at(5, 30)) == ["R+2", "R+4"]


def test_a_reviewer_is_pressed_from_the_handing_in_and_left_alone_once_it_is_decided() -> None:
    found = book()
    found.do(submit(YEAR, at(3, 4)))
    assert fired(found, at(3, 12)) == ["V+5"]
    found.do(review(YEAR, at(3, 12)))
    assert fired(found, at(5, 30)) == []


def test_a_pause_spends_no_step_and_what_goes_on_is_followed_up_from_then() -> None:
    found = book()
    found.do(suspend(at(3, 3), YEAR))
    assert fired(found, at(3, 31)) == []
    found.do(resume(at(4, 1), YEAR))
    assert fired(found, at(4, 30))[:3] == ["A+3", "A+5", "A+10"]


@pytest.mark.parametrize("moves", [set_due(at(4, 20), date(2020, 5, 15), YEAR), release(at(4, 20), YEAR)])
def test_nobody_is_reminded_of_what_lies_behind_when_dates_move_or_things_come_back(moves: object) -> None:
    found = book(FOLLOW_UP)
    fired(found, at(4, 20))
    found.do(moves)  # type: ignore[arg-type]
    if found.of(YEAR) is State.WAIVED:
        assert fired(found, at(5, 4)) == []
        found.do(reinstate(at(5, 6), YEAR))
        assert fired(found, at(6, 20)) == []
    else:
        assert fired(found, at(6, 20)) == ["T-5", "T-1", "T+1", "T+5", "T+15"]


def test_a_unit_that_takes_over_is_not_reminded_of_what_another_let_pass() -> None:
    found = book()
    found.do(acknowledge("d1", at(3, 3)))
    fired(found, at(4, 14))
    found.do(reassign(at(4, 14), "d9", YEAR))
    assert fired(found, at(4, 16), "year@d9") == []
    assert fired(found, at(5, 30), "year@d9") == ["T+5", "T+15"]


def test_what_comes_from_another_register_is_followed_up_from_when_it_comes() -> None:
    there = book()
    fired(there, at(3, 20))
    here = book(of=plan([requirement("year")], ("d2",)))
    here.do(take_in(at(3, 20), here.plan, there.item(YEAR), "d8"))
    assert fired(here, at(4, 8), "year@d8") == ["A+3", "A+5", "T-5", "A+10"]


def test_under_another_ladder_no_step_is_climbed_twice_and_none_of_the_past() -> None:
    found = book(FOLLOW_UP)
    assert fired(found, at(4, 9, 9)) == ["T-5", "T-1"]
    more = tuple(Rung(days=-days, kind=StepKind.REMINDER) for days in (9, 8, 7, 6)) + LADDER
    found.do(amend(at(4, 9), Amendment(version=2, follow_up=FOLLOW_UP.model_copy(update={"ladder": more}))))
    assert fired(found, at(4, 13, 9)) == ["T+1"]


# One morning


def urged(
    found: Book, now: datetime, *, head: str | None = "head@x.vn"
) -> dict[tuple[NoticeKind, str], tuple[str, ...]]:
    """What the unit is urged to when the register wakes at an instant: obligations by kind and address."""
    before = len(found.events)
    found.advance(now)
    told = notices(found.plan, found.events[before:])
    units = {code: unit(code, focal_email=f"{code}@x.vn", head_email=head) for code in ("d1", ISSUER)}
    mails = dispatch(found.plan, told, Contacts(units, {}), now.date())
    return {(mail.notice.kind, mail.email): mail.notice.obligations for mail in mails if mail.notice.unit == "d1"}


def test_steps_of_two_ladders_on_one_morning_urge_to_each_thing_once() -> None:
    late = (Rung(days=1, kind=StepKind.REMINDER), Rung(days=4, kind=StepKind.REMINDER))
    found = book(USUAL.model_copy(update={"ladder": late}), plan([requirement("year"), requirement("other")]))
    found.do(acknowledge("d1", at(3, 3)))
    found.do(submit(YEAR, at(4, 9)))
    found.do(review(YEAR, at(4, 10), returns=True))
    found.advance(at(4, 14))
    assert urged(found, at(4, 16, 8)) == {
        (NoticeKind.NOT_RESUBMITTED, "d1@x.vn"): (YEAR,),
        (NoticeKind.NOT_RESUBMITTED, "head@x.vn"): (YEAR,),
        (NoticeKind.REMINDER, "d1@x.vn"): ("other@d1",),
    }


def test_to_take_note_is_something_else_than_to_do_it_and_both_are_said() -> None:
    silent = (Rung(days=18, kind=StepKind.REMINDER),)
    ladder = (Rung(days=-10, kind=StepKind.REMINDER),)
    found = book(USUAL.model_copy(update={"ladder": ladder, "unacknowledged": silent}))
    assert urged(found, at(3, 26, 8)) == {
        (NoticeKind.REMINDER, "d1@x.vn"): (YEAR,),
        (NoticeKind.UNACKNOWLEDGED, "d1@x.vn"): (YEAR,),
    }


def test_who_answers_in_both_roles_is_urged_under_what_presses_most() -> None:
    to_both = (
        Rung(days=1, kind=StepKind.OVERDUE, to=(Audience.HEAD,)),
        Rung(days=2, kind=StepKind.REMINDER, to=(Audience.FOCAL,)),
    )
    items = [requirement("year"), requirement("other", due=day_end(date(2020, 4, 9)))]
    found = book(USUAL.model_copy(update={"ladder": to_both, "unacknowledged": ()}), plan(items))
    found.advance(at(4, 10))
    assert urged(found, at(4, 13, 8), head=None) == {
        (NoticeKind.OVERDUE, "d1@x.vn"): (YEAR,),
        (NoticeKind.REMINDER, "d1@x.vn"): ("other@d1",),
    }


def test_a_unit_that_only_takes_part_is_reminded_and_never_escalated_against() -> None:
    of = with_duty(plan([requirement("year")]), "year@guest", coordinating=True)
    everybody = tuple(Audience)
    ladder = tuple(rung.model_copy(update={"to": everybody}) for rung in LADDER)
    found = book(USUAL.model_copy(update={"ladder": ladder}), of)
    assert fired(found, at(6, 20), "year@guest") == ["T-5", "T-1"]
    told = [notice for notice in notices(found.plan, found.events) if "year@guest" in notice.obligations]
    assert {(notice.kind, notice.unit) for notice in told} == {
        (NoticeKind.ASSIGNMENT, "guest"),
        (NoticeKind.REMINDER, "guest"),
    }
