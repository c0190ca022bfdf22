"""The files of a document, among those that were uploaded for it and those of the version that runs."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from models.document import FileRef
from rules.file_types import FILE_TYPES, safe_name

_TYPES = {kind.media_type: kind for kind in FILE_TYPES}


class GivenFiles:
    """Finds files by their names, folders apart: people upload files, not folders. The first of one name counts."""

    def __init__(self, files: Sequence[FileRef]) -> None:
        self._files = files

    def find(self, path: str) -> FileRef | str:
        """The file of a path as written, or in words that it is not there."""
        name = PurePosixPath(path).name
        for file in self._files:
            if file.media_type in _TYPES and safe_name(name, _TYPES[file.media_type]) == file.name:
                return file
        return f"{path!r} was not given: choose it together with the directive file"
