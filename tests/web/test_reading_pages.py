"""The pages of the reading room: what they show, that all is noted, and that odd questions get a clear answer."""

from collections.abc import AsyncIterator
from html import unescape

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from models.reading import Light
from tests.texts.test_catalogue import VIETNAMESE
from tests.web import samples
from tests.web.fakes import FakeFiles
from tests.web.reading_fakes import AUDITOR, COOKIE, OPERATOR, SESSION, FakeReading

DIRECTIVE = f"/tra-cuu/van-ban/{samples.HEAD.directive_id}"
UNIT = f"/tra-cuu/don-vi/{samples.A_LUOI.code}"
LATE = f"/tra-cuu/nhiem-vu/{samples.CASCADE}/politics-plan@{samples.A_LUOI.code}"
PAGES = ("/tra-cuu/van-ban", DIRECTIVE, UNIT, LATE, "/tra-cuu/tim", "/tra-cuu/tim?unit=lưới", "/tra-cuu/ky-thuat")


@pytest.fixture
async def reader(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    """An auditor who is signed in."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    cookies = {COOKIE: SESSION}
    async with httpx.AsyncClient(transport=transport, base_url="http://dondoc.test", cookies=cookies) as client:
        yield client


@pytest.mark.parametrize("page", PAGES)
async def test_every_page_is_shown_and_noted(reader: httpx.AsyncClient, reading: FakeReading, page: str) -> None:
    answer = await reader.get(page)
    assert answer.status_code == 200
    assert "Đăng xuất" in answer.text
    assert reading.people.noted == [(AUDITOR.address, page)]


@pytest.mark.parametrize("page", PAGES)
async def test_what_cannot_be_noted_is_not_shown(reader: httpx.AsyncClient, reading: FakeReading, page: str) -> None:
    reading.people.down = True
    answer = await reader.get(page)
    assert answer.status_code == 503
    assert samples.A_LUOI.short_name not in unescape(answer.text)


@pytest.mark.parametrize("page", PAGES)
async def test_whoever_is_not_signed_in_is_led_to_the_door(
    client: httpx.AsyncClient, reading: FakeReading, page: str
) -> None:
    answer = await client.get(page)
    assert (answer.status_code, answer.headers["location"]) == (303, "/tra-cuu")
    assert reading.people.noted == []


async def test_a_session_that_has_ended_is_told(client: httpx.AsyncClient) -> None:
    client.cookies.set(COOKIE, "another")
    answer = await client.get("/tra-cuu/van-ban", follow_redirects=True)
    assert "Phiên đăng nhập đã kết thúc" in unescape(answer.text)


async def test_a_directive_shows_the_reports_that_were_issued_with_their_hashes(reader: httpx.AsyncClient) -> None:
    html = unescape((await reader.get(f"/tra-cuu/van-ban/{samples.HEAD.directive_id}")).text)
    assert "Báo cáo đã lập" in html
    assert all(sha256 in html for sha256 in samples.INTERIM.files.values())


async def test_the_tree_has_lights_that_are_there_without_colours(reader: httpx.AsyncClient) -> None:
    text = unescape((await reader.get(DIRECTIVE)).text)
    assert all(f"lamp-{light}" in text for light in Light)
    assert "Quá hạn hoặc không hoàn thành" in text
    assert text.count("<details") - text.count('<details class="more"') == 1 + len(samples.DISTRICTS)
    assert "UBND xã 3" in text


async def test_of_a_large_tree_one_register_is_shown(reader: httpx.AsyncClient, reading: FakeReading) -> None:
    reading.room.large = True
    text = unescape((await reader.get(DIRECTIVE)).text)
    assert "Xem 80 đơn vị cấp dưới" in text
    assert "UBND xã 80" not in text
    chosen = unescape((await reader.get(f"{DIRECTIVE}?so=908-{samples.A_LUOI.code}")).text)
    assert chosen.count("UBND xã 80") == 1


async def test_an_obligations_life_has_its_delay_its_files_hashes_and_its_story(reader: httpx.AsyncClient) -> None:
    text = unescape((await reader.get(LATE)).text)
    assert "Chậm 3 ngày làm việc." in text
    assert "tại đơn vị 70" in text
    assert samples.PLAN_FILE.sha256 in text
    assert "quá hạn 2 ngày làm việc" in text
    assert f"{LATE}/file/{samples.PLAN_FILE.sha256}" in text


async def test_a_file_is_saved_never_shown_and_noted(
    reader: httpx.AsyncClient, reading: FakeReading, files: FakeFiles
) -> None:
    files.path(samples.PLAN_FILE.sha256).write_bytes(b"%PDF-1.7")
    for home in (LATE, DIRECTIVE):
        answer = await reader.get(f"{home}/file/{samples.PLAN_FILE.sha256}")
        assert answer.content == b"%PDF-1.7"
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert reading.people.noted[-1] == (AUDITOR.address, f"{home}/file/{samples.PLAN_FILE.sha256}")


@pytest.mark.parametrize(
    "page",
    [
        "/tra-cuu/van-ban/none",
        "/tra-cuu/don-vi/none",
        f"/tra-cuu/nhiem-vu/{samples.CASCADE}/none@none",
        f"{LATE}/file/none",
        f"{LATE}/file/{'0' * 64}",
        f"{DIRECTIVE}/file/{'0' * 64}",
    ],
)
async def test_what_is_not_there_is_said_so_and_noted(
    reader: httpx.AsyncClient, reading: FakeReading, page: str
) -> None:
    answer = await reader.get(page)
    assert answer.status_code == 404
    assert "Không tìm thấy trang" in unescape(answer.text)
    assert reading.people.noted == [(AUDITOR.address, f"astray {page}")]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("light=blue", "Không có tình trạng “blue”"),
        ("text=a", "Nhập ít nhất 2 ký tự."),
        (f"text={'a' * 201}", "Dài quá 200 ký tự."),
        ("unit=a%00b", "Có ký tự không hợp lệ."),
        ("from=2020-01-01", "Không có điều kiện tìm kiếm “from”."),
        ("text=&unit=", "Nhập ít nhất một điều kiện tìm kiếm."),
    ],
)
async def test_odd_searches_are_named_and_nothing_is_looked_for(
    reader: httpx.AsyncClient, reading: FakeReading, query: str, words: str
) -> None:
    answer = await reader.get(f"/tra-cuu/tim?{query}")
    assert answer.status_code == 422
    assert words in unescape(answer.text)
    assert reading.room.searches == []


async def test_a_search_for_what_is_nowhere_says_which_field(reader: httpx.AsyncClient, reading: FakeReading) -> None:
    reading.room.unknown = ("unit",)
    text = unescape((await reader.get("/tra-cuu/tim?unit=mars")).text)
    assert "Không có gì phù hợp với điều kiện này." in text


async def test_an_operator_sees_the_machinery_and_is_led_there(reader: httpx.AsyncClient, reading: FakeReading) -> None:
    reading.people.known = OPERATOR
    led = await reader.get("/tra-cuu/van-ban")
    assert led.headers["location"] == "/tra-cuu/ky-thuat"
    text = unescape((await reader.get("/tra-cuu/ky-thuat")).text)
    assert "12.345" in text
    assert "/tra-cuu/tim" not in text
    assert (await reader.get("/tra-cuu/tim?text=kế")).status_code == 404


@pytest.mark.parametrize("page", [*PAGES, "/tra-cuu/van-ban/none"])
async def test_english_pages_are_english(reader: httpx.AsyncClient, page: str) -> None:
    reader.cookies.set("language", "en")
    text = unescape((await reader.get(page)).text)
    assert '<html lang="en">' in text
    assert "Sign out" in text
    assert not VIETNAMESE.search(text.partition("<h1>")[0].replace("Tiếng Việt", "").partition("</title>")[2])


def test_nothing_on_these_pages_can_change_anything(app: Starlette) -> None:
    posts = {
        route.path
        for route in app.routes
        if isinstance(route, Route) and route.path.startswith("/tra-cuu") and set(route.methods or ()) - {"GET", "HEAD"}
    }
    assert posts == {"/tra-cuu/dang-nhap", "/tra-cuu/vao/{token}", "/tra-cuu/dang-xuat"}
