"""Random people, random clocks: whatever happens to a register, its rules hold (a stateful property test)."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from models.answer import Answer, Selected
from models.command import Command
from models.event import Event
from models.holder import Arrangement
from models.ledger import LedgerState
from models.notice import NoticeKind
from models.obligation import DONE, OWING, Outcome, State, obligation_key, requirement_of
from models.plan import StepKind
from models.recommendation import OBSTACLE, Handling, Recommendation
from models.request import RequestKind
from models.unit import Role
from rules.deciding import recipients
from rules.fold import empty, fold, requirement
from rules.ladder import Schedule
from rules.ledger import Change, advance, answered_by, decide, finished, next_wake, open_register
from rules.notices import notices
from rules.refusals import Refused
from rules.relay import relays
from rules.timeliness import timeliness
from tests.rules.asking import accept_all, answer_request, ask, chase, holding, leave, name_holder, note_refusal
from tests.rules.plans import (
    ISSUER,
    STARTS,
    acknowledge,
    answer,
    cascade_of,
    child_closed,
    complete,
    everything,
    exclude_below,
    handle,
    having_held,
    obstacle,
    officer,
    open_below,
    recommending,
    register,
    replace,
    review,
    reviewer,
    selecting,
    submit,
    supervisor,
)

UNITS = ("d1", "d2", "d3")
LEGAL = {
    State.DORMANT: {State.OPEN, State.NOT_APPLICABLE, State.WITHDRAWN, State.SUBMITTED},
    State.OPEN: {State.SUBMITTED, State.SATISFIED, State.UNFULFILLED, State.WITHDRAWN, State.NOT_APPLICABLE},
    State.SUBMITTED: {State.WITHDRAWN, State.ACCEPTED, State.SATISFIED, State.RETURNED, State.NOT_APPLICABLE},
    State.RETURNED: {State.SUBMITTED, State.SATISFIED, State.UNFULFILLED, State.WITHDRAWN, State.NOT_APPLICABLE},
}
KEYS = [obligation_key(duty.requirement, duty.unit) for duty in everything(UNITS).duties]
COMPLETE = {
    "choose": [selecting("c1"), selecting("c1", "c2", choice="club")],
    "ideas": [recommending("một"), recommending("một", "hai", group="loan"), Answer(no_comment=True)],
    "meeting": [
        having_held(*UNITS),
        having_held(*UNITS, "guest", men=10, women=20, attended=()),
        having_held("d2", attended=()),
    ],
    "draft": [Answer(note="đồng ý"), Answer(no_comment=True)],
    "joint": [answer()],
}
FAULTY = [
    answer(existing=True),
    answer(document=None),
    answer(total=9),
    having_held(on=date(2021, 1, 1)),
    selecting("x"),
]
KEYS_OR_NOT = st.sampled_from([*KEYS, "nothing@d1"])
WAITS = st.one_of(
    st.just(timedelta(0)),
    st.timedeltas(timedelta(0), timedelta(days=2)),
    st.timedeltas(timedelta(0), timedelta(days=40)),
)
JITTER = st.sampled_from([timedelta(0), timedelta(0), timedelta(days=-20), timedelta(hours=5)])
PASSED_DOWN = st.sampled_from(["above", "chosen-above"])


class Register(RuleBasedStateMachine):
    @initialize(first=st.booleans(), late=WAITS, eager=st.sets(st.sampled_from(sorted(COMPLETE))))
    def open(self, first: bool, late: timedelta, eager: set[str]) -> None:
        """In some registers much has been handed in at once, so that there is something to decide on."""
        self.plan = everything(UNITS, parent=None if first else "cascade:x:ministry")
        self.now = STARTS + late
        self.state = empty(self.plan)
        self.events: list[Event] = []
        self.sent: list[Command] = []
        self.steps: Counter[str] = Counter()
        self.accepting: defaultdict[str, set[str]] = defaultdict(set)
        self.told: set[tuple[str, str, str, str]] = set()
        self.take(open_register(self.plan, self.now))
        for key, item in list(self.state.obligations.items()):
            if item.requirement in eager and item.unit != UNITS[1]:
                self.send(submit(key, self.now, COMPLETE[item.requirement][0]))

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

    @rule(data=st.data(), jitter=JITTER)
    def an_officer_answers_well(self, data: st.DataObject, jitter: timedelta) -> None:
        owing = [key for key, item in self.state.obligations.items() if item.state in OWING]
        key = data.draw(st.sampled_from(owing or KEYS))
        given = data.draw(st.sampled_from(COMPLETE.get(key.partition("@")[0], [answer()])))
        self.send(submit(key, self.now + jitter, given))

    @rule(key=KEYS_OR_NOT, given=st.sampled_from(FAULTY), by=st.sampled_from([None, None, *UNITS]))
    def somebody_answers_somehow(self, key: str, given: Answer, by: str | None) -> None:
        self.send(submit(key, self.now, given, by=by))

    @rule(
        data=st.data(),
        by=st.sampled_from([ISSUER, ISSUER, "so", "d1"]),
        returns=st.sampled_from([False, False, True]),
        outcome=st.sampled_from([None, Outcome.TAKEN_ON_BOARD, Outcome.EXPLAINED]),
        jitter=JITTER,
    )
    def a_recipient_decides(
        self, data: st.DataObject, by: str, returns: bool, outcome: Outcome | None, jitter: timedelta
    ) -> None:
        waiting = [key for key, item in self.state.obligations.items() if item.state is State.SUBMITTED]
        key = data.draw(st.sampled_from(waiting or KEYS))
        latest = self.state.obligations[key].submissions
        submission = data.draw(st.sampled_from([latest, latest, 1]))
        self.send(review(key, self.now + jitter, submission, returns=returns, by=by, outcome=outcome))

    @rule(data=st.data(), by=st.sampled_from(["so", ISSUER, None]))
    def what_waits_is_accepted(self, data: st.DataObject, by: str | None) -> None:
        """By one recipient, or by all, with an outcome that suits everything."""
        waiting = [key for key, item in self.state.obligations.items() if item.state is State.SUBMITTED]
        if waiting:
            key = data.draw(st.sampled_from(waiting))
            for recipient in [by] if by else ["so", ISSUER]:
                latest = self.state.obligations[key].submissions
                self.send(review(key, self.now, latest, by=recipient, outcome=Outcome.TAKEN_ON_BOARD))

    @rule(data=st.data(), men=st.integers(-1, 31))
    def an_officer_completes_figures(self, data: st.DataObject, men: int) -> None:
        key = data.draw(st.sampled_from([*self.state.answers] or KEYS))
        self.send(complete(key, self.now, men, 30 - men))
        self.send(complete(key, self.now, men, 31))

    @rule(data=st.data(), wait=WAITS)
    def a_recommendation_is_referred(self, data: st.DataObject, wait: timedelta) -> None:
        raised = [key for key, item in self.state.recommendations.items() if item.status == "raised"]
        if raised:
            key, body = data.draw(st.sampled_from(raised)), data.draw(st.sampled_from(["so", "Sở Y tế"]))
            reply_by = (self.now + wait + timedelta(days=1)).date()
            self.send(handle(key, self.now, Handling.REFER, body=body, reply_by=reply_by))

    @rule(data=st.data(), handling=st.sampled_from(Handling), by=st.sampled_from([ISSUER, ISSUER, "so", "d1"]))
    def somebody_handles_a_recommendation(self, data: st.DataObject, handling: Handling, by: str) -> None:
        key = data.draw(st.sampled_from([*self.state.recommendations] or ["ideas@d1/1.1"]))
        body = data.draw(st.sampled_from(["so", "Sở Y tế", ""]))
        reply_by = (self.now + data.draw(WAITS)).date()
        words = data.draw(st.sampled_from(["sẽ làm", ""]))
        self.send(handle(key, self.now, handling, by=by, words=words, body=body, reply_by=reply_by))

    @rule(key=KEYS_OR_NOT, text=st.sampled_from(["chưa có kinh phí", " "]), by=st.sampled_from([None, None, *UNITS]))
    def a_unit_tells_what_stands_in_its_way(self, key: str, text: str, by: str | None) -> None:
        self.send(obstacle(key, self.now, text, by=by))

    @rule(key=KEYS_OR_NOT, request=st.sampled_from(RequestKind), wait=WAITS, by=st.sampled_from([None, None, "d1"]))
    def a_unit_asks_for_something(self, key: str, request: RequestKind, wait: timedelta, by: str | None) -> None:
        due = getattr(self.state.obligations.get(key), "due", None) or self.now
        self.send(ask(key, self.now, request, until=(due + wait).date(), by=by))

    @rule(
        data=st.data(), granted=st.booleans(), words=st.sampled_from(["đồng ý", ""]), by=st.sampled_from([ISSUER, "so"])
    )
    def a_request_is_answered(self, data: st.DataObject, granted: bool, words: str, by: str) -> None:
        request = data.draw(st.sampled_from([*self.state.requests] or ["year@d1/r1"]))
        self.send(answer_request(request, self.now, granted=granted, words=words, by=by))

    @rule(keys=st.lists(st.sampled_from(KEYS), max_size=4), by=st.sampled_from([ISSUER, ISSUER, "d1"]))
    def somebody_chases(self, keys: list[str], by: str) -> None:
        self.send(chase(self.now, *keys, words="gấp", by=by))

    @rule(data=st.data(), by=st.sampled_from([ISSUER, ISSUER, "so"]))
    def many_are_accepted_at_once(self, data: st.DataObject, by: str) -> None:
        waiting = [key for key, item in self.state.obligations.items() if item.state is State.SUBMITTED]
        chosen = data.draw(st.lists(st.sampled_from(waiting or KEYS), max_size=4))
        self.send(accept_all(self.now, *((key, data.draw(st.integers(1, 2))) for key in chosen), by=by))

    @rule(data=st.data(), email=st.sampled_from(["a@x.vn", "b@x.vn", "c@x.vn"]), kind=st.sampled_from(Arrangement))
    def somebody_is_named(self, data: st.DataObject, email: str, kind: Arrangement) -> None:
        unit, holder = data.draw(st.sampled_from(self.people()))
        days = (self.now.date(), self.now.date() + data.draw(WAITS)) if kind is Arrangement.SUBSTITUTE else (None, None)
        own = self.state.holders.get(f"{unit}/{holder}")
        by_email = own.email if own else f"{unit}@x.vn"
        actor = data.draw(st.sampled_from([holding(unit, holder), reviewer(ISSUER)]))
        named = name_holder(self.now, email, kind, unit=unit, by=actor, by_email=by_email, first=days[0], last=days[1])
        self.send(named)

    @rule(data=st.data(), refused=st.booleans())
    def somebody_leaves_or_is_not_reached(self, data: st.DataObject, refused: bool) -> None:
        unit, holder = data.draw(st.sampled_from(self.people()))
        known = self.state.holders.get(f"{unit}/{holder}")
        email = known.email if known else f"{unit}@x.vn"
        self.send((note_refusal if refused else leave)(self.now, unit, holder, email))

    def people(self) -> list[tuple[str, str]]:
        contacts = [(unit, role.value) for unit in UNITS for role in Role]
        return contacts + [(item.unit, item.id) for item in self.state.holders.values() if item.arrangement]

    @rule(unit=st.sampled_from([*UNITS, "guest", "stranger"]))
    def a_unit_acknowledges(self, unit: str) -> None:
        self.send(acknowledge(unit, self.now))

    @rule(
        trigger=st.sampled_from(["guidance", "final", "weather"]),
        by=st.sampled_from(["reviewer", "cascade", "officer"]),
    )
    def a_document_arrives(self, trigger: str, by: str) -> None:
        actor = {"reviewer": None, "cascade": cascade_of("ministry"), "officer": officer("d1")}[by]
        self.send(register(self.now, trigger, actor))

    @rule(
        key=PASSED_DOWN,
        applies=st.sampled_from([True, True, False]),
        chosen=st.sets(st.sampled_from([*UNITS, "x"])),
        choice=st.sampled_from(["shelter", "club"]),
    )
    def the_register_above_tells_something(self, key: str, applies: bool, chosen: set[str], choice: str) -> None:
        selected = [Selected(unit=unit, choice=choice) for unit in sorted(chosen)]
        self.send(open_below(self.now, key, selected) if applies else exclude_below(self.now, key))

    @rule(named=st.sampled_from([("year",), ("choose", "month"), ("nothing",), ()]), data=st.data())
    def another_directive_replaces_this_one(self, named: tuple[str, ...], data: st.DataObject) -> None:
        """Everything at once only seldom: little happens in a register afterwards."""
        close = not named and data.draw(st.booleans())
        if not named and data.draw(st.integers(0, 3)):
            return
        actor = data.draw(st.sampled_from([supervisor(), cascade_of("ministry"), officer("d1")]))
        self.send(replace(self.now, *named, close=close, actor=actor))

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
        assert not before.closed or command.kind == "child_closed"
        self.take(change)
        if change.events:
            self.sent.append(command)
            assert change.events[0].cause == command.id
            assert change.events[0].seq <= answered_by(self.state, command) <= self.state.seq

    def take(self, change: Change) -> None:
        was_closed = self.state.closed
        self.check_mail(change)
        assert {relay.command.at for relay in relays(self.plan, change.events)} <= {event.at for event in change.events}
        before = self.state
        for event in change.events:
            assert event.seq == before.seq + 1
            assert event.at >= before.now
            assert not was_closed or event.fact.kind == "below_closed"
            assert Event.model_validate_json(event.model_dump_json()) == event
            after = fold(self.plan, before, [event])
            self.check_edges(before, after, event)
            self.check_steps(before, event)
            self.check_decisions(event)
            self.check_figures(event)
            self.check_recommendations(before.recommendations, after.recommendations, event)
            before = after
        assert before == change.state
        self.state = change.state
        self.events += change.events

    def check_mail(self, change: Change) -> None:
        for notice in notices(self.plan, change.events):
            row = (notice.unit, notice.role, notice.kind, f"{notice.step} {notice.holder}")
            assert row not in self.told
            self.told.add(row)
            assert len(set(notice.obligations)) == len(notice.obligations)
            pressing = {NoticeKind.OVERDUE, NoticeKind.CHASE, NoticeKind.SILENCE, NoticeKind.ESCALATION}
            assert notice.unit != "guest" or notice.kind not in pressing

    def check_edges(self, before: LedgerState, after: LedgerState, event: Event) -> None:
        if event.fact.kind == "cascade_opened":
            assert not before.obligations
            return
        assert before.obligations.keys() == after.obligations.keys()
        for key, item in after.obligations.items():
            was = before.obligations[key]
            asked = requirement(self.plan, item.requirement)
            assert item.state is was.state or item.state in LEGAL[was.state]
            moved = item.extensions - was.extensions
            assert moved == (event.fact.kind == "request_answered" and item.due != was.due)
            assert moved or item.due == was.due or (was.state is State.DORMANT and asked.term and was.due is None)
            assert not moved or (was.due is not None and item.due is not None and was.due < item.due)
            assert asked.term or (item.original_due or item.due) == asked.due

    def check_steps(self, before: LedgerState, event: Event) -> None:
        """Every step fires once, in order and not early; for silence, once since the last sign of life."""
        fact = event.fact
        if fact.kind != "step_fired":
            return
        schedule = Schedule(self.plan.follow_up)
        assert fact.scheduled <= event.at < self.plan.closing
        for key in fact.obligations:
            item = before.obligations[key]
            assert item.state in OWING
            assert not item.coordinating or fact.step_kind is StepKind.REMINDER
            fired = [*fact.passed, fact.step]
            expected = [schedule.step(item, item.next_step + n) for n in range(len(fired))]
            assert [step.name for step in expected if step] == fired
            if item.due is not None:
                assert self.steps[key] <= item.next_step
                self.steps[key] = item.next_step + len(fired)

    def check_decisions(self, event: Event) -> None:
        """Accepted is what every recipient has accepted, each of them the latest submission."""
        fact = event.fact
        if fact.kind in {"submitted", "returned"} and hasattr(fact, "obligation"):
            self.accepting[fact.obligation].clear()
        if fact.kind in {"endorsed", "accepted"} and hasattr(fact, "obligation"):
            assert event.actor.unit not in self.accepting[fact.obligation]
            self.accepting[fact.obligation].add(event.actor.unit)
            duty = next(
                duty for duty in self.plan.duties if obligation_key(duty.requirement, duty.unit) == fact.obligation
            )
            further = [reviewer.unit for reviewer in duty.reviewers]
            everybody = set(recipients(ISSUER, duty.unit, further))
            assert (self.accepting[fact.obligation] == everybody) == (fact.kind == "accepted")

    def check_figures(self, event: Event) -> None:
        """men + women = total wherever people are counted, and completing them leaves the total alone."""
        fact = event.fact
        if fact.kind in {"submitted", "figures_completed", "evidence_shared"}:
            given = fact.answer
            counted = requirement(self.plan, requirement_of(fact.obligation)).attendance
            assert not counted or given.men is None or given.women is None or given.men + given.women == given.total
            assert fact.kind != "figures_completed" or (given.men is not None and given.total == 30)

    def check_recommendations(
        self, before: dict[str, Recommendation], after: dict[str, Recommendation], event: Event
    ) -> None:
        """They never vanish, but that a new answer replaces what nobody has dealt with."""
        for key in before.keys() - after.keys():
            assert event.fact.kind == "submitted"
            assert before[key].obligation == event.fact.obligation
            assert before[key].handled_at is None
            assert before[key].group != OBSTACLE

    @invariant()
    def everything_is_accounted_for(self) -> None:
        assert sorted(self.state.obligations) == sorted(KEYS)
        handed_in = Counter(
            event.fact.obligation for event in self.events if event.fact.kind in {"submitted", "taken_over"}
        )
        for key, item in self.state.obligations.items():
            assert item.key == key
            assert item.submissions == handed_in[key]
            either = {State.WITHDRAWN, State.NOT_APPLICABLE}
            assert item.state in either or (item.opened_at is None) == (item.state is State.DORMANT)
            assert (item.submitted_at is not None) or item.state not in {*DONE, State.SUBMITTED, State.RETURNED}
            assert timeliness(item, self.state.now)
        assert self.state.answers.keys() <= {
            key for key, item in self.state.obligations.items() if item.state in {*DONE, State.SUBMITTED}
        }

    @invariant()
    def closed_means_nothing_is_owed(self) -> None:
        assert self.state.closed == (next_wake(self.plan, self.state) is None)
        assert not finished(self.plan, self.state) or self.state.closed
        if self.state.closed:
            assert not [key for key, item in self.state.obligations.items() if item.state in OWING]
            replaced = any(event.fact.kind == "withdrawn" and event.fact.close for event in self.events)
            assert replaced or self.state.now >= self.plan.closing

    def teardown(self) -> None:
        assert [event.seq for event in self.events] == list(range(1, len(self.events) + 1))
        assert fold(self.plan, empty(self.plan), self.events) == self.state
        assert LedgerState.model_validate_json(self.state.model_dump_json()) == self.state
        self.check_that_it_ends()

    def check_that_it_ends(self) -> None:
        """Nobody does anything any more: time alone closes the register, in finitely many steps."""
        rings = 0
        while wake := next_wake(self.plan, self.state):
            self.wake(wake)
            rings += 1
            assert rings < 200
        assert self.state.closed


Register.TestCase.settings = settings(
    max_examples=50, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestRegister = Register.TestCase
