"""A register's archive beside the note that it was archived, and what it proves of the register."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from audit.archive.archive import Archive
from audit.archive.manifest import KeptRuns, Manifest
from audit.archive.objects import ObjectBroken, ObjectMissing
from audit.verify.finding import Finding, Part, Tampering, finding
from audit.verify.kept_runs import check_kept_runs
from models.plan import CascadePlan

Row = Mapping[str, Any]
_ARCHIVED = "archived"


@dataclass(frozen=True)
class Archived:
    """What the archive has of a register, as far as it is whole: the bodies of its events and of its journal, the plan
    with which it began, its outbox, the row of its directive; the runs that are `kept` of one that is not archived yet.
    `histories`: whether those that are listed are whole."""

    manifest: Manifest | None = None
    kept: KeptRuns | None = None
    events: tuple[str, ...] = ()
    journal: tuple[str, ...] = ()
    first_plan: CascadePlan | None = None
    outbox: tuple[Row, ...] = ()
    directive: Row | None = None
    histories: bool = False

    @property
    def listed(self) -> Manifest | KeptRuns | None:
        """What lists the histories that the archive has."""
        return self.manifest or self.kept


def check_archive(
    archive: Archive, cascade_id: str, noted: Row | None, journal: Sequence[Mapping[str, Any]]
) -> tuple[Archived, list[Finding]]:
    """What the archive has of a register. `noted` is the table's row of how it is archived, `journal` what the bodies
    of its journal say. Raises `Unreachable` where the archive's disk refuses."""
    written = _written(journal)
    manifest, wrong = _manifest(archive, cascade_id, noted, written)
    if manifest is None:
        return (Archived(), wrong) if wrong else _running(archive, cascade_id, journal)
    wrong += [
        each
        for sha256 in manifest.objects()
        if (each := _object(archive, cascade_id, _called(manifest, sha256), sha256))
    ]
    broken = {each.row.rpartition(" ")[2] for each in wrong}

    def lines(sha256: str) -> tuple[str, ...]:
        return () if sha256 in broken else tuple(link.body for link in archive.lines(sha256))

    get = archive.objects.get
    return (
        Archived(
            manifest=manifest,
            events=lines(manifest.events),
            journal=lines(manifest.journal),
            first_plan=None if manifest.plan in broken else CascadePlan.model_validate_json(get(manifest.plan)),
            outbox=() if manifest.outbox in broken else tuple(map(json.loads, get(manifest.outbox).splitlines())),
            directive=None if manifest.directive in broken else json.loads(get(manifest.directive)),
            histories=not broken & {run.history for run in manifest.runs},
        ),
        wrong,
    )


def _running(archive: Archive, cascade_id: str, journal: Sequence[Mapping[str, Any]]) -> tuple[Archived, list[Finding]]:
    """What the archive has of a register that is not archived yet."""
    kept, wrong = check_kept_runs(archive, cascade_id, journal)
    if kept is None:
        return Archived(), wrong
    named = [(f"history {run.run_id}", run.history) for run in kept.runs]
    broken = [each for name, sha256 in named if (each := _object(archive, cascade_id, name, sha256))]
    return Archived(kept=kept, histories=not broken), [*wrong, *broken]


def _written(journal: Sequence[Mapping[str, Any]]) -> str | None:
    """The manifest that the journal noted last."""
    notes = (entry.get("note") for entry in reversed(journal))
    return next(
        (str(note["manifest"]) for note in notes if isinstance(note, dict) and note.get("kind") == _ARCHIVED), None
    )


def _manifest(
    archive: Archive, cascade_id: str, noted: Row | None, written: str | None
) -> tuple[Manifest | None, list[Finding]]:
    expected = written or (noted["manifest"] if noted else None)
    if expected is None:
        return None, []
    if noted is None or noted["manifest"] != expected:
        row, found = "archive", noted["manifest"] if noted else None
        kind = Tampering.EDITED if noted else Tampering.DELETED
        wrong = [finding(Part.TABLE, cascade_id, row, kind, expected=expected, found=found)]
    else:
        wrong = []
    found = archive.manifest_hash(cascade_id)
    row = f"manifest {expected}"
    if found is None:
        wrong.append(finding(Part.ARCHIVE, cascade_id, row, Tampering.ARCHIVE_MISSING, expected=expected))
    elif found != expected and not archive.objects.intact(found):  # else it was archived again, and is not noted yet
        wrong.append(_edited(cascade_id, row, expected, found))
    with suppress(ObjectMissing, ObjectBroken):
        return archive.manifest_named(expected), wrong
    return archive.manifest(cascade_id) if found == expected else None, wrong


def _object(archive: Archive, cascade_id: str, name: str, sha256: str) -> Finding | None:
    row = f"{name} {sha256}"
    try:
        archive.objects.get(sha256)
    except ObjectMissing:
        return finding(Part.ARCHIVE, cascade_id, row, Tampering.ARCHIVE_MISSING, expected=sha256)
    except ObjectBroken as error:
        return _edited(cascade_id, row, sha256, error.why)
    return None


def _called(manifest: Manifest, sha256: str) -> str:
    """What an object is in its manifest."""
    runs = {run.history: f"history {run.run_id}" for run in manifest.runs}
    files = {file.sha256: file.name for file in manifest.files}
    parts = {getattr(manifest, name): name for name in ("events", "journal", "plan", "outbox", "directive", "units")}
    return str((runs | files | parts).get(sha256, "mail"))


def _edited(cascade_id: str, row: str, expected: str, found: object) -> Finding:
    return finding(Part.ARCHIVE, cascade_id, row, Tampering.ARCHIVE_EDITED, expected=expected, found=found)
