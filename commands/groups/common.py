"""What all commands share: options, and how they find the installation and print."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else.")]
Number = Annotated[
    str, typer.Argument(help="Number of the directive, e.g. 908/SLĐTBXH-BĐG; its name if it has none; or its id.")
]
Issuer = Annotated[str | None, typer.Option(help="Code of the issuing unit, where the number alone is not unique.")]
File = Annotated[Path, typer.Argument(help="The directive file (YAML).")]


def settings() -> Any:
    from commands.errors import load_settings

    return load_settings()


def database() -> Any:
    from commands.database import open_database

    return open_database(settings())


def say(line: str) -> None:
    """A message, which never gets into what is printed for other programs."""
    typer.echo(line, err=True)


def show(data: object, as_json: bool, human: Callable[[], None]) -> None:
    """Print an answer: as one JSON document, or for people."""
    if as_json:
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        human()
