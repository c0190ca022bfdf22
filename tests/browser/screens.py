"""Pictures of every page and every mail at both widths, for the README and for those who write the pages.

Run as `python -m tests.browser.screens [FOLDER]`; the names of pictures stay the same from run to run.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page

from commands.preview import ALL, preview
from tests.browser.chromium import MISSING, chromium, find_chromium
from tests.browser.compact import compact
from tests.browser.serving import Fakes, serving
from tests.browser.sights import PARTS, SIGHTS, WIDTHS, show

FOLDER = Path(__file__).parents[2] / "docs" / "screens"
IN_ENGLISH = ("officer", "register")
"""Pages that are shown in English too."""
_TALLEST = 1800
"""Pixels of a page that a picture shows: enough to see what it is like, little enough to be kept."""

_MEASURE = """
(part) => [
  document.documentElement.scrollHeight,
  Math.max(0, document.querySelector(part).getBoundingClientRect().top + window.scrollY - 8),
]
"""


async def picture(page: Page, blank: Page, folder: Path, name: str, part: str = "") -> None:
    """A page as it stands, from its top or from a part of it, at both widths."""
    for width, height in WIDTHS.items():
        await page.set_viewport_size({"width": width, "height": height})
        tall, top = await page.evaluate(_MEASURE, part or "html")
        top = min(top, max(0, tall - height))
        clip = {"x": 0, "y": top, "width": width, "height": max(height, min(tall - top, _TALLEST))}
        png = await page.screenshot(full_page=True, clip=clip)  # type: ignore[arg-type]  # a mapping of that form
        (folder / f"{name}-{width}.png").write_bytes(await compact(blank, png))


async def pages(browser: Browser, folder: Path) -> None:
    """Every page in every situation."""
    blank = await browser.new_page()
    sights = SIGHTS | PARTS
    asked = [(name, "vi") for name in sights] + [(name, "en") for name in IN_ENGLISH]
    for name, language in asked:
        with tempfile.TemporaryDirectory() as files:
            fakes = Fakes(Path(files))
            sights[name].arrange(fakes)
            async with serving(fakes.app()) as address, await browser.new_context(locale="vi-VN") as context:
                await context.add_cookies([{"name": "language", "value": language, "url": address}])
                page = await context.new_page()
                await show(sights[name], page, address)
                called = name if language == "vi" else f"{name}-{language}"
                await picture(page, blank, folder, called, sights[name].part)


async def mails(browser: Browser, folder: Path) -> None:
    """The HTML of a mail of every kind."""
    with tempfile.TemporaryDirectory() as written:
        blank, page = await browser.new_page(), await browser.new_page()
        for file in preview(ALL, Path(written)):
            if file.suffix == ".html":
                await page.goto(file.as_uri())
                await picture(page, blank, folder, f"mail-{file.stem.replace('_', '-')}")


async def make(path: str, folder: Path) -> None:
    """All pictures, with the browser at a path."""
    async with chromium(path) as browser:
        await pages(browser, folder)
        await mails(browser, folder)


def main(folder: Path) -> None:
    """Make all pictures anew; those of pages that are gone go too."""
    path = find_chromium()
    if path is None:
        sys.exit(MISSING)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    asyncio.run(make(path, folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else FOLDER)
