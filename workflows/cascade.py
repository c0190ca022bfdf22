"""The running register of one issuing unit: it waits, the ledger decides, activities record and deliver.

One workflow per (directive, issuing unit). Officers' and reviewers' commands are Updates; other cascades speak by
Signal; time is one timer, the ledger's next wake-up (DESIGN section 3).
"""

import asyncio
from collections import deque
from collections.abc import Iterable, Sequence
from datetime import datetime

from temporalio import workflow
from temporalio.common import RawValue
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from activities.record import Batch, RecordActivities
    from activities.report import ReportActivities
    from models.actor import Actor, ActorKind
    from models.cascade import CascadeOutcome, CascadeStart
    from models.clock import Clock
    from models.command import Command, NoteRefusal, Receipt
    from models.delivery import Refusal
    from models.event import Event
    from models.stepped_in import Amended
    from rules.details import describe, overdue
    from rules.ledger import Change, advance, answered_by, decide, finished, next_wake, note_summary, open_register
    from rules.refusals import WORDS, Refused
    from rules.relay import closing_report, relays, sent_back
    from rules.reporting import due_reports
    from workflows import limits
    from workflows.alarm import Alarm
    from workflows.attributes import OVERDUE, STATE
    from workflows.commands import command_of
    from workflows.neighbours import start_children, tell
    from workflows.postman import Postman
    from workflows.register import Register
    from workflows.reporter import Reporter


@workflow.defn(name="Cascade")
class CascadeWorkflow:
    @workflow.init
    def __init__(self, start: CascadeStart) -> None:
        self._start = start
        self._clock = start.clock
        self._begun: Register | None = None
        self._commands = 0
        self._overdue = 0
        self._children: set[str] = set()
        self._inbox: deque[Command] = deque()
        self._alarm = Alarm()
        self._reporter = Reporter(start.cascade_id)
        self._postman = Postman(start.cascade_id, lambda: self._clock, self._note_refusal)
        if start.carried is not None:
            self._begun = Register.carried(start.carried)
            self._children.update(start.carried.plan.children)
            self._postman.look()

    @workflow.run
    async def run(self, start: CascadeStart) -> CascadeOutcome:
        """Keep the register from its opening until it and all registers below it are closed."""
        if start.carried is None:
            await self._open()
        postman = asyncio.create_task(self._postman.work())
        await self._flush()
        register = self._register
        while self._inbox or register.pending or not self._finished():
            self._reporter.begin(register, self._now())
            self._alarm.set(next_wake(register.plan, register.state, self._reporter.making), self._clock)
            await workflow.wait_condition(lambda: self._called or self._alarm.rang)
            self._alarm.rang = False
            self._read_inbox()
            self._pass_time(self._now())
            await self._flush()
            await self._note_report()
            if self._commands >= start.renew_after or workflow.info().is_continue_as_new_suggested():
                await self._renew(postman)
        await self._finish()
        while self._inbox or not self._postman.idle:  # what others hand over now is kept, too
            self._read_inbox()
            await self._flush()
            await workflow.wait_condition(lambda: self._postman.idle or bool(self._inbox))
        await workflow.wait_condition(workflow.all_handlers_finished)
        return CascadeOutcome(chain_head=register.chain_head, events=register.state.seq)

    @workflow.update(dynamic=True)
    async def on_command(self, name: str, given: Sequence[RawValue]) -> Receipt:
        """What people ask of the register; an update bears the name of its command's kind."""
        return await self._answer(command_of(name, given))

    @on_command.validator
    def _check(self, name: str, given: Sequence[RawValue]) -> None:
        """Reject what the rules refuse before it enters the history."""
        command = command_of(name, given)
        if self._begun is not None:
            self._decide(command)

    @workflow.signal
    def relay(self, command: Command) -> None:
        """Another cascade tells something, or who replaces the directive; refused ones have no effect."""
        self._inbox.append(command)

    @workflow.signal
    def set_clock(self, clock: Clock) -> None:
        """A practice run is slowed down, held or hurried on."""
        self._clock = clock
        self._alarm.rang = True
        self._postman.look()

    @property
    def _register(self) -> Register:
        if self._begun is None:
            raise ApplicationError("the register is not open yet")
        return self._begun

    @property
    def _called(self) -> bool:
        """Whether something waits to be decided, recorded or noted."""
        return bool(self._register.pending or self._inbox or self._reporter.made)

    def _finished(self) -> bool:
        """Whether this register and those below are closed and no report is in hand or due."""
        register = self._register
        done = finished(register.plan, register.state) and not self._reporter.busy
        return done and not due_reports(register.plan, register.state, self._now())

    def _now(self) -> datetime:
        return self._clock.business(workflow.now())

    def _note_refusal(self, refusal: Refusal) -> None:
        """The postman tells of an address that does not exist."""
        actor = Actor(kind=ActorKind.POSTMAN, unit=self._register.plan.issuer)
        told = {"id": f"{self._start.cascade_id}/mail", "at": self._now(), "actor": actor}
        self._inbox.append(NoteRefusal.model_validate(told | dict(refusal)))

    async def _open(self) -> None:
        """Load the plan, start the registers below, so that they can be told things, and open this one."""
        plan = await workflow.execute_local_activity_method(
            RecordActivities.load_plan,
            self._start.cascade_id,
            start_to_close_timeout=limits.RECORD_TIMEOUT,
            retry_policy=limits.RETRY,
            local_retry_threshold=limits.LONGEST_LOCAL_WAIT,
            summary="nhận kế hoạch theo dõi",
        )
        await start_children(plan, plan.children, self._begin())
        self._children.update(plan.children)
        self._begun = Register(plan)
        self._begun.take(open_register(plan, self._now()))

    def _pass_time(self, until: datetime) -> None:
        self._register.take(advance(self._register.plan, self._register.state, until))

    def _decide(self, command: Command) -> Change:
        in_time = command.model_copy(update={"at": min(command.at, self._now())})
        try:
            return decide(self._register.plan, self._register.state, in_time)
        except Refused as refused:
            raise ApplicationError(WORDS[refused.reason], type=refused.reason, non_retryable=True) from None

    async def _answer(self, command: Command) -> Receipt:
        """Decide on a command and answer when its events are on record."""
        await workflow.wait_condition(lambda: self._begun is not None)
        self._commands += 1
        while True:
            seq = self._answered(command)
            if await self._is_recorded(seq):
                return Receipt(cascade_id=self._start.cascade_id, seq=seq, at=command.at)

    def _answered(self, command: Command) -> int:
        """Time comes before people."""
        self._pass_time(min(command.at, self._now()))
        self._register.take(self._decide(command))
        return answered_by(self._register.state, command)

    async def _is_recorded(self, seq: int) -> bool:
        """Wait until an event is on record; False where something else stands in its place."""
        register, overtaken = self._register, self._register.overtaken
        await workflow.wait_condition(lambda: register.recorded >= seq or register.overtaken > overtaken)
        return register.overtaken == overtaken

    def _read_inbox(self) -> None:
        while self._inbox:
            command = self._inbox.popleft()
            self._commands += 1
            self._pass_time(self._now())
            try:
                self._register.take(self._decide(command))
            except ApplicationError as refused:
                workflow.logger.info("relayed command had no effect", extra={"kind": command.kind, "why": refused.type})
            self._register.heard(command)

    async def _flush(self) -> None:
        """Record what has happened, then tell whom it concerns.

        A local activity: half the events, half the server's work (docs/decisions/0002-record-locally.md).
        """
        register = self._register
        while register.pending:
            events = register.batch()
            recorded = await workflow.execute_local_activity_method(
                RecordActivities.record,
                Batch(cascade_id=self._start.cascade_id, events=events),
                start_to_close_timeout=limits.RECORD_TIMEOUT,
                retry_policy=limits.RETRY,
                local_retry_threshold=limits.LONGEST_LOCAL_WAIT,
                summary=f"ghi sổ: sự kiện {events[0].seq}-{events[-1].seq}",
            )
            events, again = register.note(events, recorded)
            self._inbox.extendleft(reversed(again))
            if recorded.leaves_at:
                self._postman.expect(recorded.leaves_at)
            self._show()
            await self._start_new_children(events)
            left = await tell(relays(register.plan, events))
            self._inbox += filter(None, (sent_back(register.plan, relay) for relay in left))

    async def _start_new_children(self, events: Iterable[Event]) -> None:
        """An amendment may bring registers below that were not there when this one opened. Those that a reorganisation
        puts below it run already."""
        brought = (event.fact.amendment.children for event in events if isinstance(event.fact, Amended))
        if new := [unit for units in brought for unit in units if unit not in self._children]:
            await start_children(self._register.plan, new, self._begin())
            self._children.update(new)

    def _begin(self) -> CascadeStart:
        """How a register below begins: like this one, on the clock of now."""
        return self._start.model_copy(update={"clock": self._clock, "carried": None})

    def _show(self) -> None:
        """In the Temporal UI a cascade explains itself."""
        ledger = self._register.state
        workflow.set_current_details(describe(self._register.plan, ledger))
        late = overdue(ledger)
        if late != self._overdue or ledger.closed:
            self._overdue = late
            state = "closed" if ledger.closed else "open"
            workflow.upsert_search_attributes([OVERDUE.value_set(late), STATE.value_set(state)])

    async def _renew(self, postman: asyncio.Task[None]) -> None:
        """Continue as new with nothing in flight: events recorded, handlers answered, the postman home."""
        self._postman.call_off()
        postman.cancel()
        await workflow.wait([postman])
        if not postman.cancelled():
            postman.exception()  # a round that was cut off ends with an error, of which somebody has to hear
        register = self._register
        while register.pending or self._inbox or not self._quiet():
            self._read_inbox()
            await self._flush()
            await self._note_report()
            await workflow.wait_condition(lambda: self._called or self._quiet())
        carried = {"clock": self._clock, "carried": register.carry()}
        workflow.continue_as_new(self._start.model_copy(update=carried))

    def _quiet(self) -> bool:
        """Whether all handlers have answered and no report is in hand."""
        return not self._reporter.busy and workflow.all_handlers_finished()

    async def _note_report(self) -> None:
        """Note the report that is written: again, where an interrupted try had recorded something in its place."""
        register = self._register
        while self._reporter.made:
            register.take(self._reporter.noted(register, self._now()))
            await self._flush()
            self._reporter.lay_down(register)

    async def _finish(self) -> None:
        """Tell the register above, and report on the branch if that is wanted; the first one reports on the whole."""
        register = self._register
        report = closing_report(register.plan, register.state, register.chain_head)
        if report is not None:
            await tell([report])
            await self._reporter.make_final(register)
            await self._note_report()
            return
        directive = register.plan.directive_id
        await workflow.execute_activity_method(
            RecordActivities.close_directive,
            directive,
            start_to_close_timeout=limits.RECORD_TIMEOUT,
            retry_policy=limits.RETRY,
            summary="đóng sổ theo dõi",
        )
        files = await workflow.execute_activity_method(
            ReportActivities.issue_summary,
            directive,
            start_to_close_timeout=limits.REPORT_TIMEOUT,
            retry_policy=limits.RETRY,
            summary="lập báo cáo tổng kết",
        )
        while not register.state.summarised:
            register.take(note_summary(register.plan, register.state, self._now(), files))
            await self._flush()
