"""Tables of the trail that somebody takes away: written as CSV, and noted in the journal."""

import hashlib
from collections.abc import Iterable, Sequence
from getpass import getuser
from pathlib import Path

from sqlalchemy import Engine

from commands.errors import CommandError, Exit
from models.actor import Actor, ActorKind, Identified
from models.journal import Exported
from reports.as_csv import to_csv
from store.journal import Journal


def reader() -> Actor:
    """Who asks at the command line: a user of the machine."""
    return Actor(kind=ActorKind.READER, unit="", name=getuser(), identified=Identified.COMMAND_LINE)


def take_away(
    engine: Engine,
    file: Path,
    head: Sequence[str],
    rows: Iterable[Sequence[str | int | float | None]],
    *,
    what: str,
    chain: str,
    unit: str = "",
) -> str:
    """Write rows as CSV and note in the journal `chain` that they were taken away; returns the SHA-256 (hex) of the
    file. Raises `CommandError` INVALID where it cannot be written."""
    content = to_csv(head, rows)
    try:
        file.write_bytes(content)
    except OSError as error:
        raise CommandError(Exit.INVALID, f"{file}: cannot be written: {error.strerror}") from error
    digest = hashlib.sha256(content).hexdigest()
    Journal(engine).note(chain, reader(), f"dondoc audit {what}", Exported(what=what, files={file.name: digest}), unit)
    return digest
