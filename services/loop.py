"""The event loop of processes that run for long."""

import asyncio
import sys
from collections.abc import Callable, Coroutine


def run(main: Coroutine[object, object, None]) -> None:
    """Run until done, on libuv's loop where there is one: Windows has none."""
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(main)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    if sys.platform == "win32":
        return None
    import uvloop

    return uvloop.new_event_loop
