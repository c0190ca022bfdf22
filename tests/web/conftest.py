"""The application over hand-written ports."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from tests.web import samples
from tests.web.fake_changes import FakeChanges
from tests.web.fakes import FakeCascades, FakeDrafts, FakeFiles, FakeJournal, FakePages, FakePapers
from tests.web.reading_fakes import FakeReading
from web.app import create_app
from web.ports import Ports

MAX_UPLOAD = 64 * 1024


@pytest.fixture
def pages() -> FakePages:
    return FakePages()


@pytest.fixture
def files(tmp_path: Path) -> FakeFiles:
    return FakeFiles(tmp_path)


@pytest.fixture
def cascades() -> FakeCascades:
    return FakeCascades()


@pytest.fixture
def drafts() -> FakeDrafts:
    return FakeDrafts()


@pytest.fixture
def papers() -> FakePapers:
    return FakePapers()


@pytest.fixture
def changes() -> FakeChanges:
    return FakeChanges()


@pytest.fixture
def journal() -> FakeJournal:
    return FakeJournal()


@pytest.fixture
def reading() -> FakeReading:
    return FakeReading()


@pytest.fixture
def ports(
    pages: FakePages,
    files: FakeFiles,
    cascades: FakeCascades,
    drafts: FakeDrafts,
    papers: FakePapers,
    changes: FakeChanges,
    journal: FakeJournal,
    reading: FakeReading,
) -> Ports:
    return Ports(
        pages=pages,
        files=files,
        cascades=cascades,
        drafts=drafts,
        papers=papers,
        changes=changes,
        journal=journal,
        reading=reading.ports(),
    )


@pytest.fixture
def app(ports: Ports) -> Starlette:
    return create_app(ports, max_upload=MAX_UPLOAD, now=lambda: samples.REAL_NOW)


@pytest.fixture
async def client(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://dondoc.test") as client:
        yield client
