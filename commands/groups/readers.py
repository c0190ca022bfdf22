"""`dondoc readers …`: who may use the reading room."""

from typing import Annotated

import typer

from commands.groups.common import AsJson, database, say, settings, show

app = typer.Typer(help="Who may use the reading room.", no_args_is_help=True, rich_markup_mode=None)

Address = Annotated[str, typer.Argument(help="The e-mail address to which links to sign in are mailed.")]


@app.command()
def add(
    address: Address,
    role: Annotated[str, typer.Option(help="auditor: sees all; supervisor: a unit's branch; operator: no answers.")],
    name: Annotated[str, typer.Option(help="Who it is, as the record names him.")],
    unit: Annotated[str | None, typer.Option(help="Of a supervisor: the code of the unit.")] = None,
    as_json: AsJson = False,
) -> None:
    """Let somebody in, or change the role of somebody on the list."""
    from commands import readers as command

    done = command.add(database(), address, role, unit, name)
    door = f"{settings().pages_url}/tra-cuu"
    human = f"{done['address']} may sign in at {door}" if done["new"] else f"{done['address']} is now {done['role']}"
    show(done, as_json, lambda: say(human))


@app.command("list")
def list_readers(as_json: AsJson = False) -> None:
    """List everybody who may sign in."""
    from commands import readers as command

    found = command.everybody(database())
    show(found, as_json, lambda: command.show_readers(found))


@app.command()
def remove(address: Address, as_json: AsJson = False) -> None:
    """Take somebody off the list; where he is signed in, that ends at once."""
    from commands import readers as command

    done = command.remove(database(), address)
    show(done, as_json, lambda: say(f"{done['address']} may not sign in any more"))
