"""Files and mails of a register, brought into the archive as far as they are there."""

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from audit.archive.manifest import Absent, Chained
from audit.archive.named import files_in, mail_texts_in, media_type, reports_in
from audit.archive.objects import ObjectBroken, ObjectMissing, Objects, name_of
from models.document import FileRef

_T = TypeVar("_T")
_NOT_THERE = "not there"


@dataclass(frozen=True)
class Collected(Generic[_T]):
    """What is archived, and what could not be."""

    kept: tuple[_T, ...]
    absent: tuple[Absent, ...]


class Documents:
    """Where they come from: `stored` gives the path of a handed-in file by its SHA-256 (hex), `reports` is the folder
    in which each directive has one of its id, `texts` gives the words of mails (gzip) by their SHA-256."""

    def __init__(
        self,
        stored: Callable[[str], Path],
        reports: Path,
        texts: Callable[[Sequence[str]], dict[str, bytes]],
    ) -> None:
        self._stored = stored
        self._reports = reports
        self._texts = texts

    def keep_files(
        self, objects: Objects, directive_id: str, bodies: Iterable[str], values: Iterable[object]
    ) -> Collected[FileRef]:
        """Archive the files that events (their `bodies`) and other JSON `values` name, and the reports that were
        issued. Raises `Unreachable` where a disk refuses."""
        kept: list[FileRef] = []
        absent: list[Absent] = []
        for file, path in self._files(directive_id, tuple(bodies), values):
            try:
                objects.keep(path, file.sha256)
            except (ObjectMissing, ObjectBroken) as error:
                why = error.why if isinstance(error, ObjectBroken) else _NOT_THERE
                absent.append(Absent(sha256=file.sha256, name=file.name, why=why))
            else:
                kept.append(file)
        return Collected(tuple(kept), tuple(absent))

    def keep_mails(self, objects: Objects, journal: Iterable[Chained]) -> Collected[str]:
        """Archive the words of the mails that a journal tells of."""
        named = mail_texts_in(entry.body for entry in journal)
        found = self._texts(named)
        kept: list[str] = []
        absent: list[Absent] = []
        for text in named:
            why = _kept_text(objects, text, found.get(text))
            if why and not objects.intact(text):
                absent.append(Absent(sha256=text, name="mail", why=why))
            else:
                kept.append(text)
        return Collected(tuple(kept), tuple(absent))

    def _files(
        self, directive_id: str, bodies: Sequence[str], values: Iterable[object]
    ) -> Iterator[tuple[FileRef, Path]]:
        for file in files_in(bodies, values):
            yield file, self._stored(file.sha256)
        for name, sha256 in reports_in(bodies).items():
            path = self._reports / directive_id / name
            size = path.stat().st_size if path.exists() else 0
            yield FileRef(sha256=sha256, name=name, size=size, media_type=media_type(name)), path


def _kept_text(objects: Objects, text: str, packed: bytes | None) -> str:
    """Keep the words of a mail; returns why that was not possible, else nothing."""
    if packed is None:
        return _NOT_THERE
    try:
        words = gzip.decompress(packed)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        return f"they do not unpack ({error})"
    found = name_of(words)
    if found != text:
        return f"their content is {found}"
    objects.put(words)
    return ""
