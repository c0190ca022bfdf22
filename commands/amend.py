"""`dondoc amend`: a new version of a directive's file, shown as a difference of obligations before it is applied."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from changing import amending
from changing.references import references
from changing.running import Running
from changing.telling import Progress
from commands.attached import Attached
from commands.directives import read_file
from commands.hindered import explained
from models.document import DocumentRef
from rules.numbers import normalise
from store.files import FileStore
from web.ports import Cascades


@dataclass(frozen=True)
class Prepared(amending.Amending):
    """A new version with the files that lie beside it."""

    attached: Attached


def prepare(engine: Engine, running: Running, file: Path, reason: str, document: DocumentRef | None) -> Prepared:
    """Compile a new version and compare it with the one that runs; changes nothing.

    Raises `CommandError`: INVALID with every fault of the file, or where it is another directive; REFUSED where nothing
    changes, where the version before has not reached all registers, or where the rules refuse it.
    """
    raw, attached = read_file(file), Attached(file.parent)
    with explained(running, str(file)):
        found = amending.prepare(engine, running, raw, references(engine, attached.find), reason, document)
    return Prepared(**vars(found), attached=attached)


async def apply(engine: Engine, files: FileStore, cascades: Cascades, prepared: Prepared, progress: Progress) -> None:
    """Store the version, tell all registers of it from the top, and then what those that changed have missed. Where
    that is interrupted, the same command completes it.

    Raises `CommandError` REFUSED where somebody else has amended the directive meanwhile; `Unreachable`.
    """
    prepared.attached.store(files, prepared.plan.head.files)
    with explained(prepared.running):
        amending.store(engine, prepared)
        await amending.tell_all(engine, cascades, prepared, progress)


def ordering(number: str, dated: date | None) -> DocumentRef | None:
    """The document that orders a change, where one is named."""
    named = number.strip()
    return DocumentRef(number=named, normal=normalise(named), date=dated) if named else None


def described(prepared: Prepared) -> dict[str, Any]:
    """What an amendment is about besides obligations."""
    return {
        **prepared.running.said,
        "version": prepared.version,
        "ended_units": list(prepared.ended),
        "closed_registers": list(prepared.closed),
        "warnings": [fault.model_dump(mode="json") for fault in prepared.warnings],
    }
