"""What the reading room needs from the rest; tests bring fakes. Each port raises `Unreachable` when what is behind it
is away."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from models.document import FileRef
from models.reader import Reader
from models.reading import (
    DirectiveEntry,
    DirectiveSheet,
    Findings,
    Moment,
    ObligationSheet,
    Search,
    TechnicalEntry,
    UnitSheet,
)


class People(Protocol):
    """Signing in, and notes of what is done; instants are real time."""

    def ask(self, address: str, at: datetime) -> None:
        """Have a link mailed to an address, where it is listed; nobody learns whether it is."""

    def sign_in(self, token: str, at: datetime) -> str | None:
        """Use a link up: the secret of a new session; None where the link does not hold."""

    def reader(self, secret: str, at: datetime) -> Reader | None:
        """Who is signed in; None where the session has ended, or whoever it was is not listed any more."""

    def sign_out(self, secret: str) -> None: ...
    def viewed(self, reader: Reader, page: str) -> None: ...
    def astray(self, reader: Reader, page: str) -> None: ...


class Room(Protocol):
    """Reads, as far as the reader may see; None for what is not there, or not for him."""

    def directives(self, reader: Reader) -> tuple[DirectiveEntry, ...]: ...
    def directive(self, reader: Reader, directive_id: str, chosen: str = "") -> DirectiveSheet | None: ...
    def unit(self, reader: Reader, code: str) -> UnitSheet | None: ...
    def obligation(self, reader: Reader, cascade_id: str, key: str) -> ObligationSheet | None: ...
    def file(self, reader: Reader, cascade_id: str, key: str, sha256: str) -> FileRef | None: ...
    def directive_file(self, reader: Reader, directive_id: str, sha256: str) -> FileRef | None: ...
    def find(self, reader: Reader, search: Search) -> Findings: ...
    def technical(self, reader: Reader) -> tuple[TechnicalEntry, ...] | None: ...


class Story(Protocol):
    """The trail in words."""

    def life(self, cascade_id: str, obligation: str) -> tuple[Moment, ...]:
        """What was recorded of one obligation, in the order of time, in the language that is spoken."""


@dataclass(frozen=True)
class ReadingPorts:
    """Everything the reading room is put on; `asked` tells the postman that a link may be waiting."""

    people: People
    room: Room
    story: Story
    asked: Callable[[], None]
