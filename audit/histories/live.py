"""Histories on a Temporal server."""

import asyncio
from datetime import timedelta

from temporalio.client import Client, WorkflowHistory
from temporalio.service import RPCError, RPCStatusCode

from audit.histories.runs import Run
from models.unreachable import Unreachable

_ANSWER_WITHIN = timedelta(seconds=30)


class LiveHistories:
    """The port `audit.histories.runs.Histories` on a Temporal server."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def runs(self, cascade_id: str) -> tuple[Run, ...]:
        """The latest run of a register and those before it, also closed ones, as far back as the server has them: when
        it drops a run, it dropped all earlier ones, and `replayed` tells what is missing. Raises `Unreachable`."""
        runs: list[Run] = []
        run_id = await self._latest(cascade_id)
        while run_id is not None:
            history = await self._history(cascade_id, run_id)
            if history is None:
                break
            runs.append(await _run(cascade_id, run_id, history))
            run_id = history.events[0].workflow_execution_started_event_attributes.continued_execution_run_id or None
        return tuple(reversed(runs))

    async def run(self, cascade_id: str, run_id: str) -> Run | None:
        """One run; None where the server does not have it (any more). Raises `Unreachable`."""
        history = await self._history(cascade_id, run_id)
        return await _run(cascade_id, run_id, history) if history else None

    async def _latest(self, cascade_id: str) -> str | None:
        try:
            described = await self._client.get_workflow_handle(cascade_id).describe(rpc_timeout=_ANSWER_WITHIN)
        except RPCError as error:
            self._raise_unless_gone(error)
            return None
        return described.run_id

    async def _history(self, cascade_id: str, run_id: str) -> WorkflowHistory | None:
        try:
            return await self._client.get_workflow_handle(cascade_id, run_id=run_id).fetch_history(
                rpc_timeout=_ANSWER_WITHIN
            )
        except RPCError as error:
            self._raise_unless_gone(error)
            return None

    def _raise_unless_gone(self, error: RPCError) -> None:
        """Raises `Unreachable`, except where the server does not know the run (any more)."""
        if error.status is not RPCStatusCode.NOT_FOUND:
            address = self._client.service_client.config.target_host
            raise Unreachable("Temporal", address, f"it answers {error.message}") from error


async def _run(cascade_id: str, run_id: str, history: WorkflowHistory) -> Run:
    text = await asyncio.to_thread(history.to_json)  # a long one takes its time
    return Run(cascade_id, run_id, text.encode())
