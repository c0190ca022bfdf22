"""The Temporal server as archiving asks it: whether a register's workflow has ended."""

from datetime import timedelta

from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from models.unreachable import Unreachable

_ANSWER_WITHIN = timedelta(seconds=10)


class Server:
    """The port `audit.archive.closing.Workflows`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def running(self, cascade_id: str) -> bool:
        """Whether the workflow has not ended yet; one that the server does not know has. Raises `Unreachable`."""
        try:
            described = await self._client.get_workflow_handle(cascade_id).describe(rpc_timeout=_ANSWER_WITHIN)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return False
            address = self._client.service_client.config.target_host
            raise Unreachable("Temporal", address, f"it answers {error.message}") from error
        return described.status is WorkflowExecutionStatus.RUNNING
