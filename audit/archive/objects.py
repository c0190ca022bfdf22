"""Contents in a folder, each named by its SHA-256, so that a changed or half-written one shows itself."""

import gzip
import hashlib
import os
import zlib
from pathlib import Path

from models.unreachable import Unreachable
from store.files import write_durably

_PACKED = ".gz"


class ObjectMissing(Exception):
    """No content of this SHA-256 (hex) is kept."""

    def __init__(self, sha256: str) -> None:
        super().__init__(f"no object {sha256}")
        self.sha256 = sha256


class ObjectBroken(Exception):
    """What is kept under a SHA-256 (hex) is not that content; `why` says what is there instead."""

    def __init__(self, sha256: str, why: str) -> None:
        super().__init__(f"object {sha256}: {why}")
        self.sha256 = sha256
        self.why = why


class Objects:
    """A content-addressed store: gzip, except of what is compressed already. The name is always the SHA-256 of the
    content itself."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep a content, compressed; returns its SHA-256 (hex). What was broken is mended. Raises `Unreachable` when
        the disk refuses."""
        sha256 = name_of(content)
        if not self.intact(sha256):
            path = self._path(sha256)
            self._write(path.with_name(path.name + _PACKED), gzip.compress(content, mtime=0))
            path.unlink(missing_ok=True)
        return sha256

    def keep(self, file: Path, sha256: str) -> None:
        """Keep a file that lies elsewhere as it is: by a second name on the same disk, else as a copy.

        Raises `ObjectMissing` where there is none, `ObjectBroken` where it is not that content, `Unreachable` when the
        disk refuses.
        """
        if self.intact(sha256):
            return
        try:
            content = file.read_bytes()
        except FileNotFoundError:
            raise ObjectMissing(sha256) from None
        except OSError as error:
            raise Unreachable("the file store", str(file), error.strerror or str(error)) from error
        _check(sha256, content)
        path = self._path(sha256)
        if not self._link(file, path):
            self._write(path, content)
        path.with_name(path.name + _PACKED).unlink(missing_ok=True)

    def get(self, sha256: str) -> bytes:
        """A content. Raises `ObjectMissing`, `ObjectBroken`, and `Unreachable` where the disk refuses."""
        plain = self._path(sha256)
        packed = plain.with_name(plain.name + _PACKED)
        try:
            content = gzip.decompress(packed.read_bytes()) if packed.exists() else plain.read_bytes()
        except FileNotFoundError:
            raise ObjectMissing(sha256) from None
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise ObjectBroken(sha256, f"it does not unpack ({error})") from error
        except OSError as error:
            raise Unreachable("the archive", str(plain), error.strerror or str(error)) from error
        _check(sha256, content)
        return content

    def intact(self, sha256: str) -> bool:
        """Whether a content is kept whole."""
        try:
            self.get(sha256)
        except (ObjectMissing, ObjectBroken):
            return False
        return True

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    def _write(self, path: Path, content: bytes) -> None:
        try:
            write_durably(path, content)
        except OSError as error:
            raise Unreachable("the archive", str(self._folder), error.strerror or str(error)) from error

    def _link(self, file: Path, path: Path) -> bool:
        """Whether a file has now a second name here; not on another disk, nor where disks know no such thing."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        try:
            os.link(file, path)
        except OSError:
            return False
        return True


def name_of(content: bytes) -> str:
    """The name of a content: its SHA-256 (hex)."""
    return hashlib.sha256(content).hexdigest()


def _check(sha256: str, content: bytes) -> None:
    found = name_of(content)
    if found != sha256:
        raise ObjectBroken(sha256, f"its content is {found}")
