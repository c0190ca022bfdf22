"""Sending commands to registers: a few at a time, again where no answer came, under the same id."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.command import Command
from models.unreachable import Unreachable
from rules.refusals import Reason, Refused
from web.ports import Cascades

AT_ONCE = 8
"""Commands in flight; a server on a desk answers some ninety a second."""
TRIES = 3


@dataclass(frozen=True)
class Order:
    """A command for one register."""

    cascade_id: str
    command: Command


@dataclass(frozen=True)
class Answered:
    """What came of an order: taken where neither is set, refused for a reason, or no answer came."""

    refused: Reason | None = None
    away: Unreachable | None = None

    @property
    def taken(self) -> bool:
        return self.refused is None and self.away is None


async def send_all(
    cascades: Cascades, orders: Sequence[Order], progress: Callable[[int], None] = lambda _: None
) -> tuple[Answered, ...]:
    """Send orders and wait until all are answered; what came of each, in their order. `progress` is told how many
    are."""
    places, answered = asyncio.Semaphore(AT_ONCE), 0

    async def send(order: Order) -> Answered:
        nonlocal answered
        async with places:
            found = await _send(cascades, order)
        answered += 1
        progress(answered)
        return found

    return tuple(await asyncio.gather(*map(send, orders)))


async def _send(cascades: Cascades, order: Order) -> Answered:
    away: Unreachable | None = None
    for _ in range(TRIES):
        try:
            await cascades.send(order.cascade_id, order.command)
        except Refused as refusal:
            return Answered(refused=refusal.reason)
        except Unreachable as unreachable:
            away = unreachable
        else:
            return Answered()
    return Answered(away=away)
