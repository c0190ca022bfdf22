"""A fresh Temporal server that skips time, and what becomes of a test when that server fails it.

The server refuses a workflow task that cancels a timer which has fired meanwhile, and never hands the task out again
(temporalio/sdk-java#3088); the servers of installations take it. Registers whose dates fall together come there now and
then. Such a server is ended at once, and the test fails as `Stranded`, for which it is run again (pyproject.toml).
"""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Generator
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from pathlib import Path

from temporalio.runtime import LogForwardingConfig, LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter
from temporalio.testing import WorkflowEnvironment

from payloads import DATA_CONVERTER

_CORE = logging.getLogger("temporalio.core")
_REFUSED = "invalid history builder state for action"


class Stranded(Exception):
    """The server that skips time has refused a task that it will not hand out again."""


class _Ear(logging.Handler):
    """Hears the worker say that the server refused a task, and ends the server; what waits for it then fails."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = False
        self.serving: tuple[WorkflowEnvironment, asyncio.AbstractEventLoop] | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if _REFUSED in record.getMessage() and self.serving and not self.heard:
            self.heard = True
            environment, loop = self.serving
            asyncio.run_coroutine_threadsafe(environment.shutdown(), loop)


_EAR = _Ear()


@cache
def _runtime() -> Runtime:
    """Of all these servers in this process."""
    _CORE.addHandler(_EAR)
    logs = LoggingConfig(TelemetryFilter(core_level="WARN", other_level="ERROR"), LogForwardingConfig(_CORE))
    return Runtime(telemetry=TelemetryConfig(logging=logs))


@asynccontextmanager
async def skipping_server() -> AsyncIterator[WorkflowEnvironment]:
    """The server, as long as the block lasts."""
    server = Path(sys.executable).with_name("temporal-test-server")
    environment = await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=str(server), data_converter=DATA_CONVERTER, runtime=_runtime()
    )
    _EAR.serving = environment, asyncio.get_running_loop()
    try:
        async with environment:
            yield environment
    finally:
        _EAR.serving = None


@contextmanager
def stranding_told() -> Generator[None]:
    """Whatever fails in the block because its server was stranded, fails as `Stranded`."""
    _EAR.heard = False
    try:
        yield
    except Exception as error:
        if _EAR.heard:
            raise Stranded(_REFUSED) from error
        raise
