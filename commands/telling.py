"""Registers are told of a change of their directive: from the top, a level at a time, and then what they missed."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from itertools import groupby

from sqlalchemy import Engine

from commands.stepping.looking import Looked
from commands.stepping.sending import Order, send_all
from models.actor import Actor, ActorKind, Identified
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
    engine: Engine, cascades: Cascades, looked: Looked, commands: Mapping[str, Command], progress: Progress
) -> dict[str, Reason]:
    """Send each register its command, those further up first, because they start the ones below; returns those that
    refused, and why. Raises `Unreachable` where one does not answer: telling all of them again is harmless."""
    plans = {key: register.plan for key, register in _registers(engine, looked).items()}
    refused: dict[str, Reason] = {}
    told = 0
    for _, level in groupby(sorted(commands, key=lambda key: _depth(plans, key)), key=lambda key: _depth(plans, key)):
        orders = [Order(cascade_id, commands[cascade_id]) for cascade_id in level]
        await _until_open(engine, looked, [order.cascade_id for order in orders])
        answers = await send_all(cascades, orders)
        told += len(orders)
        progress(told, len(commands))
        for order, answer in zip(orders, answers, strict=True):
            if answer.away is not None:
                raise answer.away
            if answer.refused is not None:
                refused[order.cascade_id] = answer.refused
    return refused


async def catch_up(engine: Engine, cascades: Cascades, looked: Looked, begun: Collection[str], cause: str) -> None:
    """Once all have changed and those that begin are open: tell again what had come above them before. Raises
    `Unreachable`."""
    await _until_open(engine, looked, begun)
    actor = Actor(kind=ActorKind.SUPERVISOR, unit=looked.row.issuer, name=looked.by, identified=Identified.COMMAND_LINE)
    found = missed(_registers(engine, looked), cause, looked.at, actor)
    for answer in await send_all(cascades, [Order(cascade_id, command) for cascade_id, command in found]):
        if answer.away is not None:
            raise answer.away


async def _until_open(engine: Engine, looked: Looked, registers: Collection[str], patience: float = PATIENCE) -> None:
    """Wait until registers are open. Raises `Unreachable` where that takes longer than `patience` seconds."""
    until = asyncio.get_running_loop().time() + patience
    while registers and not _open(_registers(engine, looked), registers):
        if asyncio.get_running_loop().time() > until:
            raise Unreachable("the worker", "its task queue", "start it with `dondoc up` and run this command again")
        await asyncio.sleep(_LOOK_AGAIN)


def _registers(engine: Engine, looked: Looked) -> dict[str, Kept]:
    return kept_registers(engine, looked.row.id, looked.at)


def _open(known: Mapping[str, Kept], registers: Collection[str]) -> bool:
    return all(known[cascade_id].state.seq > 0 for cascade_id in registers)


def _depth(plans: Mapping[str, CascadePlan], cascade_id: str) -> int:
    """How many registers stand above one."""
    above = plans[cascade_id].parent
    return 1 + _depth(plans, above) if above in plans and above else 0
