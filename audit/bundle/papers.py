"""Files, mails and reports that a directive's record names, as they are put into its bundle."""

import gzip
import json
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from audit.archive.named import files_in, mail_texts_in, reports_in
from audit.archive.objects import ObjectBroken, ObjectMissing, Objects, name_of
from audit.bundle.members import Members, blocks_of
from audit.verify.files import hash_of
from models.bundle import Missing, MissingKind
from models.document import FileRef
from models.obligation import unit_of

_SUFFIX = 8
_NOT_THERE = "not there"
_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError)
"""What comes of a body that somebody wrote into the database: it names nothing, and the verifier says that it broke."""


@dataclass
class Named:
    """What events and journals named so far: files by SHA-256 with the name of who handed each in, reports by name,
    the words of mails by SHA-256."""

    files: dict[str, tuple[FileRef, str]] = field(default_factory=dict)
    reports: dict[str, str] = field(default_factory=dict)
    mails: dict[str, None] = field(default_factory=dict)

    def read_event(self, body: str, owner: Callable[[str], str]) -> None:
        """Take down what an event (its body) names; `owner` gives the name of a unit."""
        with suppress(*_UNREADABLE):
            if "sha256" in body:
                for file in files_in((body,)):
                    self.add(file, _handed_in_by(body, owner))
            self.reports |= reports_in((body,))

    def read_entry(self, body: str) -> None:
        """Take down what an entry of a journal names."""
        with suppress(*_UNREADABLE):
            self.mails |= dict.fromkeys(mail_texts_in((body,)))

    def read_values(self, values: list[object], owner: str) -> None:
        """Take down the files that JSON values name, wherever they stand."""
        for file in files_in((), values):
            self.add(file, owner)

    def add(self, file: FileRef, owner: str) -> None:
        self.files.setdefault(file.sha256, (file, owner))


class Papers:
    """Where contents come from: the file store (a path by SHA-256), the folder of the directive's reports, the database
    (the words of mails, gzip), and in their place the archive."""

    def __init__(
        self,
        stored: Callable[[str], Path],
        reports: Path,
        texts: Callable[[str], bytes | None],
        objects: Objects,
    ) -> None:
        self._stored = stored
        self._reports = reports
        self._texts = texts
        self._objects = objects

    def put(self, named: Named, members: Members) -> list[Missing]:
        """Put all that is named into a bundle; returns what could not be. Raises `Unreachable` where a disk refuses."""
        absent: list[Missing | None] = []
        for sha256, (file, _) in named.files.items():
            missing = Missing(kind=MissingKind.FILE, name=file.name, sha256=sha256, why=_NOT_THERE)
            absent.append(self._file(member_of(file), self._stored(sha256), missing, members))
        for name, sha256 in named.reports.items():
            missing = Missing(kind=MissingKind.REPORT, name=name, sha256=sha256, why=_NOT_THERE)
            absent.append(self._file(f"reports/{name}", self._reports / name, missing, members))
        absent += [self._mail(sha256, members) for sha256 in named.mails]
        return [item for item in absent if item]

    def _file(self, member: str, path: Path, missing: Missing, members: Members) -> Missing | None:
        """Put one file in, as it lies there or else as it is archived; returns what is `missing` where that was not
        possible."""
        found = hash_of(path)
        if found == missing.sha256:
            members.stream(member, blocks_of(path))
        elif (archived := self._archived(missing.sha256)) is not None:
            members.add(member, archived)
        else:
            return missing.model_copy(update={"why": f"its content is {found}"}) if found else missing
        return None

    def _mail(self, sha256: str, members: Members) -> Missing | None:
        words = None
        with suppress(EOFError, gzip.BadGzipFile, zlib.error):
            packed = self._texts(sha256)
            words = gzip.decompress(packed) if packed is not None else None
        if words is None or name_of(words) != sha256:
            words = self._archived(sha256)
        if words is None:
            return Missing(kind=MissingKind.MAIL, name=f"{sha256}.txt", sha256=sha256, why=_NOT_THERE)
        members.add(f"mails/{sha256}.txt", words)
        return None

    def _archived(self, sha256: str) -> bytes | None:
        with suppress(ObjectMissing, ObjectBroken):
            return self._objects.get(sha256)
        return None


def member_of(file: FileRef) -> str:
    """Where a file lies in the bundle: under its hash, with its suffix where that is a plain one."""
    suffix = Path(file.name).suffix.lower()
    plain = suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) <= _SUFFIX
    return f"files/{file.sha256}{suffix if plain else ''}"


def _handed_in_by(body: str, owner: Callable[[str], str]) -> str:
    """The name of the unit whose obligation an event is about, else of the one that acted."""
    event = json.loads(body)
    obligation = event["fact"].get("obligation")
    return owner(unit_of(obligation) if obligation else event["actor"]["unit"])
