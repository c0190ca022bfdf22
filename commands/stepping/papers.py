"""What a unit gave on paper: its number and day, and the scanned files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from commands.attached import Attached
from commands.errors import CommandError, Exit
from models.answer import Answer
from models.document import DocumentRef, FileRef
from rules.numbers import doubts, normalise
from store.files import FileStore


@dataclass(frozen=True)
class Paper:
    """An answer on paper; `doubts` are what is to be looked at in its number, never a reason to refuse it."""

    answer: Answer
    doubts: tuple[str, ...]
    files: Attached

    def store(self, store: FileStore) -> None:
        """Keep the files durably. Raises `Unreachable` where the disk refuses."""
        self.files.store(store, self.answer.files)


def read_paper(number: str | None, dated: date | None, paths: Sequence[Path]) -> Paper:
    """What was given on paper. Raises `CommandError` INVALID for a file that cannot be taken."""
    attached = Attached(Path(), "give its path")
    files = tuple(_file(attached, path) for path in paths)
    document = DocumentRef(number=number, normal=normalise(number), date=dated) if number else None
    return Paper(Answer(document=document, files=files), doubts(number) if number else (), attached)


def _file(attached: Attached, path: Path) -> FileRef:
    found = attached.find(str(path))
    if isinstance(found, str):
        raise CommandError(Exit.INVALID, f"--file: {found}")
    return found
