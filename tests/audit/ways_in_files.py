"""Ways of tampering with files, reports, archive and sheets, and what has to be found of each."""

import gzip
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from audit.archive.anchors import Sheet
from audit.verify.finding import Part, Tampering
from tests import small
from tests.audit.records import Office


def stored(office: Office, words: str) -> Path:
    """Where a handed-in file lies, by its content."""
    return office.files.path(hashlib.sha256(words.encode()).hexdigest())


def swap_two_files(office: Office) -> None:
    one, other = stored(office, "Kế hoạch s1"), stored(office, "Kế hoạch s2")
    contents = one.read_bytes(), other.read_bytes()
    replace(other, contents[0])
    replace(one, contents[1])


def replace(path: Path, content: bytes) -> None:
    """Another file in the place of one: what has a second name elsewhere stays."""
    path.unlink()
    path.write_bytes(content)


def sheet(office: Office) -> Path:
    (path,) = (office.home / "anchors").iterdir()
    return path


def edit_the_sheet(office: Office) -> None:
    sheet(office).write_text(sheet(office).read_text("utf-8").replace("Lập lúc: ", "Lập lúc: 1"), "utf-8")


def exchange_the_sheet(office: Office) -> None:
    """A sheet that is whole in itself, with another head."""
    ((_, written),) = office.sheets.all()
    assert isinstance(written, Sheet)
    office.sheets.keep(written.model_copy(update={"registers": ()}))


def manifest(office: Office) -> Path:
    (path,) = (office.home / "archive" / "cascades").iterdir()
    return path


def edit_the_manifest(office: Office) -> None:
    manifest(office).write_bytes(manifest(office).read_bytes().replace(small.HIGH.encode(), small.LOW.encode()))


def archived(office: Office, part: str) -> Path:
    """Where an object of the archive lies, by what it is in the manifest."""
    listed = json.loads(manifest(office).read_bytes())
    name = listed["runs"][0]["history"] if part == "history" else listed[part]
    (path,) = (office.home / "archive" / "objects").rglob(f"{name}*")
    return path


def edit_archived(part: str, old: str, new: str) -> Callable[[Office], None]:
    def do(office: Office) -> None:
        path = archived(office, part)
        replace(path, gzip.compress(gzip.decompress(path.read_bytes()).replace(old.encode(), new.encode())))

    return do


EDITED, MISSING = Tampering.ARCHIVE_EDITED, Tampering.ARCHIVE_MISSING
IN_FILES: dict[str, tuple[Callable[[Office], None], Part, Tampering, str]] = {
    "two files are swapped": (swap_two_files, Part.FILE, Tampering.SWAPPED, "ke-hoach-s1.pdf"),
    "a file is edited": (
        lambda office: replace(stored(office, "Kế hoạch s2"), b"other"), Part.FILE, Tampering.FILE_REPLACED, "s2.pdf"
    ),
    "a file is deleted": (
        lambda office: stored(office, "Kế hoạch s2").unlink(), Part.FILE, Tampering.FILE_MISSING, "s2.pdf"
    ),
    "the report is edited": (
        lambda office: replace(next(office.reports.rglob("report.pdf")), b"other"),
        Part.FILE, Tampering.FILE_REPLACED, "report.pdf",
    ),
    "an archived history is edited": (
        edit_archived("history", small.HIGH, small.LOW), Part.ARCHIVE, EDITED, "history"
    ),
    "an archived history is deleted": (
        lambda office: archived(office, "history").unlink(), Part.ARCHIVE, MISSING, "history"
    ),
    "archived events are edited": (edit_archived("events", "s1", "s9"), Part.ARCHIVE, EDITED, "events"),
    "the list of the archive is edited": (edit_the_manifest, Part.ARCHIVE, EDITED, "manifest"),
    "the list of the archive is deleted": (lambda office: manifest(office).unlink(), Part.ARCHIVE, MISSING, "manifest"),
    "a daily sheet is edited": (edit_the_sheet, Part.ANCHOR, Tampering.ANCHOR_EDITED, ".txt"),
    "a daily sheet is exchanged": (exchange_the_sheet, Part.ANCHOR, Tampering.ANCHOR_EDITED, ".txt"),
    "a daily sheet is deleted": (lambda office: sheet(office).unlink(), Part.ANCHOR, Tampering.ANCHOR_MISSING, ".txt"),
}  # fmt: skip
