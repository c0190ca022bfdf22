"""An event is found under every unit that it is about, whatever kind it is of."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from models.actor import Actor, ActorKind
from models.correspondence import Chased, DecisionsAwaited
from models.event import BelowClosed, CascadeOpened, SummaryIssued
from models.obligation import ObligationState, State
from models.plan import Amendment, Duty
from models.stepped_in import Amended
from models.succession import Arrival, Handover, TakenIn
from rules.concerned import concerned
from tests import small
from tests.audit.samples import FACTS, KEY, event, sample
from tests.rules.machine_checks import owing

PLAN = small.slice_of(small.TOP)
UNITS = (small.HIGH, small.LOW, *small.COMMUNES)
TIMER = Actor(kind=ActorKind.TIMER, unit=small.TOP)
KEYS = st.builds("{}@{}".format, st.sampled_from(["plan", "training"]), st.sampled_from(UNITS))


@pytest.mark.parametrize("kind", FACTS, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_every_unit_whose_obligation_a_fact_names_is_concerned(kind: type[BaseModel], data: st.DataObject) -> None:
    said = sample(kind).model_dump()
    keys = data.draw(st.lists(KEYS, min_size=1, max_size=4, unique=True))
    fact = kind.model_validate({name: _with(value, keys) for name, value in said.items()})
    named = owing(fact.model_dump(mode="json"), UNITS)
    assert named <= concerned(PLAN, event(fact, actor=TIMER))


def _with(value: Any, keys: list[str]) -> Any:
    """A value that names other obligations: all of them where it names several, else the first."""
    if value == (KEY,):
        return tuple(keys)
    if isinstance(value, str):
        return value.replace(KEY, keys[0])
    if isinstance(value, dict):
        return {_with(name, keys): _with(item, keys) for name, item in value.items()}
    return tuple(_with(item, keys) for item in value) if isinstance(value, tuple) else value


def test_whoever_acts_for_a_unit_is_concerned_and_neither_the_program_nor_who_supervises() -> None:
    fact = SummaryIssued(files={})
    assert concerned(PLAN, event(fact, actor=small.officer(small.LOW))) == {small.LOW}
    assert concerned(PLAN, event(fact, actor=small.reviewer(small.TOP))) == {small.TOP}
    for kind in (ActorKind.TIMER, ActorKind.POSTMAN, ActorKind.CASCADE, ActorKind.SUPERVISOR):
        assert concerned(PLAN, event(fact, actor=Actor(kind=kind, unit=small.TOP))) == set()


def test_the_opening_of_a_register_is_about_all_who_owe_something_in_it() -> None:
    opened = CascadeOpened(units=2, obligations=5)
    assert concerned(PLAN, event(opened, actor=TIMER)) == {small.HIGH, small.LOW}


def test_what_waits_for_decisions_is_about_who_decides_and_whose_it_is() -> None:
    waiting = DecisionsAwaited(submissions={small.TOP: (f"plan@{small.HIGH}",)}, requests={})
    assert concerned(PLAN, event(waiting, actor=TIMER)) == {small.TOP, small.HIGH}


def test_nobody_else_is_concerned() -> None:
    assert concerned(PLAN, event(Chased(obligations=(f"plan@{small.LOW}",)), actor=TIMER)) == {small.LOW}
    closed = BelowClosed(unit=small.LOW, chain_head="0" * 64, events=3)
    assert concerned(PLAN, event(closed, actor=TIMER)) == {small.LOW}


def test_who_is_left_out_or_asked_again_by_an_amendment_is_concerned() -> None:
    changed = Amendment(version=2, dropped=(f"plan@{small.HIGH}",), again=(f"plan@{small.LOW}",))
    amended = Amended(amendment=changed, reason="sửa đổi")
    assert concerned(PLAN, event(amended, actor=TIMER)) == {small.HIGH, small.LOW}


def test_who_held_the_event_that_counts_for_what_is_handed_over_is_concerned() -> None:
    before = ObligationState(requirement="meeting", unit=small.HIGH, state=State.SATISFIED, shared_from="meeting@guest")
    arrival = Arrival(before=before, duty=Duty(requirement="meeting", unit=small.LOW))
    handover = Handover(cascade_id="cascade:x:p", requirements=(), arrivals=(arrival,))
    taken_in = TakenIn(source="cascade:x:p", handover=handover, reason="sắp xếp")
    assert concerned(PLAN, event(taken_in, actor=TIMER)) == {small.HIGH, small.LOW, "guest"}
