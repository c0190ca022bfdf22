"""How a bundle is read, packed or unpacked, and what is said where that fails."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import IO, Any, Iterator, Tuple  # noqa: UP035 - Python 3.8

FILE_FIELDS = {"sha256", "name", "size", "media_type"}
Said = Tuple[str, str]  # noqa: UP006 - Vietnamese, English


def files_in(value: Any) -> Iterator[dict[str, Any]]:
    """All stored files that a JSON value names."""
    if isinstance(value, dict):
        if set(value) == FILE_FIELDS:
            yield value
        value = list(value.values())
    for item in value if isinstance(value, list) else ():
        yield from files_in(item)


class Broken(Exception):
    """What is wrong with a part of a bundle, in Vietnamese and English."""


def plain(error: Exception) -> Said:
    """What went wrong, in words for people."""
    if isinstance(error, Broken):
        return error.args[0], error.args[1]
    if isinstance(error, (zipfile.BadZipFile, zlib.error, EOFError)):
        return "không phải dữ liệu ZIP trọn vẹn: bị hỏng hoặc bị cắt cụt", "no whole ZIP data: damaged or cut off"
    if isinstance(error, OSError):
        return str(error.strerror), str(error.strerror)
    return "nội dung không đúng dạng", "its content has not the form it should have"


class Folder:
    """An unpacked bundle, read as the packed one is."""

    def __init__(self, top: Path) -> None:
        self.files = {path.relative_to(top).as_posix(): path for path in top.rglob("*") if path.is_file()}

    def namelist(self) -> list[str]:
        return list(self.files)

    def open(self, name: str) -> IO[bytes]:
        return self.files[name].open("rb")

    def read(self, name: str) -> bytes:
        return self.files[name].read_bytes()
