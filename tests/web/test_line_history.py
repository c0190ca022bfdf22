"""What became of a line that somebody stepped in on, or that came from another unit."""

from datetime import UTC, date, datetime

import httpx

from models.obligation import Inherited, State
from rules.calendar import day_end
from tests.web import samples
from tests.web.fakes import FakePages
from tests.web.stepping import HOME, HUE, OPEN, PAUSED, QUANG_DIEN, REASON, register


async def test_a_line_tells_what_became_of_it(client: httpx.AsyncClient, pages: FakePages) -> None:
    put_off = {"due": day_end(date(2020, 11, 30)), "original_due": OPEN.due, "extensions": 2, "reason": REASON}
    inherited = (Inherited(unit="9", document=samples.plan_document(), accepted=True), Inherited(unit="8"))
    pages.register = register(
        OPEN.model_copy(update=put_off),
        PAUSED,
        samples.line("radio", HUE, State.TRANSFERRED, moved_to=(QUANG_DIEN.code,)),
        samples.line("inspection", HUE, inherited=inherited),
        names={"9": "UBND xã Hồng Hạ", "8": "UBND xã A Ngo", QUANG_DIEN.code: QUANG_DIEN.short_name},
    )
    html = (await client.get(f"{HOME}?unit={HUE.code}")).text
    for told in (
        "Thời hạn ban đầu 31/08/2020, đã gia hạn 2 lần.",
        f"Lý do điều chỉnh: {REASON}",
        "Tạm dừng từ 08:05 ngày 25/10/2020.",
        f"Đã chuyển cho: {QUANG_DIEN.short_name}.",
        "Tiếp nhận từ UBND xã Hồng Hạ; đơn vị này đã có văn bản",
        "Tiếp nhận từ UBND xã A Ngo.",
    ):
        assert told in html, told


async def test_a_new_day_that_is_earlier_is_no_extension(client: httpx.AsyncClient, pages: FakePages) -> None:
    earlier = {"due": datetime(2020, 8, 14, 17, tzinfo=UTC), "original_due": OPEN.due}
    pages.register = register(OPEN.model_copy(update=earlier))
    html = (await client.get(f"{HOME}?unit={HUE.code}")).text
    assert "Thời hạn ban đầu 31/08/2020." in html
    assert "gia hạn" not in html
