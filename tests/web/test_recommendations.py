import re
from datetime import date
from typing import Any

import httpx
import pytest

from models.actor import ActorKind
from models.command import HandleRecommendation
from models.recommendation import Handling, RecommendationStatus
from rules.recommendations import ways
from rules.refusals import WORDS, Reason, Refused
from tests.web import kinds, samples
from tests.web.fakes import OFFICER_TOKEN, REGISTER_TOKEN, FakeCascades, FakePages
from web.ports import Unreachable

HOME = f"/s/{REGISTER_TOKEN}"
OFFICER = f"/v/{OFFICER_TOKEN}"
COMMAND = "made-when-the-page-was-shown"
RAISED = kinds.recommendation()
REFERRED = kinds.referred(body=samples.A_LUOI.code, unit="482-ldtbxh")


@pytest.fixture(autouse=True)
def recommendations(pages: FakePages) -> None:
    settled = kinds.recommendation(3, RecommendationStatus.ANSWERED, group="loans", words="Đã bố trí kinh phí.")
    known = {"recommendations": (RAISED, REFERRED, settled), "groups": kinds.GROUPS}
    pages.register = samples.register_page(kinds.answered("questions")).model_copy(update=known)
    pages.officer = samples.officer_page(samples.line()).model_copy(update=known)


async def handle(client: httpx.AsyncClient, **typed: str) -> httpx.Response:
    return await client.post(f"{HOME}/recommendation", data={"command": COMMAND, "recommendation": RAISED.id, **typed})


async def reply(client: httpx.AsyncClient, **typed: str) -> httpx.Response:
    return await client.post(f"{OFFICER}/reply", data={"command": COMMAND, "recommendation": REFERRED.id, **typed})


def handled(cascades: FakeCascades) -> HandleRecommendation:
    (command,) = cascades.sent
    assert isinstance(command, HandleRecommendation)
    return command


async def test_a_register_groups_them_with_what_is_answered_and_what_waits(client: httpx.AsyncClient) -> None:
    html = (await client.get(HOME)).text
    counts = re.findall(r"<summary>([^<]+) <span class=\"small\">– (\d) kiến nghị: đã trả lời (\d), chờ (\d)", html)
    assert counts == [("Lao động, việc làm", "2", "0", "2"), ("Vay vốn khởi nghiệp", "1", "1", "0")]
    assert "Quá ngày trả lời" in html
    assert "đề nghị trả lời đến hết 27/10/2020" in html
    assert "<b>Giải đáp:</b> Đã bố trí kinh phí." in html
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"handling": "answer", "words": "Đã có lớp"}, {"handling": Handling.ANSWER, "words": "Đã có lớp"}),
        ({"handling": "take_on_board", "words": "Sẽ đưa vào kế hoạch"}, {"handling": Handling.TAKE_ON_BOARD}),
        (
            {"handling": "refer", "body": "Sở Tài chính", "reply_by": "30/11/2020"},
            {"handling": Handling.REFER, "body": "Sở Tài chính", "reply_by": date(2020, 11, 30)},
        ),
        (
            {"handling": "refer", "body": "phòng lđtbxh huyện A Lưới", "reply_by": "2020-10-28"},
            {"body": samples.A_LUOI.code, "reply_by": date(2020, 10, 28)},
        ),
    ],
)
async def test_the_register_handles_one(
    client: httpx.AsyncClient, cascades: FakeCascades, typed: dict[str, str], expected: dict[str, Any]
) -> None:
    answer = await handle(client, **typed)
    assert answer.status_code == 303
    command = handled(cascades)
    assert (command.id, command.at, command.recommendation) == (COMMAND, samples.AT, RAISED.id)
    assert (command.actor.kind, command.actor.unit) == (ActorKind.REVIEWER, samples.ISSUER.code)
    assert {name: getattr(command, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({}, "handling", "Chọn một cách xử lý"),
        ({"handling": "burn"}, "handling", "Chọn một cách xử lý"),
        ({"handling": "answer", "words": " "}, "words", "Ghi nội dung giải đáp"),
        ({"handling": "refer", "reply_by": "2020-11-30"}, "body", "Ghi tên cơ quan"),
        ({"handling": "refer", "body": "Sở Tài chính"}, "reply_by", "Ghi ngày"),
        ({"handling": "refer", "body": "Sở Tài chính", "reply_by": "2020-10-27"}, "reply_by", "trước ngày hôm nay"),
        ({"handling": "refer", "body": "Sở Tài chính", "reply_by": "9999-12-31"}, "reply_by", "không phải là ngày"),
    ],
)
async def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    client: httpx.AsyncClient, cascades: FakeCascades, typed: dict[str, str], field: str, words: str
) -> None:
    answer = await handle(client, **typed)
    assert answer.status_code == 422
    assert cascades.sent == []
    assert answer.text.count(words) == 2
    assert f'id="{RAISED.id}-{field}"' in answer.text
    assert COMMAND in answer.text
    assert typed.get("body", "") in answer.text


async def test_what_was_handled_meanwhile_is_left_to_the_ledger_which_knows_a_button_pressed_twice(
    client: httpx.AsyncClient, cascades: FakeCascades, pages: FakePages
) -> None:
    done = RAISED.model_copy(update={"status": RecommendationStatus.ANSWERED, "words": "Có", "handled_at": samples.AT})
    pages.register = pages.register.model_copy(update={"recommendations": (done,)})
    again = await handle(client, handling="answer", words="Có")
    assert (again.status_code, handled(cascades).id) == (303, COMMAND)
    assert "Đã ghi nhận xử lý kiến nghị" in (await client.get(again.headers["location"])).text

    cascades.answer = Refused(Reason.HANDLING_NOT_POSSIBLE)
    another = await handle(client, handling="answer", words="Khác")
    assert another.status_code == 409
    assert WORDS[Reason.HANDLING_NOT_POSSIBLE] in another.text


@pytest.mark.parametrize("status", list(RecommendationStatus))
async def test_every_status_offers_what_may_follow_it(
    client: httpx.AsyncClient, pages: FakePages, status: RecommendationStatus
) -> None:
    asked = kinds.recommendation(1, status, words="Đã xem xét")
    pages.register = pages.register.model_copy(update={"recommendations": (asked,)})
    offered = re.findall(r'name="handling" value="([a-z_]+)"', (await client.get(HOME)).text)
    assert offered == list(ways(asked, samples.ISSUER.code, samples.ISSUER.code))
    assert offered


async def test_a_further_recipient_may_only_reply_to_what_was_referred_to_him(
    client: httpx.AsyncClient, pages: FakePages
) -> None:
    pages.register = pages.register.model_copy(update={"reviewer": samples.A_LUOI})
    html = (await client.get(HOME)).text
    assert re.findall(r'name="handling" value="([a-z_]+)"', html) == ["reply"]


async def test_a_closed_register_handles_nothing(
    client: httpx.AsyncClient, pages: FakePages, cascades: FakeCascades
) -> None:
    pages.register = pages.register.model_copy(update={"closed": True})
    assert not re.search(rf'action="{HOME}(?!/report/)', (await client.get(HOME)).text)
    assert (await handle(client, handling="answer", words="x")).status_code == 409
    pages.officer = pages.officer.model_copy(update={"closed": True})
    assert (await reply(client, words="x")).status_code == 409
    assert cascades.sent == []


async def test_a_unit_sees_what_it_raised_and_what_it_is_to_reply_to(
    client: httpx.AsyncClient, pages: FakePages
) -> None:
    pages.officer = pages.officer.model_copy(update={"names": {"482-ldtbxh": "Phòng LĐTBXH huyện Phú Lộc"}})
    html = (await client.get(OFFICER)).text
    referred, _, raised = html.partition("Kiến nghị chuyển đến đơn vị")[2].partition("Kiến nghị của đơn vị")
    assert "Phòng LĐTBXH huyện Phú Lộc – Hội LHPN xã Hồng Thủy" in referred
    assert "Gửi trả lời" in referred
    assert "Chờ xử lý" in raised
    assert "Đã bố trí kinh phí." in raised
    assert f'action="{OFFICER}/reply"' not in raised


async def test_a_unit_replies(client: httpx.AsyncClient, cascades: FakeCascades, pages: FakePages) -> None:
    assert (await reply(client, words=" ")).status_code == 422
    answer = await reply(client, words="Đã mở lớp tại xã.")
    assert answer.status_code == 303
    command = handled(cascades)
    assert (command.handling, command.words, command.recommendation) == (
        Handling.REPLY,
        "Đã mở lớp tại xã.",
        REFERRED.id,
    )
    assert (command.actor.kind, command.actor.unit) == (ActorKind.OFFICER, samples.A_LUOI.code)
    replied = REFERRED.model_copy(update={"status": RecommendationStatus.REPLIED, "words": command.words})
    pages.officer = pages.officer.model_copy(update={"recommendations": (replied,)})
    html = (await client.get(answer.headers["location"])).text
    assert "Đã ghi nhận xử lý kiến nghị" in html
    assert (await reply(client, words="Đã mở lớp tại xã.")).headers["location"] == answer.headers["location"]
    assert (await reply(client, words=" ")).status_code == 409
    cascades.answer = Refused(Reason.HANDLING_NOT_POSSIBLE)
    assert (await reply(client, words="Lần nữa")).status_code == 409


@pytest.mark.parametrize("recommendation", ["", "x", RAISED.id])
async def test_nobody_replies_to_what_was_not_referred_to_his_unit(
    client: httpx.AsyncClient, cascades: FakeCascades, recommendation: str
) -> None:
    assert (await reply(client, recommendation=recommendation, words="x")).status_code == 400
    assert cascades.sent == []


@pytest.mark.parametrize(
    ("answer", "status", "same_command"),
    [(Refused(Reason.CLOSED), 409, False), (Unreachable("Temporal", "127.0.0.1:7233", "no answer"), 503, True)],
)
async def test_what_is_not_taken_stays_typed(
    client: httpx.AsyncClient, cascades: FakeCascades, answer: Exception, status: int, *, same_command: bool
) -> None:
    cascades.answer = answer
    for response in (await handle(client, handling="answer", words="Đã có"), await reply(client, words="Đã có")):
        assert response.status_code == status
        assert "Đã có</textarea>" in response.text
        assert (COMMAND in response.text) == same_command
        assert (WORDS[Reason.CLOSED] in response.text) != same_command
