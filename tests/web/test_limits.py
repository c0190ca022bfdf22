from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.web import samples
from tests.web.conftest import MAX_UPLOAD
from tests.web.fakes import OFFICER_TOKEN, FakeCascades, FakePages
from web.app import create_app
from web.limits import ADDRESS, ASTRAY, LINK, LINK_POSTS, LimitsMiddleware, address_key
from web.ports import Ports

KNOWN, OTHER = "/v/known-token-0123456789", "/s/other-token-0123456789"


@dataclass
class Clock:
    now: datetime = samples.REAL_NOW

    def pass_by(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def answering(scope: Scope, receive: Receive, send: Send) -> None:
    """Pages of which only some exist."""
    found = not scope["path"].startswith("/v/guessed")
    await PlainTextResponse("page", 200 if found else 404)(scope, receive, send)


@pytest.fixture
def limited(clock: Clock) -> ASGIApp:
    async def refuse(_: Request, seconds: int) -> Response:
        return PlainTextResponse(str(seconds), 429)

    return LimitsMiddleware(answering, now=lambda: clock.now, refuse=refuse)


def browser(app: ASGIApp, address: str = "203.0.113.7") -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, client=(address, 50_000))
    return httpx.AsyncClient(transport=transport, base_url="http://dondoc.test")


async def statuses(app: ASGIApp, count: int, path: str, method: str = "GET") -> list[int]:
    """The answers to so many requests from one address."""
    async with browser(app) as client:
        return [(await client.request(method, path)).status_code for _ in range(count)]


async def test_a_link_that_is_asked_without_end_waits_wherever_it_is_asked_from(limited: ASGIApp, clock: Clock) -> None:
    assert set(await statuses(limited, LINK.burst, KNOWN)) == {200}
    async with browser(limited, "198.51.100.1") as client:
        assert (await client.get(f"{KNOWN}/file/x")).status_code == 429
        assert (await client.get(OTHER)).status_code == 200
        clock.pass_by(LINK.every)
        assert (await client.get(KNOWN)).status_code == 200
        assert (await client.get(KNOWN)).status_code == 429


async def test_pressed_buttons_are_counted_apart(limited: ASGIApp, clock: Clock) -> None:
    assert set(await statuses(limited, LINK_POSTS.burst, f"{KNOWN}/submit", "POST")) == {200}
    async with browser(limited) as client:
        assert (await client.post(f"{KNOWN}/obstacle")).status_code == 429
        assert (await client.get(KNOWN)).status_code == 200
        clock.pass_by(LINK_POSTS.every)
        assert (await client.post(f"{KNOWN}/obstacle")).status_code == 200


async def test_who_was_refused_and_comes_back_when_told_gets_through(limited: ASGIApp, clock: Clock) -> None:
    await statuses(limited, LINK_POSTS.burst, KNOWN, "POST")
    async with browser(limited) as client:
        for _ in range(5):
            refused = await client.post(KNOWN)
            assert refused.status_code == 429
            clock.pass_by(int(refused.text))
            assert (await client.post(KNOWN)).status_code == 200


async def test_an_address_that_guesses_waits_and_others_do_not(limited: ASGIApp, clock: Clock) -> None:
    async with browser(limited) as client, browser(limited, "203.0.113.8") as other:
        for n in range(ASTRAY.burst):
            assert (await client.get(f"/v/guessed-{n}")).status_code == 404
        assert (await client.get("/v/guessed-more")).status_code == 429
        assert (await client.get(KNOWN)).status_code == 429
        clock.pass_by(ASTRAY.every)
        assert (await client.get(KNOWN)).status_code == 200
        assert (await client.get("/v/guessed-again")).status_code == 404
        assert (await client.get("/v/guessed-and-again")).status_code == 429
        assert (await client.get(KNOWN)).status_code == 200, "a link that led somewhere is not barred with the guesses"
        assert (await other.get("/v/guessed-elsewhere")).status_code == 404


async def test_fifty_officers_of_one_office_hand_in_all_they_owe_at_once(limited: ASGIApp) -> None:
    async with browser(limited) as client:
        for officer in range(50):
            for _ in range(12):
                for method in ("GET", "POST", "GET"):
                    answer = await client.request(method, f"/v/token-of-officer-{officer:04d}")
                    assert answer.status_code == 200


async def test_an_address_has_its_own_measure(limited: ASGIApp) -> None:
    answers = await statuses(limited, ADDRESS.burst + 1, "/")
    assert (answers[-2], answers[-1]) == (200, 429)


async def test_health_is_always_answered(limited: ASGIApp) -> None:
    assert set(await statuses(limited, ADDRESS.burst + 10, "/health")) == {200}


async def test_the_page_says_what_happened_and_nothing_was_sent_on(
    ports: Ports, cascades: FakeCascades, pages: FakePages, clock: Clock
) -> None:
    app: Starlette = create_app(ports, max_upload=MAX_UPLOAD, now=lambda: clock.now)
    pages.officer = samples.officer_page(samples.line())
    form = f"/v/{OFFICER_TOKEN}/acknowledge"
    assert 429 not in await statuses(app, LINK_POSTS.burst, form, "POST")
    reads, sent = len(pages.reads), len(cascades.sent)
    async with browser(app) as client:
        refused = await client.post(form, data={"command": "x" * 20})
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "2")
        text = " ".join(refused.text.split())
        for said in ("chưa được xử lý", "chờ 2 giây", "“Gửi lại”", "đầu mối của cơ quan đã gửi thư"):
            assert said in text
        assert OFFICER_TOKEN not in text
        assert refused.headers["referrer-policy"] == "no-referrer"
        english = await client.post(form, headers={"Cookie": "language=en"})
        assert "wait 2 seconds" in english.text
    assert (len(pages.reads), len(cascades.sent)) == (reads, sent)


@pytest.mark.parametrize(
    ("client", "key"),
    [
        (("203.0.113.7", 1), "203.0.113.7"),
        (("2001:db8:1:2:3:4:5:6", 1), "2001:0db8:0001:0002"),
        (("2001:db8:1:2:ffff::1", 1), "2001:0db8:0001:0002"),
        (("::ffff:203.0.113.7", 1), "203.0.113.7"),
        (("testclient", 1), "testclient"),
        (None, ""),
    ],
)
def test_an_address_stands_for_one_subscriber(client: tuple[str, int] | None, key: str) -> None:
    assert address_key(client) == key
