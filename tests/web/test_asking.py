"""Asking for more time, to be released, or to be told that something does not apply."""

import re
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from models.command import Ask
from models.obligation import State
from models.register import ObligationLine
from models.request import Request, RequestKind, RequestStatus
from rules.calendar import day_end
from rules.refusals import WORDS, Reason, Refused
from tests.web import samples
from tests.web.fakes import FakeCascades, FakePages
from tests.web.posting import COMMAND, HOME
from web.ports import Unreachable

TRAINING = samples.line("training")
MORE_TIME = {"request": "more_time", "reason": "Mưa bão", "until": "30/11/2020"}


def request(kind: RequestKind = RequestKind.MORE_TIME, **changed: Any) -> Request:
    """A request of A Lưới for its training, as event 45 made it."""
    values: dict[str, Any] = {
        "id": f"{TRAINING.key}/r45",
        "obligation": TRAINING.key,
        "unit": TRAINING.unit,
        "kind": kind,
        "reason": "Mưa bão",
        "until": date(2020, 11, 30) if kind is RequestKind.MORE_TIME else None,
        "asked_at": samples.AT,
    }
    return Request(**values | changed)


def owed(pages: FakePages, *requests: Request, line: ObligationLine = TRAINING) -> None:
    pages.officer = samples.officer_page(line).model_copy(update={"requests": requests})


async def ask(client: httpx.AsyncClient, typed: dict[str, str], line: ObligationLine = TRAINING) -> httpx.Response:
    return await client.post(f"{HOME}/ask", data={"command": COMMAND, "obligation": line.key, **typed})


def choices(html: str) -> list[str]:
    return re.findall(r'name="request" value="([^"]+)"', html)


@pytest.mark.parametrize(
    ("typed", "kind", "until"),
    [
        (MORE_TIME, RequestKind.MORE_TIME, date(2020, 11, 30)),
        ({"request": "withdrawal", "reason": "Trùng văn bản", "until": "30/11/2020"}, RequestKind.WITHDRAWAL, None),
        ({"request": "not_applicable", "reason": "Không có mô hình"}, RequestKind.NOT_APPLICABLE, None),
    ],
)
async def test_a_unit_asks_with_a_reason(
    client: httpx.AsyncClient,
    pages: FakePages,
    cascades: FakeCascades,
    typed: dict[str, str],
    kind: RequestKind,
    until: date | None,
) -> None:
    owed(pages)
    answer = await ask(client, typed)
    assert answer.status_code == 303
    (command,) = cascades.sent
    assert isinstance(command, Ask)
    assert (command.id, command.at, command.obligation) == (COMMAND, samples.AT, TRAINING.key)
    assert (command.request, command.reason, command.until) == (kind, typed["reason"], until)
    assert "Đã gửi đề nghị" not in (await client.get(answer.headers["location"])).text
    owed(pages, request(kind))
    assert "Đã gửi đề nghị.</b> Số biên nhận: 45." in (await client.get(answer.headers["location"])).text


async def test_the_form_is_had_through_a_link_that_changes_nothing(
    client: httpx.AsyncClient, pages: FakePages, cascades: FakeCascades
) -> None:
    owed(pages)
    closed = (await client.get(HOME)).text
    assert choices(closed) == []
    (address,) = re.findall(r'href="([^"]+\?ask=training#training-ask-form)"', closed)
    opened = (await client.get(address)).text
    assert choices(opened) == ["more_time", "withdrawal", "not_applicable"]
    assert 'id="training-ask-form"' in opened
    assert "ít nhất 5 ngày làm việc" in opened
    assert cascades.sent == []


@pytest.mark.parametrize(
    ("line", "requests", "expected"),
    [
        (samples.line("radio"), (), ["withdrawal", "not_applicable"]),
        (TRAINING, (request(),), ["withdrawal", "not_applicable"]),
        (
            TRAINING,
            (request(status=RequestStatus.REFUSED, answered_at=samples.AT),),
            ["more_time", "withdrawal", "not_applicable"],
        ),
        (samples.submitted("training"), (), ["more_time", "withdrawal", "not_applicable"]),
        (samples.submitted("training", state=State.ACCEPTED), (), []),
        (samples.line("training", state=State.WITHDRAWN), (), []),
    ],
)
async def test_only_what_makes_sense_now_is_offered(
    client: httpx.AsyncClient,
    pages: FakePages,
    line: ObligationLine,
    requests: tuple[Request, ...],
    expected: list[str],
) -> None:
    owed(pages, *requests, line=line)
    assert choices((await client.get(f"{HOME}?ask={line.requirement}")).text) == expected


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        (MORE_TIME | {"request": ""}, "request", "Chọn nội dung đề nghị"),
        (MORE_TIME | {"request": "holiday"}, "request", "Chọn nội dung đề nghị"),
        (MORE_TIME | {"reason": " "}, "reason", WORDS[Reason.REASON_NEEDED]),
        (MORE_TIME | {"until": ""}, "until", "Ghi ngày đề nghị"),
        (MORE_TIME | {"until": "mai"}, "until", "“mai” không phải là ngày"),
        (MORE_TIME | {"until": "01/10/2020"}, "until", WORDS[Reason.DAY_NOT_LATER]),
        (MORE_TIME | {"until": "01/01/2021"}, "until", WORDS[Reason.DAY_BEYOND_CLOSING]),
    ],
)
async def test_a_mistake_is_said_at_its_field(
    client: httpx.AsyncClient, pages: FakePages, cascades: FakeCascades, typed: dict[str, str], field: str, words: str
) -> None:
    owed(pages)
    answer = await ask(client, typed)
    assert answer.status_code == 422
    assert f'href="#training-ask-{field}"' in answer.text
    assert f'id="training-ask-{field}"' in answer.text
    assert answer.text.count(words) == 2
    assert COMMAND in answer.text
    assert cascades.sent == []


@pytest.mark.parametrize(
    ("refusal", "status", "same_command"),
    [
        (Refused(Reason.DAY_NOT_LATER), 422, False),
        (Refused(Reason.CLOSED), 409, False),
        (Unreachable("Temporal", "127.0.0.1:7233", "no answer"), 503, True),
    ],
)
async def test_what_is_not_taken_stays_typed(
    client: httpx.AsyncClient,
    pages: FakePages,
    cascades: FakeCascades,
    refusal: Exception,
    status: int,
    *,
    same_command: bool,
) -> None:
    owed(pages)
    cascades.answer = refusal
    answer = await ask(client, MORE_TIME)
    assert answer.status_code == status
    assert "\nMưa bão</textarea>" in answer.text
    assert ('aria-invalid="true"' in answer.text) == (status == 422)
    assert (COMMAND in answer.text) == same_command


@pytest.mark.parametrize(
    ("line", "closed", "reason"),
    [
        (TRAINING, True, Reason.CLOSED),
        (samples.submitted("training", state=State.ACCEPTED), False, Reason.ALREADY_DONE),
        (samples.line("training", state=State.WITHDRAWN), False, Reason.WITHDRAWN),
    ],
)
async def test_nothing_is_asked_of_what_is_over(
    client: httpx.AsyncClient,
    pages: FakePages,
    cascades: FakeCascades,
    line: ObligationLine,
    reason: Reason,
    *,
    closed: bool,
) -> None:
    pages.officer = samples.officer_page(line, closed=closed)
    answer = await ask(client, MORE_TIME)
    assert answer.status_code == 409
    assert WORDS[reason] in answer.text
    assert (await ask(client, MORE_TIME, samples.line("radio"))).status_code == 400
    assert cascades.sent == []


@pytest.mark.parametrize(
    ("answered", "words"),
    [
        ({}, "Chờ trả lời"),
        (
            {
                "status": RequestStatus.GRANTED,
                "granted_until": date(2020, 11, 15),
                "answered_at": datetime(2020, 10, 29, 2, tzinfo=UTC),
            },
            "Được lùi, giãn đến hết <b>15/11/2020</b>.",
        ),
        (
            {"status": RequestStatus.REFUSED, "words": "Không lùi được.", "answered_at": samples.AT},
            "<b>Ý kiến trả lời:</b> Không lùi được.",
        ),
    ],
)
async def test_requests_and_their_answers_are_told(
    client: httpx.AsyncClient, pages: FakePages, answered: dict[str, Any], words: str
) -> None:
    owed(pages, request(**answered))
    html = (await client.get(HOME)).text
    assert "<b>Đề nghị lùi, giãn thời hạn</b> đến hết 30/11/2020" in html
    assert words in html


async def test_the_first_due_date_stays_known(client: httpx.AsyncClient, pages: FakePages) -> None:
    owed(pages, line=samples.line("training", original_due=day_end(date(2020, 8, 31)), extensions=2))
    assert "Đã lùi, giãn 2 lần; hạn ban đầu: 31/08/2020." in (await client.get(HOME)).text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.WITHDRAWN, "Nhiệm vụ đã được rút"),
        (State.NOT_APPLICABLE, "Nhiệm vụ không áp dụng đối với đơn vị"),
        (State.UNFULFILLED, "Đến khi khóa sổ chưa có kết quả"),
    ],
)
async def test_an_obligation_that_is_over_says_why(
    client: httpx.AsyncClient, pages: FakePages, state: State, words: str
) -> None:
    owed(pages, line=samples.line("training", state=state))
    html = (await client.get(HOME)).text
    assert words in html
    assert "/submit" not in html
