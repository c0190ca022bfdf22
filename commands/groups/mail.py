"""`dondoc mail …`: what mails look like."""

from pathlib import Path
from typing import Annotated

import typer

from commands.groups.common import AsJson, say, show

app = typer.Typer(help="The mails that units get.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def mail() -> None:
    """The mails that units get."""


@app.command()
def preview(
    kind: Annotated[str, typer.Argument(help="E.g. assignment; several: one mail of several parts; all: all of them.")],
    out: Annotated[Path, typer.Option(help="Folder for the files.")] = Path("out/mail"),
    as_json: AsJson = False,
) -> None:
    """Write a sample mail of a kind to look at: as mail (.eml), HTML and text."""
    from commands.preview import preview as write

    files = [str(file) for file in write(kind, out)]
    show(files, as_json, lambda: say("\n".join(files)))
