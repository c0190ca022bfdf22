"""The ports as the tests want them: a register in memory, files in a folder, a ledger that takes what it is told to."""

from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from models.actor import Actor
from models.command import Command, Receipt
from models.document import FileRef
from models.journal import Note
from models.link import Link, Purpose
from models.obligation import State
from models.pages import OfficerPage, RegisterPage, Standing
from models.saved import Printed, SavedDraft
from models.unit import Role
from tests.web import samples
from web.ports import Unreachable

OFFICER_TOKEN = "officer-token-0123456789abcdef"  # noqa: S105 - not a secret
REGISTER_TOKEN = "register-token-0123456789abcdef"  # noqa: S105 - not a secret


def link(purpose: Purpose, **changed: Any) -> Link:
    """A valid link of A Lưới's officer, or of the province's reviewer."""
    officer = purpose is Purpose.OFFICER
    values: dict[str, Any] = {
        "token_hash": "hash",
        "purpose": purpose,
        "directive_id": "908",
        "cascade_id": samples.CASCADE,
        "unit": samples.A_LUOI.code if officer else samples.ISSUER.code,
        "role": Role.FOCAL,
        "expires_at": samples.REAL_NOW + timedelta(days=30),
    }
    return Link(**values | changed)


class FakePages:
    def __init__(self) -> None:
        self.links = {OFFICER_TOKEN: link(Purpose.OFFICER), REGISTER_TOKEN: link(Purpose.REGISTER)}
        self.officer: OfficerPage = samples.officer_page()
        self.register: RegisterPage = samples.register_page()
        self.whole = Standing(below=2, states={State.OPEN: 5, State.SUBMITTED: 1, State.ACCEPTED: 3, State.DORMANT: 4})
        self.readable: dict[str, FileRef] = {}
        self.away = False
        self.reads: list[str] = []

    def link(self, token: str) -> Link | None:
        self._read("link")
        return self.links.get(token)

    def officer_page(self, link: Link) -> OfficerPage:
        self._read(link.unit)
        return self.officer

    def register_page(self, link: Link) -> RegisterPage:
        self._read(link.unit)
        return self.register

    def standing(self, link: Link) -> Standing:
        self._read(link.unit)
        return self.whole

    def file(self, link: Link, sha256: str) -> FileRef | None:
        self._read(link.unit)
        return self.readable.get(sha256)

    def _read(self, what: str) -> None:
        if self.away:
            raise Unreachable("the database", "sqlite", "locked")
        self.reads.append(what)


class FakeFiles:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.full = False
        self.stored: list[FileRef] = []

    def put(self, content: bytes, name: str, media_type: str) -> FileRef:
        if self.full:
            raise Unreachable("the database", "sqlite", "locked")
        ref = FileRef(sha256=sha256(content).hexdigest(), name=name, size=len(content), media_type=media_type)
        self.path(ref.sha256).write_bytes(content)
        self.stored.append(ref)
        return ref

    def path(self, sha256: str) -> Path:
        return self._folder / sha256


class FakeDrafts:
    """Drafts in memory, one set for all links."""

    def __init__(self) -> None:
        self.saved: dict[str, SavedDraft] = {}
        self.holders: list[str] = []
        self.away = False

    def load(self, link: Link) -> Mapping[str, SavedDraft]:
        self._reach(link)
        return dict(self.saved)

    def save(self, link: Link, form: str, draft: SavedDraft) -> None:
        self._reach(link)
        self.saved[form] = draft

    def drop(self, link: Link, form: str) -> None:
        self._reach(link)
        self.saved.pop(form, None)

    def _reach(self, link: Link) -> None:
        self.holders.append(link.holder)
        if self.away:
            raise Unreachable("the database", "sqlite", "locked")


class FakeJournal:
    """Keeps every note; `away` is for a database that is full or locked."""

    def __init__(self) -> None:
        self.noted: list[tuple[str, Actor, str, Note, str]] = []
        self.away = False

    def note(self, chain: str, actor: Actor, cause: str, note: Note, unit: str = "") -> None:
        if self.away:
            raise Unreachable("the database", "sqlite", "database or disk is full")
        self.noted.append((chain, actor, cause, note, unit))

    @property
    def notes(self) -> list[Note]:
        return [note for _chain, _actor, _cause, note, _unit in self.noted]


class FakePapers:
    """Papers by what they are asked for: an obligation's key, or a form of the report."""

    def __init__(self) -> None:
        self.printed: dict[str, Printed] = {}
        self.readers: list[str] = []

    def receipt(self, link: Link, obligation: str) -> Printed | None:
        self.readers.append(link.unit)
        return self.printed.get(obligation)

    def report(self, link: Link, form: str) -> Printed | None:
        self.readers.append(link.unit)
        return self.printed.get(form)

    def issued(self, link: Link, key: str, form: str) -> Printed | None:
        self.readers.append(link.unit)
        return self.printed.get(f"{key}.{form}")

    def letter(self, link: Link, unit: str) -> Printed | None:
        self.readers.append(link.unit)
        return self.printed.get(unit)


class FakeCascades:
    """Records every command; answers with `receipt`, or raises `answer` where one is set."""

    def __init__(self) -> None:
        self.sent: list[Command] = []
        self.answer: Exception | None = None
        self.seq = 45

    async def send(self, cascade_id: str, command: Command) -> Receipt:
        self.sent.append(command)
        if self.answer:
            raise self.answer
        return Receipt(cascade_id=cascade_id, seq=self.seq, at=command.at)
