"""What the pages need from the rest; `store` and `web.cascades` provide it, tests bring fakes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from models.actor import Actor
from models.changing import LateAddressees, NewVersion, Told
from models.command import Command, Receipt
from models.document import FileRef
from models.journal import Note
from models.link import Link
from models.pages import OfficerPage, RegisterPage, Standing
from models.saved import Printed, SavedDraft
from models.unreachable import Unreachable
from rules.previewing import Preview
from web.reading.ports import ReadingPorts

__all__ = ["Cascades", "Changes", "Drafts", "Files", "Journal", "Pages", "Papers", "Ports", "Unreachable"]


class Pages(Protocol):
    """Reads. Each raises `Unreachable` when the database is away."""

    def link(self, token: str) -> Link | None:
        """The link a token stands for, revoked and expired ones too; None for a token never issued."""

    def officer_page(self, link: Link) -> OfficerPage: ...
    def register_page(self, link: Link) -> RegisterPage: ...

    def standing(self, link: Link) -> Standing:
        """How the directive of a link to its first register stands in all its registers that are open."""

    def file(self, link: Link, sha256: str) -> FileRef | None:
        """A handed-in file that this link's holder may read; None otherwise."""


class Files(Protocol):
    """The file store: content-addressed, each content stored once."""

    def put(self, content: bytes, name: str, media_type: str) -> FileRef:
        """Store durably (fsync) before returning. Raises `Unreachable` when the disk refuses."""

    def path(self, sha256: str) -> Path: ...


class Cascades(Protocol):
    """Sends commands to running ledgers."""

    async def send(self, cascade_id: str, command: Command) -> Receipt:
        """Returns when the command's events are recorded. Raises `rules.refusals.Refused` or `Unreachable`."""


class Drafts(Protocol):
    """Forms of a unit's page that were not sent, by form. Each raises `Unreachable` when the database is away."""

    def load(self, link: Link) -> Mapping[str, SavedDraft]: ...
    def save(self, link: Link, form: str, draft: SavedDraft) -> None: ...
    def drop(self, link: Link, form: str) -> None: ...


class Journal(Protocol):
    """What happens around registers and is not theirs to decide."""

    def note(self, chain: str, actor: Actor, cause: str, note: Note, unit: str = "") -> None:
        """Add a note to the journal of a register, or of the installation; `unit` is whom it is about. Raises
        `Unreachable` when the database is away."""


class Papers(Protocol):
    """Documents made on demand. Each raises `Unreachable` when the database is away."""

    def receipt(self, link: Link, obligation: str) -> Printed | None:
        """The receipt (PDF) for the latest submission of an obligation of the link's unit; None where there is none."""

    def report(self, link: Link, form: str) -> Printed | None:
        """The summary report of the directive in a form (`docx`, `pdf`, `xlsx`, `html`), for the unit that issued it
        and only once it is final; None otherwise."""

    def issued(self, link: Link, key: str, form: str) -> Printed | None:
        """A report that the link's register issued while it ran, by its key, for the unit that keeps the register; None
        otherwise."""

    def letter(self, link: Link, unit: str) -> Printed | None:
        """The draft (docx) of a letter that presses a unit for what it was chased for, ready to be numbered and signed,
        for the unit that keeps the register; None where there is nothing of that."""


class Changes(Protocol):
    """Changes of a whole directive, from its first register. Each raises `Unreachable` when the database is away; what
    asks or changes something raises `models.changing.CannotChange` and `rules.refusals.Refused`."""

    def told(self, link: Link) -> Told:
        """How far the version that runs is known to the registers."""

    def amendment(self, link: Link, actor: Actor, version: NewVersion) -> Preview:
        """What a new version would change."""

    async def amend(self, link: Link, actor: Actor, version: NewVersion, seal: str) -> Told:
        """Put the version that was shown in the place of the one that runs. Returns when the first register has it; the
        others are told in the next seconds, and asking again completes what was interrupted."""

    async def complete(self, link: Link, actor: Actor) -> Told:
        """Tell the version that runs to the registers that do not have it, because that was interrupted."""

    def askable(self, link: Link) -> Mapping[str, str]:
        """The requirements that more units may be asked, by key, with their titles."""

    def candidates(self, link: Link, actor: Actor, words: str) -> Mapping[str, str]:
        """The first units that may be enlisted whose name or code has the words, by code, with their names."""

    def codes(self, typed: tuple[str, ...]) -> tuple[str, ...]:
        """The codes of units that were typed by code or by name; what names no unit as it was typed."""

    def names(self, codes: tuple[str, ...]) -> Mapping[str, str]:
        """The names of units by code, of those that there are."""

    def enlistment(self, link: Link, actor: Actor, late: LateAddressees) -> Preview:
        """What late addressees would owe."""

    async def enlist(self, link: Link, actor: Actor, late: LateAddressees, seal: str, command: str) -> None:
        """Make late addressees owe what was shown; returns as `amend` does."""

    def listed(self, link: Link, command: str) -> tuple[tuple[str, str], ...]:
        """What a command has made late addressees owe: requirements and units, by name; nothing where it was none."""


@dataclass(frozen=True)
class Ports:
    """Everything the pages are put on."""

    pages: Pages
    files: Files
    cascades: Cascades
    drafts: Drafts
    papers: Papers
    changes: Changes
    reading: ReadingPorts
    journal: Journal
