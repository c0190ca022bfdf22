"""Hand-written ports for tests."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from models.delivery import Sealed, TryLater
from models.mail import Letter, Outgoing
from models.summary import Summary
from tests.reports.factory import dispatch_908


class FakePostmark:
    """Writes a mail as its kind, so that tests read easily."""

    def write(self, mail: Outgoing) -> Sealed:
        return Sealed(sender="dondoc@localhost", to=mail.to, content=mail.letter.kind.encode())


class FakeMailer:
    """A mail server in memory. `down` refuses connections; `errors` are raised for the next mails, one each.

    `busy` tells that a mail is being taken; while `slow` is an event, that takes until it is set.
    """

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []
        self.errors: list[Exception] = []
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
        self.taken.append((sealed.content.decode(), sealed.to))


class FakeOutbox:
    """An outbox in memory that notes what became of each mail."""

    def __init__(self, letters: list[Letter]) -> None:
        self.status = dict.fromkeys(range(1, len(letters) + 1), "queued")
        self._letters = letters

    def claim(self, _cascade_id: str, limit: int) -> list[Outgoing]:
        waiting = [mail for mail, status in self.status.items() if status in {"queued", "sending"}][:limit]
        return [
            Outgoing(
                id=mail,
                to=f"{mail}@nho.example",
                message_id=f"<{mail}@nho.example>",
                thread_id="<thread@nho.example>",
                resent=self.status[mail] == "sending",
                letter=self._letters[mail - 1],
            )
            for mail in waiting
        ]

    def sending(self, mail: int) -> None:
        self.status[mail] = "sending"

    def sent(self, mail: int) -> None:
        self.status[mail] = "sent"

    def refused(self, mail: int, error: str) -> None:
        self.status[mail] = f"failed: {error}"

    def put_back(self, mail: int, error: str) -> None:  # noqa: ARG002 - the port's form
        self.status[mail] = "queued"


class FakeReports:
    """Notes which directives were reported on."""

    def __init__(self) -> None:
        self.issued: list[str] = []

    def load(self, directive_id: str) -> Summary:
        self.issued.append(directive_id)
        return dispatch_908()

    def write(self, summary: Summary, folder: Path) -> Mapping[str, Path]:  # noqa: ARG002 - the port's form
        return {"json": folder / "report.json"}
