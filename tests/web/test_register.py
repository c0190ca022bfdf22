import re
from datetime import UTC, date, datetime

import httpx
import pytest

from models.command import ActorKind, Decision, RegisterDocument, Review
from models.obligation import State
from rules.refusals import WORDS, Reason, Refused
from tests.web import samples
from tests.web.fakes import REGISTER_TOKEN, FakeCascades, FakePages
from web.ports import Unreachable

HOME = f"/s/{REGISTER_TOKEN}"
COMMAND = "made-when-the-page-was-shown"
TRIGGER = "provincial-guidance"
GUIDANCE = {"trigger": TRIGGER, "number": "1234/UBND-XH", "date": "2020-10-20", "issuer": "UBND tỉnh", "title": "Về"}


async def decide(client: httpx.AsyncClient, **changed: str) -> httpx.Response:
    posted = {
        "command": COMMAND,
        "obligation": samples.submitted().key,
        "submission": "1",
        "decision": "accept",
        "comment": "",
    }
    return await client.post(f"{HOME}/review", data=posted | changed)


@pytest.fixture
def one_waiting(pages: FakePages) -> None:
    pages.register = samples.register_page(samples.submitted())


async def test_decisions_come_first_the_oldest_on_top(client: httpx.AsyncClient, pages: FakePages) -> None:
    newer = samples.submitted("politics-plan")
    older = samples.submitted("annual-plan", submitted_at=datetime(2020, 6, 1, tzinfo=UTC))
    late = samples.line("services", samples.unit("huyện Phú Lộc"), acknowledged_at=None, escalations=2)
    pages.register = samples.register_page(newer, late, older)
    html = (await client.get(HOME)).text
    places = [html.index(text) for text in (f'id="{older.key}"', f'id="{newer.key}"', "<h2>Quá hạn", "Toàn cảnh")]
    assert places == sorted(places)
    assert "nộp muộn 1 ngày làm việc" in html
    assert "chưa xác nhận đã nhận" in html
    assert "Phòng LĐTBXH huyện Phú Lộc: 1 nhiệm vụ" in html
    assert re.search(r"<b>2</b> chờ quyết định.*<b>1</b> quá hạn.*<b>0/3</b> đã hoàn thành", html, re.DOTALL)
    assert "None" not in html


async def test_the_whole_register_is_shown_with_unique_ids(client: httpx.AsyncClient) -> None:
    html = (await client.get(HOME)).text
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert html.count('<th scope="row">Phòng LĐTBXH') == 9
    for requirement in samples.REQUIREMENTS.values():
        assert f'<abbr title="{requirement["title"]}">{requirement["ref"]}</abbr>' in html
    commands = re.findall(r'name="command" value="([^"]+)"', html)
    assert len(commands) == len(set(commands)) > 2


@pytest.mark.usefixtures("one_waiting")
async def test_accepting(client: httpx.AsyncClient, cascades: FakeCascades, pages: FakePages) -> None:
    answer = await decide(client)
    assert answer.status_code == 303
    (command,) = cascades.sent
    assert isinstance(command, Review)
    assert (command.id, command.at, command.obligation) == (COMMAND, samples.AT, samples.submitted().key)
    assert (command.submission, command.decision, command.comment) == (1, Decision.ACCEPT, "")
    assert (command.actor.kind, command.actor.unit) == (ActorKind.REVIEWER, samples.ISSUER.code)
    pages.register = samples.register_page(samples.submitted(state=State.ACCEPTED))
    assert "Đã xác nhận hoàn thành" in (await client.get(answer.headers["location"])).text


@pytest.mark.usefixtures("one_waiting")
async def test_returning_needs_a_comment(client: httpx.AsyncClient, cascades: FakeCascades, pages: FakePages) -> None:
    answer = await decide(client, decision="return", comment="  ")
    assert answer.status_code == 422
    assert answer.text.count(WORDS[Reason.COMMENT_MISSING]) == 2
    assert COMMAND in answer.text
    assert cascades.sent == []
    answer = await decide(client, decision="return", comment="Bổ sung phụ lục")
    assert answer.status_code == 303
    (command,) = cascades.sent
    assert isinstance(command, Review)
    assert (command.decision, command.comment) == (Decision.RETURN, "Bổ sung phụ lục")
    pages.register = samples.register_page(samples.returned("politics-plan"))
    assert "Đã trả lại để bổ sung" in (await client.get(answer.headers["location"])).text


@pytest.mark.usefixtures("one_waiting")
async def test_a_decision_on_something_changed_shows_what_changed(
    client: httpx.AsyncClient, cascades: FakeCascades, pages: FakePages, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def changed_meanwhile(*_: object) -> None:
        pages.register = samples.register_page(samples.submitted(submissions=2, note="Bản mới"))
        raise Refused(Reason.REVIEW_OUTDATED)

    monkeypatch.setattr(cascades, "send", changed_meanwhile)
    answer = await decide(client, decision="return", comment="Thiếu phụ lục")
    assert answer.status_code == 409
    assert WORDS[Reason.REVIEW_OUTDATED] in answer.text
    assert "chờ xác nhận, nộp lần 2" in answer.text
    for kept in ("Bản mới", "Thiếu phụ lục", 'name="submission" value="2"'):
        assert kept in answer.text
    assert COMMAND not in answer.text


async def test_a_mistaken_return_of_something_changed_shows_what_changed(
    client: httpx.AsyncClient, cascades: FakeCascades, pages: FakePages
) -> None:
    pages.register = samples.register_page(samples.submitted(submissions=2))
    answer = await decide(client, decision="return")
    assert answer.status_code == 409
    assert "nộp lần 2" in answer.text
    pages.register = samples.register_page(samples.submitted(), closed=True)
    answer = await decide(client, decision="return")
    assert (answer.status_code, cascades.sent) == (409, [])
    assert WORDS[Reason.CLOSED] in answer.text


@pytest.mark.usefixtures("one_waiting")
@pytest.mark.parametrize(("decision", "comment"), [("accept", ""), ("return", "Thiếu phụ lục")])
async def test_without_temporal_the_decision_can_be_sent_again(
    client: httpx.AsyncClient, cascades: FakeCascades, decision: str, comment: str
) -> None:
    cascades.answer = Unreachable("Temporal", "127.0.0.1:7233", "no answer")
    answer = await decide(client, decision=decision, comment=comment)
    assert answer.status_code == 503
    assert answer.text.count(COMMAND) == 1
    assert comment in answer.text


async def test_an_arrived_document_is_registered(
    client: httpx.AsyncClient, cascades: FakeCascades, pages: FakePages
) -> None:
    answer = await client.post(f"{HOME}/document", data={"command": COMMAND, **GUIDANCE})
    assert answer.status_code == 303
    (command,) = cascades.sent
    assert isinstance(command, RegisterDocument)
    assert (command.id, command.trigger, command.at) == (COMMAND, TRIGGER, samples.AT)
    assert (command.document.number, command.document.date) == ("1234/UBND-XH", date(2020, 10, 20))
    assert (command.document.issuer, command.document.title) == ("UBND tỉnh", "Về")
    pages.register = pages.register.model_copy(update={"waiting_triggers": {}})
    assert "Đã đăng ký văn bản đến" in (await client.get(answer.headers["location"])).text


@pytest.mark.parametrize(("field", "typed"), [("number", ""), ("date", ""), ("date", "hôm qua"), ("title", "x" * 1001)])
async def test_a_document_without_number_or_date_is_asked_for_again(
    client: httpx.AsyncClient, cascades: FakeCascades, field: str, typed: str
) -> None:
    answer = await client.post(f"{HOME}/document", data={"command": COMMAND, **GUIDANCE, field: typed})
    assert answer.status_code == 422
    assert f'href="#{TRIGGER}-{field}"' in answer.text
    assert 'value="UBND tỉnh"' in answer.text
    assert cascades.sent == []


async def test_a_document_nobody_waits_for_is_left_to_the_ledger(
    client: httpx.AsyncClient, cascades: FakeCascades
) -> None:
    cascades.answer = Refused(Reason.UNKNOWN_TRIGGER)
    answer = await client.post(f"{HOME}/document", data={"command": COMMAND, **GUIDANCE, "trigger": "x"})
    assert answer.status_code == 409
    assert WORDS[Reason.UNKNOWN_TRIGGER] in answer.text


@pytest.mark.parametrize("query", ["?r=1&o=x", "?r=x&o=y", "?r=1", f"?r=1&t={TRIGGER}"])
async def test_nothing_is_confirmed_that_did_not_happen(client: httpx.AsyncClient, query: str) -> None:
    assert "Số ghi sổ" not in (await client.get(HOME + query)).text


async def test_a_closed_register_is_only_to_be_read(client: httpx.AsyncClient, pages: FakePages) -> None:
    pages.register = samples.register_page(closed=True)
    html = (await client.get(HOME)).text
    assert "đã khóa" in html
    assert "<form" not in html
