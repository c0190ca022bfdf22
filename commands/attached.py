"""The files that a directive file names: the document itself and its annexes, beside it on the disk."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from models.document import FileRef
from rules.file_types import FileFault, FileType, judge, safe_name
from store.files import FileStore

LARGEST = 20 * 1024 * 1024
"""Bytes of one file."""
_WORDS = {
    FileFault.EMPTY: "it is empty",
    FileFault.TOO_LARGE: f"it is larger than {LARGEST // 1024 // 1024} MB: compress or divide it",
    FileFault.WRONG_TYPE: "by its content it is no PDF, Word (.docx), Excel (.xlsx), PNG or JPEG file without macros: "
    "save it as one of these",
}


class Attached:
    """Files by their paths as written, which begin at `folder`; `hint` says what is to be done about one that cannot be
    read. Each is read once."""

    def __init__(self, folder: Path, hint: str = "paths begin at the folder of the directive file") -> None:
        self._folder = folder
        self._hint = hint
        self._contents: dict[str, bytes] = {}

    def find(self, path: str) -> FileRef | str:
        """The file of a path, or in words why it cannot be taken."""
        file = self._folder / path
        try:
            with file.open("rb") as opened:
                content = opened.read(LARGEST + 1)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            return f"{path!r} cannot be read ({reason}): {self._hint}"
        judged = judge(content, LARGEST)
        if not isinstance(judged, FileType):
            return f"{path!r} cannot be taken: {_WORDS[judged]}"
        digest = hashlib.sha256(content).hexdigest()
        self._contents[digest] = content
        name = safe_name(file.name, judged)
        return FileRef(sha256=digest, name=name, size=len(content), media_type=judged.media_type)

    def store(self, files: FileStore, wanted: Iterable[FileRef]) -> None:
        """Store files that were found, durably. Raises `Unreachable` where the disk refuses."""
        for file in wanted:
            files.put(self._contents[file.sha256], file.name, file.media_type)
