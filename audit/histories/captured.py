"""What a workflow does while its history is replayed, noted on the way in and out of its code."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn

from temporalio import workflow
from temporalio.worker import (
    ContinueAsNewInput,
    ExecuteWorkflowInput,
    HandleSignalInput,
    HandleUpdateInput,
    Interceptor,
    SignalExternalWorkflowInput,
    StartLocalActivityInput,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
    WorkflowOutboundInterceptor,
)

from models.cascade import CascadeOutcome, CascadeStart
from models.event import Event
from models.plan import CascadePlan
from models.recorded import Recorded


@dataclass
class Taken:
    """Events that were to be recorded, in the workflow task that began with Temporal's event `task`, and the answer
    that the history has (None: it ends before)."""

    events: tuple[Event, ...]
    task: int
    recorded: Recorded | None = None


@dataclass
class Captured:
    """What one run did: how it began, the plan that it loaded, what it recorded, the receipts it gave (by update id),
    what it told other registers, and how it ended. `reached` is Temporal's event up to which it came."""

    start: CascadeStart | None = None
    plan: CascadePlan | None = None
    taken: list[Taken] = field(default_factory=list)
    receipts: dict[str, Any] = field(default_factory=dict)
    told: list[tuple[str, Any]] = field(default_factory=list)
    renewed: CascadeStart | None = None
    outcome: CascadeOutcome | None = None
    reached: int = 0


class Capturing(Interceptor):
    """Notes in `captured`, which is another one for each history."""

    def __init__(self) -> None:
        self.captured = Captured()

    def workflow_interceptor_class(self, input: WorkflowInterceptorClassInput) -> type[WorkflowInboundInterceptor]:  # noqa: A002, ARG002 - the SDK names it so
        """Asked for once; it is made anew for each workflow."""

        class Inbound(_Inbound):
            capturing = self

        return Inbound


class _Inbound(WorkflowInboundInterceptor):
    capturing: Capturing

    def init(self, outbound: WorkflowOutboundInterceptor) -> None:
        self.captured = self.capturing.captured
        super().init(_Outbound(outbound, self.captured))

    async def execute_workflow(self, input: ExecuteWorkflowInput) -> Any:  # noqa: A002
        self.captured.start = input.args[0]
        self.captured.outcome = await super().execute_workflow(input)
        return self.captured.outcome

    async def handle_signal(self, input: HandleSignalInput) -> None:  # noqa: A002
        _reach(self.captured)
        await super().handle_signal(input)

    async def handle_update_handler(self, input: HandleUpdateInput) -> Any:  # noqa: A002
        _reach(self.captured)
        receipt = await super().handle_update_handler(input)
        self.captured.receipts[input.id] = receipt
        return receipt


class _Outbound(WorkflowOutboundInterceptor):
    def __init__(self, following: WorkflowOutboundInterceptor, captured: Captured) -> None:
        super().__init__(following)
        self._captured = captured

    def start_local_activity(self, input: StartLocalActivityInput) -> workflow.ActivityHandle[Any]:  # noqa: A002
        handle = super().start_local_activity(input)
        handle.add_done_callback(self._keeping(input))
        return handle

    async def signal_external_workflow(self, input: SignalExternalWorkflowInput) -> None:  # noqa: A002
        _reach(self._captured)
        self._captured.told.append((input.workflow_id, input.args[0]))
        await super().signal_external_workflow(input)

    def continue_as_new(self, input: ContinueAsNewInput) -> NoReturn:  # noqa: A002
        _reach(self._captured)
        self._captured.renewed = input.args[0]
        super().continue_as_new(input)

    def _keeping(self, input: StartLocalActivityInput) -> Callable[[Any], None]:  # noqa: A002
        """Keeps what a local activity is asked now, and its answer once there is one."""
        _reach(self._captured)
        if input.activity == "record":
            taken = Taken(input.args[0].events, self._captured.reached)
            self._captured.taken.append(taken)

            def keep(done: Any) -> None:
                taken.recorded = _answer(done)
        else:

            def keep(done: Any) -> None:
                self._captured.plan = _answer(done)

        return keep


def _answer(done: Any) -> Any:
    return None if done.cancelled() or done.exception() else done.result()


def _reach(captured: Captured) -> None:
    captured.reached = workflow.info().get_current_history_length()
