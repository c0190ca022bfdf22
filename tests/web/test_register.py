import re
from datetime import UTC, date, datetime
from hashlib import sha256

import httpx
import pytest

from models.actor import ActorKind, Identified
from models.command import Decision, RegisterDocument, Review
from models.journal import Exported
from models.obligation import State
from models.pages import Escalated
from models.saved import Printed
from rules.refusals import WORDS, Reason, Refused
from tests.web import samples
from tests.web.fakes import REGISTER_TOKEN, FakeCascades, FakeJournal, FakePages, FakePapers
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
    order = (f'id="{older.key}"', f'id="{newer.key}"', 'id="don-doc"', 'id="tien-do"', 'id="toan-canh"')
    places = [html.index(text) for text in order]
    assert places == sorted(places)
    assert "nộp muộn 1 ngày làm việc" in html
    assert re.search(r"<b>2</b> việc cần quyết định.*<b>1</b> quá hạn.*<b>0/3</b> đã hoàn thành", html, re.DOTALL)
    assert "None" not in html


async def test_the_whole_register_is_shown_with_unique_ids(client: httpx.AsyncClient) -> None:
    html = (await client.get(HOME)).text
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for requirement in samples.REQUIREMENTS.values():
        assert f'<abbr title="{requirement["title"]}">{requirement["ref"]}</abbr>' in html
    commands = re.findall(r'name="command" value="([^"]+)"', html)
    assert len(commands) == len(set(commands)) > 2


async def test_units_stand_in_the_order_of_the_vietnamese_alphabet(client: httpx.AsyncClient) -> None:
    html = (await client.get(HOME)).text
    names = re.findall(r'<th scope="row"><a href="[^"]+">Phòng LĐTBXH ([^<]+)</a>', html)
    assert names == [
        "huyện A Lưới", "huyện Nam Đông", "huyện Phong Điền", "huyện Phú Lộc", "huyện Phú Vang", "huyện Quảng Điền",
        "thành phố Huế", "thị xã Hương Thủy", "thị xã Hương Trà",
    ]  # fmt: skip


async def test_the_progress_of_a_requirement_is_a_bar_with_its_numbers_in_words(
    client: httpx.AsyncClient, pages: FakePages
) -> None:
    offices = [samples.unit(district) for district in samples.DISTRICTS[:4]]
    pages.register = samples.register_page(
        samples.submitted("services", offices[0], state=State.ACCEPTED),
        samples.submitted("services", offices[1]),
        samples.line("services", offices[2]),
        samples.line("services", offices[3], State.NOT_APPLICABLE),
    )
    html = (await client.get(HOME)).text
    parts = re.findall(r'<rect class="bar-([a-z]+)" x="([0-9.]+)%" width="([0-9.]+)%"', html)
    assert parts == [("done", "0.0", "33.33"), ("waiting", "33.33", "33.34"), ("overdue", "66.67", "33.33")]
    assert re.findall(r"<li>([^<]+): <b>(\d)</b></li>", html) == [
        ("Đã hoàn thành", "1"), ("Chờ xác nhận", "1"), ("Quá hạn", "1"),
    ]  # fmt: skip
    assert "style=" not in html


@pytest.mark.parametrize("place", [f"?unit={samples.A_LUOI.code}", "?requirement=services"])
async def test_every_unit_and_requirement_has_a_sheet_with_all_its_lines(client: httpx.AsyncClient, place: str) -> None:
    assert f'href="{HOME}{place}"' in (await client.get(HOME)).text
    answer = await client.get(HOME + place)
    assert answer.status_code == 200
    assert "Về sổ theo dõi" in answer.text
    assert answer.text.count('<tr role="row"><th role="rowheader"') in {9, 12}
    ids = re.findall(r' id="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("place", ["?unit=x", "?requirement=x"])
async def test_a_unit_or_requirement_that_the_register_does_not_have_is_not_found(
    client: httpx.AsyncClient, place: str
) -> None:
    assert (await client.get(HOME + place)).status_code == 404


async def test_a_decision_on_a_sheet_comes_back_to_it(
    client: httpx.AsyncClient, pages: FakePages, cascades: FakeCascades
) -> None:
    pages.register = samples.register_page(samples.submitted())
    place = {"at_unit": samples.A_LUOI.code}
    assert "Nhiệm vụ của đơn vị" in (await decide(client, **place, decision="return", comment="")).text
    location = (await decide(client, **place)).headers["location"]
    assert location == f"{HOME}?unit={samples.A_LUOI.code}&r=45&o=politics-plan%40{samples.A_LUOI.code}"
    assert len(cascades.sent) == 1


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
    answer = await client.get(HOME + query)
    assert (answer.status_code, "Số ghi sổ" in answer.text) == (200, False)


async def test_a_closed_register_is_only_to_be_read(client: httpx.AsyncClient, pages: FakePages) -> None:
    pages.register = samples.register_page(closed=True)
    html = (await client.get(HOME)).text
    assert "đã khóa" in html
    for place in ("", f"?unit={samples.A_LUOI.code}", "?requirement=services"):
        assert not re.search(rf'action="{HOME}(?!/report/)', (await client.get(HOME + place)).text)


@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("issued", [True, False])
async def test_the_final_report_is_offered_to_the_issuer_of_the_directive_when_the_register_is_closed(
    client: httpx.AsyncClient, pages: FakePages, *, closed: bool, issued: bool
) -> None:
    pages.register = samples.register_page(closed=closed)
    if not issued:
        head = samples.HEAD.model_copy(update={"issuer": "bldtbxh"})
        pages.register = pages.register.model_copy(update={"head": head})
    assert (f'action="{HOME}/report/pdf"' in (await client.get(HOME)).text) == (closed and issued)


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx", "html"])
async def test_the_final_report_is_always_saved_never_shown(
    client: httpx.AsyncClient, papers: FakePapers, form: str
) -> None:
    assert (await client.post(f"{HOME}/report/{form}")).status_code == 404
    papers.printed[form] = Printed(name=f"Báo cáo.{form}", media_type="text/html", content=b"<p>")
    answer = await client.post(f"{HOME}/report/{form}")
    assert (answer.status_code, answer.content) == (200, b"<p>")
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''B%C3%A1o")
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_reports_issued_while_the_register_runs_are_listed_with_their_hashes_and_can_be_saved(
    client: httpx.AsyncClient, pages: FakePages, papers: FakePapers
) -> None:
    pages.register = samples.register_page().model_copy(update={"reports": (samples.INTERIM,)})
    html = (await client.get(HOME)).text
    assert "Sơ kết 6 tháng đầu năm" in html
    assert "số liệu đến hết ngày 14/06/2020" in html
    assert f'action="{HOME}/report/2020-06-14/docx"' in html
    assert all(sha256 in html for sha256 in samples.INTERIM.files.values())
    assert (await client.post(f"{HOME}/report/2020-06-14/docx")).status_code == 404
    papers.printed["2020-06-14.docx"] = Printed(name="so-ket.docx", media_type="x/y", content=b"PK")
    answer = await client.post(f"{HOME}/report/2020-06-14/docx")
    assert (answer.status_code, answer.content) == (200, b"PK")


async def test_another_form_of_the_report_is_not_found(client: httpx.AsyncClient, papers: FakePapers) -> None:
    papers.printed["exe"] = Printed(name="x", media_type="x/y", content=b"x")
    assert (await client.post(f"{HOME}/report/exe")).status_code == 404


async def test_who_takes_the_report_away_presses_a_button_and_that_is_noted(
    client: httpx.AsyncClient, papers: FakePapers, journal: FakeJournal
) -> None:
    papers.printed["pdf"] = Printed(name="Báo cáo.pdf", media_type="application/pdf", content=b"%PDF")
    looked = await client.get(f"{HOME}/report/pdf")
    assert (looked.status_code, looked.headers["location"], journal.noted) == (303, HOME, [])
    await client.post(f"{HOME}/report/pdf")
    ((chain, actor, cause, note, unit),) = journal.noted
    assert (chain, cause, unit) == (samples.CASCADE, "/s/…/report", samples.ISSUER.code)
    assert (actor.kind, actor.identified) == (ActorKind.REVIEWER, Identified.LINK)
    assert note == Exported(what="report", files={"Báo cáo.pdf": sha256(b"%PDF").hexdigest()})


async def test_nothing_is_taken_away_without_a_note(
    client: httpx.AsyncClient, papers: FakePapers, journal: FakeJournal
) -> None:
    papers.printed["pdf"] = Printed(name="Báo cáo.pdf", media_type="application/pdf", content=b"%PDF")
    journal.away = True
    assert (await client.post(f"{HOME}/report/pdf")).status_code == 503


async def test_what_registers_below_escalated_is_shown_to_who_keeps_the_register(
    client: httpx.AsyncClient, pages: FakePages
) -> None:
    late = samples.line("services", samples.unit("huyện Nam Đông"))
    told = Escalated(at=samples.AT, keeper="481-ubnd", keeper_name="UBND huyện A Lưới", lines=(late,))
    assert "cap-duoi" not in (await client.get(HOME)).text
    pages.register = samples.register_page().model_copy(update={"escalated": (told,)})
    html = (await client.get(HOME)).text
    section = html.partition('<h2 id="cap-duoi"')[2].partition("<h2")[0]
    for shown in ("Báo cáo từ cấp dưới", "UBND huyện A Lưới", "1 nhiệm vụ", late.unit_name, "hạn 31/08/2020"):
        assert shown in section
