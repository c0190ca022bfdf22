import asyncio
from html import unescape

import httpx
import pytest

from tests.web.fakes import OFFICER_TOKEN, REGISTER_TOKEN, FakeCascades, FakePages

PAGES = [f"/v/{OFFICER_TOKEN}", f"/s/{REGISTER_TOKEN}"]
ASTRAY = ["/", "/v/never-issued-0123456789"]


@pytest.mark.parametrize("path", PAGES + ASTRAY)
async def test_one_press_turns_every_page_into_english_and_one_turns_it_back(
    client: httpx.AsyncClient, cascades: FakeCascades, path: str
) -> None:
    first = await client.get(path)
    assert '<html lang="vi">' in first.text
    assert first.headers["content-language"] == "vi"
    assert 'method="post" action="?language=en"' in first.text
    pressed = await client.post(f"{path}?language=en")
    assert (pressed.status_code, pressed.headers["location"]) == (303, path)
    assert pressed.headers["referrer-policy"] == "no-referrer"
    english = await client.get(path)
    assert '<html lang="en">' in english.text
    assert english.headers["content-language"] == "en"
    assert 'method="post" action="?language=vi"' in english.text
    await client.post(f"{path}?language=vi")
    again = await client.get(path)
    assert (again.headers["content-language"], len(again.text)) == ("vi", len(first.text))
    assert cascades.sent == []


async def test_what_the_address_asked_for_is_shown_again(client: httpx.AsyncClient) -> None:
    address = f"{PAGES[1]}?unit=480-ldtbxh&requirement=%22%C4%91%22"
    shown = (await client.get(f"{address}&language=vi")).text
    action = "?unit=480-ldtbxh&amp;requirement=%22%C4%91%22&amp;language=en"
    assert f'action="{action}"' in shown
    pressed = await client.post(PAGES[1] + unescape(action))
    assert pressed.headers["location"] == address


async def test_only_the_press_sets_a_cookie_and_it_is_for_us_alone(client: httpx.AsyncClient) -> None:
    for way in ("GET", "HEAD"):
        answer = await client.request(way, f"{PAGES[0]}?language=en")
        assert "set-cookie" not in answer.headers
        assert answer.headers["content-language"] == "vi"
    cookie = (await client.post(f"{PAGES[0]}?language=en")).headers["set-cookie"]
    assert cookie == "language=en; HttpOnly; Max-Age=31536000; Path=/; SameSite=lax"
    safe = await client.post(f"https://dondoc.test{PAGES[0]}?language=en")
    assert safe.headers["set-cookie"].endswith("; Secure")


@pytest.mark.parametrize("path", ["//evil.example/x", "/%2Fevil.example", "/%5Cevil.example", "/\\evil.example", "//"])
async def test_the_way_back_never_leaves_our_host(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.post(f"http://dondoc.test{path}?language=en")
    location = answer.headers["location"]
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert httpx.URL("http://dondoc.test/v/x").join(location).host == "dondoc.test"


@pytest.mark.parametrize("said", ["fr", "", "english", "VI"])
async def test_a_language_we_do_not_write_is_left_alone(client: httpx.AsyncClient, said: str) -> None:
    client.cookies.set("language", said)
    assert (await client.get(PAGES[0])).headers["content-language"] == "vi"
    answer = await client.post(f"{PAGES[0]}", params={"language": said})
    assert answer.status_code == 405
    assert "set-cookie" not in answer.headers


async def test_readers_of_different_languages_do_not_disturb_each_other(client: httpx.AsyncClient) -> None:
    async def read(language: str) -> str:
        cookie = {"Cookie": f"language={language}"}
        return (await client.get(PAGES[0], headers=cookie)).headers["content-language"]

    said = ["en", "vi"] * 3
    assert await asyncio.gather(*map(read, said)) == said


async def test_a_fault_of_ours_is_told_in_the_language_of_the_reader(
    client: httpx.AsyncClient, pages: FakePages, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: str) -> None:
        raise RuntimeError

    monkeypatch.setattr(pages, "link", fail)
    client.cookies.set("language", "en")
    answer = await client.get(PAGES[0])
    assert answer.status_code == 500
    assert '<html lang="en">' in answer.text
    assert answer.headers["content-language"] == "en"
