"""Sends people's commands to running cascades through Temporal Updates."""

import asyncio
from collections import defaultdict

from temporalio.client import Client, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from models.command import Command, Receipt
from rules.refusals import Reason, Refused
from web.ports import Unreachable

_IN_FLIGHT = 8  # a workflow takes 10 Updates at once; the rest queue here, politely
_PATIENCE_SECONDS = 20.0
_PAUSE_SECONDS = 0.2
_PASSES = {RPCStatusCode.RESOURCE_EXHAUSTED, RPCStatusCode.FAILED_PRECONDITION}
"""A workflow has more Updates in hand than it takes; its tasks ran out of time, as on a machine with too much to do."""


class TemporalCascades:
    """The port `web.ports.Cascades` on a Temporal client; `patience` is in seconds."""

    def __init__(self, client: Client, patience: float = _PATIENCE_SECONDS) -> None:
        self._client = client
        self._patience = patience
        self._places: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(_IN_FLIGHT))

    async def send(self, cascade_id: str, command: Command) -> Receipt:
        """Ask a cascade and wait until the answer is on record.

        The command's id is the Update's id, so that sending it again has one effect. Raises `Refused` where the rules
        say no and `Unreachable` where no answer came in time; then sending again is safe.
        """
        why = "no answer in time"
        try:
            async with asyncio.timeout(self._patience), self._places[cascade_id]:
                while True:
                    try:
                        return await self._update(cascade_id, command)
                    except RPCError as error:
                        if error.status not in _PASSES:
                            raise
                        why = error.message
                        await asyncio.sleep(_PAUSE_SECONDS)
        except WorkflowUpdateFailedError as error:
            raise self._refusal(error) from error
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                raise Refused(Reason.CLOSED) from error
            raise self._away(str(error)) from error
        except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError) as error:
            raise self._away(why) from error

    async def _update(self, cascade_id: str, command: Command) -> Receipt:
        handle = self._client.get_workflow_handle(cascade_id)
        receipt: Receipt = await handle.execute_update(command.kind, command, id=command.id, result_type=Receipt)
        return receipt

    def _refusal(self, error: WorkflowUpdateFailedError) -> Exception:
        cause = error.cause
        if isinstance(cause, ApplicationError) and cause.type in {reason.value for reason in Reason}:
            return Refused(Reason(cause.type))
        return self._away(str(cause))

    def _away(self, why: str) -> Unreachable:
        return Unreachable("Temporal", self._client.service_client.config.target_host, why)
