"""`dondoc store …`: the tables, made anew."""

from pathlib import Path
from typing import Annotated

import typer

from commands.groups.common import AsJson, say, settings, show

app = typer.Typer(help="The tables of the database.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def store() -> None:
    """The tables of the database."""


@app.command()
def rebuild(
    into: Annotated[
        str, typer.Option("--into", help="SQLAlchemy URL of an empty database, e.g. sqlite:////srv/new.db.")
    ],
    archive: Annotated[
        Path | None, typer.Option("--from-archive", help="Folder of the archive; else that of the installation.")
    ] = None,
    without_histories: Annotated[
        bool, typer.Option("--without-histories", help="Only what is archived; Temporal is never asked.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make the tables anew from archives, and from the histories of registers that run; only in an empty database.

    The Temporal server is asked only where a register is not archived.
    """
    import asyncio

    from commands.storing import rebuild as command

    done = asyncio.run(command.rebuild(settings(), archive, into, ask_server=not without_histories))
    show(done, as_json, lambda: say(command.words(done)))
