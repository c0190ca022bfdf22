"""Checks of the Temporal server: whether it answers, knows our search attributes, and has workers and registers."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

import naming
from commands.checkups.finding import Finding, away, out_of_reach, well, wrong
from commands.checkups.histories import kept
from commands.checkups.progress import getting_on
from models.unreachable import Unreachable
from services.temporal import connect, missing_search_attributes
from settings import Settings
from store.checkups import open_registers
from store.engine import reading

_QUEUES = {
    naming.CASCADE_QUEUE: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    naming.MAIL_QUEUE: TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
    naming.REPORT_QUEUE: TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
}
_ASKS_AGAIN = timedelta(minutes=2)
"""A worker that has nothing to do asks for work once a minute; the server remembers it for five."""
_RUNNING = "WorkflowType = 'Cascade' AND ExecutionStatus = 'Running'"
_ANSWER_WITHIN = timedelta(seconds=5)
_FEW = 3


async def temporal(settings: Settings, engine: Engine | None) -> list[Finding]:
    """What the server says; of registers only where the database can be read."""
    try:
        client = await connect(settings)
        found = [well("Temporal", f"{client.service_client.config.target_host} answers")]
        found.append(await _attributes(client))
        found += [await _workers(client, queue) for queue in _QUEUES]
        found += [*await kept(client), await getting_on(client)]
        return [*found, await _registers(client, engine)] if engine else found
    except Unreachable as error:
        return [out_of_reach("Temporal", error)]
    except RPCError as error:
        return [away("Temporal", f"it answers {error.message}", "check TEMPORAL_NAMESPACE and the account's rights")]


async def _attributes(client: Client) -> Finding:
    missing = await missing_search_attributes(client)
    if not missing:
        return well("search attributes", "all are registered")
    todo = "run `dondoc up` with an account that may register them"
    return wrong("search attributes", f"not registered: {', '.join(sorted(missing))}", todo)


async def _workers(client: Client, queue: str) -> Finding:
    request = DescribeTaskQueueRequest(
        namespace=client.namespace, task_queue=TaskQueue(name=queue), task_queue_type=_QUEUES[queue]
    )
    described = await client.workflow_service.describe_task_queue(request, timeout=_ANSWER_WITHIN)
    since = datetime.now(UTC) - _ASKS_AGAIN
    alive = [poller for poller in described.pollers if poller.last_access_time.ToDatetime(UTC) > since]
    check = f"worker of {queue}"
    if alive:
        return well(check, ", ".join(sorted({poller.identity for poller in alive})))
    return away(check, "none has asked for work lately", f"run `dondoc up`, or `python -m worker {queue}`")


async def _registers(client: Client, engine: Engine) -> Finding:
    with reading(engine) as session:
        registers = open_registers(session)
    running = {found.id async for found in client.list_workflows(_RUNNING)}
    still = [register for register in registers if register not in running and not await _runs(client, register)]
    if not still:
        return well("registers", f"{len(registers)} open, all are running")
    todo = "run `dondoc start` on the file of the directive again, which completes its start"
    return wrong("registers", f"open but not running: {_first(still, registers)}", todo)


async def _runs(client: Client, register: str) -> bool:
    """Asked of the register itself: lists lag behind."""
    try:
        described = await client.get_workflow_handle(register).describe(rpc_timeout=_ANSWER_WITHIN)
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return False
        raise
    return described.status is WorkflowExecutionStatus.RUNNING


def _first(still: list[str], registers: dict[str, str]) -> str:
    named = [f"{naming.cascade_parts(register)[1]} of {registers[register]}" for register in still[:_FEW]]
    more = f" and {len(still) - _FEW} more" if len(still) > _FEW else ""
    return ", ".join(named) + more
