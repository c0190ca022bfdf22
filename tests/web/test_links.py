from collections import defaultdict
from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route

from models.link import Purpose
from tests.web import samples
from tests.web.fake_changes import FakeChanges
from tests.web.fakes import (
    OFFICER_TOKEN,
    REGISTER_TOKEN,
    FakeCascades,
    FakeDrafts,
    FakeFiles,
    FakeJournal,
    FakePages,
    link,
)

PAGES = [f"/v/{OFFICER_TOKEN}", f"/s/{REGISTER_TOKEN}"]
POSTS = [
    f"/v/{OFFICER_TOKEN}/acknowledge",
    f"/v/{OFFICER_TOKEN}/submit",
    f"/v/{OFFICER_TOKEN}/figures",
    f"/v/{OFFICER_TOKEN}/reply",
    f"/v/{OFFICER_TOKEN}/obstacle",
    f"/s/{REGISTER_TOKEN}/review",
    f"/s/{REGISTER_TOKEN}/document",
    f"/s/{REGISTER_TOKEN}/recommendation",
]
HEADERS = {
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def assert_guarded(response: httpx.Response) -> None:
    policy = response.headers["content-security-policy"]
    for said in ("default-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"):
        assert said in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "camera=()" in response.headers["permissions-policy"]
    assert "strict-transport-security" not in response.headers
    assert "set-cookie" not in response.headers
    assert {name: response.headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize("path", PAGES)
async def test_a_visit_shows_the_page_and_changes_nothing(
    client: httpx.AsyncClient, cascades: FakeCascades, path: str
) -> None:
    shown = await client.get(path)
    assert shown.status_code == 200
    assert "Công văn" in shown.text
    assert "<script" not in shown.text
    head = await client.head(path)
    assert (head.status_code, head.text) == (200, "")
    assert cascades.sent == []
    assert_guarded(shown)
    assert_guarded(head)


async def test_whoever_fetches_all_there_is_changes_nothing(
    app: Starlette,
    client: httpx.AsyncClient,
    pages: FakePages,
    files: FakeFiles,
    cascades: FakeCascades,
    drafts: FakeDrafts,
    changes: FakeChanges,
    journal: FakeJournal,
) -> None:
    pages.register = pages.register.model_copy(update={"supervises": True})
    stored = files.put(b"%PDF-1.7", "a.pdf", "application/pdf")
    pages.readable, links = {stored.sha256: stored}, dict(pages.links)
    paths = [address(route, stored.sha256) for route in app.routes]
    assert len(paths) > 12
    for path in paths:
        for method in ("GET", "HEAD"):
            answer = await client.request(method, path)
            assert answer.status_code in {200, 303, 404, 405}, path
            assert_guarded(answer)
    assert (cascades.sent, drafts.saved, pages.links, files.stored) == ([], {}, links, [stored])
    assert (changes.made, changes.completed) == ([], 0)
    assert journal.noted == []


def address(route: BaseRoute, sha256: str) -> str:
    """The address of a route with our links, a stored file, and an obligation of the page in it."""
    assert isinstance(route, Route)
    token = REGISTER_TOKEN if route.path.startswith("/s/") else OFFICER_TOKEN
    values = {"token": token, "sha256": sha256, "obligation": samples.line().key}
    return route.path.format_map(defaultdict(lambda: "docx", values))


async def test_over_https_browsers_are_told_to_stay_there(client: httpx.AsyncClient) -> None:
    for path in (PAGES[0], "/astray", "/health"):
        answer = await client.get(f"https://dondoc.test{path}")
        assert answer.headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize("path", POSTS)
async def test_reopening_the_address_of_a_post_leads_to_the_page(
    client: httpx.AsyncClient, cascades: FakeCascades, path: str
) -> None:
    answer = await client.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"] == path.rsplit("/", 1)[0]
    assert cascades.sent == []


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/v/",
        "/favicon.ico",
        "/v/never-issued-0123456789",
        "/v/short",
        "/v/%F0%9F%98%80%00",
        f"/v/{OFFICER_TOKEN}/",
        f"/v/{REGISTER_TOKEN}",
        f"/s/{OFFICER_TOKEN}",
        f"/v/{REGISTER_TOKEN}/submit",
        f"/v/{OFFICER_TOKEN}/file/not-a-hash",
        f"/v/{OFFICER_TOKEN}/file/{'0' * 64}",
    ],
)
async def test_unknown_and_foreign_addresses_are_not_found(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == 404
    assert "Không tìm thấy trang" in answer.text
    assert_helps(answer)
    assert_reveals_nothing(answer)


def assert_helps(answer: httpx.Response) -> None:
    """An error page says what to do and whom to ask."""
    assert "Đề nghị đồng chí" in answer.text
    assert "đầu mối của cơ quan đã gửi thư" in " ".join(answer.text.split())


def assert_reveals_nothing(answer: httpx.Response) -> None:
    assert_guarded(answer)
    for secret in (OFFICER_TOKEN, REGISTER_TOKEN, "908", "A Lưới", "Traceback"):
        assert secret not in answer.text


@pytest.mark.parametrize(
    "changed", [{"revoked_at": samples.REAL_NOW - timedelta(days=1)}, {"expires_at": samples.REAL_NOW}]
)
@pytest.mark.parametrize("purpose", list(Purpose))
async def test_a_used_up_link_is_gone(
    client: httpx.AsyncClient, pages: FakePages, purpose: Purpose, changed: dict[str, object]
) -> None:
    pages.links = {OFFICER_TOKEN: link(purpose, **changed)}
    path = f"/{'v' if purpose is Purpose.OFFICER else 's'}/{OFFICER_TOKEN}"
    answer = await client.get(path)
    assert answer.status_code == 410
    assert "không còn hiệu lực" in answer.text
    assert_helps(answer)
    assert_reveals_nothing(answer)
    action = "acknowledge" if purpose is Purpose.OFFICER else "review"
    assert (await client.post(f"{path}/{action}")).status_code == 410


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"data": {"obligation": "nobody's", "submission": "x", "decision": "perhaps", "command": "!"}},
        {"data": {"obligation": samples.line().key}},
        {"content": b"\xff\x00", "headers": {"content-type": "multipart/form-data; boundary=x"}},
        {"content": b"--x\r\n\r\n", "headers": {"content-type": "multipart/form-data; boundary=x"}},
        {"content": b"{}", "headers": {"content-type": "multipart/form-data"}},
        {"content": b"%ff=%00&&&=", "headers": {"content-type": "application/x-www-form-urlencoded"}},
        {"content": b"{}", "headers": {"content-type": "application/json"}},
        {"content": b"a" * 400_000, "headers": {"content-type": "application/x-www-form-urlencoded"}},
        {"data": {f"field{n}": "x" for n in range(100)}},
    ],
)
async def test_a_senseless_post_is_answered_and_not_sent_on(
    client: httpx.AsyncClient, cascades: FakeCascades, path: str, sent: dict[str, object]
) -> None:
    answer = await client.post(path, **sent)  # type: ignore[arg-type]  # the cases differ in their arguments
    assert 400 <= answer.status_code < 500
    assert "Công văn" in answer.text
    assert cascades.sent == []
    assert_guarded(answer)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH"])
async def test_other_methods_are_refused(client: httpx.AsyncClient, method: str) -> None:
    answer = await client.request(method, PAGES[0])
    assert answer.status_code == 405
    assert_reveals_nothing(answer)


async def test_without_database_visitors_are_asked_to_come_back(client: httpx.AsyncClient, pages: FakePages) -> None:
    pages.away = True
    visit = await client.get(PAGES[0])
    assert visit.status_code == 503
    assert_helps(visit)
    assert_reveals_nothing(visit)
    posted = await client.post(POSTS[1], data={"command": "x" * 20})
    assert posted.status_code == 503
    assert "Gửi lại" in posted.text


async def test_a_fault_of_ours_shows_a_plain_page(
    client: httpx.AsyncClient, pages: FakePages, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: str) -> None:
        raise RuntimeError(OFFICER_TOKEN)

    monkeypatch.setattr(pages, "link", fail)
    answer = await client.get(PAGES[0])
    assert answer.status_code == 500
    assert_helps(answer)
    assert_reveals_nothing(answer)


async def test_health_needs_nothing(client: httpx.AsyncClient, pages: FakePages) -> None:
    pages.away = True
    answer = await client.get("/health")
    assert (answer.status_code, answer.text) == (200, "ok")
    assert_guarded(answer)
