"""What the parts of the compiler share: the file being compiled, what it is held against, and the faults found."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from models.catalogue import KnownDocument
from models.directive import DirectiveFile, RequirementFile
from models.document import FileRef
from models.fault import Fault
from models.indicator import CatalogueIndicator
from models.plan import Earlier
from rules.addressing import Registry
from rules.calendar import Calendar
from rules.source import Path, Source
from rules.suggestions import did_you_mean

_MOST_COMPARED = 30_000
"""Words that wrong ones are compared with, all in all; a national registry has 11,000, and each takes some 30 µs."""


@dataclass(frozen=True)
class EarlierDirective:
    """A directive that runs or ran already: its requirements, and the answers to them by (requirement, unit)."""

    directive_id: str
    label: str
    requirements: frozenset[str]
    answers: Mapping[tuple[str, str], Earlier]


@dataclass(frozen=True)
class References:
    """What a directive may refer to. `earlier` finds a directive by its id, None where there is none; `file` finds a
    file by its path as written, or says in words why it cannot be taken. `enlisted` are units that were listed late, by
    requirement: while the directive ran, beside its file; `joined` those of them that were not there yet on the day of
    issue, each with the unit below which it is followed up."""

    indicators: Mapping[str, CatalogueIndicator] = field(default_factory=dict)
    documents: tuple[KnownDocument, ...] = ()
    earlier: Callable[[str], EarlierDirective | None] = lambda _: None
    file: Callable[[str], FileRef | str] = lambda path: f"there is no file {path!r}"
    enlisted: Mapping[str, Collection[str]] = field(default_factory=dict)
    joined: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Desk:
    """One file on the desk of the compiler. `aside` are parts whose form is at fault already: what refers to them or
    misses them is not at fault for it."""

    source: Source
    written: DirectiveFile
    registry: Registry
    calendar: Calendar
    references: References
    aside: frozenset[Path] = frozenset()
    errors: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    _compared: int = 0

    @property
    def requirements(self) -> Mapping[str, RequirementFile]:
        return self.written.requirements

    def is_aside(self, *path: str) -> bool:
        """Whether a part of the file, or what holds it, could not be read."""
        return any(path[:length] in self.aside for length in range(1, len(path) + 1))

    def lost_requirements(self) -> bool:
        """Whether there are requirements that could not be read."""
        return any(path[:1] == ("requirements",) for path in self.aside)

    def error(self, code: str, path: Path, message: str) -> None:
        self.errors.append(self.source.fault(code, path, message))

    def warn(self, code: str, path: Path, message: str) -> None:
        self.warnings.append(self.source.fault(code, path, message))

    def knows_requirement(self, key: str, path: Path) -> bool:
        """Whether a requirement of that key can be used; an unknown one is an error with the nearest key."""
        if key in self.requirements:
            return True
        if not self.is_aside("requirements", key):
            self.unknown("unknown_requirement", path, f"there is no requirement {key!r}", key, self.requirements)
        return False

    def knows_trigger(self, key: str, path: Path) -> bool:
        """Whether `awaits` names a document of that key; otherwise an error with the nearest key."""
        if key in self.written.awaits:
            return True
        if not self.is_aside("awaits"):
            self.unknown("unknown_document", path, f"`awaits` names no document {key!r}", key, self.written.awaits)
        return False

    def unknown(self, code: str, path: Path, message: str, word: str, valid: Collection[str]) -> None:
        """An error with the nearest valid word; where many words are wrong, only with the first of them."""
        hint = did_you_mean(word, valid) if self._compared <= _MOST_COMPARED else ""
        self._compared += len(valid)
        self.error(code, path, f"{message}{hint}")
