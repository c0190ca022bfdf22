"""Hand-written ports for tests."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from models.clock import Clock
from models.delivery import HandedOver, NoSuchAddress, OnItsWay, Refusal, Sealed, TryLater
from models.mail import Letter, Outgoing
from models.plan import Period
from models.summary import Summary
from models.unit import Role
from tests.reports.factory import dispatch_908


class FakePostmark:
    """Writes a mail as its kind, so that tests read easily."""

    def write(self, mail: Outgoing) -> Sealed:
        kind = mail.letter.kind
        return Sealed(sender="dondoc@localhost", to=mail.to, content=kind.encode(), words=kind)


class FakeMailer:
    """A mail server in memory. `down` refuses connections; `errors` are raised for the next mails, one each; nobody is
    known at the addresses in `unknown`.

    `busy` tells that a mail is being taken; while `slow` is an event, that takes until it is set.
    """

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []
        self.errors: list[Exception] = []
        self.unknown: set[str] = set()
        self.down = False
        self.busy = asyncio.Event()
        self.slow: asyncio.Event | None = None

    @asynccontextmanager
    async def connect(self) -> AsyncIterator["FakeMailer"]:
        if self.down:
            raise TryLater("mail server 127.0.0.1:25: connection refused")
        yield self

    async def send(self, sealed: Sealed) -> None:
        self.busy.set()
        if self.slow is not None:
            await self.slow.wait()
        if self.errors:
            raise self.errors.pop(0)
        if sealed.to in self.unknown:
            raise NoSuchAddress(f"550 5.1.1 <{sealed.to}>: no such user")
        self.taken.append((sealed.content.decode(), sealed.to))


class FakeOutbox:
    """An outbox in memory that notes what became of each mail; a postponed one waits until `later` is emptied, and
    `held` tells that what the server could not take was to wait for the hours of mail. `kept` has the words of each
    mail that was sent, and whether it went again."""

    def __init__(self, letters: list[Letter]) -> None:
        self.status = dict.fromkeys(range(1, len(letters) + 1), "queued")
        self.later: set[int] = set()
        self.held = False
        self.kept: list[tuple[str, bool]] = []
        self._letters = letters

    def due(self, _cascade_id: str, _now: datetime) -> bool:
        return bool(self._waiting())

    def claim(self, _cascade_id: str, limit: int, _now: datetime) -> list[Outgoing]:
        return [
            Outgoing(
                ids=(mail,),
                to=f"{mail}@nho.example",
                message_id=f"<{mail}@nho.example>",
                thread_id="<thread@nho.example>",
                resent=self.status[mail] == "sending",
                letter=self._letters[mail - 1],
            )
            for mail in self._waiting()[:limit]
        ]

    def note(self, notes: Sequence[OnItsWay | HandedOver]) -> list[bool]:
        return [self._noted(note) for note in notes]

    def _noted(self, note: OnItsWay | HandedOver) -> bool:
        match note:
            case HandedOver():
                self._put(note.mail, "sent")
                self.kept.append((note.words, note.resent))
            case OnItsWay() if {self.status[row] for row in note.mail} <= {"sent"}:
                return False
            case OnItsWay():
                self._put(note.mail, "sending")
        return True

    def refused(self, mail: Sequence[int], error: str) -> None:
        self._put(mail, f"failed: {error}")

    def unreachable(self, mail: Sequence[int], error: str) -> None:
        self._put(mail, f"unreachable: {error}")

    def put_back(self, mail: Sequence[int], error: str) -> None:  # noqa: ARG002 - the port's form
        self._put(mail, "queued")

    def postpone(self, mail: Sequence[int], _error: str, _clock: Clock, _real_now: datetime) -> None:
        self._put(mail, "queued")
        self.later.update(mail)

    def hold(self, _cascade_id: str, _now: datetime) -> None:
        self.held = True

    def next_at(self, _cascade_id: str) -> datetime | None:
        return datetime(2020, 3, 2, 1, tzinfo=UTC) if self.later else None

    def refusals(self, _cascade_id: str, _now: datetime) -> list[Refusal]:
        return [
            Refusal(unit="u", holder="focal", role=Role.FOCAL, email=f"{mail}@nho.example", words=status)
            for mail, status in self.status.items()
            if status.startswith("unreachable")
        ]

    def _waiting(self) -> list[int]:
        waits = {"queued", "sending"}
        return [mail for mail, status in self.status.items() if status in waits and mail not in self.later]

    def _put(self, mail: Sequence[int], status: str) -> None:
        self.status.update(dict.fromkeys(mail, status))


class FakeReports:
    """Notes which directives were reported on, and of which units on which data. The next `errors` are raised, one
    each."""

    def __init__(self) -> None:
        self.issued: list[str] = []
        self.asked: list[tuple[str | None, datetime | None, Period | None]] = []
        self.errors: list[Exception] = []

    def load(
        self, directive_id: str, at: datetime | None = None, unit: str | None = None, period: Period | None = None
    ) -> Summary:
        if self.errors:
            raise self.errors.pop(0)
        self.issued.append(directive_id)
        self.asked.append((unit, at, period))
        return dispatch_908()

    def write(self, summary: Summary, folder: Path) -> Mapping[str, Path]:
        folder.mkdir(parents=True, exist_ok=True)
        written = {form: folder / f"report.{form}" for form in ("json", "html")}
        for form, path in written.items():
            path.write_text(f"{form}: {summary.head.label}", "utf-8")
        return written
