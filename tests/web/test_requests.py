"""Requests of units as the register answers them."""

import re
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from models.actor import ActorKind
from models.command import AnswerRequest
from models.obligation import State
from models.pages import RegisterPage
from models.request import Request, RequestKind, RequestStatus, request_id
from rules.refusals import WORDS, Reason, Refused
from tests.web import kinds, samples
from tests.web.changing import ChangingCascades
from tests.web.fakes import REGISTER_TOKEN, FakeCascades, FakePages
from tests.web.posting import COMMAND
from web.ports import Unreachable

HOME = f"/s/{REGISTER_TOKEN}"
LINE = samples.line("review-programmes")
MORE_TIME = Request(
    id=request_id(LINE.key, 12),
    obligation=LINE.key,
    unit=LINE.unit,
    kind=RequestKind.MORE_TIME,
    reason="Chờ số liệu của các xã",
    until=date(2020, 12, 10),
    asked_at=datetime(2020, 10, 20, 2, 0, tzinfo=UTC),
)
GRANT = {"request": MORE_TIME.id, "answer": "grant", "until": "2020-12-10", "words": ""}
REFUSE = {"request": MORE_TIME.id, "answer": "refuse", "words": "Đã lùi một lần."}


def asked(kind: RequestKind) -> Request:
    return (
        MORE_TIME.model_copy(update={"kind": kind, "until": None}) if kind is not RequestKind.MORE_TIME else MORE_TIME
    )


def register(*requests: Request, **changed: Any) -> RegisterPage:
    return samples.register_page(LINE).model_copy(update={"requests": requests or (MORE_TIME,)} | changed)


@pytest.fixture(autouse=True)
def waiting(pages: FakePages) -> None:
    pages.register = register()


@pytest.fixture
def cascades(pages: FakePages) -> ChangingCascades:
    return ChangingCascades(pages)


async def answer(client: httpx.AsyncClient, posted: dict[str, str], **changed: str) -> httpx.Response:
    return await client.post(f"{HOME}/request", data={"command": COMMAND} | posted | changed)


@pytest.mark.parametrize("kind", list(RequestKind))
async def test_a_request_stands_among_the_decisions_with_what_is_asked(
    client: httpx.AsyncClient, pages: FakePages, kind: RequestKind
) -> None:
    pages.register = register(asked(kind))
    html = (await client.get(HOME)).text
    card = html.partition(f'<section class="card waiting" id="{MORE_TIME.id}"')[2].partition("</section>")[0]
    assert "Chờ số liệu của các xã" in card
    assert "hạn 30/11/2020" in card
    assert ("đề nghị lùi đến hết ngày 10/12/2020" in card) == (kind is RequestKind.MORE_TIME)
    assert ('name="until" type="text" value="10/12/2020"' in card) == (kind is RequestKind.MORE_TIME)
    assert "<b>1</b> việc cần quyết định" in html


async def test_requests_obstacles_and_submissions_stand_in_the_order_in_which_they_came(
    client: httpx.AsyncClient, pages: FakePages
) -> None:
    newer = kinds.obstacle()
    older = samples.submitted("politics-plan")
    pages.register = register(lines=(LINE, older), recommendations=(newer,))
    html = (await client.get(HOME)).text
    shown = re.findall(r'<section class="card waiting" id="([^"]+)"', html)
    assert shown == [older.key, MORE_TIME.id, newer.id]


@pytest.mark.parametrize(
    ("kind", "posted", "expected"),
    [
        (RequestKind.MORE_TIME, GRANT, (True, "", date(2020, 12, 10))),
        (RequestKind.MORE_TIME, GRANT | {"until": "05/12/2020", "words": "Ừ"}, (True, "Ừ", date(2020, 12, 5))),
        (RequestKind.MORE_TIME, REFUSE, (False, "Đã lùi một lần.", None)),
        (RequestKind.WITHDRAWAL, GRANT, (True, "", None)),
        (RequestKind.NOT_APPLICABLE, REFUSE, (False, "Đã lùi một lần.", None)),
    ],
)  # fmt: skip
async def test_a_request_is_granted_or_refused(
    client: httpx.AsyncClient,
    pages: FakePages,
    cascades: ChangingCascades,
    kind: RequestKind,
    posted: dict[str, str],
    expected: tuple[bool, str, date | None],
) -> None:
    pages.register = register(asked(kind))
    response = await answer(client, posted)
    assert response.status_code == 303
    (command,) = cascades.sent
    assert isinstance(command, AnswerRequest)
    assert (command.id, command.at, command.request) == (COMMAND, samples.AT, MORE_TIME.id)
    assert (command.granted, command.words, command.until) == expected
    assert (command.actor.kind, command.actor.unit) == (ActorKind.REVIEWER, samples.ISSUER.code)
    assert command.actor.holder == "focal"
    status = RequestStatus.GRANTED if command.granted else RequestStatus.REFUSED
    done = {"status": status, "answered_at": samples.AT, "words": command.words}
    pages.register = register(asked(kind).model_copy(update=done))
    html = (await client.get(response.headers["location"])).text
    assert ("Đã đồng ý đề nghị" if command.granted else "Đã trả lời không đồng ý đề nghị") in html
    assert "Số ghi sổ: 45." in html


@pytest.mark.parametrize(
    ("posted", "field", "words"),
    [
        (REFUSE | {"words": " "}, "refuse-words", WORDS[Reason.REASON_NEEDED]),
        (GRANT | {"until": ""}, "grant-until", "Ghi ngày cuối cùng"),
        (GRANT | {"until": "mai"}, "grant-until", "không phải là ngày"),
        (GRANT | {"until": "2020-11-30"}, "grant-until", WORDS[Reason.DAY_NOT_LATER]),
        (GRANT | {"until": "2021-01-01"}, "grant-until", WORDS[Reason.DAY_BEYOND_CLOSING]),
    ],
)
async def test_what_is_missing_is_said_beside_its_field(
    client: httpx.AsyncClient, cascades: ChangingCascades, posted: dict[str, str], field: str, words: str
) -> None:
    response = await answer(client, posted)
    assert response.status_code == 422
    assert f'id="{MORE_TIME.id}-{field}-error"' in response.text
    assert response.text.count(words) == 2
    assert COMMAND in response.text
    assert cascades.sent == []


async def test_a_day_that_only_the_ledger_finds_wrong_is_said_beside_the_field_too(
    client: httpx.AsyncClient, cascades: ChangingCascades
) -> None:
    cascades.answer = Refused(Reason.DAY_NOT_LATER)
    response = await answer(client, GRANT)
    assert response.status_code == 422
    assert f'id="{MORE_TIME.id}-grant-until-error"' in response.text
    assert COMMAND not in response.text


async def test_a_request_that_was_answered_meanwhile_is_refused_with_what_was_said(
    client: httpx.AsyncClient, cascades: ChangingCascades
) -> None:
    refused = {"status": RequestStatus.REFUSED, "answered_at": samples.AT, "words": "Không đủ căn cứ"}
    cascades.afterwards = register(MORE_TIME.model_copy(update=refused))
    cascades.answer = Refused(Reason.ALREADY_ANSWERED)
    for _ in range(2):  # the second time the page at hand says so already, and the ledger still decides
        response = await answer(client, GRANT)
        assert response.status_code == 409
        assert WORDS[Reason.ALREADY_ANSWERED] in response.text
        assert "đề nghị không được đồng ý lúc 08:05 ngày 28/10/2020: “Không đủ căn cứ”" in response.text


async def test_a_request_about_what_is_done_meanwhile_waits_no_more(
    client: httpx.AsyncClient, pages: FakePages, cascades: ChangingCascades
) -> None:
    pages.register = register(lines=(samples.submitted("review-programmes", state=State.ACCEPTED),))
    assert MORE_TIME.id not in (await client.get(HOME)).text
    cascades.answer = Refused(Reason.ALREADY_ANSWERED)
    response = await answer(client, GRANT)
    assert response.status_code == 409
    assert "đã hoàn thành" in response.text


async def test_only_who_answers_requests_may(
    client: httpx.AsyncClient, pages: FakePages, cascades: FakeCascades
) -> None:
    pages.register = register(reviewer=samples.A_LUOI)
    assert f'action="{HOME}/request"' not in (await client.get(HOME)).text
    assert (await answer(client, GRANT)).status_code == 409
    pages.register = register(closed=True)
    assert f'action="{HOME}/request"' not in (await client.get(HOME)).text
    assert WORDS[Reason.CLOSED] in (await answer(client, GRANT)).text
    assert (await answer(client, GRANT, request="x")).status_code == 400
    assert cascades.sent == []


async def test_without_temporal_the_answer_stays_typed(client: httpx.AsyncClient, cascades: ChangingCascades) -> None:
    cascades.answer = Unreachable("Temporal", "127.0.0.1:7233", "no answer")
    response = await answer(client, REFUSE)
    assert response.status_code == 503
    assert "Đã lùi một lần.</textarea>" in response.text
    assert COMMAND in response.text


async def test_the_sheet_of_a_unit_keeps_what_was_answered(client: httpx.AsyncClient, pages: FakePages) -> None:
    granted = {
        "status": RequestStatus.GRANTED,
        "answered_at": samples.AT,
        "words": "Lần cuối",
        "granted_until": date(2020, 12, 5),
    }
    pages.register = register(MORE_TIME.model_copy(update=granted))
    html = (await client.get(f"{HOME}?unit={LINE.unit}")).text
    for said in ("Đã đồng ý", "thời hạn mới đến hết ngày 05/12/2020", "Lần cuối", "Chờ số liệu của các xã"):
        assert said in html
