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
    from models.cascade import Carried, CascadeOutcome, CascadeStart
    from models.clock import Clock
    from models.command import Command, NoteRefusal, Receipt
    from models.delivery import Refusal
    from models.event import Event
    from models.ledger import LedgerState
    from models.plan import CascadePlan
    from models.stepped_in import Amended
    from rules.chain import GENESIS
    from rules.details import describe, overdue
    from rules.fold import empty
    from rules.ledger import Change, advance, answered_by, decide, finished, next_wake, note_summary, open_register
    from rules.refusals import WORDS, Refused
    from rules.relay import closing_report, relays, sent_back
    from rules.revising import revised
    from workflows import limits
    from workflows.alarm import Alarm
    from workflows.attributes import OVERDUE, STATE
    from workflows.neighbours import start_children, tell
    from workflows.postman import Postman


@workflow.defn(name="Cascade")
class CascadeWorkflow:
    @workflow.init
    def __init__(self, start: CascadeStart) -> None:
        self._start = start
        self._clock = start.clock
        self._plan: CascadePlan | None = None
        self._state: LedgerState | None = None
        self._chain_head = GENESIS
        self._recorded = 0
        self._commands = 0
        self._overdue = 0
        self._pending: list[Event] = []
        self._children: set[str] = set()
        self._inbox: deque[Command] = deque()
        self._alarm = Alarm()
        self._postman = Postman(start.cascade_id, lambda: self._clock, self._note_refusal)
        if start.carried is not None:
            self._plan, self._state = start.carried.plan, start.carried.state
            self._chain_head, self._recorded = start.carried.chain_head, start.carried.state.seq
            self._children.update(start.carried.plan.children)
            self._postman.look()

    @workflow.run
    async def run(self, start: CascadeStart) -> CascadeOutcome:
        """Keep the register from its opening until it and all registers below it are closed."""
        if start.carried is None:
            await self._open()
        postman = asyncio.create_task(self._postman.work())
        await self._flush()
        while self._inbox or self._pending or not finished(self._book, self._ledger):
            self._alarm.set(next_wake(self._book, self._ledger), self._clock)
            await workflow.wait_condition(lambda: bool(self._pending or self._inbox or self._alarm.rang))
            self._alarm.rang = False
            self._read_inbox()
            self._take(advance(self._book, self._ledger, self._now()))
            await self._flush()
            if self._commands >= start.renew_after or workflow.info().is_continue_as_new_suggested():
                await self._renew(postman)
        await self._finish()
        while self._inbox or not self._postman.idle:  # what others hand over now is kept, too
            self._read_inbox()
            await self._flush()
            await workflow.wait_condition(lambda: self._postman.idle or bool(self._inbox))
        await workflow.wait_condition(workflow.all_handlers_finished)
        return CascadeOutcome(chain_head=self._chain_head, events=self._ledger.seq)

    @workflow.update(dynamic=True)
    async def on_command(self, name: str, given: Sequence[RawValue]) -> Receipt:
        """What people ask of the register; an update bears the name of its command's kind."""
        return await self._answer(_command(name, given))

    @on_command.validator
    def _check(self, name: str, given: Sequence[RawValue]) -> None:
        """Reject what the rules refuse before it enters the history."""
        command = _command(name, given)
        if self._state is not None:
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
    def _book(self) -> CascadePlan:
        if self._plan is None:
            raise ApplicationError("the plan is not loaded yet")
        return self._plan

    @property
    def _ledger(self) -> LedgerState:
        if self._state is None:
            raise ApplicationError("the register is not open yet")
        return self._state

    def _now(self) -> datetime:
        return self._clock.business(workflow.now())

    def _note_refusal(self, refusal: Refusal) -> None:
        """The postman tells of an address that does not exist."""
        actor = Actor(kind=ActorKind.POSTMAN, unit=self._book.issuer)
        told = {"id": f"{self._start.cascade_id}/mail", "at": self._now(), "actor": actor}
        self._inbox.append(NoteRefusal.model_validate(told | dict(refusal)))

    async def _open(self) -> None:
        """Load the plan, start the registers below, so that they can be told things, and open this one."""
        self._plan = await workflow.execute_local_activity_method(
            RecordActivities.load_plan,
            self._start.cascade_id,
            start_to_close_timeout=limits.RECORD_TIMEOUT,
            retry_policy=limits.RETRY,
            local_retry_threshold=limits.LONGEST_LOCAL_WAIT,
            summary="nhận kế hoạch theo dõi",
        )
        await start_children(self._plan, self._plan.children, self._begin())
        self._children.update(self._plan.children)
        self._state = empty(self._plan)
        self._take(open_register(self._plan, self._now()))

    def _take(self, change: Change) -> None:
        self._plan = revised(self._book, change.events)
        self._state = change.state
        self._pending += (event.model_copy(update={"recorded_at": workflow.now()}) for event in change.events)

    def _decide(self, command: Command) -> Change:
        in_time = command.model_copy(update={"at": min(command.at, self._now())})
        try:
            return decide(self._book, self._ledger, in_time)
        except Refused as refused:
            raise ApplicationError(WORDS[refused.reason], type=refused.reason, non_retryable=True) from None

    async def _answer(self, command: Command) -> Receipt:
        """Decide on a command and answer when its events are on record."""
        await workflow.wait_condition(lambda: self._state is not None)
        self._commands += 1
        self._take(advance(self._book, self._ledger, min(command.at, self._now())))
        self._take(self._decide(command))
        seq = answered_by(self._ledger, command)
        await workflow.wait_condition(lambda: self._recorded >= seq)
        return Receipt(cascade_id=self._start.cascade_id, seq=seq, at=command.at)

    def _read_inbox(self) -> None:
        while self._inbox:
            command = self._inbox.popleft()
            self._commands += 1
            self._take(advance(self._book, self._ledger, self._now()))
            try:
                self._take(self._decide(command))
            except ApplicationError as refused:
                workflow.logger.info("relayed command had no effect", extra={"kind": command.kind, "why": refused.type})

    async def _flush(self) -> None:
        """Record what has happened, then tell whom it concerns.

        A local activity: half the events, half the server's work (docs/decisions/0002-record-locally.md).
        """
        while self._pending:
            events = tuple(self._pending)
            self._pending.clear()
            recorded = await workflow.execute_local_activity_method(
                RecordActivities.record,
                Batch(cascade_id=self._start.cascade_id, events=events),
                start_to_close_timeout=limits.RECORD_TIMEOUT,
                retry_policy=limits.RETRY,
                local_retry_threshold=limits.LONGEST_LOCAL_WAIT,
                summary=f"ghi sổ: sự kiện {events[0].seq}-{events[-1].seq}",
            )
            self._recorded, self._chain_head = recorded.seq, recorded.chain_head
            if recorded.leaves_at:
                self._postman.expect(recorded.leaves_at)
            self._show()
            await self._start_new_children(events)
            left = await tell(relays(self._book, events))
            self._inbox += filter(None, (sent_back(self._book, relay) for relay in left))

    async def _start_new_children(self, events: Iterable[Event]) -> None:
        """An amendment may bring registers below that were not there when this one opened. Those that a reorganisation
        puts below it run already."""
        brought = (event.fact.amendment.children for event in events if isinstance(event.fact, Amended))
        if new := [unit for units in brought for unit in units if unit not in self._children]:
            await start_children(self._book, new, self._begin())
            self._children.update(new)

    def _begin(self) -> CascadeStart:
        """How a register below begins: like this one, on the clock of now."""
        return self._start.model_copy(update={"clock": self._clock, "carried": None})

    def _show(self) -> None:
        """In the Temporal UI a cascade explains itself."""
        workflow.set_current_details(describe(self._book, self._ledger))
        late = overdue(self._ledger)
        if late != self._overdue or self._ledger.closed:
            self._overdue = late
            state = "closed" if self._ledger.closed else "open"
            workflow.upsert_search_attributes([OVERDUE.value_set(late), STATE.value_set(state)])

    async def _renew(self, postman: asyncio.Task[None]) -> None:
        """Continue as new with nothing in flight: events recorded, handlers answered, the postman home."""
        self._postman.call_off()
        postman.cancel()
        await workflow.wait([postman])
        while self._pending or self._inbox or not workflow.all_handlers_finished():
            self._read_inbox()
            await self._flush()
            await workflow.wait_condition(
                lambda: bool(self._pending or self._inbox) or workflow.all_handlers_finished()
            )
        carried = Carried(plan=self._book, state=self._ledger, chain_head=self._chain_head)
        workflow.continue_as_new(self._start.model_copy(update={"clock": self._clock, "carried": carried}))

    async def _finish(self) -> None:
        """Tell the register above; the first register issues the summary."""
        report = closing_report(self._book, self._ledger, self._chain_head)
        if report is not None:
            await tell([report])
            return
        directive = self._book.directive_id
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
        self._take(note_summary(self._book, self._ledger, self._now(), files))
        await self._flush()


def _command(name: str, given: Sequence[RawValue]) -> Command:
    """The command that an update carries. Raises `ApplicationError` for anything else."""
    try:
        (raw,) = given
        command: Command = workflow.payload_converter().from_payload(raw.payload, Command)  # type: ignore[call-overload]  # a union is a type to read, too
    except (ValueError, RuntimeError) as error:
        raise ApplicationError(f"not a command: {name}", type="NotACommand", non_retryable=True) from error
    if command.kind != name:
        raise ApplicationError(f"{name} carries {command.kind}", type="NotACommand", non_retryable=True)
    return command
