"""Registers are told of a change of their directive: from the top, a level at a time, and then what they missed."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from itertools import groupby

from sqlalchemy import Engine

from changing.running import Running
from changing.sending import Order, send_all
from models.command import Command
from models.plan import CascadePlan
from models.unreachable import Unreachable
from rules.catching_up import Kept, missed
from rules.refusals import Reason
from store.versions import kept_registers
from web.ports import Cascades

PATIENCE = 60.0
"""Seconds to wait until registers that begin are open."""
_LOOK_AGAIN = 0.5

Progress = Callable[[int, int], None]
"""Told how many registers of how many have answered."""


async def tell(
    engine: Engine, cascades: Cascades, running: Running, commands: Mapping[str, Command], progress: Progress
) -> dict[str, Reason]:
    """Send each register its command, those further up first, because they start the ones below; returns those that
    refused, and why. Raises `Unreachable` where one does not answer: telling all of them again is harmless."""
    plans = {key: register.plan for key, register in (await _registers(engine, running)).items()}
    refused: dict[str, Reason] = {}
    told = 0
    for _, level in groupby(sorted(commands, key=lambda key: _depth(plans, key)), key=lambda key: _depth(plans, key)):
        orders = [Order(cascade_id, commands[cascade_id]) for cascade_id in level]
        await _until_open(engine, running, [order.cascade_id for order in orders])
        answers = await send_all(cascades, orders)
        told += len(orders)
        progress(told, len(commands))
        for order, answer in zip(orders, answers, strict=True):
            if answer.away is not None:
                raise answer.away
            if answer.refused is not None:
                refused[order.cascade_id] = answer.refused
    return refused


async def catch_up(engine: Engine, cascades: Cascades, running: Running, begun: Collection[str], cause: str) -> None:
    """Once all have changed and those that begin are open: tell again what had come above them before. Raises
    `Unreachable`."""
    await _until_open(engine, running, begun)
    found = missed(await _registers(engine, running), cause, running.at, running.actor)
    for answer in await send_all(cascades, [Order(cascade_id, command) for cascade_id, command in found]):
        if answer.away is not None:
            raise answer.away


async def _until_open(engine: Engine, running: Running, registers: Collection[str], patience: float = PATIENCE) -> None:
    """Wait until registers are open. Raises `Unreachable` where that takes longer than `patience` seconds."""
    until = asyncio.get_running_loop().time() + patience
    while registers and not _open(await _registers(engine, running), registers):
        if asyncio.get_running_loop().time() > until:
            raise Unreachable("the worker", "its task queue", "start it with `dondoc up` and run this command again")
        await asyncio.sleep(_LOOK_AGAIN)


async def _registers(engine: Engine, running: Running) -> dict[str, Kept]:
    """In a thread: reading a large directive takes a while, and pages are served meanwhile."""
    return await asyncio.to_thread(kept_registers, engine, running.row.id, running.at)


def _open(known: Mapping[str, Kept], registers: Collection[str]) -> bool:
    return all(known[cascade_id].state.seq > 0 for cascade_id in registers)


def _depth(plans: Mapping[str, CascadePlan], cascade_id: str) -> int:
    """How many registers stand above one."""
    above = plans[cascade_id].parent
    return 1 + _depth(plans, above) if above in plans and above else 0
