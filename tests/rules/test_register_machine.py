"""Random people, random clocks: whatever happens to a register, its rules hold (a stateful property test)."""

from collections import Counter
from datetime import datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from models.command import Command
from models.event import Event
from models.ledger import LedgerState
from models.obligation import OWING, State
from rules.fold import empty, fold, requirement
from rules.ledger import Change, advance, answered_by, decide, finished, next_wake, open_register
from rules.notices import notices
from rules.refusals import Refused
from rules.timeliness import timeliness
from tests.rules.plans import (
    STARTS,
    acknowledge,
    answer,
    cascade_of,
    child_closed,
    every_opening,
    officer,
    open_below,
    register,
    review,
    submit,
)

UNITS = ("d1", "d2", "d3")
LEGAL = {
    State.DORMANT: {State.OPEN},
    State.OPEN: {State.SUBMITTED, State.UNFULFILLED},
    State.SUBMITTED: {State.ACCEPTED, State.SATISFIED, State.RETURNED},
    State.RETURNED: {State.SUBMITTED, State.UNFULFILLED},
}
KEYS = [f"{item.key}@{unit}" for item in every_opening(UNITS).requirements for unit in UNITS]
ANSWERS = st.sampled_from([answer(), answer(), answer(existing=True), answer(document=None), answer(total=9)])
KEYS_OR_NOT = st.sampled_from([*KEYS, "nothing@d1"])
WAITS = st.one_of(
    st.just(timedelta(0)),
    st.timedeltas(timedelta(0), timedelta(days=2)),
    st.timedeltas(timedelta(0), timedelta(days=40)),
)
JITTER = st.sampled_from([timedelta(0), timedelta(0), timedelta(days=-20), timedelta(hours=5)])


class Register(RuleBasedStateMachine):
    @initialize(first=st.booleans(), late=WAITS)
    def open(self, first: bool, late: timedelta) -> None:
        self.plan = every_opening(UNITS, parent=None if first else "cascade:x:ministry")
        self.now = STARTS + late
        self.state = empty(self.plan)
        self.events: list[Event] = []
        self.sent: list[Command] = []
        self.steps: Counter[str] = Counter()
        self.told: set[tuple[str, str, str, str]] = set()
        self.take(open_register(self.plan, self.now))

    @rule(wait=WAITS)
    def time_passes(self, wait: timedelta) -> None:
        self.now += wait
        self.wake(self.now)

    @rule()
    def the_timer_rings(self) -> None:
        if wake := next_wake(self.plan, self.state):
            self.now = max(self.now, wake)
            self.wake(wake)

    @rule(back=st.timedeltas(timedelta(0), timedelta(days=90)))
    def the_clock_goes_back(self, back: timedelta) -> None:
        self.wake(self.now - back)

    @rule(key=KEYS_OR_NOT, given=ANSWERS, jitter=JITTER)
    def an_officer_answers(self, key: str, given: object, jitter: timedelta) -> None:
        self.send(submit(key, self.now + jitter, given))  # type: ignore[arg-type]

    @rule(key=st.sampled_from(KEYS), thief=st.sampled_from(UNITS))
    def somebody_answers_for_another(self, key: str, thief: str) -> None:
        self.send(submit(key, self.now, by=thief))

    @rule(data=st.data(), returns=st.booleans(), jitter=JITTER)
    def the_reviewer_decides(self, data: st.DataObject, returns: bool, jitter: timedelta) -> None:
        waiting = [key for key, item in self.state.obligations.items() if item.state is State.SUBMITTED]
        key = data.draw(st.sampled_from(waiting or KEYS))
        latest = self.state.obligations[key].submissions
        self.send(review(key, self.now + jitter, data.draw(st.sampled_from([latest, latest, 1])), returns=returns))

    @rule(unit=st.sampled_from([*UNITS, "stranger"]))
    def a_unit_acknowledges(self, unit: str) -> None:
        self.send(acknowledge(unit, self.now))

    @rule(trigger=st.sampled_from(["guidance", "weather"]), by=st.sampled_from(["reviewer", "cascade", "officer"]))
    def a_document_arrives(self, trigger: str, by: str) -> None:
        actor = {"reviewer": None, "cascade": cascade_of("ministry"), "officer": officer("d1")}[by]
        self.send(register(self.now, trigger, actor))

    @rule()
    def the_document_above_is_accepted(self) -> None:
        self.send(open_below(self.now))

    @rule(unit=st.sampled_from(UNITS))
    def a_register_below_closes(self, unit: str) -> None:
        self.send(child_closed(unit, self.now))

    @rule(data=st.data(), wait=WAITS)
    def somebody_repeats_a_command(self, data: st.DataObject, wait: timedelta) -> None:
        if not self.sent:
            return
        command = data.draw(st.sampled_from(self.sent))
        self.now += wait
        self.wake(self.now)
        seq = answered_by(self.state, command)
        if command.kind != "open_below" or not self.state.closed:
            assert decide(self.plan, self.state, command.model_copy(update={"at": self.now})).events == ()
        assert 1 <= seq <= self.state.seq

    def wake(self, now: datetime) -> None:
        self.take(advance(self.plan, self.state, now))
        wake = next_wake(self.plan, self.state)
        assert wake is None or wake > max(now, self.state.now)
        assert advance(self.plan, self.state, now).events == ()

    def send(self, command: Command) -> None:
        self.wake(min(command.at, self.now))
        before = self.state.model_copy(deep=True)
        try:
            change = decide(self.plan, self.state, command)
        except Refused:
            assert self.state == before
            return
        self.take(change)
        if change.events:
            self.sent.append(command)
            assert change.events[0].cause == command.id
            assert change.events[0].seq <= answered_by(self.state, command) <= self.state.seq

    def take(self, change: Change) -> None:
        was_closed = self.state.closed
        for notice in notices(self.plan, change.events):
            row = (notice.unit, notice.role, notice.kind, notice.step)
            assert row not in self.told
            self.told.add(row)
        before = self.state
        for event in change.events:
            assert event.seq == before.seq + 1
            assert event.at >= before.now
            assert not was_closed or event.fact.kind == "below_closed"
            assert Event.model_validate_json(event.model_dump_json()) == event
            after = fold(self.plan, before, [event])
            self.check_edges(before, after, event)
            self.check_steps(before, event)
            before = after
        assert before == change.state
        self.state = change.state
        self.events += change.events

    def check_edges(self, before: LedgerState, after: LedgerState, event: Event) -> None:
        if event.fact.kind == "cascade_opened":
            assert not before.obligations
            return
        assert before.obligations.keys() == after.obligations.keys()
        for key, item in after.obligations.items():
            was = before.obligations[key]
            assert item.state is was.state or item.state in LEGAL[was.state]
            assert item.due == was.due == requirement(self.plan, item.requirement).due

    def check_steps(self, before: LedgerState, event: Event) -> None:
        fact = event.fact
        if fact.kind != "step_fired":
            return
        names = [step.name for step in requirement(self.plan, fact.requirement).steps]
        assert fact.scheduled <= event.at < self.plan.closing
        for key in fact.obligations:
            assert before.obligations[key].state in OWING
            first = names.index(fact.passed[0] if fact.passed else fact.step)
            assert self.steps[key] <= first <= names.index(fact.step)
            assert tuple(names[first : names.index(fact.step)]) == fact.passed
            self.steps[key] = names.index(fact.step) + 1

    @invariant()
    def everything_is_accounted_for(self) -> None:
        assert sorted(self.state.obligations) == sorted(KEYS)
        submitted = Counter(event.fact.obligation for event in self.events if event.fact.kind == "submitted")
        for key, item in self.state.obligations.items():
            assert item.key == key
            assert item.submissions == submitted[key]
            assert item.next_step <= len(requirement(self.plan, item.requirement).steps)
            assert (item.opened_at is None) == (item.state in {State.DORMANT, State.NOT_APPLICABLE})
            assert timeliness(item, self.state.now)

    @invariant()
    def closed_means_nothing_is_owed(self) -> None:
        assert self.state.closed == (next_wake(self.plan, self.state) is None)
        assert not finished(self.plan, self.state) or self.state.closed
        if self.state.closed:
            assert not [key for key, item in self.state.obligations.items() if item.state in OWING]
            assert self.state.now >= self.plan.closing

    def teardown(self) -> None:
        assert [event.seq for event in self.events] == list(range(1, len(self.events) + 1))
        assert fold(self.plan, empty(self.plan), self.events) == self.state
        assert LedgerState.model_validate_json(self.state.model_dump_json()) == self.state


Register.TestCase.settings = settings(
    max_examples=50, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestRegister = Register.TestCase
