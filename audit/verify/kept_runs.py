"""The runs that the archive keeps of a register before it has closed, beside the note that they are kept."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from audit.archive.archive import Archive, ManifestBroken
from audit.archive.manifest import KeptRuns
from audit.archive.objects import ObjectBroken, ObjectMissing
from audit.verify.finding import Finding, Part, Tampering, finding
from models.journal import RunsKept

_NOTED = RunsKept.model_fields["kind"].default


def check_kept_runs(
    archive: Archive, cascade_id: str, journal: Sequence[Mapping[str, Any]]
) -> tuple[KeptRuns | None, list[Finding]]:
    """The list of the runs that are kept of a register that is not archived; `journal` is what the bodies of its
    journal say. Whether the listed histories are whole is not looked at. Raises `Unreachable` where the archive's disk
    refuses."""
    expected, found = _noted(journal), archive.kept_runs_hash(cascade_id)
    wrong = []
    if expected is not None and found is None:
        wrong = [finding(Part.ARCHIVE, cascade_id, f"runs {expected}", Tampering.ARCHIVE_MISSING, expected=expected)]
    elif found is not None and found != expected and not archive.objects.intact(found):  # else it is not noted yet
        row = f"runs {expected or found}"
        wrong = [finding(Part.ARCHIVE, cascade_id, row, Tampering.ARCHIVE_EDITED, expected=expected, found=found)]
    if expected is not None:
        with suppress(ObjectMissing, ObjectBroken):
            return archive.kept_runs_named(expected), wrong
    with suppress(ManifestBroken):
        return (None if wrong else archive.kept_runs(cascade_id)), wrong
    return None, wrong


def _noted(journal: Sequence[Mapping[str, Any]]) -> str | None:
    """The list that the journal noted last."""
    notes = (entry.get("note") for entry in reversed(journal))
    return next((str(note["kept"]) for note in notes if isinstance(note, dict) and note.get("kind") == _NOTED), None)
