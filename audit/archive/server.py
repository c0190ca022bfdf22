"""The Temporal server as archiving asks it: whether a workflow has ended, and which runs others have behind them."""

from collections.abc import Sequence
from datetime import timedelta

from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from audit.histories.live import LiveHistories
from audit.histories.runs import Run
from models.unreachable import Unreachable
from models.upkeep import EndedRun

_ANSWER_WITHIN = timedelta(seconds=10)
_ENDED = (
    "WorkflowType = 'Cascade' AND ExecutionStatus IN ('ContinuedAsNew', 'Terminated', 'Failed', 'TimedOut', 'Canceled')"
)
"""Runs that are completed have ended with their register."""


class Server:
    """The port `audit.archive.closing.Workflows`."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._histories = LiveHistories(client)

    async def running(self, cascade_id: str) -> bool:
        """Whether the workflow has not ended yet; one that the server does not know has. Raises `Unreachable`."""
        try:
            described = await self._client.get_workflow_handle(cascade_id).describe(rpc_timeout=_ANSWER_WITHIN)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return False
            raise self._away(error) from error
        return described.status is WorkflowExecutionStatus.RUNNING

    async def ended(self) -> Sequence[EndedRun]:
        """The runs that have ended otherwise than with their register: one list for all registers. It lags behind a
        little; the next round has what this one misses. Raises `Unreachable`."""
        try:
            found = [run async for run in self._client.list_workflows(_ENDED, rpc_timeout=_ANSWER_WITHIN)]
        except RPCError as error:
            raise self._away(error) from error
        found.sort(key=lambda run: run.close_time or run.start_time)
        return [EndedRun(cascade_id=run.id, run_id=run.run_id) for run in found]

    async def run(self, cascade_id: str, run_id: str) -> Run | None:
        """One of them; None where the server has dropped it meanwhile. Raises `Unreachable`."""
        return await self._histories.run(cascade_id, run_id)

    def _away(self, error: RPCError) -> Unreachable:
        address = self._client.service_client.config.target_host
        return Unreachable("Temporal", address, f"it answers {error.message}")
