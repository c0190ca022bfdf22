import asyncio
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest

from models.actor import ActorKind
from models.document import FileRef
from models.obligation import State
from models.register import ObligationLine
from rules.refusals import WORDS, Reason, Refused
from tests.web import contents, samples
from tests.web.fakes import FakeCascades, FakeFiles, FakePages
from tests.web.posting import COMMAND, GOOD_PLAN, HOME, OWED_PLAN, PLAN, answered, hand_in
from web.app import create_app
from web.ports import Ports, Unreachable


async def test_a_plan_is_handed_in(
    client: httpx.AsyncClient, cascades: FakeCascades, files: FakeFiles, pages: FakePages
) -> None:
    line = samples.line()
    answer = await hand_in(client, line, GOOD_PLAN, **PLAN, note="Kèm phụ lục", existing="yes")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{HOME}?r=45&o=annual-plan#annual-plan"
    command = answered(cascades)
    assert (command.id, command.at, command.obligation) == (COMMAND, samples.AT, line.key)
    assert (command.actor.kind, command.actor.unit) == (ActorKind.OFFICER, samples.A_LUOI.code)
    document = command.answer.document
    assert document is not None
    assert (document.number, document.normal) == ("Số: 45/KH–UBND", "45/KH-UBND")
    assert (document.date, document.signer) == (date(2020, 5, 22), "Hồ Văn Ngưm")
    assert command.answer.existing
    assert command.answer.note == "Kèm phụ lục"
    (stored,) = command.answer.files
    assert (stored.name, stored.media_type, stored.size) == ("Kế hoạch.pdf", "application/pdf", len(contents.PDF))
    assert files.path(stored.sha256).read_bytes() == contents.PDF

    pages.officer = samples.officer_page(samples.submitted("annual-plan"))
    assert "Số biên nhận: 45" in (await client.get(answer.headers["location"])).text


async def test_an_answer_is_judged_by_when_it_came_in_not_by_how_long_it_took_to_store(
    ports: Ports, cascades: FakeCascades, tmp_path: Path
) -> None:
    time = [samples.REAL_NOW]

    class SlowFiles(FakeFiles):
        def put(self, content: bytes, name: str, media_type: str) -> FileRef:
            time[0] += timedelta(hours=1)
            return super().put(content, name, media_type)

    app = create_app(replace(ports, files=SlowFiles(tmp_path)), max_upload=64 * 1024, now=lambda: time[0])
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://dondoc.test") as client:
        assert (await hand_in(client, samples.line(), GOOD_PLAN, **PLAN)).status_code == 303
    assert time[0] > samples.REAL_NOW
    assert answered(cascades).at == samples.AT


async def test_a_report_needs_its_file_and_its_form_but_no_number(
    client: httpx.AsyncClient, cascades: FakeCascades
) -> None:
    line = samples.line("review-programmes")
    word = ("files", ("Báo cáo.docx", contents.word(), ""))
    sheet = ("files", ("Phụ lục.xlsx", contents.excel(), ""))
    assert (await hand_in(client, line, word, sheet, choice="combined")).status_code == 303
    command = answered(cascades)
    assert command.answer.document is None
    assert command.answer.choice == "combined"
    assert [file.name for file in command.answer.files] == ["Báo cáo.docx", "Phụ lục.xlsx"]


async def test_an_activity_needs_a_summary_and_its_attendance(
    client: httpx.AsyncClient, cascades: FakeCascades
) -> None:
    typed = {"note": "Lễ mít tinh\r\nngày 18/11", "choice": "launch", "men": "620", "women": "1.180", "total": "1.800"}
    assert (await hand_in(client, samples.line("action-month"), **typed, number="1/BC")).status_code == 303
    answer = answered(cascades).answer
    assert (answer.men, answer.women, answer.total) == (620, 1180, 1800)
    assert answer.note == "Lễ mít tinh\nngày 18/11"
    assert answer.document is None


@pytest.mark.parametrize(
    ("requirement", "typed", "field", "words"),
    [
        ("action-month-plan", PLAN | {"number": " "}, "number", "Ghi số và ký hiệu"),
        ("action-month-plan", PLAN | {"date": ""}, "date", "Ghi ngày ban hành"),
        ("action-month-plan", PLAN | {"date": "32/13/2020"}, "date", "“32/13/2020” không phải là ngày"),
        ("action-month-plan", PLAN | {"date": "0020-05-22"}, "date", "không phải là ngày"),
        ("action-month-plan", PLAN | {"number": "9" * 101}, "number", "tối đa 100 ký tự"),
        ("action-month-plan", PLAN | {"note": "ư" * 10_001}, "note", "tối đa 10000 ký tự"),
        ("review-programmes", {"choice": "none"}, "choice", "Chọn một hình thức"),
        ("action-month", {"choice": "launch", "total": "ba"}, "total", "“ba” không phải là số người"),
        ("action-month", {"choice": "launch", "total": "9" * 10}, "total", "không phải là số người"),
        ("action-month", {"choice": "launch", "total": ""}, "total", "Ghi tổng số người"),
        ("action-month", {"choice": "launch", "total": "5", "men": "5"}, "men", "Ghi cả số nam và số nữ"),
        ("action-month", {"choice": "launch", "total": "9", "men": "5", "women": "3"}, "total", "khác tổng số 9"),
    ],
)
async def test_a_mistake_is_said_at_the_field_and_nothing_typed_is_lost(
    client: httpx.AsyncClient, cascades: FakeCascades, requirement: str, typed: dict[str, str], field: str, words: str
) -> None:
    answer = await hand_in(client, samples.line(requirement), GOOD_PLAN, **{"note": "Đã ghi <b>", **typed})
    assert answer.status_code == 422
    assert cascades.sent == []
    html = answer.text
    assert f'href="#{requirement}-{field}"' in html
    assert f'id="{requirement}-{field}-error"' in html
    assert html.count(words) == 2
    assert COMMAND in html
    assert html.count('<details class="form" open>') == 1
    assert "Kế hoạch.pdf" in html
    if "note" not in typed:
        assert "Đã ghi &lt;b&gt;" in html
    for name in ("number", "signer"):
        assert f'value="{typed.get(name, "").strip()}"' in html
    if "choice" in typed and field != "choice":
        assert 'value="launch" checked' in html


async def test_dates_as_people_type_them_are_read(client: httpx.AsyncClient, cascades: FakeCascades) -> None:
    assert (await hand_in(client, OWED_PLAN, GOOD_PLAN, **PLAN | {"date": "22/5/2020"})).status_code == 303
    document = answered(cascades).answer.document
    assert document is not None
    assert document.date == date(2020, 5, 22)


async def test_pressing_twice_sends_the_same_command(client: httpx.AsyncClient, cascades: FakeCascades) -> None:
    posts = [hand_in(client, samples.line(), GOOD_PLAN, **PLAN) for _ in range(2)]
    first, second = await asyncio.gather(*posts)
    assert first.headers["location"] == second.headers["location"]
    assert [command.id for command in cascades.sent] == [COMMAND, COMMAND]


async def test_the_second_officer_sees_what_the_first_handed_in(
    client: httpx.AsyncClient, cascades: FakeCascades, pages: FakePages, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def taken_meanwhile(*_: object) -> None:
        pages.officer = samples.officer_page(samples.submitted("annual-plan"))
        raise Refused(Reason.ALREADY_SUBMITTED)

    monkeypatch.setattr(cascades, "send", taken_meanwhile)
    answer = await hand_in(client, samples.line(), GOOD_PLAN, **PLAN)
    assert answer.status_code == 409
    assert WORDS[Reason.ALREADY_SUBMITTED] in answer.text
    assert samples.PLAN_FILE.name in answer.text
    assert "/submit" not in answer.text


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (samples.submitted("annual-plan"), Reason.ALREADY_SUBMITTED),
        (samples.submitted("annual-plan", state=State.ACCEPTED), Reason.ALREADY_DONE),
        (samples.line(state=State.UNFULFILLED), Reason.LAPSED),
        (samples.line(state=State.WITHDRAWN), Reason.WITHDRAWN),
    ],
)
async def test_an_incomplete_answer_to_what_is_not_owed_shows_how_things_stand(
    client: httpx.AsyncClient, cascades: FakeCascades, pages: FakePages, line: ObligationLine, reason: Reason
) -> None:
    pages.officer = samples.officer_page(line)
    answer = await hand_in(client, line)
    assert answer.status_code == 409
    assert WORDS[reason] in answer.text
    assert cascades.sent == []


async def test_a_refused_form_stays_filled_in_under_a_new_command(
    client: httpx.AsyncClient, cascades: FakeCascades
) -> None:
    cascades.answer = Refused(Reason.ANSWER_INCOMPLETE)
    answer = await hand_in(client, OWED_PLAN, GOOD_PLAN, **PLAN)
    assert answer.status_code == 409
    assert 'value="Hồ Văn Ngưm"' in answer.text
    assert COMMAND not in answer.text


async def test_without_temporal_everything_stays_and_the_command_too(
    client: httpx.AsyncClient, cascades: FakeCascades
) -> None:
    cascades.answer = Unreachable("Temporal", "127.0.0.1:7233", "no answer")
    answer = await hand_in(client, OWED_PLAN, GOOD_PLAN, **PLAN)
    assert answer.status_code == 503
    for kept in ('value="Hồ Văn Ngưm"', "Kế hoạch.pdf", COMMAND, "Chưa ghi nhận được"):
        assert kept in answer.text


async def test_a_closed_register_takes_nothing(
    client: httpx.AsyncClient, pages: FakePages, cascades: FakeCascades
) -> None:
    pages.officer = samples.officer_page(closed=True)
    html = (await client.get(HOME)).text
    assert "đã khóa" in html
    assert f'action="{HOME}' not in html
    cascades.answer = Refused(Reason.CLOSED)
    assert (await hand_in(client, samples.line("services"), note="Đã làm")).status_code == 409


async def test_characters_that_nobody_sees_are_left_out(client: httpx.AsyncClient, cascades: FakeCascades) -> None:
    typed = "Đã \x00\x85\u202elàm\u2066\ufffe\uffff xong"
    assert (await hand_in(client, samples.line("labour-code"), note=typed)).status_code == 303
    assert answered(cascades).answer.note == "Đã làm xong"
