"""What all commands that step in share: who, why, whether to ask, and the way from a directive to what came of it."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from commands.groups.common import database, settings, show

LONGEST_REASON = 2000
"""Characters that a register takes (`models.intervention`)."""


def said_why(reason: str) -> str:
    """A reason as it was given. Raises `CommandError` INVALID for none, and for one longer than a register takes."""
    from commands.errors import CommandError, Exit

    if not reason.strip():
        raise CommandError(Exit.INVALID, "--reason: say why, it stands in the trail")
    if len(reason) > LONGEST_REASON:
        message = f"--reason: {len(reason)} characters are too many; say it in at most {LONGEST_REASON}"
        raise CommandError(Exit.INVALID, message)
    return reason


Why = Annotated[
    str, typer.Option("--reason", callback=said_why, help="Why: it stands in the trail, and units are told.")
]
Until = Annotated[str, typer.Option("--until", help="The last day, like 31/07/2025 or 2025-07-31.")]
By = Annotated[str | None, typer.Option("--by", help="Who steps in; left out: the name you are logged in with.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
Whole = Annotated[bool, typer.Option("--list", help="Name all that is concerned before asking, not only the first.")]


def carry_out(
    act: Callable[[Any, Any], Any],
    number: str,
    issuer: str | None,
    by: str | None,
    *,
    yes: bool,
    as_json: bool,
    whole: bool = False,
) -> None:
    """Look at the directive, `act` on it from a desk, and tell what came of it. Raises `CommandError`, `typer.Exit`."""
    import asyncio
    from getpass import getuser

    from commands.registers import registers
    from commands.stepping.looking import look
    from commands.stepping.run import Desk
    from commands.stepping.showing import show_outcome, terminal
    from web.ports import Cascades

    engine = database()
    looked = look(engine, number, issuer, by or getuser())

    async def cascades() -> Cascades:
        return await registers(settings(), engine)

    with terminal(yes=yes, whole=whole) as person:
        outcome = asyncio.run(act(Desk(engine, cascades, person), looked))
    show_outcome(outcome)
    show(outcome.described(), as_json, lambda: None)
    raise typer.Exit(outcome.exit)
