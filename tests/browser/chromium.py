"""The system's own Chromium; nothing is downloaded. `python -m tests.browser.chromium` fails where there is none."""

import os
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = f"no browser on this machine: install one of {', '.join(NAMES)} (on Debian: apt-get install chromium)"


def find_chromium() -> str | None:
    """The path of the browser, None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@asynccontextmanager
async def chromium(path: str) -> AsyncIterator[Browser]:
    """A running browser without a window. Its own sandbox does not work for root, who has no less to lose."""
    args = ["--lang=vi", "--disable-lcd-text", "--font-render-hinting=none"]
    args += ["--no-sandbox"] if os.geteuid() == 0 else []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=args)
        yield browser
        await browser.close()


if __name__ == "__main__":
    sys.exit(find_chromium() is None)
