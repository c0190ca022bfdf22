"""Handed-in files: stored by the SHA-256 of their content, each content once."""

import hashlib
import os
import tempfile
from pathlib import Path

from models.document import FileRef
from models.unreachable import Unreachable


class FileStore:
    """The port `web.ports.Files` on a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes, name: str, media_type: str) -> FileRef:
        """Store a content durably (written, synced, then renamed) and say what it is called here.

        Raises `Unreachable` when the disk refuses; then nothing is left behind under the content's name.
        """
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        if not path.exists():
            try:
                write_durably(path, content)
            except OSError as error:
                raise Unreachable("the file store", str(self._folder), error.strerror or str(error)) from error
        return FileRef(sha256=digest, name=name, size=len(content), media_type=media_type)

    def path(self, sha256: str) -> Path:
        """Where a content lies or would lie."""
        return self._folder / sha256[:2] / sha256[2:]


def write_durably(path: Path, content: bytes) -> None:
    """Put a content where it belongs: written and synced beside it, then renamed, so that it is there whole or not at
    all. Raises `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
