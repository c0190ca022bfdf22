"""`dondoc amend` and `enlist`: a directive that runs asks for something else, or asks others, too."""

from typing import Annotated, Any

import typer

from commands.groups.common import AsJson, File, Issuer, Number, database, say, settings, show
from commands.groups.stepping_common import By, Why, Yes

app = typer.Typer()

Check = Annotated[bool, typer.Option("--check", help="Only show what would change.")]


@app.command()
def amend(
    number: Number,
    file: File,
    reason: Why,
    document: Annotated[str, typer.Option(help="Number of the document that orders the change.")] = "",
    dated: Annotated[str, typer.Option(help="Its day, like 31/07/2025 or 2025-07-31.")] = "",
    check: Check = False,
    issuer: Issuer = None,
    by: By = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Let a directive run by a new version of its file. What changes is shown first; answers that are in are kept."""
    from commands import amend as command
    from commands.errors import fault_line
    from commands.show_change import effect, question, seen, show_effect
    from commands.stepping.days import day
    from store.files import FileStore

    engine, looked = _look(number, issuer, by)
    ordering = command.ordering(document, day(dated, "--dated") if dated else None)
    prepared = command.prepare(engine, looked, file, reason, ordering)
    for fault in prepared.warnings:
        say(f"warning: {fault_line(str(file), fault)}")
    for name in prepared.ended:
        say(f"warning: {name} does not exist any more, so nothing new is asked of it")
    for name in prepared.closed:
        say(f"warning: the register of {name} has closed: nothing changes there")
    change = seen(prepared.foreseen, looked.at)
    if change.past:
        say(f"warning: {change.past} of the new dates have passed already")
    show_effect(change)
    described = command.described(prepared) | effect(change)
    if not check:
        will = f"{looked.row.number} becomes version {prepared.version}"
        asked = None if prepared.stored else question(change, will)
        files = FileStore(settings().files)
        _go(lambda cascades, told: command.apply(engine, files, cascades, prepared, told), asked, yes=yes)
        say(f"{looked.row.number} runs by version {prepared.version} now")
    show(described | {"applied": not check}, as_json, lambda: None)


@app.command()
def enlist(
    number: Number,
    requirement: Annotated[list[str], typer.Option(help="What they are to owe, by its key; may be repeated.")],
    unit: Annotated[list[str], typer.Option(help="Code of a unit; may be repeated.")],
    reason: Why,
    until: Annotated[
        str, typer.Option(help="Their own last day, like 31/07/2025; needed where that of the others has passed.")
    ] = "",
    check: Check = False,
    issuer: Issuer = None,
    by: By = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Ask units, too, that were left out. The next version of the directive keeps them."""
    from commands import enlist as command
    from commands.show_change import effect, question, seen, show_effect
    from commands.stepping.days import day

    engine, looked = _look(number, issuer, by)
    last = day(until, "--until") if until else None
    prepared = command.prepare(engine, looked, requirement, unit, last, reason)
    change = seen(prepared.foreseen, looked.at)
    show_effect(change)
    described = looked.said | effect(change)
    if not check:
        asked = question(change, f"{looked.row.number} is addressed to {', '.join(unit)}, too")
        _go(lambda cascades, told: command.apply(engine, cascades, prepared, told), asked, yes=yes)
        say(f"{looked.row.number} is addressed to {', '.join(unit)}, too")
    show(described | {"applied": not check}, as_json, lambda: None)


def _look(number: str, issuer: str | None, by: str | None) -> tuple[Any, Any]:
    from getpass import getuser

    from commands.stepping.looking import look

    engine = database()
    return engine, look(engine, number, issuer, by or getuser())


def _go(applying: Any, question: str | None, *, yes: bool) -> None:
    """Ask, and carry it out. Raises `CommandError`."""
    import asyncio

    from commands.registers import registers
    from commands.stepping.showing import terminal

    async def run(told: Any) -> None:
        await applying(await registers(settings(), database()), told)

    with terminal(yes=yes) as person:
        if question:
            person.ask(question)
        asyncio.run(run(person.progress))
