"""The application over hand-written ports."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from tests.web import samples
from tests.web.fakes import FakeCascades, FakeFiles, FakePages
from web.app import create_app

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
def app(pages: FakePages, files: FakeFiles, cascades: FakeCascades) -> Starlette:
    return create_app(pages, files, cascades, max_upload=MAX_UPLOAD, now=lambda: samples.REAL_NOW)


@pytest.fixture
async def client(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://dondoc.test") as client:
        yield client
