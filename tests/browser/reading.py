"""The reading room as a browser comes to it: through the door."""

from collections.abc import Awaitable, Callable
from urllib.parse import urljoin

from playwright.async_api import Page

from tests.browser.serving import Fakes
from tests.web import samples
from tests.web.reading_fakes import OPERATOR, SIGN_IN

LINK = f"/tra-cuu/vao/{SIGN_IN}"
DIRECTIVE = f"/tra-cuu/van-ban/{samples.HEAD.directive_id}"
UNIT = f"/tra-cuu/don-vi/{samples.A_LUOI.code}"
OBLIGATION = f"/tra-cuu/nhiem-vu/{samples.CASCADE}/politics-plan@{samples.A_LUOI.code}"


def then(address: str) -> Callable[[Page], Awaitable[None]]:
    """Press the button behind a link, and go on to an address."""

    async def act(page: Page) -> None:
        await page.locator("main button").click()
        await page.goto(urljoin(page.url, address))

    return act


async def mistyped(page: Page) -> None:
    """Ask for a link with what the browser takes for an address, and dondoc does not."""
    await page.locator("#address").fill("thanh.tra@hue_example")
    await page.locator("main button").click()


def operator(fakes: Fakes) -> None:
    """Whoever signs in looks after the machinery."""
    fakes.reading.people.known = OPERATOR
