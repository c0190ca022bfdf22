"""Who is silent, unacknowledged, unreachable or late, and chasing them."""

import re
from datetime import timedelta

import httpx
import pytest

from models.command import Chase
from models.obligation import State
from models.pages import RegisterPage
from models.register import ObligationLine
from models.saved import Printed
from rules.refusals import WORDS, Reason, Refused
from tests.web import kinds, samples
from tests.web.changing import ChangingCascades
from tests.web.fakes import REGISTER_TOKEN, FakePages, FakePapers
from tests.web.posting import COMMAND
from web.ports import Unreachable

HOME = f"/s/{REGISTER_TOKEN}"
HUE, PHONG_DIEN, QUANG_DIEN, PHU_VANG = (samples.unit(district) for district in samples.DISTRICTS[:4])
SILENT = [samples.line(name, HUE, acknowledged_at=None) for name in ("services", "review-programmes")]
HEARD = [
    samples.submitted("annual-plan", PHONG_DIEN, state=State.ACCEPTED),
    samples.line("review-programmes", PHONG_DIEN, acknowledged_at=None),
]
BOUNCED = samples.line("review-programmes", QUANG_DIEN, acknowledged_at=None)
LATE = samples.line("annual-plan", PHU_VANG, escalations=2, chased_at=samples.AT - timedelta(days=9))
LINES = (*SILENT, *HEARD, BOUNCED, LATE)
WHY = "550 5.1.1 không có hộp thư này"


def register(*lines: ObligationLine, **changed: object) -> RegisterPage:
    page = samples.register_page(*(lines or LINES))
    return page.model_copy(update={"unreachable": {QUANG_DIEN.code: WHY}} | changed)


@pytest.fixture(autouse=True)
def behind(pages: FakePages) -> None:
    pages.register = register()


@pytest.fixture
def cascades(pages: FakePages) -> ChangingCascades:
    return ChangingCascades(pages)


def chased(*units: str) -> RegisterPage:
    """The register after these units were chased for all they owe."""
    owing = {State.OPEN, State.RETURNED}
    return register(
        *(
            line.model_copy(update={"chased_at": samples.AT}) if line.unit in units and line.state in owing else line
            for line in LINES
        )
    )


async def chase(client: httpx.AsyncClient, form: str, *units: str, **typed: str) -> httpx.Response:
    return await client.post(f"{HOME}/chase", data={"command": COMMAND, "form": form, "unit": list(units), **typed})


def part(html: str, name: str) -> str:
    return html.partition(f'<details class="group" id="{name}"')[2].partition("</details>")[0]


async def test_every_unit_stands_in_the_list_it_belongs_to(client: httpx.AsyncClient) -> None:
    html = (await client.get(HOME)).text
    expected = {
        "unreachable": {QUANG_DIEN},
        "silent": {HUE},
        "unacknowledged": {PHONG_DIEN},
        "overdue": {HUE, PHU_VANG},
    }
    for name, offices in expected.items():
        shown = {office for office in (HUE, PHONG_DIEN, QUANG_DIEN, PHU_VANG) if office.short_name in part(html, name)}
        assert shown == offices, name
    assert WHY in part(html, "unreachable")
    assert f'href="{HOME}?unit={QUANG_DIEN.code}#nguoi-phu-trach"' in part(html, "unreachable")
    assert "2 nhiệm vụ" in part(html, "silent")
    assert "Đã đôn đốc 2 lần; đôn đốc gần nhất lúc 08:05 ngày 19/10/2020." in part(html, "overdue")


@pytest.mark.parametrize("raised", [kinds.obstacle(unit=HUE.code), kinds.recommendation(unit=HUE.code)])
async def test_who_has_told_something_is_not_silent(
    client: httpx.AsyncClient, pages: FakePages, raised: object
) -> None:
    pages.register = register(recommendations=(raised,))
    html = (await client.get(HOME)).text
    assert part(html, "silent") == ""
    assert HUE.short_name in part(html, "unacknowledged")


@pytest.mark.parametrize(
    ("form", "units", "typed", "expected"),
    [
        ("silent", [HUE], {}, SILENT),
        ("overdue", [HUE, PHU_VANG], {}, [SILENT[0], LATE]),
        ("unacknowledged", [PHONG_DIEN], {"words": " Gửi trước thứ Sáu "}, [HEARD[1]]),
        ("unit", [HUE], {"at_unit": HUE.code}, SILENT),
        ("requirement", [HUE, QUANG_DIEN], {"at_requirement": "review-programmes"}, [SILENT[1], BOUNCED]),
    ],
)
async def test_units_are_chased_and_the_page_says_whom(
    client: httpx.AsyncClient,
    cascades: ChangingCascades,
    form: str,
    units: list[object],
    typed: dict[str, str],
    expected: list[ObligationLine],
) -> None:
    codes = [office.code for office in (HUE, PHONG_DIEN, QUANG_DIEN, PHU_VANG) if office in units]
    cascades.afterwards = chased(*codes)
    answer = await chase(client, form, *codes, **typed)
    assert answer.status_code == 303
    (command,) = cascades.sent
    assert isinstance(command, Chase)
    assert (command.id, command.at) == (COMMAND, samples.AT)
    assert set(command.obligations) == {line.key for line in expected}
    assert command.words == typed.get("words", "").strip()
    html = (await client.get(answer.headers["location"])).text
    assert f"Đã đôn đốc {len(codes)} đơn vị" in html
    banner = html.partition("<h2>Đã đôn đốc")[2].partition("</p>")[0]
    assert all(office.short_name in banner for office in (HUE, PHU_VANG) if office.code in codes)
    assert "Số ghi sổ: 45." in banner


async def test_who_was_chased_today_is_not_offered_again(client: httpx.AsyncClient, pages: FakePages) -> None:
    pages.register = chased(HUE.code)
    html = (await client.get(HOME)).text
    assert "Hôm nay đã đôn đốc." in part(html, "silent")
    assert "/chase" not in part(html, "silent")
    assert re.findall(r'name="unit" value="([^"]+)"', part(html, "overdue")) == [PHU_VANG.code]
    for place in (f"?unit={HUE.code}", "?requirement=services"):
        sheet = (await client.get(HOME + place)).text
        assert "Hôm nay đã đôn đốc" in sheet
        assert "/chase" not in sheet


async def test_chased_by_somebody_else_meanwhile_is_refused_with_when(
    client: httpx.AsyncClient, cascades: ChangingCascades
) -> None:
    cascades.answer = Refused(Reason.CHASED_TODAY)
    cascades.afterwards = chased(HUE.code)
    answer = await chase(client, "silent", HUE.code)
    assert answer.status_code == 409
    assert WORDS[Reason.CHASED_TODAY] in answer.text
    assert f"{HUE.short_name}: hôm nay đã đôn đốc lúc 08:05 ngày 28/10/2020." in answer.text


async def test_who_is_done_meanwhile_is_named(client: httpx.AsyncClient, cascades: ChangingCascades) -> None:
    handed_in = samples.submitted("annual-plan", PHU_VANG)
    lines = (*(line.model_copy(update={"chased_at": samples.AT}) for line in SILENT), handed_in)
    cascades.afterwards = register(*lines)
    answer = await chase(client, "overdue", HUE.code, PHU_VANG.code)
    html = (await client.get(answer.headers["location"])).text
    assert "Đã đôn đốc 1 đơn vị" in html
    assert f"{PHU_VANG.short_name}: không còn nhiệm vụ nào phải thực hiện." in html


async def test_a_button_pressed_twice_says_who_was_chased_today(
    client: httpx.AsyncClient, pages: FakePages, cascades: ChangingCascades
) -> None:
    pages.register = chased(HUE.code)
    answer = await chase(client, "silent", HUE.code)
    html = (await client.get(answer.headers["location"])).text
    assert f"{HUE.short_name}: hôm nay đã đôn đốc lúc" in html
    assert len(cascades.sent) == 1


async def test_nobody_ticked_is_said_and_the_words_stay(client: httpx.AsyncClient, cascades: ChangingCascades) -> None:
    answer = await chase(client, "overdue", words="Gửi trước thứ Sáu")
    assert answer.status_code == 422
    assert answer.text.count("Chọn ít nhất một đơn vị.") == 2
    assert "Gửi trước thứ Sáu</textarea>" in answer.text
    cascades.answer = Unreachable("Temporal", "127.0.0.1:7233", "no answer")
    answer = await chase(client, "overdue", PHU_VANG.code, words="Gửi trước thứ Sáu")
    assert answer.status_code == 503
    assert "Gửi trước thứ Sáu</textarea>" in answer.text
    checked = re.findall(r'name="unit" value="([^"]+)" checked', part(answer.text, "overdue"))
    assert checked == [PHU_VANG.code]


@pytest.mark.parametrize(("form", "unit", "status"), [("x", HUE.code, 400), ("silent", "x", 409)])
async def test_a_form_that_is_not_on_the_page_is_refused(
    client: httpx.AsyncClient, cascades: ChangingCascades, form: str, unit: str, status: int
) -> None:
    assert (await chase(client, form, unit)).status_code == status
    assert cascades.sent == []


async def test_units_that_only_take_part_and_the_keeper_himself_are_not_pressed(
    client: httpx.AsyncClient, pages: FakePages, cascades: ChangingCascades
) -> None:
    helping = samples.line("services", HUE, coordinating=True, acknowledged_at=None)
    own = samples.line("services", samples.ISSUER, acknowledged_at=None)
    pages.register = register(helping, own, unreachable={})
    assert 'id="don-doc"' not in (await client.get(HOME)).text
    assert (await chase(client, "silent", HUE.code, samples.ISSUER.code)).status_code == 409
    assert cascades.sent == []


async def test_only_the_unit_that_keeps_the_register_chases(
    client: httpx.AsyncClient, pages: FakePages, cascades: ChangingCascades
) -> None:
    pages.register = register(reviewer=samples.A_LUOI)
    html = (await client.get(HOME)).text
    assert "/chase" not in html
    assert "Chưa có hồi âm" not in html
    assert PHU_VANG.short_name in part(html, "overdue")
    assert (await chase(client, "overdue", PHU_VANG.code)).status_code == 409
    pages.register = register(closed=True)
    assert "/chase" not in (await client.get(HOME)).text
    assert WORDS[Reason.CLOSED] in (await chase(client, "overdue", PHU_VANG.code)).text
    assert cascades.sent == []


async def test_the_letter_to_a_unit_that_was_chased_can_be_saved(
    client: httpx.AsyncClient, pages: FakePages, papers: FakePapers
) -> None:
    address = f"{HOME}/letter/{PHU_VANG.code}"
    html = (await client.get(HOME)).text
    assert f'href="{address}"' in part(html, "overdue")
    assert f"{HOME}/letter/{HUE.code}" not in html  # never chased
    assert (await client.get(address)).status_code == 404
    papers.printed[PHU_VANG.code] = Printed(name="Đôn đốc.docx", media_type="application/msword", content=b"docx")
    answer = await client.get(address)
    assert answer.content == b"docx"
    assert answer.headers["content-disposition"].startswith("attachment")
    pages.register = register(reviewer=samples.A_LUOI)
    assert "/letter/" not in (await client.get(HOME)).text
