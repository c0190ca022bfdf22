"""Checks whether registers get on: one whose workflow task fails again and again stands still until that is mended."""

from collections.abc import Sequence

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import EventType, WorkflowTaskFailedCause
from temporalio.api.history.v1 import HistoryEvent
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest, GetWorkflowExecutionHistoryReverseRequest
from temporalio.client import Client
from temporalio.client import WorkflowExecution as Listed

import naming
from commands.checkups.finding import Finding, warning, well, wrong

_CHECK = "progress"
_STUCK = (
    "WorkflowType = 'Cascade' AND ExecutionStatus = 'Running' AND TemporalReportedProblems IN "
    "('category=WorkflowTaskFailed', 'category=WorkflowTaskTimedOut')"
)
_FEW = 3
_LAST = 10
"""Events, the newest first, among which the last failure stands: the server writes only the first of a row."""
_TOLD = "system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute"
_OTHER_CODE = (
    "the code of its workers does not fit what it has done before; run the version of dondoc that ran before, with "
    "which it goes on by itself, and report it (docs/changing-workflows.md); do not terminate or reset it"
)
_FAULT = "see the worker's log, and mend what it says; then it goes on by itself; do not terminate it"
_SLOW = "see whether the workers' machines have too much to do; then it goes on by itself"


async def getting_on(client: Client) -> Finding:
    """Whether the workflow tasks of all registers succeed; of those that do not, why, and what to do. Raises
    `RPCError`."""
    described = await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=client.namespace))
    if not described.namespace_info.capabilities.reported_problems_search_attribute:
        todo = f"have it do so: set {_TOLD} to 2 in its dynamic configuration (server 1.30 or newer)"
        return warning(_CHECK, "the server does not tell which registers stand still", todo)
    stuck = [found async for found in client.list_workflows(_STUCK)]
    if not stuck:
        return well(_CHECK, "no register stands still")
    reasons = [await _why(client, found) for found in stuck[:_FEW]]
    named = [f"{_name(found)}: {says}" for found, (says, _) in zip(stuck, reasons, strict=False)]
    more = f"; and {len(stuck) - _FEW} more" if len(stuck) > _FEW else ""
    todo = "; ".join(dict.fromkeys(todo for _, todo in reasons))
    return wrong(_CHECK, f"{len(stuck)} stand still: {'; '.join(named)}{more}", todo)


def _name(found: Listed) -> str:
    directive, unit = naming.cascade_parts(found.id)
    return f"{unit} of {directive}"


async def _why(client: Client, found: Listed) -> tuple[str, str]:
    """What keeps a register from getting on, and what to do about it."""
    request = GetWorkflowExecutionHistoryReverseRequest(
        namespace=client.namespace,
        execution=WorkflowExecution(workflow_id=found.id, run_id=found.run_id),
        maximum_page_size=_LAST,
    )
    answer = await client.workflow_service.get_workflow_execution_history_reverse(request)
    return _explained(answer.history.events)


def _explained(events: Sequence[HistoryEvent]) -> tuple[str, str]:
    """By the last events of a history, the newest first: the last workflow task that failed since one was completed."""
    for event in events:
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
            break
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED:
            failed = event.workflow_task_failed_event_attributes
            other = failed.cause == WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR
            return failed.failure.message, _OTHER_CODE if other else _FAULT
    return "its workflow tasks take longer than they may", _SLOW
