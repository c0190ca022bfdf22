from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.command import AnswerRequest, Command
from models.event import Event, Fact
from models.holder import Arrangement
from models.ledger import LedgerState
from models.obligation import Outcome, State
from models.plan import Amendment, CascadePlan
from models.recommendation import Handling
from rules.chain import GENESIS, canonical, link
from rules.fold import empty, fold
from rules.ledger import decide, note_summary
from rules.revising import revised
from store.succession import touched
from tests.rules.asking import answer_request, ask, chase, leave, name_holder, note_refusal
from tests.rules.intervening import amend, hear_escalation, keeping, reorganise
from tests.rules.plans import (
    CLOSING,
    FOLLOW_UP,
    at,
    complete,
    everything,
    exclude_below,
    handle,
    having_held,
    obstacle,
    open_below,
    recommending,
    register,
    reinstate_below,
    replace,
    review,
    submit,
)
from tests.rules.registers import Book
from tests.rules.stepping import reassign, reinstate, release, resume, set_due, suspend

PLAN = everything()


def history() -> tuple[Event, ...]:
    """A register's whole life: some answered, some returned, some reminded, the rest unfulfilled."""
    commands: tuple[Command, ...] = (
        submit("year@d1", at(3, 10)),
        review("year@d1", at(3, 11), returns=True),
        register(at(3, 12)),
        submit("year@d1", at(3, 13)),
        review("year@d1", at(3, 14), submission=2),
        open_below(at(3, 15)),
        submit("joint@d1", at(3, 16)),
        review("joint@d1", at(3, 16), by="so", outcome=Outcome.ACCEPTED),
        submit("meeting@d1", at(3, 16), having_held("d2")),
        review("meeting@d1", at(3, 16)),
        complete("meeting@d2", at(3, 16), 10, 20),
        submit("ideas@d1", at(3, 16), recommending("một", "hai")),
        review("ideas@d1", at(3, 16), returns=True),
        handle("ideas@d1/1.1", at(3, 16), Handling.REFER, body="so", reply_by=at(3, 20).date()),
        obstacle("ideas@d1", at(3, 16)),
        submit("ideas@d1", at(3, 16), recommending("ba")),
        exclude_below(at(3, 17), "chosen-above"),
        reinstate_below(at(3, 17), "chosen-above"),
        ask("year@d2", at(3, 17)),
        answer_request("the only one", at(3, 17)),
        chase(at(3, 17), "year@d2", "year@d3"),
        name_holder(at(3, 17), arrangement=Arrangement.SUCCESSOR),
        leave(at(3, 17), "d2", email="d2@x.vn"),
        note_refusal(at(3, 17), "d3", email="d3@x.vn"),
        replace(at(3, 17), "month"),
        suspend(at(3, 18), "year@d3", "radio@d3"),
        resume(at(3, 19), "year@d3"),
        set_due(at(3, 19), date(2020, 4, 17), "year@d3"),
        release(at(3, 19), "radio@d1"),
        reinstate(at(3, 20), "radio@d1"),
        reassign(at(3, 20), "d4", "radio@d1"),
        amend(at(3, 20), Amendment(version=2, removed=("receipt",), follow_up=FOLLOW_UP)),
        reorganise(at(3, 20), keeping=keeping(PLAN, "so-moi", ends=False)),
        hear_escalation(at(3, 20), "plan@c1"),
        register(at(3, 20), "final"),
    )
    book = Book(PLAN)
    for command in commands:
        if isinstance(command, AnswerRequest):
            command = command.model_copy(update={"request": next(iter(book.state.requests))})
        book.take(decide(book.plan, book.state, command))
    for now in (at(4, 3, 8), at(4, 14), CLOSING):
        book.advance(now)
    book.take(note_summary(book.plan, book.state, CLOSING, {"summary.pdf": "0" * 64}))
    return tuple(book.events)


HISTORY = history()


def in_force(events: int) -> CascadePlan:
    """The plan after so many events."""
    return revised(PLAN, HISTORY[:events])


def head(events: tuple[Event, ...]) -> str:
    found = GENESIS
    for event in events:
        found = link(found, canonical(event))
    return found


def test_the_state_of_a_register_follows_from_its_events_alone() -> None:
    state = fold(PLAN, empty(PLAN), HISTORY)
    assert (state.seq, state.closed, state.now) == (len(HISTORY), True, CLOSING)
    assert state.obligations["year@d1"].state is State.ACCEPTED
    assert state.obligations["year@d3"].state is State.UNFULFILLED


@given(st.integers(0, len(HISTORY)))
def test_folding_in_two_parts_is_folding_in_one(at_event: int) -> None:
    half = fold(PLAN, empty(PLAN), HISTORY[:at_event])
    assert fold(in_force(at_event), half, HISTORY[at_event:]) == fold(PLAN, empty(PLAN), HISTORY)


@given(st.integers(0, len(HISTORY) - 2))
def test_a_gap_a_repetition_or_a_swap_is_not_folded(index: int) -> None:
    missing = HISTORY[:index] + HISTORY[index + 1 :]
    repeated = HISTORY[: index + 1] + HISTORY[index:]
    swapped = (*HISTORY[:index], HISTORY[index + 1], HISTORY[index], *HISTORY[index + 2 :])
    for events in (missing, repeated, swapped):
        with pytest.raises(ValueError, match="does not follow"):
            fold(PLAN, empty(PLAN), events)


def test_the_history_has_nearly_every_kind_of_fact() -> None:
    every = {member.model_fields["kind"].default for member in get_args(get_args(Fact)[0])}
    assert every - {event.fact.kind for event in HISTORY} == {"acknowledged", "below_closed", "ended"}


def test_of_the_state_before_only_what_an_event_names_is_looked_at() -> None:
    """The read tables are folded from the rows that events name."""
    state = fold(PLAN, empty(PLAN), HISTORY[:1])
    for number, event in enumerate(HISTORY[1:], 1):
        plan = in_force(number)
        after = fold(plan, state, [event])
        named = {
            key
            for field in ("obligation", "obligations", "unfulfilled", "recommendation", "recommendations")
            for value in [getattr(event.fact, field, ())]
            for key in ((value,) if isinstance(value, str) else value)
        }
        if event.fact.kind == "request_answered":
            named.add(event.fact.request)
        if event.fact.kind == "keeping_changed":
            named |= {key for key, item in state.obligations.items() if item.state is State.SUBMITTED}
        named |= set(touched(event.fact))
        part = LedgerState(
            seq=state.seq,
            now=state.now,
            obligations={key: item for key, item in state.obligations.items() if key in named},
            recommendations={
                key: item for key, item in state.recommendations.items() if {key, item.obligation} & named
            },
            requests={key: item for key, item in state.requests.items() if key in named},
            holders=state.holders,
        )
        folded = fold(plan, part, [event])
        assert after.obligations == state.obligations | folded.obligations
        assert after.requests == state.requests | folded.requests
        untouched = state.recommendations.keys() - part.recommendations.keys()
        assert after.recommendations == {key: state.recommendations[key] for key in untouched} | folded.recommendations
        state = after


def test_folding_leaves_the_state_before_as_it_was() -> None:
    state = fold(PLAN, empty(PLAN), HISTORY[:3])
    before = state.model_copy(deep=True)
    fold(in_force(3), state, HISTORY[3:])
    assert state == before


def test_events_and_state_survive_json() -> None:
    for event in HISTORY:
        assert Event.model_validate_json(event.model_dump_json()) == event
    state = fold(PLAN, empty(PLAN), HISTORY)
    assert LedgerState.model_validate_json(state.model_dump_json()) == state


@given(st.data())
def test_any_removal_or_swap_of_events_changes_the_head_of_the_chain(data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(HISTORY) - 1))
    assert head(HISTORY[:index] + HISTORY[index + 1 :]) != head(HISTORY)
    order = data.draw(st.permutations(HISTORY))
    assert (head(tuple(order)) == head(HISTORY)) == (tuple(order) == HISTORY)


@given(st.data())
def test_any_change_of_an_event_changes_the_head_of_the_chain(data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(HISTORY) - 1))
    event = HISTORY[index]
    changed = data.draw(
        st.sampled_from(
            [
                event.model_copy(update={"seq": event.seq + 1}),
                event.model_copy(update={"at": event.at.replace(microsecond=1)}),
                event.model_copy(update={"cause": event.cause + "x"}),
                event.model_copy(update={"actor": event.actor.model_copy(update={"unit": "d9"})}),
                event.model_copy(update={"fact": HISTORY[index - 1].fact}),
            ]
        )
    )
    assert head((*HISTORY[:index], changed, *HISTORY[index + 1 :])) != head(HISTORY)


def test_the_chain_is_the_same_for_events_that_came_back_from_json() -> None:
    read_again = tuple(Event.model_validate_json(event.model_dump_json()) for event in HISTORY)
    assert head(read_again) == head(HISTORY)
    assert [canonical(event) for event in read_again] == [canonical(event) for event in HISTORY]


def test_the_canonical_form_is_sorted_tight_and_vietnamese() -> None:
    text = canonical(next(event for event in HISTORY if event.fact.kind == "submitted"))
    assert text.startswith('{"actor":{"holder":"","identified":"program","kind":"officer"')
    assert ", " not in text.replace("Lê Thị Lan", "")
    assert "Lê Thị Lan" in text
