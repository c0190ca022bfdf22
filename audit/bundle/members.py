"""Puts members into a bundle, one after the other, and takes down the hash of each."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from audit.bundle.manifest import Member
from rules.calendar import ZONE

_BLOCK = 1 << 20
_READABLE = 0o644 << 16
_EARLIEST = 1980
"""The first year that a ZIP file can name."""


class Members:
    """The members of a bundle that is being written. `at` is what they are dated by."""

    def __init__(self, archive: ZipFile, at: datetime) -> None:
        self._archive = archive
        local = at.astimezone(ZONE)
        self._date = (max(local.year, _EARLIEST), local.month, local.day, local.hour, local.minute, local.second)
        self._written: list[Member] = []

    @property
    def archive(self) -> ZipFile:
        """The bundle, to read back what is in it."""
        return self._archive

    @property
    def written(self) -> tuple[Member, ...]:
        return tuple(self._written)

    def add(self, name: str, content: bytes) -> Member:
        """Add a member that is in memory."""
        return self._listed(self._write(name, (content,), large=False))

    def beside(self, name: str, content: bytes) -> None:
        """Add what is not listed: the list itself, and what is made from it."""
        self._write(name, (content,), large=False)

    def stream(self, name: str, blocks: Iterable[bytes]) -> Member:
        """Add a member piece by piece."""
        return self._listed(self._write(name, blocks, large=True))

    def _listed(self, member: Member) -> Member:
        self._written.append(member)
        return member

    def _write(self, name: str, blocks: Iterable[bytes], *, large: bool) -> Member:
        info = ZipInfo(name, self._date)
        info.compress_type, info.external_attr = ZIP_DEFLATED, _READABLE
        digest, size = hashlib.sha256(), 0
        with self._archive.open(info, "w", force_zip64=large) as member:
            for block in blocks:
                digest.update(block)
                size += len(block)
                member.write(block)
        return Member(name=name, size=size, sha256=digest.hexdigest())


def blocks_of(path: Path) -> Iterator[bytes]:
    """A file's content piece by piece. Raises `OSError`."""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block
