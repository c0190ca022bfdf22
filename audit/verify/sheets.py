"""The daily sheets: whether they are all there as they were written, and what they say of each chain."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from audit.archive.anchoring import Sheets
from audit.archive.anchors import Sheet, SheetBroken, sha256_of
from audit.verify.finding import Finding, Part, Tampering, finding
from audit.verify.proof import Anchor
from models.journal import INSTALLATION
from texts.language import gettext as _

_ANCHORED = "anchored"


def check_sheets(
    sheets: Sheets, journal: Iterable[Mapping[str, Any]]
) -> tuple[dict[tuple[str, bool], Sequence[Anchor]], list[Finding], int]:
    """The heads that sheets have, by chain and whether of its journal; which sheets are gone or changed; and how many
    there are. `journal` is what the bodies of the installation's journal say: each sheet was noted in it. Raises
    `Unreachable`."""
    noted = dict(_noted(journal))
    heads: dict[tuple[str, bool], list[Anchor]] = {}
    findings: list[Finding] = []
    there: set[str] = set()
    for path, sheet in sheets.all():
        day = path.stem
        there.add(day)
        if isinstance(sheet, SheetBroken):
            findings.append(_finding(path.name, Tampering.ANCHOR_EDITED, noted.get(day, ""), str(sheet)))
            continue
        if day in noted and noted[day] != sha256_of(sheet):
            findings.append(_finding(path.name, Tampering.ANCHOR_EDITED, noted[day], sha256_of(sheet)))
            continue
        for key, anchor in _heads(sheet):
            heads.setdefault(key, []).append(anchor)
    findings += (
        _finding(f"{day}.txt", Tampering.ANCHOR_MISSING, file, "") for day, file in noted.items() if day not in there
    )
    return dict(heads), findings, len(there)


def _noted(journal: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, str]]:
    for entry in journal:
        note = entry.get("note")
        if isinstance(note, dict) and note.get("kind") == _ANCHORED:
            yield str(note["day"]), str(note["file"])


def _heads(sheet: Sheet) -> Iterable[tuple[tuple[str, bool], Anchor]]:
    where = _("bản niêm phong ngày %(day)s", day=sheet.day.isoformat())
    found = [(INSTALLATION, True, sheet.journal)]
    for register in sheet.registers:
        found += [(register.cascade_id, False, register.events), (register.cascade_id, True, register.journal)]
    for chain, journal, head in found:
        if head.seq:
            yield (chain, journal), Anchor(head.seq, head.hash, Part.ANCHOR, where)


def _finding(name: str, kind: Tampering, expected: str, found: str) -> Finding:
    return finding(Part.ANCHOR, INSTALLATION, name, kind, expected=expected, found=found)
