"""An earlier directive gives way to the one that replaces it, before that one starts."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic

from sqlalchemy import Engine
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

import naming
from commands.counting import count
from commands.errors import CommandError, Exit
from models.actor import Actor, ActorKind, Identified
from models.clock import Clock
from models.command import Replace
from models.plan import DirectiveHead, Effect, Replaced
from models.tables import DirectiveRow
from models.unreachable import Unreachable
from store.directives import find_directives
from store.earlier import still_owing
from workflows.cascade import CascadeWorkflow

PATIENCE = 60.0
"""Seconds to wait until all registers have withdrawn what is replaced."""
_LOOK_AGAIN = 0.5


async def withdraw_replaced(
    engine: Engine,
    client: Client,
    replaced: Replaced,
    by: DirectiveHead,
    say: Callable[[str], None],
    patience: float = PATIENCE,
) -> None:
    """Tell the first register of an earlier directive that it is replaced, and wait until nothing that it gives up is
    owed any more. Harmless to repeat; nothing to do where that directive has closed.

    Raises `CommandError` UNREACHABLE where that takes longer than `patience` seconds.
    """
    (row,) = find_directives(engine, replaced.directive_id)
    if row.closed_at is not None:
        return
    given_up = tuple(replaced.keeps) if replaced.effect is Effect.AMENDS else ()
    if replaced.effect is Effect.AMENDS and not given_up:
        return
    await _tell(client, row, _command(row, replaced, given_up, by))
    until = monotonic() + patience
    waiting = False
    while left := still_owing(engine, row.id, given_up):
        if monotonic() > until:
            message = (
                f"{row.number} still has {count(left, 'obligation')} to withdraw, so the worker is not running: start "
                "it with `dondoc up` and run this command again, which completes the start"
            )
            raise CommandError(Exit.UNREACHABLE, message)
        if not waiting:
            say(f"waiting for the registers of {row.number} to withdraw {count(left, 'obligation')} ...")
            waiting = True
        await asyncio.sleep(_LOOK_AGAIN)


def _command(row: DirectiveRow, replaced: Replaced, given_up: tuple[str, ...], by: DirectiveHead) -> Replace:
    return Replace(
        id=f"replace:{by.directive_id}",
        at=Clock.model_validate(row.clock).business(datetime.now(UTC)),
        actor=Actor(kind=ActorKind.SUPERVISOR, unit=row.issuer, identified=Identified.COMMAND_LINE),
        by=by.document,
        requirements=given_up,
        close=replaced.effect is not Effect.AMENDS,
    )


async def _tell(client: Client, row: DirectiveRow, command: Replace) -> None:
    root = naming.cascade_id(row.id, row.issuer)
    try:
        await client.get_workflow_handle(root).signal(CascadeWorkflow.relay, command)
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            message = f"the start of {row.number} was never completed: run `dondoc start` on its file again first"
            raise CommandError(Exit.REFUSED, message) from error
        address = client.service_client.config.target_host
        raise Unreachable("Temporal", address, "start it with `dondoc up` and run this command again") from error
