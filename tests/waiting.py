"""Waiting for something to become true, without naming how long it should take."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")

_LOOK_SECONDS = 0.1
_GIVE_UP_SECONDS = 120


async def eventually(look: Callable[[], Awaitable[T | None]]) -> T:
    """What `look` returns once that is something; fails the test where it never is."""
    async with asyncio.timeout(_GIVE_UP_SECONDS):
        while True:
            found = await look()
            if found:
                return found
            await asyncio.sleep(_LOOK_SECONDS)
