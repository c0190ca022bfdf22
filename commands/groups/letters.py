"""`dondoc letter`: what is sent on paper."""

from pathlib import Path
from typing import Annotated

import typer

from commands.groups.common import AsJson, Issuer, Number, database, say, show

app = typer.Typer()


@app.command()
def letter(
    number: Number,
    unit: Annotated[str, typer.Option(help="Code of the unit that is written to.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The Word file (.docx).")],
    issuer: Issuer = None,
    as_json: AsJson = False,
) -> None:
    """Write the letter that presses a unit (công văn đôn đốc). It is ready to be numbered and signed."""
    from commands.letter import write_letter

    letters = write_letter(database(), number, issuer, unit, out)
    show({"file": str(out), "letters": letters}, as_json, lambda: say(f"{out} is written; number and date are open"))
