"""Every page in every situation: accessible, narrow, zoomed, and asking nobody else for anything."""

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Browser, BrowserContext, Page, Response, expect

from tests.browser.serving import Fakes, serving
from tests.browser.sights import DESK, OFFICER, PARTS, PHONE, SIGHTS, show

pytestmark = pytest.mark.asyncio(loop_scope="session")

ZOOMED = 640
"""What 1280 pixels are at 200 %."""
WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
AXE = Axe()
MOST_BYTES = 60 * 1024
_REACHABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
MARK = f"""
document.querySelectorAll("{_REACHABLE}").forEach((item, number) => {{
  item.dataset.mark = number + " " + item.outerHTML.slice(0, 60);
}})
"""
WANTED = "[...document.querySelectorAll('[data-mark]')].filter(it => it.checkVisibility()).map(it => it.dataset.mark)"
FOCUSED = """
(() => {
  const style = getComputedStyle(document.activeElement);
  return [document.activeElement.dataset.mark ?? null, style.outlineStyle !== "none" && style.outlineWidth !== "0px"];
})()
"""


async def violations(page: Page) -> str:
    """What axe finds against WCAG 2.0, 2.1 and 2.2, levels A and AA; nothing where all is well."""
    results = await AXE.run(page, options=WCAG)
    return results.generate_report() if results.violations_count else ""


async def overflow(page: Page) -> float:
    """By how many pixels the page is wider than the window."""
    wide: float = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide


ON_A_PHONE = [(name, "vi", PHONE) for name in SIGHTS]
"""What most people see."""
ON_A_DESK = [pytest.param(name, "en", DESK, marks=pytest.mark.slow) for name in SIGHTS]


@pytest.mark.parametrize(("name", "language", "judged"), [*ON_A_PHONE, *ON_A_DESK])
async def test_a_page_is_for_everybody(browser: Browser, fakes: Fakes, name: str, language: str, judged: int) -> None:
    sight = SIGHTS[name]
    sight.arrange(fakes)
    async with serving(fakes.app()) as address, await browser.new_context() as context:
        await context.add_cookies([{"name": "language", "value": language, "url": address}])
        page = await context.new_page()
        asked: list[Response] = []
        page.on("response", lambda response: asked.append(response))
        await show(sight, page, address)
        assert await page.locator("html").get_attribute("lang") == language
        for width in (PHONE, ZOOMED, DESK):
            await page.set_viewport_size({"width": width, "height": 800})
            assert await overflow(page) == 0, width
        await page.set_viewport_size({"width": judged, "height": 800})
        assert await violations(page) == ""
        assert all(response.url.startswith(address) for response in asked)


@pytest.mark.parametrize("name", ["officer", "officer-forms", "register", "register-unit", "register-requirement"])
async def test_a_page_is_light(page: Page, fakes: Fakes, name: str) -> None:
    sight = (SIGHTS | PARTS)[name]
    sight.arrange(fakes)
    async with serving(fakes.app()) as address:
        asked: list[Response] = []
        page.on("response", lambda response: asked.append(response))
        await page.goto(address + sight.path, wait_until="networkidle")
        sizes = [await response.request.sizes() for response in asked]
    assert 1000 < sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes) < MOST_BYTES


@pytest.mark.parametrize("name", ["officer", "register"])
async def test_with_the_keyboard_alone_one_gets_everywhere_and_sees_where_one_is(
    scripted: BrowserContext, fakes: Fakes, name: str
) -> None:
    sight = SIGHTS[name]
    sight.arrange(fakes)
    async with serving(fakes.app()) as address:
        page = await scripted.new_page()
        await page.goto(address + sight.path)
        await page.evaluate(MARK)
        wanted: list[str] = await page.evaluate(WANTED)
        reached: list[str] = []
        while len(reached) <= len(wanted):
            await page.keyboard.press("Tab")
            mark, seen = await page.evaluate(FOCUSED)
            if mark is None:
                break
            assert seen, mark
            reached.append(mark)
        assert reached == wanted


async def test_the_keyboard_opens_a_form_and_leads_into_it(scripted: BrowserContext, fakes: Fakes) -> None:
    async with serving(fakes.app()) as address:
        page = await scripted.new_page()
        await page.goto(address + OFFICER)
        form = page.locator("#services-form")
        await form.locator("xpath=ancestor::details[1]/summary").focus()
        await page.keyboard.press("Enter")
        await page.keyboard.press("Tab")
        await expect(form.locator("textarea, input:not([type=hidden])").first).to_be_focused()


async def test_one_press_of_a_button_makes_the_page_english_and_back(page: Page, fakes: Fakes) -> None:
    async with serving(fakes.app()) as address:
        await page.goto(address + OFFICER)
        for button, language in (("English", "en"), ("Tiếng Việt", "vi")):
            await page.get_by_role("button", name=button).click()
            await expect(page.locator("html")).to_have_attribute("lang", language)
            assert page.url.startswith(address + OFFICER)


@pytest.mark.parametrize("name", ["officer", "register"])
async def test_a_page_is_the_same_with_and_without_scripts(
    page: Page, scripted: BrowserContext, fakes: Fakes, name: str
) -> None:
    sight = SIGHTS[name]
    sight.arrange(fakes)
    async with serving(fakes.app()) as address:
        other = await scripted.new_page()
        for tab in (page, other):
            await tab.goto(address + sight.path, wait_until="networkidle")
        assert await page.locator("body").text_content() == await other.locator("body").text_content()
        assert await other.locator("script").count() == 0
