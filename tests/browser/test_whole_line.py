"""People at real pages on the whole line: a phone of 320 x 640 that runs no scripts, and a desk beside it."""

import hashlib
from datetime import UTC, date, datetime

import pytest
from playwright.async_api import BrowserContext, Page, expect

import naming
from models.command import Receipt
from models.obligation import State
from rules.calendar import day_end
from store.files import FileStore
from tests import small
from tests.browser.hands import PLAN, choose_file, fill, form, press, unfold
from tests.browser.whole import Issued, Whole
from tests.waiting import eventually
from tests.web import contents

pytestmark = pytest.mark.asyncio(loop_scope="session")

HIGH, LOW = f"plan@{small.HIGH}", f"plan@{small.LOW}"
_ADDRESSES = """
[...document.querySelectorAll('[href], [src], [action]')].map(it => (it.href || it.src || it.action).split('#')[0])
"""
OFFICER, REVIEWER = f"{small.HIGH}@nho.example", "so@nho.example"


async def hand_in(page: Page, key: str = HIGH, content: bytes = contents.PDF) -> None:
    """Fill in the form of a plan with a file, and press its button."""
    filled = form(page, "submit", obligation=key)
    await fill(filled, **PLAN)
    await choose_file(filled, "Kế hoạch năm.pdf", content)
    await press(filled)


async def handed_in(issued: Issued, whole: Whole, *keys: str) -> None:
    """Have answers on record without anybody at a page."""
    file = FileStore(whole.settings.files).put(contents.PDF, "Kế hoạch.pdf", "application/pdf")
    handle = whole.client.get_workflow_handle(naming.cascade_id(issued.directive_id, small.TOP))
    for key in keys:
        made = small.submit(key, issued.clock.business(datetime.now(UTC)), id_=f"submit {key}")
        command = made.model_copy(update={"answer": made.answer.model_copy(update={"files": (file,)})})
        await handle.execute_update(command.kind, command, id=command.id, result_type=Receipt)


async def test_an_answer_with_a_file_is_handed_in_from_a_phone(page: Page, issued: Issued) -> None:
    await page.goto(await issued.link(OFFICER, "assignment"))
    await hand_in(page)
    await expect(page.get_by_role("status")).to_be_visible()
    line = issued.line(HIGH)
    assert (line.state, line.submissions) == (State.SUBMITTED, 1)
    assert [file.sha256 for file in line.files] == [hashlib.sha256(contents.PDF).hexdigest()]
    await expect(page.get_by_role("link", name="Kế hoạch năm.pdf")).to_be_visible()


async def test_a_returned_answer_is_mended_and_handed_in_again(page: Page, issued: Issued, whole: Whole) -> None:
    await handed_in(issued, whole, HIGH)
    await page.goto(await issued.link(REVIEWER, "register"))
    returning = page.locator(f"[id='{HIGH}-return-form']")
    await fill(returning, comment="Đề nghị bổ sung dự toán kinh phí.")
    await press(returning)
    await page.goto(await issued.link(OFFICER, "returned"))
    await expect(page.get_by_text("Đề nghị bổ sung dự toán kinh phí.")).to_be_visible()
    await hand_in(page)
    line = issued.line(HIGH)
    assert (line.state, line.submissions, line.returned) == (State.SUBMITTED, 2, 1)


async def test_more_time_is_asked_for_and_granted(page: Page, issued: Issued) -> None:
    await page.goto(await issued.link(OFFICER, "assignment"))
    await page.locator("#plan").get_by_role("link", name="Đề nghị lùi, giãn thời hạn").click()
    asking = form(page, "ask", obligation=HIGH)
    await fill(asking, request="more_time", reason="Chờ Hội đồng nhân dân huyện họp.", until="15/04/2020")
    await press(asking)
    await page.goto(await issued.link(REVIEWER, "register"))
    await expect(page.get_by_text("Chờ Hội đồng nhân dân huyện họp.")).to_be_visible()
    granting = page.locator("form[id$='-grant-form']")
    await unfold(granting)
    await expect(granting.locator("[name=until]")).to_have_value("15/04/2020")
    await press(granting)
    line = issued.line(HIGH)
    assert (line.due, line.extensions) == (day_end(date(2020, 4, 15)), 1)
    await page.goto(await issued.link(OFFICER, "decided"))
    await expect(page.locator("#plan").get_by_text("15/04/2020").first).to_be_visible()


@pytest.mark.parametrize(("arrangement", "own_link"), [("successor", 410), ("colleague", 200)])
async def test_the_work_is_handed_to_a_colleague(page: Page, issued: Issued, arrangement: str, own_link: int) -> None:
    officer = await issued.link(OFFICER, "assignment")
    await page.goto(officer)
    forwarding = page.locator("#holder-forward-form")
    await fill(forwarding, name="Lê Thị Thu", email="thu@nho.example", arrangement=arrangement)
    await press(forwarding)
    theirs = await issued.link("thu@nho.example", "handover")
    shown = await page.goto(officer)
    assert shown is not None
    assert shown.status == own_link
    await page.goto(theirs)
    await hand_in(page)
    assert issued.line(HIGH).state is State.SUBMITTED


async def test_of_two_tabs_one_hands_in_and_the_other_says_how_things_stand(
    context: BrowserContext, issued: Issued
) -> None:
    link = await issued.link(OFFICER, "assignment")
    one, other = await context.new_page(), await context.new_page()
    for tab in (one, other):
        await tab.goto(link)
    await hand_in(one)
    await hand_in(other)
    await expect(other.get_by_role("alert")).to_be_visible()
    assert issued.line(HIGH).submissions == 1


async def test_a_decision_in_a_stale_tab_is_refused_with_what_changed(
    context: BrowserContext, issued: Issued, whole: Whole
) -> None:
    await handed_in(issued, whole, HIGH)
    link = await issued.link(REVIEWER, "register")
    one, other = await context.new_page(), await context.new_page()
    for tab in (one, other):
        await tab.goto(link)
    await press(one.locator(f"[id='{HIGH}-accept-form']"))
    returning = other.locator(f"[id='{HIGH}-return-form']")
    await fill(returning, comment="Chưa đủ.")
    await press(returning)
    await expect(other.get_by_role("alert")).to_be_visible()
    assert issued.line(HIGH).state is State.ACCEPTED


async def test_all_answers_of_a_kind_are_accepted_at_once(page: Page, issued: Issued, whole: Whole) -> None:
    await handed_in(issued, whole, HIGH, LOW)
    await page.goto(await issued.link(REVIEWER, "register"))
    await press(form(page, "accept-all", requirement="plan"))
    await expect(page.get_by_role("status")).to_be_visible()
    assert {issued.line(key).state for key in (HIGH, LOW)} == {State.ACCEPTED}


async def test_with_temporal_away_the_page_keeps_what_was_typed_and_the_retry_counts_once(
    page: Page, issued: Issued, whole: Whole
) -> None:
    await page.goto(await issued.link(OFFICER, "assignment"))
    await whole.wire.cut()
    try:
        await hand_in(page)
        told = page.get_by_role("alert")
        await expect(told).to_contain_text("Chưa ghi nhận")
        filled = form(page, "submit", obligation=HIGH)
        for name, typed in PLAN.items():
            await expect(filled.locator(f"[name={name}]")).to_have_value(typed)
        await expect(filled.get_by_text("Kế hoạch năm.pdf")).to_be_visible()
        assert issued.line(HIGH).submissions == 0
    finally:
        await whole.wire.mend()
    await press(filled)
    if await told.is_visible():
        await press(filled)
    line = issued.line(HIGH)
    assert (line.submissions, [file.name for file in line.files]) == (1, ["Kế hoạch năm.pdf"])


async def test_what_was_typed_survives_a_closed_browser(context: BrowserContext, issued: Issued) -> None:
    link = await issued.link(OFFICER, "assignment")
    first = await context.new_page()
    await first.goto(link)
    incomplete = form(first, "submit", obligation=HIGH)
    await fill(incomplete, number="12/KH-UBND", note="Còn chờ ký.")
    await press(incomplete, "Lưu nháp")
    await expect(first.get_by_role("status")).to_be_visible()
    await first.close()
    again = await context.new_page()
    await again.goto(link)
    kept = form(again, "submit", obligation=HIGH)
    await expect(kept.locator("[name=number]")).to_have_value("12/KH-UBND")
    await expect(kept.locator("[name=note]")).to_have_value("Còn chờ ký.")
    assert issued.line(HIGH).submissions == 0


async def test_a_machine_that_opens_everything_with_scripts_on_changes_nothing(
    scripted: BrowserContext, issued: Issued, whole: Whole
) -> None:
    await handed_in(issued, whole, HIGH)
    links = [
        await issued.link(OFFICER, "assignment"),
        await issued.link(f"{small.LOW}@nho.example", "assignment"),
        await issued.link(REVIEWER, "register"),
    ]
    before = issued.events()
    seen: set[str] = set()
    waiting = list(links)
    page = await scripted.new_page()
    while waiting:
        address = waiting.pop()
        if address in seen or not address.startswith(whole.settings.pages_url):
            continue
        seen.add(address)
        head = await scripted.request.head(address)
        assert head.status == 200, address
        if "text/html" in head.headers["content-type"]:
            await page.goto(address)
            waiting += await page.evaluate(_ADDRESSES)
        else:
            assert (await scripted.request.get(address)).status == 200, address
    assert len(seen) > len(links)
    assert issued.events() == before
    for link in links:
        shown = await page.goto(link)
        assert shown is not None
        assert shown.status == 200
    await press(form(page, "review", obligation=HIGH).first)

    async def accepted() -> bool:
        return issued.line(HIGH).state is State.ACCEPTED

    await eventually(accepted)
