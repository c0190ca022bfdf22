"""The door of the reading room: the same answer for everybody, links that machines do not use up, cookies."""

from html import unescape

import httpx
import pytest
from starlette.applications import Starlette

from tests.web.reading_fakes import AUDITOR, COOKIE, SESSION, SIGN_IN, FakeReading

LINK = f"/tra-cuu/vao/{SIGN_IN}"


async def test_the_answer_is_the_same_whoever_asks(client: httpx.AsyncClient, reading: FakeReading) -> None:
    answers = []
    for address in (AUDITOR.address, "ai.do@hue.example"):
        asked = await client.post("/tra-cuu/dang-nhap", data={"address": address})
        shown = await client.get(asked.headers["location"])
        answers.append((asked.status_code, dict(asked.headers), asked.content, shown.content))
    assert answers[0] == answers[1]
    assert "Nếu địa chỉ có trong danh sách" in unescape(answers[0][3].decode())
    assert reading.people.asked == [AUDITOR.address, "ai.do@hue.example"]
    assert reading.hurried == 2


@pytest.mark.parametrize("typed", ["", "binh", "binh@", "a@b\r\nBcc: c@d", "a" * 300 + "@hue.example"])
async def test_what_is_no_address_is_named(client: httpx.AsyncClient, reading: FakeReading, typed: str) -> None:
    answer = await client.post("/tra-cuu/dang-nhap", data={"address": typed})
    assert answer.status_code == 422
    assert "Nhập địa chỉ thư điện tử" in unescape(answer.text)
    assert reading.people.asked == []


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_a_machine_that_opens_a_link_uses_nothing_up(
    client: httpx.AsyncClient, reading: FakeReading, method: str
) -> None:
    for _ in range(3):
        answer = await client.request(method, LINK)
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
    assert reading.people.links == {SIGN_IN}


async def test_the_button_signs_in_once(client: httpx.AsyncClient, reading: FakeReading) -> None:
    answer = await client.post(LINK)
    assert (answer.status_code, answer.headers["location"]) == (303, "/tra-cuu/van-ban")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}={SESSION};")
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    assert (await client.get("/tra-cuu/van-ban")).status_code == 200
    assert reading.people.links == set()
    client.cookies.clear()
    again = await client.post(LINK)
    assert again.status_code == 410
    assert "set-cookie" not in again.headers
    assert "không còn hiệu lực" in unescape(again.text)


async def test_with_https_only_this_host_sets_the_cookie_and_only_https_carries_it(app: Starlette) -> None:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="https://dondoc.test") as client:
        cookie = (await client.post(LINK)).headers["set-cookie"]
        assert cookie.startswith(f"__Host-{COOKIE}=")
        assert {"Secure", "Path=/"} <= set(cookie.split("; "))
        assert "Domain" not in cookie
        assert (await client.get("/tra-cuu/van-ban")).status_code == 200


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}])
@pytest.mark.parametrize("button", [LINK, "/tra-cuu/dang-xuat"])
async def test_a_page_of_another_site_presses_no_button(
    client: httpx.AsyncClient, reading: FakeReading, button: str, headers: dict[str, str]
) -> None:
    client.cookies.set(COOKIE, SESSION)
    assert (await client.post(button, headers=headers)).status_code == 404
    assert reading.people.links == {SIGN_IN}
    assert reading.people.sessions == {SESSION}


async def test_signing_out_ends_the_session_and_takes_the_cookie_away(
    client: httpx.AsyncClient, reading: FakeReading
) -> None:
    client.cookies.set(COOKIE, SESSION)
    answer = await client.post("/tra-cuu/dang-xuat", follow_redirects=True)
    assert "Đã đăng xuất." in unescape(answer.text)
    assert reading.people.sessions == set()
    assert (await client.get("/tra-cuu/van-ban")).status_code == 303


async def test_whoever_is_signed_in_is_led_on_from_the_door(client: httpx.AsyncClient) -> None:
    client.cookies.set(COOKIE, SESSION)
    assert (await client.get("/tra-cuu")).headers["location"] == "/tra-cuu/van-ban"


@pytest.mark.parametrize("address", ["/tra-cuu/dang-nhap", "/tra-cuu/dang-xuat"])
async def test_the_address_of_a_button_opened_again_leads_to_the_door(client: httpx.AsyncClient, address: str) -> None:
    assert (await client.get(address)).headers["location"] == "/tra-cuu"


async def test_whoever_asks_too_often_waits(client: httpx.AsyncClient, reading: FakeReading) -> None:
    last = None
    for number in range(25):
        last = await client.post("/tra-cuu/dang-nhap", data={"address": f"a{number}@hue.example"})
    assert last is not None
    assert last.status_code == 429
    assert int(last.headers["retry-after"]) > 0
    assert len(reading.people.asked) == 20


async def test_a_link_stays_out_of_every_referrer_and_store(client: httpx.AsyncClient) -> None:
    headers = (await client.get(LINK)).headers
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
