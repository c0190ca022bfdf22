"""What people read of something that is paused, released or gone to another unit, and of why it is late."""

import re
from datetime import timedelta

import httpx
import pytest

from models.obligation import Hands, Inherited, State
from models.register import ObligationLine
from reports.marks import MARKS, mark
from rules.words import STATES
from tests.web import samples
from tests.web.fakes import REGISTER_TOKEN, FakePages
from tests.web.posting import HOME
from web.figures import figures
from web.heat import Heat, heat

REASON = "chờ hướng dẫn của tỉnh"
DAY = 86_400_000_000
OTHER = samples.unit("huyện Nam Đông")


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_words_a_mark_and_a_colour(state: State) -> None:
    line = samples.line(state=state)
    assert STATES[state]
    assert mark(line) in MARKS
    assert heat(line) in Heat


def test_what_stands_still_is_asked_but_neither_done_nor_overdue() -> None:
    late = samples.line("services", state=State.SUSPENDED)
    gone = samples.line("labour-code", state=State.TRANSFERRED)
    waived = samples.line("training", state=State.WAIVED)
    found = figures([late, gone, waived, samples.line("services")])
    assert (found.asked, found.done, found.overdue) == (2, 0, 1)
    counts = {row.label: row.counts for row in found.rows}
    assert counts["Đã chuyển giao"] == counts["Được miễn thực hiện"] == (None,) * 4
    assert sum(count or 0 for count in counts["Tạm dừng"]) == 1


@pytest.mark.parametrize(
    ("state", "title", "words"),
    [
        (
            State.SUSPENDED,
            "Tạm dừng",
            "Nhiệm vụ đang tạm dừng; đơn vị chưa phải thực hiện, thời hạn được tính tiếp",
        ),
        (State.WAIVED, "Không phải thực hiện", "Đơn vị được miễn thực hiện nhiệm vụ."),
        (State.TRANSFERRED, "Không phải thực hiện", "Nhiệm vụ đã được chuyển cho đơn vị khác; đơn vị chỉ xem"),
    ],
)
async def test_an_officer_reads_why_nothing_is_to_be_done_and_is_asked_for_nothing(
    client: httpx.AsyncClient, pages: FakePages, state: State, title: str, words: str
) -> None:
    asking = ("/submit", "?ask=", "?tell=", "quá hạn 41 ngày làm việc")
    pages.officer = samples.officer_page(samples.line("services"))
    owed = (await client.get(HOME)).text.lower()
    assert [found for found in asking if found in owed] == list(asking)
    line = samples.line("services", state=state, reason=REASON, suspended_at=samples.AT)
    pages.officer = samples.officer_page(line)
    html = (await client.get(HOME)).text
    assert f"{title}</h2>" in html or f"{title} (" in html
    assert words in html
    assert REASON in html
    assert [found for found in asking if found in html.lower()] == []


async def test_the_old_unit_reads_who_has_it_now_and_the_new_one_from_whom_it_comes_with_what(
    client: httpx.AsyncClient, pages: FakePages
) -> None:
    gone = samples.line("services", state=State.TRANSFERRED, moved_to=(OTHER.code,), reason="Nghị quyết 1675")
    brought = Inherited(unit=OTHER.code, document=samples.plan_document())
    mine = samples.line("labour-code", inherited=(brought,))
    page = samples.officer_page(gone, mine)
    pages.officer = page.model_copy(update={"names": {OTHER.code: OTHER.short_name}})
    html = (await client.get(HOME)).text
    assert f"Đã chuyển cho: {OTHER.short_name}." in html
    assert "Nghị quyết 1675" in html
    assert f"Tiếp nhận từ {OTHER.short_name}" in html
    assert "45/KH-UBND" in html


def late() -> ObligationLine:
    hands = Hands(until=samples.AT - timedelta(days=10), above=20 * DAY, unit=5 * DAY, reviewer=DAY // 2)
    return samples.line("services", hands=hands)


async def test_whose_hands_something_late_was_in_stands_with_it(client: httpx.AsyncClient, pages: FakePages) -> None:
    pages.officer = samples.officer_page(late(), samples.line("action-month-plan", hands=late().hands))
    pages.register = samples.register_page(late())
    words = "Tổng thời gian 35,5 ngày: chờ văn bản của cấp trên 20; tại đơn vị 15; chờ xác nhận 0,5."
    officer = (await client.get(HOME)).text
    register = (await client.get(f"/s/{REGISTER_TOKEN}?unit={samples.A_LUOI.code}")).text
    assert officer.count(words) == register.count(words) == 1


@pytest.mark.parametrize("state", [State.SUSPENDED, State.UNFULFILLED])
async def test_the_sheet_of_a_requirement_has_a_part_of_its_bar_for_what_is_paused_or_was_when_its_register_closed(
    client: httpx.AsyncClient, pages: FakePages, state: State
) -> None:
    paused = samples.line("services", state=state, suspended_at=samples.AT - timedelta(days=100))
    pages.register = samples.register_page(paused, samples.line("services", OTHER))
    html = (await client.get(f"/s/{REGISTER_TOKEN}?requirement=services")).text
    assert re.search(r'class="bar-suspended" x="50\.0%" width="50\.0%"', html)
    assert "Tạm dừng: <b>1</b>" in html
