"""Takes one directive away: everything on record of it in a file that proves itself, noted in its journal."""

import asyncio
import hashlib
import os
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from zipfile import ZipFile

from sqlalchemy import Engine

import naming
from audit.archive.anchoring import Sheets
from audit.archive.archive import Archive
from audit.bundle.manifest import BundleManifest
from audit.bundle.members import Members, blocks_of
from audit.bundle.obligations import Cell
from audit.bundle.outside import BundledHistories, put_histories, put_sheets
from audit.bundle.papers import Papers
from audit.bundle.parts import Parts
from audit.bundle.sealing import Gathered, seal
from audit.bundle.signing import SigningKey
from audit.histories.runs import Histories
from models.actor import Actor
from models.bundle import BundleIndex, Missing
from models.clock import Clock
from models.journal import Exported
from models.plan import DirectiveHead
from store.engine import one_moment
from store.journal import Journal
from store.taking_away import DirectiveRecords
from texts.language import Language, speaking

Progress = Callable[[int, int], None]
"""Told how many registers are written, of how many."""


@dataclass(frozen=True)
class Places:
    """Where everything is: the database, the archive, the daily sheets, the file store (a path by SHA-256), the folder
    of reports, the server's histories; how a table's row and the printed index are made; what the installation is
    called by."""

    engine: Engine
    archive: Archive
    sheets: Sheets
    stored: Callable[[str], Path]
    reports: Path
    server: Callable[[], Awaitable[Histories]]
    csv_row: Callable[[Iterable[Cell]], bytes]
    index_pdf: Callable[[BundleIndex], bytes]
    installation: str


@dataclass(frozen=True)
class Taken:
    """A bundle that was written: its SHA-256 (hex) and size, how many events are in it, and what it says of itself."""

    sha256: str
    size: int
    events: int
    manifest: BundleManifest


async def export(
    places: Places,
    directive_id: str,
    file: Path,
    actor: Actor,
    key: SigningKey | None,
    now: datetime,
    progress: Progress,
) -> Taken:
    """Write the bundle of a directive; `now` is real time. Under its name there is either a whole bundle that the
    journal of the directive's first register tells of, or what was there before. A record that does not hold is taken
    away too, as evidence: the manifest names what is `unfit`.

    Raises `Unreachable` where the database or a disk is away, or the server is and the archive does not have all
    histories; `OSError` where the file cannot be written.
    """
    with _beside(file) as part:
        with ZipFile(part, "w", allowZip64=True) as archive:
            members = Members(archive, now)
            absent = put_sheets(places.sheets, directive_id, members)
            cascade_ids = await asyncio.to_thread(_cascade_ids, places.engine, directive_id)
            histories = await put_histories(cascade_ids, places.server, places.archive, members)
            gathered = await asyncio.to_thread(
                _gather, places, directive_id, members, _Asked(actor, now, histories, key, tuple(absent)), progress
            )
            manifest = await asyncio.to_thread(seal, members, gathered, key, places.index_pdf)
        _sync(part)
        sha256 = await asyncio.to_thread(_hash, part)
        note = Exported(what="bundle", files={file.name: sha256})
        first = manifest.registers[0]
        Journal(places.engine).note(first.id, actor, "dondoc audit export", note, first.unit)
        taken = Taken(sha256, part.stat().st_size, gathered.events, manifest)
        part.replace(file)
    return taken


@dataclass(frozen=True)
class _Asked:
    """Who takes it away and when (real time), and what was had before the database is read."""

    actor: Actor
    now: datetime
    histories: dict[str, BundledHistories]
    key: SigningKey | None
    absent: tuple[Missing, ...]


def _gather(places: Places, directive_id: str, members: Members, asked: _Asked, progress: Progress) -> Gathered:
    """Put in all that the database has and names, as it stands at one moment."""
    with one_moment(places.engine) as session, speaking(Language.VIETNAMESE):
        records = DirectiveRecords(session, directive_id)
        parts = Parts(records, members, places.csv_row)
        parts.directive()
        row = records.directive()
        head = DirectiveHead.model_validate(row["head"])
        registers, missing = [], list(asked.absent)
        for done, (cascade_id, told) in enumerate(asked.histories.items()):
            progress(done, len(asked.histories))
            register = records.register(cascade_id)
            parts.register(register, told.folder)
            registers.append(told.of(register))
            missing += told.missing(register)
        as_of = min(Clock.model_validate(row["clock"]).business(asked.now), head.closing)
        parts.obligations(list(asked.histories), as_of)
        papers = Papers(places.stored, places.reports / directive_id, records.mail_text, places.archive.objects)
        missing += papers.put(parts.named, members)
        progress(len(asked.histories), len(asked.histories))
    return Gathered(
        head=head,
        number=row["number"],
        issuer_name=parts.owner(row["issuer"]),
        installation=places.installation,
        finished=row["closed_at"] is not None,
        as_of=as_of,
        exported_at=asked.now,
        exported_by=asked.actor,
        registers=tuple(registers),
        lines=tuple(parts.lines),
        named=parts.named,
        absent=tuple(missing),
        events=parts.events,
    )


def _cascade_ids(engine: Engine, directive_id: str) -> list[str]:
    with one_moment(engine) as session:
        return DirectiveRecords(session, directive_id).cascade_ids()


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A file under another name in the same folder, which is removed unless it was renamed. Raises `OSError`."""
    with NamedTemporaryFile(
        dir=file.parent, prefix=f".{naming.slug(file.stem)}-", suffix=".part", delete=False
    ) as made:
        part = Path(made.name)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    for block in blocks_of(path):
        digest.update(block)
    return digest.hexdigest()
