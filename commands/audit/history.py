"""Finds what `dondoc audit history` shows: a register's runs on the server, in the archive, or a file."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from audit.archive.archive import Archive, ManifestBroken
from audit.archive.objects import ObjectBroken, ObjectMissing
from audit.histories.broken import HistoryBroken
from audit.histories.found import Found, Source, find_runs
from audit.histories.live import LiveHistories
from audit.histories.replayed import Replayed, replayed
from audit.histories.runs import Run
from audit.histories.whence import whence
from commands.database import open_database
from commands.errors import CommandError, Exit
from commands.lists import find
from models.unreachable import Unreachable
from naming import cascade_id, cascade_parts
from rules.suggestions import did_you_mean
from services.temporal import connect
from settings import Settings
from store.directives import cascade_rows
from store.engine import reading
from texts.language import Language, speaking

_REGISTER = "cascade:"


@dataclass(frozen=True)
class Wanted:
    """A history as it was asked for: a directive's number or a workflow's id, the unit that keeps the register, the
    issuer; or a file."""

    workflow: str | None = None
    unit: str | None = None
    issuer: str | None = None
    file: Path | None = None

    @property
    def by_id(self) -> bool:
        return self.workflow is not None and self.workflow.startswith(_REGISTER)


@dataclass(frozen=True)
class Looked:
    """A history that was found. `replay` is what its runs do again; None where they do not, and then `broken` says
    why."""

    workflow_id: str
    found: Found
    replay: Replayed | None
    broken: str = ""

    def told_of(self, language: Language) -> list[str]:
        """What a reader must know of where it comes from and what is missing."""
        gap = self.replay.after if self.replay else 0
        with speaking(language):
            return list(whence(self.found, gap, self.broken))


def workflow_of(engine: Engine | None, wanted: Wanted) -> str:
    """The workflow that is meant: an id as it is; by the number of a directive its first register, or the one that
    `unit` keeps or began. Raises `CommandError`."""
    named = wanted.workflow or ""
    if wanted.by_id or engine is None:
        return named
    row = find(engine, named, wanted.issuer)
    if wanted.unit is None:
        return cascade_id(row.id, row.issuer)
    with reading(engine) as session:
        registers = {register.id: register.issuer for register in cascade_rows(session, row.id)}
    for register, keeper in registers.items():
        if wanted.unit in {keeper, cascade_parts(register)[1]}:
            return register
    hint = did_you_mean(wanted.unit, registers.values())
    raise CommandError(Exit.NOT_FOUND, f"{wanted.unit!r} keeps no register of {row.number}{hint}")


async def find_history(settings: Settings, wanted: Wanted, language: Language) -> tuple[Engine | None, Looked]:
    """The history that is asked for, and the database, in which units have their names: without it only a workflow's
    id or a file will do. Raises `CommandError`, `Unreachable`."""
    if (wanted.workflow is None) == (wanted.file is None):
        raise CommandError(Exit.INVALID, "name a workflow, or a file with --file")
    try:
        engine: Engine | None = open_database(settings)
    except Unreachable:
        if not wanted.by_id and wanted.file is None:
            raise
        engine = None
    with speaking(language):
        if wanted.file is not None:
            return engine, await look_into(wanted.file)
        return engine, await look(settings, workflow_of(engine, wanted))


async def look(settings: Settings, workflow_id: str) -> Looked:
    """The history of a workflow from the server or the archive. Raises `CommandError`, `Unreachable`."""

    async def server() -> LiveHistories:
        return LiveHistories(await connect(settings))

    try:
        found = await find_runs(workflow_id, server, Archive(settings.archive))
    except (ManifestBroken, ObjectMissing, ObjectBroken, HistoryBroken) as error:
        raise CommandError(Exit.INVALID, f"the history of {workflow_id} cannot be read: {error}") from error
    if not found.runs:
        raise CommandError(Exit.NOT_FOUND, f"neither the server nor the archive knows a workflow {workflow_id!r}")
    return await _looked(workflow_id, found)


async def look_into(file: Path) -> Looked:
    """A history that was exported with Temporal's own tools. Raises `CommandError`."""
    try:
        content = await asyncio.to_thread(file.read_bytes)
    except OSError as error:
        raise CommandError(Exit.INVALID, f"{file}: cannot be read: {error.strerror}") from error
    return await _looked(file.name, Found((Run(file.name, file.stem, content),), Source.FILE))


async def _looked(workflow_id: str, found: Found) -> Looked:
    try:
        return Looked(workflow_id, found, await replayed(found.runs))
    except HistoryBroken as broken:
        return Looked(workflow_id, found, None, str(broken))


def chosen(looked: Looked, run: str | None) -> tuple[Run, ...]:
    """The runs that are asked for: all, or the one whose id begins so. Raises `CommandError`."""
    runs = looked.found.runs
    picked = tuple(one for one in runs if run is None or one.run_id.startswith(run))
    if not picked or (run is not None and len(picked) > 1):
        ids = ", ".join(one.run_id for one in runs)
        raise CommandError(Exit.NOT_FOUND, f"--run: {run!r} is not one of the runs {ids}")
    return picked


def raw_json(looked: Looked, run: str | None) -> str:
    """Temporal's own JSON of one run. Raises `CommandError` where there are several and none is chosen."""
    picked = chosen(looked, run)
    if len(picked) > 1:
        ids = ", ".join(one.run_id for one in picked)
        raise CommandError(Exit.INVALID, f"there are {len(picked)} runs: choose one with --run: {ids}")
    return picked[0].history.decode()
