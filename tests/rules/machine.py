"""A register under random use: how time, commands and repetitions come to it, and what is checked each time."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from models.answer import Answer
from models.command import Command, NoteRefusal
from models.event import Event
from models.follow_up import Audience, Rung, StepKind
from models.ledger import LedgerState
from models.obligation import OWING, UNDONE, State, obligation_key
from models.plan import PlannedReport
from rules.fold import empty, fold
from rules.ledger import Change, advance, answered_by, decide, finished, next_wake, note_summary, open_register
from rules.notices import notices
from rules.refusals import Refused
from rules.relay import relays
from rules.repeated import taken_as
from rules.reporting import due_reports
from rules.revising import revised
from rules.timeliness import timeliness
from tests.rules.machine_checks import (
    Climbing,
    arrived,
    check_account,
    check_concerned,
    check_decisions,
    check_edges,
    check_figures,
    check_hands,
    check_item,
    check_mail,
    check_recommendations,
)
from tests.rules.plans import STARTS, answer, at, everything, having_held, recommending, selecting, submit

UNITS = ("d1", "d2", "d3")
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
"""Complete answers to the requirements of `everything` for which the usual one does not do."""
WAITS = st.one_of(
    st.just(timedelta(0)),
    st.timedeltas(timedelta(0), timedelta(days=2)),
    st.timedeltas(timedelta(0), timedelta(days=40)),
)
_REMIND, _LATE, _CHASE, _ESCALATE = StepKind.REMINDER, StepKind.OVERDUE, StepKind.CHASE, StepKind.ESCALATION
LADDERS = {
    "unacknowledged": (
        Rung(days=2, kind=_REMIND, to=(Audience.FOCAL,)),
        Rung(days=4, kind=_ESCALATE, to=(Audience.HEAD, Audience.TRACKER)),
    ),
    "returned": (
        Rung(days=1, kind=_REMIND, to=(Audience.FOCAL,)),
        Rung(days=3, kind=_CHASE, to=(Audience.FOCAL, Audience.HEAD)),
        Rung(days=6, kind=_ESCALATE, to=(Audience.ABOVE, Audience.ISSUER)),
    ),
    "review": (
        Rung(days=2, kind=_LATE, to=(Audience.TRACKER, Audience.TRACKER_HEAD)),
        Rung(days=5, kind=_ESCALATE, to=(Audience.ABOVE,)),
    ),
}


REPORTS = tuple(
    PlannedReport(key=key, title=f"Báo cáo {key}", closes=closes, issue_at=closes + after)
    for key, closes, after in (
        ("2020-03", at(3, 15, 0), timedelta(0)),
        ("2020-04", at(4, 15, 0), timedelta(hours=56)),
        ("2020-h1", at(6, 15, 0), timedelta(0)),
    )
)
HEARD_WHEN_CLOSED = frozenset({"below_closed", "taken_in", "escalation_heard"})


class Machine(RuleBasedStateMachine):
    """One register. Whatever is done to it goes through `wake` and `send`."""

    @initialize(first=st.booleans(), late=WAITS, eager=st.sets(st.sampled_from(sorted(COMPLETE))))
    def open(self, first: bool, late: timedelta, eager: set[str]) -> None:
        """In some registers much has been handed in at once, so that there is something to decide on."""
        plan = everything(UNITS, parent=None if first else "cascade:x:ministry")
        ladders = plan.follow_up.model_copy(update=LADDERS)
        self.first_plan = plan.model_copy(update={"follow_up": ladders, "reports": REPORTS})
        self.plan = self.first_plan
        self.now = STARTS + late
        self.state = empty(self.plan)
        self.events: list[Event] = []
        self.sent: list[Command] = []
        self.climbing = Climbing()
        self.begun: dict[str, datetime] = {}
        self.accepting: defaultdict[str, set[str]] = defaultdict(set)
        self.told: set[tuple[str, ...]] = set()
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

    @rule(ahead=st.timedeltas(timedelta(0), timedelta(days=40)))
    def the_clock_jumps_ahead_and_back_again(self, ahead: timedelta) -> None:
        """A wrong time on the server: whatever it called for is not called for again."""
        self.wake(self.now + ahead)
        before = len(self.events)
        self.wake(self.now)
        assert len(self.events) == before

    @rule(data=st.data(), wait=WAITS)
    def somebody_repeats_a_command(self, data: st.DataObject, wait: timedelta) -> None:
        if not self.sent:
            return
        command = data.draw(st.sampled_from(self.sent))
        self.now += wait
        self.wake(self.now)
        if self.state.closed and not taken_as(self.state, command):
            return  # it had no effect while the register was open: now it is refused like any other
        seq = answered_by(self.state, command)
        assert decide(self.plan, self.state, command.model_copy(update={"at": self.now})).events == ()
        assert 1 <= seq <= self.state.seq

    def some(self, data: st.DataObject, *states: State) -> str:
        """An obligation in one of some states; any where there is none."""
        found = [key for key, item in self.state.obligations.items() if item.state in states]
        chosen: str = data.draw(st.sampled_from(found or [*self.state.obligations]))
        return chosen

    def wake(self, now: datetime) -> None:
        self.take(advance(self.plan, self.state, now))
        for report in due_reports(self.plan, self.state, now):
            self.take(note_summary(self.plan, self.state, now, {"report.json": "ab" * 32}, report))
            assert note_summary(self.plan, self.state, now, {}, report).events == ()
        assert due_reports(self.plan, self.state, now) == ()
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
        assert not before.closed or command.kind in {"child_closed", "take_in", "hear_escalation"}
        self.take(change)
        if change.events:
            if not isinstance(command, NoteRefusal):  # the postman tells of an address as often as it is refused
                self.sent.append(command)
            assert change.events[0].cause == command.id
            assert change.events[0].seq <= answered_by(self.state, command) <= self.state.seq

    def take(self, change: Change) -> None:
        was_closed, before, plan = self.state.closed, self.state, self.plan
        for event in change.events:
            assert event.seq == before.seq + 1
            assert event.at >= before.now
            assert not was_closed or event.fact.kind in {*HEARD_WHEN_CLOSED, "summary_issued"}
            assert Event.model_validate_json(event.model_dump_json()) == event
            after = fold(plan, before, [event])
            plan = revised(plan, [event])
            check_edges(plan, before, after, event)
            check_hands(self.begun, after, event)
            self.climbing.check(plan, before, after, event)
            check_decisions(plan, self.accepting, event)
            check_figures(plan, event)
            check_recommendations(before, after, event)
            check_concerned(plan, event)
            before = after
        assert before == change.state
        self.plan, self.state = plan, change.state
        self.events += change.events
        check_account(self.state, change.events)
        check_mail(self.told, notices(self.plan, change.events))
        assert {relay.command.at for relay in relays(self.plan, change.events)} <= {event.at for event in change.events}

    @invariant()
    def everything_is_accounted_for(self) -> None:
        assert set(KEYS) <= self.state.obligations.keys()
        came = {key for event in self.events for key in arrived(event)}
        handed_in = Counter(
            event.fact.obligation for event in self.events if event.fact.kind in {"submitted", "taken_over"}
        )
        for key, item in self.state.obligations.items():
            check_item(key, item)
            assert item.submissions == handed_in[key] or key in came
            assert timeliness(item, self.state.now)
        assert self.state.answers.keys() <= {
            key for key, item in self.state.obligations.items() if item.state not in OWING
        }

    @invariant()
    def closed_means_nothing_is_owed(self) -> None:
        assert self.state.closed == (next_wake(self.plan, self.state) is None)
        assert not finished(self.plan, self.state) or self.state.closed
        if self.state.closed:
            assert not [key for key, item in self.state.obligations.items() if item.state in UNDONE]
            early = any(
                (event.fact.kind == "withdrawn" and event.fact.close)
                or event.fact.kind == "ended"
                or (event.fact.kind == "keeping_changed" and event.fact.keeping.ends)
                for event in self.events
            )
            assert early or self.state.now >= self.plan.closing

    def teardown(self) -> None:
        assert [event.seq for event in self.events] == list(range(1, len(self.events) + 1))
        assert fold(self.first_plan, empty(self.first_plan), self.events) == self.state
        assert revised(self.first_plan, self.events) == self.plan
        assert LedgerState.model_validate_json(self.state.model_dump_json()) == self.state
        self.check_that_it_ends()

    def check_that_it_ends(self) -> None:
        """Nobody does anything any more: time alone closes the register, in finitely many steps."""
        rings = 0
        while wake := next_wake(self.plan, self.state):
            self.wake(wake)
            rings += 1
            assert rings < 400
        assert self.state.closed
