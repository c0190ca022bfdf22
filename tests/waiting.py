"""Waiting for something to become true, without naming how long it should take."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from temporalio.testing import WorkflowEnvironment

T = TypeVar("T")

_LOOK_SECONDS = 0.1
_GIVE_UP_SECONDS = 120
_AT_ONCE = timedelta(days=14)


async def eventually(look: Callable[[], Awaitable[T | None]]) -> T:
    """What `look` returns once that is something; fails the test where it never is."""
    async with asyncio.timeout(_GIVE_UP_SECONDS):
        while True:
            found = await look()
            if found:
                return found
            await asyncio.sleep(_LOOK_SECONDS)


async def skip(environment: WorkflowEnvironment, time: timedelta) -> None:
    """Let time pass on a server that skips it, in portions: on a busy machine the connection does not outlast a call in
    which months of mail are sent."""
    while time > timedelta(0):
        await environment.sleep(min(time, _AT_ONCE))
        time -= _AT_ONCE
