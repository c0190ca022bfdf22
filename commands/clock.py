"""`dondoc clock`: slows down, holds or hurries on a practice run."""

import asyncio
from datetime import UTC, datetime

from sqlalchemy import Engine
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from changing.sending import AT_ONCE
from commands.errors import CommandError, Exit
from models.clock import Clock
from models.tables import DirectiveRow
from models.unreachable import Unreachable
from store.directives import set_clock
from workflows.cascade import CascadeWorkflow


def is_practice(clock: Clock) -> bool:
    """Whether a directive runs on time of its own."""
    return clock.speed != 1 or clock.origin_real != clock.origin_business


async def set_speed(engine: Engine, client: Client, directive: DirectiveRow, speed: float) -> Clock:
    """Let a practice run go on from now at `speed` times real time.

    Raises `CommandError` where the directive runs in real time, which nobody can change, and `Unreachable` where not
    all registers could be told; setting the clock again tells them all.
    """
    clock = Clock.model_validate(directive.clock)
    if not is_practice(clock):
        message = f"{directive.number} runs in real time; only a practice run (`start --clock-from`) has a clock to set"
        raise CommandError(Exit.REFUSED, message)
    changed = clock.at_speed(speed, datetime.now(UTC))
    cascades = set_clock(engine, directive.id, changed)
    places = asyncio.Semaphore(AT_ONCE)
    await asyncio.gather(*(_tell(client, places, cascade, changed) for cascade in cascades))
    return changed


async def _tell(client: Client, places: asyncio.Semaphore, cascade: str, clock: Clock) -> None:
    try:
        async with places:
            await client.get_workflow_handle(cascade).signal(CascadeWorkflow.set_clock, clock)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:  # closed, or not started: it has no timer to move
            address = client.service_client.config.target_host
            raise Unreachable("Temporal", address, f"it answers {error.message}; set the clock again") from error
