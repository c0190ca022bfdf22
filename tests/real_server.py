"""The server that installations have, for tests in which time passes as everywhere."""

from contextlib import suppress

from temporalio.testing import WorkflowEnvironment

from payloads import DATA_CONVERTER
from services.temporal import server_binary

_RETRIES = 2
"""The SDK waits five seconds for a server to come up; on a loaded machine that may take longer."""


async def real_server() -> WorkflowEnvironment:
    """A fresh server on a free port. Raises `RuntimeError` where none comes up."""
    for _ in range(_RETRIES):
        with suppress(RuntimeError):
            return await _started()
    return await _started()


async def _started() -> WorkflowEnvironment:
    return await WorkflowEnvironment.start_local(
        dev_server_existing_path=server_binary(),
        data_converter=DATA_CONVERTER,
        dev_server_log_level="error",
    )
