"""A register in which somebody has stepped in, and how somebody does it on its sheets."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from playwright.async_api import Page

from models.obligation import Inherited, State, Timeliness
from models.pages import Escalated, RegisterPage
from rules.calendar import day_end
from tests.browser.hands import press, unfold
from tests.web import samples

DISTRICT = samples.unit(samples.DISTRICTS[1])
"""On whose sheet somebody steps in."""
_REASON = "Theo Công văn số 5100/UBND-VHXH ngày 20/10/2020: ưu tiên khắc phục hậu quả bão số 9."


def stepped_in(page: RegisterPage) -> RegisterPage:
    """A register after lines of one district were paused, put off, passed on and waived, and one came from another
    unit; and what two registers below have escalated."""
    heir = samples.unit(samples.DISTRICTS[0])
    moved = {"state": State.TRANSFERRED, "timeliness": Timeliness.NO_DEADLINE, "moved_to": (heir.code,)}
    changed: dict[str, dict[str, Any]] = {
        "services": {"state": State.SUSPENDED, "suspended_at": samples.AT - timedelta(days=2), "reason": _REASON},
        "review-programmes": {"due": day_end(date(2020, 12, 18)), "extensions": 2, "reason": _REASON},
        "training": moved | {"reason": _REASON},
        "inspection": {"state": State.WAIVED, "reason": _REASON},
        "radio": {"inherited": (Inherited(unit="475-vhtt", document=samples.plan_document(), accepted=True),)},
    }
    lines = tuple(
        line.model_copy(update={"original_due": line.due} | changed[line.requirement])
        if line.unit == DISTRICT.code and line.requirement in changed
        else line
        for line in page.lines
    )
    late = tuple(line for line in page.lines if line.requirement == "labour-code")
    earlier = datetime(2020, 10, 19, 1, tzinfo=UTC)
    escalated = (
        Escalated(at=samples.AT, keeper="481-ubnd", keeper_name="UBND huyện A Lưới", lines=late),
        Escalated(at=earlier, keeper="475-ubnd", keeper_name="UBND huyện Phong Điền", lines=late[:1]),
    )
    return page.model_copy(
        update={
            "lines": lines,
            "names": {heir.code: heir.short_name, "475-vhtt": "Phòng VHTT huyện Phong Điền"},
            "assignable": {unit.code: unit.short_name for unit in map(samples.unit, samples.DISTRICTS)},
            "escalated": escalated,
        }
    )


async def open_choice(page: Page) -> None:
    await unfold(page.locator("#choosing-form"))


async def about_to_set_dates(page: Page) -> None:
    await _choose(page, "set_due", "all")


async def dates_without_reason(page: Page) -> None:
    await about_to_set_dates(page)
    await press(page.locator("#stepping-form"))


async def about_to_accept_paper(page: Page) -> None:
    await _choose(page, "accept_paper", f"0:politics-communication@{DISTRICT.code}")


async def about_to_reassign(page: Page) -> None:
    await _choose(page, "reassign", "all")


async def _choose(page: Page, way: str, item: str) -> None:
    form = page.locator("#choosing-form")
    await unfold(form)
    await form.locator(f"input[value='{way}']").check()
    await form.locator(f"input[value='{item}']").check()
    await press(form)
