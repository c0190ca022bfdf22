"""What a register does when units are reorganised: every obligation has one account afterwards."""

from typing import Any

import pytest

from models.answer import Selected
from models.ledger import LedgerState
from models.obligation import OWING, State, Timeliness
from models.plan import CascadePlan, Duty, OpeningMode, RequirementKind, Reviewer
from models.request import RequestKind, RequestStatus
from models.succession import Keeping, Reorganise, Succession, TakeIn
from rules.fold import empty, fold
from rules.ledger import finished
from rules.refusals import Reason
from rules.relay import closing_report, relays, sent_back
from rules.revising import revised
from rules.timeliness import still_since, timeliness
from tests.rules.asking import answer_request, ask
from tests.rules.plans import (
    CLOSING,
    acknowledge,
    at,
    cascade_of,
    child_closed,
    new_id,
    obstacle,
    open_below,
    opening,
    plan,
    recommending,
    register,
    requirement,
    review,
    submit,
    supervisor,
    with_duty,
)
from tests.rules.registers import Book, kinds
from tests.rules.stepping import reassign, release, resume, suspend

HERE, THERE = "cascade:x:p", "cascade:x:q"
DAY = at(4, 1)
UNITS = ("d1", "d2", "d3")


def book(*requirements: Any, units: tuple[str, ...] = UNITS, **changed: Any) -> Book:
    return Book(plan(requirements or (requirement("year"),), units, **changed))


def goes(key: str, *heirs: str, to: str = HERE, **changed: Any) -> Succession:
    asked = key.partition("@")[0]
    duties = tuple(Duty(requirement=asked, unit=heir, **changed) for heir in heirs)
    return Succession(obligation=key, cascade_id=to, duties=duties)


def reorganise(*successions: Succession, keeping: Keeping | None = None, by: Any = None) -> Reorganise:
    return Reorganise(
        id=new_id(),
        at=DAY,
        actor=by or supervisor("bo"),
        on=DAY.date(),
        basis="Nghị quyết",
        successions=successions,
        keeping=keeping,
    )


def keeping(of: CascadePlan, **changed: Any) -> Keeping:
    names = ("issuer", "issuer_name", "parent", "children", "kept_by", "passes_down")
    return Keeping.model_validate({name: getattr(of, name) for name in names} | changed)


def handed_over(source: Book, to: CascadePlan) -> list[TakeIn]:
    """What a register has handed to another one, as the other hears it."""
    found = relays(source.plan, source.events)
    return [r.command for r in found if r.cascade_id == to.cascade_id and isinstance(r.command, TakeIn)]


def other(*requirements: Any, units: tuple[str, ...] = ("e1",), **changed: Any) -> Book:
    made = plan(requirements or (requirement("year"),), units, cascade_id=THERE, issuer="q", **changed)
    return Book(made)


def test_of_a_unit_that_is_renamed_the_new_one_owes_it_as_it_stood_and_is_told_anew() -> None:
    of = book()
    of.do(acknowledge("d1", at(3, 10)))
    before = of.item("year@d1")
    of.do(reorganise(goes("year@d1", "n1")))
    old, new = of.item("year@d1"), of.item("year@n1")
    assert (old.state, old.moved_to) == (State.TRANSFERRED, ("n1",))
    assert (new.state, new.due, new.opened_at) == (before.state, before.due, before.opened_at)
    assert new.acknowledged_at is None
    assert [earlier.unit for earlier in new.inherited] == ["d1"]


def test_what_two_owed_becomes_one_with_what_was_done_as_evidence() -> None:
    of = book()
    of.do(submit("year@d1", at(3, 10)))
    of.do(review("year@d1", at(3, 11)))
    of.do(submit("year@d2", at(3, 12)))
    of.do(reorganise(*(goes(f"year@{unit}", "n1") for unit in UNITS)))
    done, merged = of.item("year@d1"), of.item("year@n1")
    assert (done.state, done.moved_to) == (State.ACCEPTED, ("n1",)), "what is closed keeps its old name"
    assert merged.state is State.OPEN, "the one with most to do says how it stands"
    assert [(earlier.unit, earlier.accepted) for earlier in merged.inherited] == [
        ("d1", True), ("d2", False), ("d3", False)
    ]  # fmt: skip
    assert merged.submissions == 1
    of.do(submit("year@n1", at(4, 2)))
    assert of.item("year@n1").submissions == 2, "numbers of what was handed in are not used again"


def test_who_had_done_everything_leaves_nothing_to_be_done() -> None:
    of = book()
    of.do(submit("year@d1", at(3, 10)))
    of.do(review("year@d1", at(3, 11)))
    of.do(reorganise(goes("year@d1", "n1")))
    assert "year@n1" not in of.state.obligations
    assert [earlier.unit for earlier in of.state.bequests["year@n1"]] == ["d1"]


def test_what_nobody_takes_over_waits_with_its_clock_paused_and_goes_on_when_somebody_does() -> None:
    of = book()
    of.do(reorganise(goes("year@d1")))
    item = of.item("year@d1")
    assert (item.state, item.laid_aside, item.suspended_at) == (State.SUSPENDED, State.OPEN, DAY)
    assert of.do(reorganise(goes("year@d1"))) == (), "what waits already goes on waiting"
    of.do(resume(at(4, 6), "year@d1"))
    assert of.of("year@d1") is State.OPEN
    assert (of.item("year@d1").due or DAY) > (item.due or DAY)


def test_what_waits_may_wait_in_another_register_under_its_old_name() -> None:
    of, there = book(), other()
    of.do(reorganise(goes("year@d1", to=THERE)))
    (taken,) = handed_over(of, there.plan)
    there.do(taken)
    assert of.of("year@d1") is State.TRANSFERRED
    assert (there.of("year@d1"), there.item("year@d1").laid_aside) == (State.SUSPENDED, State.OPEN)


def test_of_several_who_take_over_only_the_first_has_what_waits_for_a_word() -> None:
    of = book()
    of.do(obstacle("year@d1", at(3, 9)))
    of.do(ask("year@d1", at(3, 9), RequestKind.WITHDRAWAL))
    of.do(reorganise(goes("year@d1", "n1", "n2")))
    assert {of.of("year@n1"), of.of("year@n2")} == {State.OPEN}
    assert of.item("year@d1").moved_to == ("n1", "n2")
    assert [item.obligation for item in of.state.recommendations.values()] == ["year@n1"]
    waiting = [item for item in of.state.requests.values() if item.status is RequestStatus.ASKED]
    assert {item.obligation for item in waiting} == {"year@d1", "year@n1"}, (
        "the one of what was transferred waits no more"
    )


def test_recommendations_that_wait_for_a_word_take_what_was_done_along() -> None:
    of = book(requirement("ideas", kind=RequirementKind.RECOMMENDATIONS, groups={"work": "Việc làm"}))
    of.do(submit("ideas@d1", at(3, 10), recommending("xin hướng dẫn")))
    of.do(review("ideas@d1", at(3, 11)))
    of.do(reorganise(goes("ideas@d1", "n1")))
    assert of.of("ideas@n1") is State.ACCEPTED
    assert [item.unit for item in of.state.recommendations.values()] == ["n1"]


def test_in_whatever_order_several_come_the_outcome_is_the_same() -> None:
    sources = []
    for number, unit in enumerate(UNITS):
        of = book(units=(unit,), cascade_id=f"cascade:x:{unit}")
        if number:
            of.do(submit(f"year@{unit}", at(3, 10 + number)))
        of.do(reorganise(goes(f"year@{unit}", "n1", to=THERE)))
        sources += handed_over(of, other().plan)
    outcomes = []
    for order in (sources, sources[::-1], [sources[1], sources[2], sources[0]]):
        there = other()
        for taken in order:
            there.do(taken)
        outcomes.append((there.state.obligations, there.state.answers))
    assert outcomes[0] == outcomes[1] == outcomes[2]
    assert outcomes[0][0]["year@n1"].submissions == 2


def test_the_same_handover_has_one_effect() -> None:
    of, there = book(), other()
    of.do(reorganise(goes("year@d1", "n1", to=THERE)))
    (taken,) = handed_over(of, there.plan)
    assert there.do(taken)
    assert there.do(taken) == ()


def test_a_register_that_has_closed_meanwhile_keeps_what_comes_as_not_fulfilled() -> None:
    of, there = book(), other()
    of.do(reorganise(goes("year@d1", "n1", to=THERE)))
    (taken,) = handed_over(of, there.plan)
    there.advance(CLOSING)
    there.do(taken.model_copy(update={"at": CLOSING}))
    assert there.of("year@n1") is State.UNFULFILLED


def test_what_waits_for_somebody_until_the_end_was_not_overdue_by_that() -> None:
    """Chờ phân công lại: where it is, or where it came to when that was closed already."""
    of, there = book(), other()
    of.do(reorganise(goes("year@d1"), goes("year@d2", to=THERE)))
    (taken,) = handed_over(of, there.plan)
    for closing in (of, there):
        closing.advance(CLOSING)
    there.do(taken.model_copy(update={"at": CLOSING}))
    for item in (of.item("year@d1"), there.item("year@d2")):
        assert item.state is State.UNFULFILLED
        assert still_since(item) is not None
    assert timeliness(of.item("year@d1"), CLOSING) is Timeliness.IN_TIME


@pytest.mark.parametrize("closed", [False, True])
def test_what_could_not_be_handed_over_waits_where_it_was(closed: bool) -> None:
    of = book(parent=THERE)
    of.do(reorganise(*(goes(f"year@{unit}", f"n-{unit}", to=THERE) for unit in UNITS)))
    if closed:
        of.advance(CLOSING)
    (relay,) = [r for r in relays(of.plan, of.events) if isinstance(r.command, TakeIn)]
    back = sent_back(of.plan, relay)
    assert back is not None
    of.do(back.model_copy(update={"at": max(back.at, of.state.now)}))
    assert {of.of(f"year@{unit}") for unit in UNITS} == {State.UNFULFILLED if closed else State.SUSPENDED}


def test_what_could_not_be_handed_over_to_several_registers_comes_back_from_each_and_once() -> None:
    of = book()
    of.do(submit("year@d1", at(3, 10)))
    of.do(reorganise(goes("year@d1", "n1", "n2", to=THERE), goes("year@d2", "n3", to="cascade:x:r")))
    for relay in relays(of.plan, of.events):
        back = sent_back(of.plan, relay)
        if isinstance(back, TakeIn):
            assert len(back.handover.arrivals) == 1
            of.do(back)
    assert {of.of("year@d1"), of.of("year@d2")} == {State.SUSPENDED}
    assert of.item("year@d1").submissions == 2, "once more than before, so that no number is used again"


@pytest.mark.parametrize("answered", [False, True])
def test_a_request_that_comes_back_with_its_obligation_waits_once_or_not_at_all(answered: bool) -> None:
    of = book()
    of.do(ask("year@d1", at(3, 10), RequestKind.WITHDRAWAL))
    of.do(reassign(at(3, 11), "n1", "year@d1"))
    if answered:
        (there,) = (key for key, item in of.state.requests.items() if item.unit == "n1")
        of.do(answer_request(there, at(3, 12), granted=False, words="không đồng ý"))
    of.do(reassign(at(3, 13), "d1", "year@n1"))
    waits = [item for item in of.state.requests.values() if (item.unit, item.status) == ("d1", RequestStatus.ASKED)]
    assert len(waits) == (not answered)


@pytest.mark.parametrize("heir", ["d1", "n1"])
def test_what_came_while_nobody_took_over_opens_when_somebody_does(heir: str) -> None:
    waits = requirement("follow", opening=opening(OpeningMode.WHEN_ACCEPTED, "above"))
    of = book(waits, parent=THERE)
    of.do(reorganise(goes("follow@d1")))
    of.do(open_below(at(4, 2), "above"))
    assert (of.of("follow@d1"), of.of("follow@d2")) == (State.SUSPENDED, State.OPEN)
    stepped_in = resume(at(4, 3), "follow@d1") if heir == "d1" else reassign(at(4, 3), heir, "follow@d1")
    of.do(stepped_in)
    assert of.of(f"follow@{heir}") is State.OPEN


def test_a_register_goes_on_with_another_keeper_who_inherits_what_the_former_has_accepted() -> None:
    reviewers = (Reviewer(unit="so", name="Sở"),)
    of = Book(with_duty(plan([requirement("year")], ("d1",)), "year@d1", reviewers=reviewers))
    of.do(submit("year@d1", at(3, 10)))
    of.do(review("year@d1", at(3, 11)))
    assert of.item("year@d1").endorsed == ("p",)
    duty = Duty(requirement="year", unit="d1", reviewers=(Reviewer(unit="so2", name="Sở mới"),))
    changed = keeping(of.plan, issuer="p2", issuer_name="Mới", duties=(duty,), reviewers={"p": "p2", "so": "so2"})
    of.do(reorganise(keeping=changed))
    assert (of.plan.issuer, of.item("year@d1").endorsed) == ("p2", ("p2",))
    assert of.refusal(review("year@d1", at(4, 2), by="so")) is Reason.NOT_YOURS
    of.do(review("year@d1", at(4, 2), by="so2"))
    assert of.of("year@d1") is State.ACCEPTED


def test_what_is_decided_keeps_the_names_of_those_who_decided_and_what_may_go_on_does_not() -> None:
    of = book(requirement("year"), units=("d1", "d2"))
    so = (Reviewer(unit="so", name="Sở"),)
    of = Book(with_duty(with_duty(of.plan, "year@d1", reviewers=so), "year@d2", reviewers=so))
    for key in ("year@d1", "year@d2"):
        of.do(submit(key, at(3, 10)))
        of.do(review(key, at(3, 11), by="so"))
    of.do(review("year@d1", at(3, 12)))
    of.do(release(at(3, 12), "year@d2", submissions=1))
    of.do(reorganise(keeping=keeping(of.plan, reviewers={"so": "so-moi"})))
    assert (of.item("year@d1").endorsed, of.item("year@d2").endorsed) == (("so",), ("so-moi",))


def test_a_register_ends_when_nothing_is_left_in_it_and_not_before() -> None:
    of = book(parent=THERE, children=())
    ending = keeping(of.plan, ends=True)
    of.do(reorganise(goes("year@d1", "n1", to=THERE), goes("year@d2", "n1", to=THERE), keeping=ending))
    assert not of.state.closed
    of.do(reorganise(goes("year@d3", "n1", to=THERE), keeping=ending))
    assert of.state.closed
    assert finished(of.plan, of.state)
    assert not [item for item in of.state.obligations.values() if item.state in OWING | {State.UNFULFILLED}]


def test_the_register_above_knows_one_below_by_the_unit_it_began_with() -> None:
    of = book(parent=THERE)
    of.do(reorganise(keeping=keeping(of.plan, issuer="p2", issuer_name="Mới")))
    report = closing_report(of.plan, of.state, "0" * 64)
    assert report is not None
    assert report.command.actor.unit == "p"
    above = other(units=("e1",), children=("p",))
    above.do(reorganise(keeping=keeping(above.plan, kept_by={"p2": "p"})))
    above.advance(CLOSING)
    above.do(child_closed("p", CLOSING))
    assert finished(above.plan, above.state)
    assert above.plan.register_of("p2") == "p"


def test_what_comes_opens_where_the_document_it_waits_for_is_here_already() -> None:
    asked = requirement("late", opening=opening(OpeningMode.WHEN_REGISTERED, "guidance"))
    of, there = book(asked), other(asked)
    there.do(
        register(at(3, 20), actor=cascade_of("q")) if there.plan.parent else register(at(3, 20), actor=supervisor("q"))
    )
    of.do(reorganise(goes("late@d1", "n1", to=THERE)))
    (taken,) = handed_over(of, there.plan)
    there.do(taken)
    assert there.of("late@n1") is State.OPEN


def test_a_unit_that_took_over_the_plan_it_waited_for_goes_on_when_that_is_accepted() -> None:
    waits = requirement("local", opening=opening(OpeningMode.WHEN_ACCEPTED, "year"))
    of = book(requirement("year"), waits, units=("d1",))
    of.do(reorganise(goes("year@d1", "n1"), goes("local@d1", "n1")))
    assert of.of("local@n1") is State.DORMANT
    of.do(submit("year@n1", at(4, 2)))
    of.do(review("year@n1", at(4, 3)))
    assert of.of("local@n1") is State.OPEN


def test_who_was_selected_under_the_old_name_is_selected_under_the_new_one() -> None:
    pilot = requirement("pilot", opening=opening(OpeningMode.WHEN_SELECTED, "above"))
    of = book(pilot, units=("d1", "d2"))
    of.do(reorganise(goes("pilot@d1", "n1"), goes("pilot@d2", "n2")))
    of.do(open_below(at(4, 2), selected=[Selected(unit="d1")]))
    assert (of.of("pilot@n1"), of.of("pilot@n2")) == (State.OPEN, State.NOT_APPLICABLE)


@pytest.mark.parametrize("actor", [cascade_of("q"), supervisor("bo")], ids=lambda actor: actor.kind)
def test_only_a_supervisor_reorganises_and_only_a_register_hands_over(actor: Any) -> None:
    of, there = book(), other()
    of.do(reorganise(goes("year@d1", "n1", to=THERE)))
    (taken,) = handed_over(of, there.plan)
    said = reorganise(goes("year@d2", "n1")) if actor.kind == "cascade" else taken
    assert (of if actor.kind == "cascade" else there).refusal(
        said.model_copy(update={"actor": actor})
    ) is Reason.NOT_YOURS


def test_an_answer_that_comes_after_is_refused_because_the_matter_has_gone_elsewhere() -> None:
    of = book()
    of.do(reorganise(goes("year@d1", "n1")))
    assert of.refusal(submit("year@d1", at(4, 2))) is Reason.TRANSFERRED


def test_what_was_suspended_goes_on_being_suspended_under_its_new_name() -> None:
    of = book()
    of.do(suspend(at(3, 16), "year@d1"))
    of.do(reorganise(goes("year@d1", "n1")))
    assert (of.of("year@n1"), of.item("year@n1").laid_aside) == (State.SUSPENDED, State.OPEN)


def test_the_chain_folds_to_the_same_state_under_the_plan_it_began_with() -> None:
    of = book(requirement("year"), requirement("month"))
    first = of.plan
    of.do(submit("year@d1", at(3, 10)))
    of.do(reorganise(*(goes(f"{key}@{unit}", "n1") for key in ("year", "month") for unit in UNITS)))
    assert fold(first, empty(first), of.events) == of.state
    assert revised(first, of.events) == of.plan
    assert LedgerState.model_validate_json(of.state.model_dump_json()) == of.state


def test_where_it_means_nothing_nothing_is_written() -> None:
    of = book()
    assert kinds(of.do(reorganise(goes("year@nobody", "n1")))) == []
