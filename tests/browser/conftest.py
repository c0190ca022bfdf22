"""One browser a run, one context a test; where the machine has no browser, these tests are skipped."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page

from tests.browser.chromium import MISSING, chromium, find_chromium
from tests.browser.serving import Fakes
from tests.browser.whole import Issued, Whole, whole_line

PATIENCE = 15_000
"""Milliseconds after which something that does not come counts as missing."""


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = find_chromium()
    if path is None:
        pytest.skip(MISSING)
    async with chromium(path) as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A small phone that runs no scripts."""
    context = await browser.new_context(
        viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True, java_script_enabled=False
    )
    context.set_default_timeout(PATIENCE)
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext) -> Page:
    return await context.new_page()


@pytest.fixture
def fakes(tmp_path: Path) -> Fakes:
    return Fakes(tmp_path)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def whole(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Whole]:  # noqa: ARG001
    """One installation for all; each test has a directive of its own. No browser, no installation."""
    async with whole_line(tmp_path_factory.mktemp("whole")) as whole:
        yield whole


@pytest_asyncio.fixture(loop_scope="session")
async def issued(whole: Whole) -> Issued:
    return await whole.start()


@pytest_asyncio.fixture(loop_scope="session")
async def scripted(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A desk whose browser runs scripts."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE)
    yield context
    await context.close()
