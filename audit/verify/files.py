"""Files that were handed in, and reports that were issued, beside the hashes that the record has of them."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from audit.verify.finding import Finding, Part, Tampering, finding
from models.document import FileRef
from models.unreachable import Unreachable

_BLOCK = 1 << 20


def check_files(cascade_id: str, files: Iterable[FileRef], stored: Callable[[str], Path]) -> list[Finding]:
    """Every handed-in file whose content is not the one that was handed in. Raises `Unreachable` where the disk
    refuses."""
    named = list({file.sha256: file for file in files}.values())
    contents = {file.sha256: hash_of(stored(file.sha256)) for file in named}
    return [
        _finding(cascade_id, file.name, file.sha256, contents[file.sha256], contents)
        for file in named
        if contents[file.sha256] != file.sha256
    ]


def check_reports(cascade_id: str, reports: Mapping[str, str], folder: Path) -> list[Finding]:
    """The same of the reports that were issued (place -> SHA-256), as they lie in the folder of their directive."""
    found = {place: hash_of(folder / place) for place in reports}
    contents = {sha256: found[place] for place, sha256 in reports.items()}
    return [
        _finding(cascade_id, place, sha256, found[place], contents)
        for place, sha256 in reports.items()
        if found[place] != sha256
    ]


def hash_of(path: Path) -> str | None:
    """The SHA-256 (hex) of a file's content; None where there is none. Raises `Unreachable` where the disk refuses."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Unreachable("the file store", str(path), error.strerror or str(error)) from error
    return digest.hexdigest()


def _finding(cascade_id: str, name: str, sha256: str, found: str | None, contents: Mapping[str, str | None]) -> Finding:
    """Swapped: another file has the content of this one, and this one that of the other."""
    if found is None:
        kind = Tampering.FILE_MISSING
    else:
        kind = Tampering.SWAPPED if contents.get(found) == sha256 else Tampering.FILE_REPLACED
    return finding(Part.FILE, cascade_id, name, kind, expected=sha256, found=found)
