"""The report's page in a browser: for everybody, on every window, on paper, with scripts and without."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from models.summary import Summary
from reports.forms import write_html
from tests.browser.test_pages import overflow, violations
from tests.reports.edges import EDGES
from tests.reports.told import periodic

pytestmark = pytest.mark.asyncio(loop_scope="session")

SUMMARIES: dict[str, Callable[[], Summary]] = {
    "periodic": periodic,
    **{name: EDGES[name] for name in ("empty", "nothing due", "nasty", "long names")},
}
BRANCHES = "table.branches"


@pytest.fixture
def address(tmp_path: Path) -> str:
    """The page of a periodic report, as somebody opens it from a mail."""
    write_html(periodic(), tmp_path / "report.html")
    return (tmp_path / "report.html").as_uri()


async def column(page: Page, place: int) -> list[str]:
    cells: list[str] = await page.locator(f"{BRANCHES} tbody td:nth-child({place})").all_inner_texts()
    return cells


@pytest.mark.parametrize("name", SUMMARIES)
async def test_a_report_is_for_everybody(browser: Browser, tmp_path: Path, name: str) -> None:
    write_html(SUMMARIES[name](), tmp_path / "report.html")
    async with await browser.new_context() as context:
        page = await context.new_page()
        faults: list[str] = []
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        await page.goto((tmp_path / "report.html").as_uri())
        for width in (1280, 768, 320):
            await page.set_viewport_size({"width": width, "height": 800})
            assert await overflow(page) == 0, width
        assert await violations(page) == ""
        assert faults == []


async def test_a_click_sorts_a_table_and_another_turns_it_around(scripted: BrowserContext, address: str) -> None:
    page = await scripted.new_page()
    await page.goto(address)
    head = page.locator(f"{BRANCHES} th").nth(1)
    sums = await page.locator(f"{BRANCHES} tfoot td").all_inner_texts()
    given = await column(page, 2)
    await head.get_by_role("button").click()
    await expect(head).to_have_attribute("aria-sort", "ascending")
    rising = await column(page, 2)
    assert rising[0].startswith("Đơn vị khác")  # Đ comes before P, and all else begins with Phòng
    assert sorted(rising) == sorted(given)
    await head.get_by_role("button").press("Enter")
    await expect(head).to_have_attribute("aria-sort", "descending")
    assert await column(page, 2) == rising[::-1]
    assert await page.locator(f"{BRANCHES} tfoot td").all_inner_texts() == sums
    await expect(page.get_by_role("status")).to_contain_text("giảm dần")
    assert await page.locator(f"{BRANCHES} th[aria-sort]").count() == 1


async def test_numbers_are_sorted_as_numbers(scripted: BrowserContext, address: str) -> None:
    page = await scripted.new_page()
    await page.goto(address)
    await page.locator(f"{BRANCHES} th").first.get_by_role("button").click()
    assert await column(page, 1) == [str(place) for place in range(1, 11)]


async def test_without_scripts_all_is_there_and_nothing_pretends_to_work(page: Page, address: str) -> None:
    await page.goto(address)
    assert await page.locator("button").count() == 0
    assert await page.locator(f"{BRANCHES} tbody tr").count() == 10
    branch = page.locator("details details").first
    await expect(branch.locator("table")).not_to_be_visible()
    await branch.locator("summary").first.click()
    await expect(branch.locator("table")).to_be_visible()


async def test_on_paper_everything_is_open_and_heads_repeat_their_words(scripted: BrowserContext, address: str) -> None:
    page = await scripted.new_page()
    await page.goto(address)
    await page.emulate_media(media="print")
    await expect(page.locator("details details table").first).to_be_visible()
    shown = await page.locator(f"{BRANCHES} th button").first.evaluate("it => getComputedStyle(it).display")
    assert shown == "contents"
    assert await page.locator("tfoot").first.evaluate("it => getComputedStyle(it).display") == "table-row-group"
