"""`dondoc units …`: the registry of units."""

from pathlib import Path
from typing import Annotated

import typer

from commands.groups.common import AsJson, database, say, settings, show
from commands.groups.stepping_common import By, Yes, said_why

app = typer.Typer(help="The registry of units.", no_args_is_help=True, rich_markup_mode=None)


@app.command("import")
def units_import(
    file: Annotated[Path, typer.Argument(help="A registry file, e.g. data/registries/thua-thien-hue.yaml.")],
    as_json: AsJson = False,
) -> None:
    """Add or update the units of a registry file."""
    from commands.counting import count
    from commands.units import import_units

    done = import_units(database(), file)
    show(done, as_json, lambda: say(f"{count(done['added'], 'unit')} added, {done['updated']} updated"))


@app.command("tree")
def units_tree(
    below: Annotated[str | None, typer.Argument(help="Code of a unit: only what lies below it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show units under the units that follow them up."""
    from commands.show import show_units
    from commands.units import tree

    found = tree(database(), below)
    show([unit.model_dump(mode="json") for unit in found], as_json, lambda: show_units(found))


@app.command("show")
def units_show(code: Annotated[str, typer.Argument(help="Code of the unit.")], as_json: AsJson = False) -> None:
    """Show one unit with its addresses. Of one that is not there any more, also who follows it."""
    from commands.show import show_unit
    from commands.show_reform import show_successors
    from commands.units import unit
    from store.reforms import successors_of

    engine = database()
    found, followed = unit(engine, code), successors_of(engine, code)
    successors = [
        item.model_dump(mode="json", exclude={"unit"}) | {"unit": item.unit.code, "name": item.unit.name}
        for item in followed
    ]

    def human() -> None:
        show_unit(found)
        show_successors(followed)

    show(found.model_dump(mode="json") | {"successors": successors}, as_json, human)


@app.command("reorganise")
def units_reorganise(
    file: Annotated[Path, typer.Argument(help="A reform file, e.g. data/reforms/2025-07-01-hue.yaml.")],
    check: Annotated[bool, typer.Option("--check", help="Only show what would happen.")] = False,
    reason: Annotated[
        str,
        typer.Option("--reason", help="Why now, needed without --check: it stands in the trail, and units are told."),
    ] = "",
    by: By = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Rename, merge, split or dissolve units. What they owe in directives that run goes to those who follow them."""
    import asyncio
    from getpass import getuser

    from commands import reorganise as command
    from commands.registers import registers
    from commands.show_reform import show_done, show_seen
    from commands.stepping.showing import terminal
    from web.ports import Cascades

    engine = database()
    if check:
        seen = command.check(engine, file)
        show(seen.model_dump(mode="json"), as_json, lambda: show_seen(seen))
        return
    why = said_why(reason)

    async def cascades() -> Cascades:
        return await registers(settings(), engine)

    with terminal(yes=yes) as person:
        hands = command.Hands(by or getuser(), why, cascades, person.ask, person.progress)
        done = asyncio.run(command.reorganise(engine, file, hands, show_seen))
    show_done(done)
    show(done.model_dump(mode="json"), as_json, lambda: None)
    raise typer.Exit(done.exit)
