"""The part of an archive about what is not archived yet: `running/directives/`, `running/journals/`.

With this and the histories on the server the tables of running registers can be made anew. A journal is only appended
to; a last line that was cut off counts as not written.
"""

import mmap
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from audit.archive.archive import ManifestBroken
from audit.archive.manifest import Chained, canonical, canonical_lines
from audit.archive.sound import Unsound, check_chain
from models.base import Instant, Wire
from models.unreachable import Unreachable
from naming import file_name
from store.files import write_durably


class KeptDirective(Wire):
    """A directive with a register that was not archived at `kept_at` (real time), and the ids of all its registers.
    `directive` is the object of its row with all versions of its file, `registry` that of all units."""

    format: Literal["dondoc-directive/1"] = "dondoc-directive/1"
    directive_id: str
    number: str
    kept_at: Instant
    directive: str
    registry: str
    registers: tuple[str, ...]


class Running:
    """In the folder of an archive. All raise `Unreachable` where the disk refuses."""

    def __init__(self, archive: Path) -> None:
        self._folder = archive / "running"

    def directives(self) -> Iterator[KeptDirective]:
        """All directives that are kept, by name. Raises `ManifestBroken` at the first that is broken."""
        for path in sorted((self._folder / "directives").glob("*.json")):
            if kept := _parsed(path):
                yield kept

    def directive(self, directive_id: str) -> KeptDirective | None:
        """One directive as it was kept last; None where it never was. Raises `ManifestBroken`."""
        return _parsed(self._directive(directive_id))

    def write(self, kept: KeptDirective) -> None:
        """Put a directive in the place of what was kept of it."""
        path = self._directive(kept.directive_id)
        with _disk(path):
            write_durably(path, canonical(kept.model_dump(mode="json")))

    def journal(self, chain: str) -> tuple[Chained, ...]:
        """The entries of a journal. Raises `ManifestBroken` where they are not as they were written."""
        path = self._journal(chain)
        with _disk(path):
            content = path.read_bytes() if path.exists() else b""
        lines = content[: content.rfind(b"\n") + 1].splitlines()
        try:
            links = tuple(map(Chained.model_validate_json, lines))
            check_chain("entry", links)
        except ValidationError as error:
            raise ManifestBroken(path, f"{error.error_count()} faults in it") from error
        except Unsound as error:
            raise ManifestBroken(path, str(error)) from error
        return links

    def last(self, chain: str) -> Chained | None:
        """The last entry that is kept of a journal. Raises `ManifestBroken`."""
        return _last(self._journal(chain))[0]

    def add(self, chain: str, links: Sequence[Chained]) -> None:
        """Append, durably, what of these entries is not there yet. Raises `ManifestBroken`."""
        path = self._journal(chain)
        last, end = _last(path)
        fresh = (link for link in links if last is None or link.seq > last.seq)
        with _disk(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
            with path.open("r+b") as file:
                file.seek(end)  # entries never change: two who write at once write the same bytes to the same place
                file.write(canonical_lines(link.model_dump() for link in fresh))
                file.flush()
                os.fsync(file.fileno())

    def _directive(self, directive_id: str) -> Path:
        return self._folder / "directives" / f"{file_name(directive_id)}.json"

    def _journal(self, chain: str) -> Path:
        return self._folder / "journals" / f"{file_name(chain)}.jsonl"


def _last(path: Path) -> tuple[Chained | None, int]:
    """The last line that was written to its end, and where that is. Raises `ManifestBroken`."""
    with _disk(path):
        line, end = _last_line(path) if path.exists() and path.stat().st_size else (b"", 0)
    try:
        return (Chained.model_validate_json(line) if line else None), end
    except ValidationError as error:
        raise ManifestBroken(path, f"{error.error_count()} faults in its last line") from error


def _last_line(path: Path) -> tuple[bytes, int]:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        end = content.rfind(b"\n") + 1
        return content[content.rfind(b"\n", 0, max(end - 1, 0)) + 1 : max(end - 1, 0)], end


def _parsed(path: Path) -> KeptDirective | None:
    with _disk(path):
        content = path.read_bytes() if path.exists() else None
    try:
        return KeptDirective.model_validate_json(content) if content is not None else None
    except ValidationError as error:
        raise ManifestBroken(path, f"{error.error_count()} faults in it") from error


@contextmanager
def _disk(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unreachable("the archive", str(path), error.strerror or str(error)) from error
