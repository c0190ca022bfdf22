"""Pages on a free port of this machine, as a browser reaches them."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from tests.web import samples
from tests.web.fake_changes import FakeChanges
from tests.web.fakes import FakeCascades, FakeDrafts, FakeFiles, FakeJournal, FakePages, FakePapers
from tests.web.reading_fakes import FakeReading
from web.app import create_app
from web.ports import Ports

_LOOK_SECONDS = 0.01


class _Server(uvicorn.Server):
    """A server among others in one process: signals are not its own."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serving(app: Starlette, port: int = 0) -> AsyncIterator[str]:
    """The address under which an application answers."""
    config = uvicorn.Config(app, access_log=False, log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
    server = _Server(config)
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
        running = asyncio.create_task(server.serve([listening]))
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(_LOOK_SECONDS)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            await running


@dataclass
class Fakes:
    """The hand-written ports of the pages."""

    folder: Path
    pages: FakePages = field(default_factory=FakePages)
    cascades: FakeCascades = field(default_factory=FakeCascades)
    drafts: FakeDrafts = field(default_factory=FakeDrafts)
    papers: FakePapers = field(default_factory=FakePapers)
    changes: FakeChanges = field(default_factory=FakeChanges)
    journal: FakeJournal = field(default_factory=FakeJournal)
    reading: FakeReading = field(default_factory=FakeReading)

    def app(self) -> Starlette:
        ports = Ports(
            pages=self.pages,
            files=FakeFiles(self.folder),
            cascades=self.cascades,
            drafts=self.drafts,
            papers=self.papers,
            changes=self.changes,
            journal=self.journal,
            reading=self.reading.ports(),
        )
        return create_app(ports, max_upload=2 * 1024 * 1024, now=lambda: samples.REAL_NOW)
