"""The one timer of a cascade: the register's next wake-up."""

import asyncio
from datetime import datetime

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from models.clock import Clock
    from workflows import limits


class Alarm:
    """A timer for a business instant, moved only when the instant or the clock changes. `rang` until it is heard."""

    def __init__(self) -> None:
        self.rang = False
        self._timer: asyncio.Task[None] | None = None
        self._set_for: tuple[datetime | None, Clock] | None = None

    def set(self, wake: datetime | None, clock: Clock) -> None:
        """Ring at a business instant, or never."""
        if self._set_for == (wake, clock):
            return
        if self._timer is not None:
            self._timer.cancel()
        self._set_for = (wake, clock)
        self._timer = asyncio.create_task(self._ring(wake, clock)) if wake else None

    async def _ring(self, wake: datetime, clock: Clock) -> None:
        delay = clock.real_delay(clock.business(workflow.now()), wake)
        await workflow.sleep(max(delay, limits.SHORTEST_TIMER), summary=f"đến {wake:%d/%m/%Y}")
        self._set_for = None
        self.rang = True
