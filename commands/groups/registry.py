"""`dondoc units …`: the registry of units."""

from pathlib import Path
from typing import Annotated

import typer

from commands.groups.common import AsJson, database, say, show

app = typer.Typer(help="The registry of units.", no_args_is_help=True, rich_markup_mode=None)


@app.command("import")
def units_import(
    file: Annotated[Path, typer.Argument(help="A registry file, e.g. data/registries/thua-thien-hue.yaml.")],
    as_json: AsJson = False,
) -> None:
    """Add or update the units of a registry file."""
    from commands.units import import_units

    done = import_units(database(), file)
    show(done, as_json, lambda: say(f"{done['added']} units added, {done['updated']} updated"))


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
    """Show one unit with its addresses."""
    from commands.show import show_unit
    from commands.units import unit

    found = unit(database(), code)
    show(found.model_dump(mode="json"), as_json, lambda: show_unit(found))
