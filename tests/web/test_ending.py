"""Ending the whole directive on the page of its first register: shown with counts, confirmed, raced, and told after."""

import re
from typing import Any

import httpx
import pytest

from models.intervention import EndRegister
from models.obligation import State
from models.pages import EndedEarly, RegisterPage, Standing
from rules.refusals import WORDS, Reason, Refused
from tests.web import samples
from tests.web.changing import ChangingCascades
from tests.web.fakes import FakePages
from tests.web.posting import COMMAND
from tests.web.stepping import HOME, REASON, register
from web.ports import Unreachable
from web.register.ending_words import seen

WAYS = ("cancel", "close")


@pytest.fixture(autouse=True)
def supervised(pages: FakePages) -> None:
    pages.register = register(supervises=True)


@pytest.fixture
def cascades(pages: FakePages) -> ChangingCascades:
    return ChangingCascades(pages)


def ended(way: str, cause: str = COMMAND) -> RegisterPage:
    early = EndedEarly(cancelled=way == "cancel", at=samples.AT, reason=REASON, seq=46, cause=cause)
    return register(supervises=True, closed=True, ended=early)


async def press(client: httpx.AsyncClient, way: str, pages: FakePages, **typed: str) -> httpx.Response:
    form = {"command": COMMAND, "seen": seen(pages.whole), "why": REASON}
    return await client.post(f"{HOME}/{way}", data=form | typed)


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (
            "cancel",
            [
                "10 nhiệm vụ chưa hoàn thành được rút.",
                "Trong đó 1 kết quả đã nộp",
                "3 nhiệm vụ đã hoàn thành được giữ nguyên.",
                "Sổ này và 2 sổ theo dõi cấp dưới được khóa.",
            ],
        ),
        (
            "close",
            [
                "5 nhiệm vụ đang phải thực hiện được ghi là không hoàn thành.",
                "1 kết quả đang chờ xác nhận được giữ nguyên",
                "3 nhiệm vụ đã hoàn thành được giữ nguyên.",
            ],
        ),
    ],
)
async def test_what_will_become_of_it_is_shown_with_counts_and_changes_nothing(
    client: httpx.AsyncClient, cascades: ChangingCascades, way: str, said: list[str]
) -> None:
    assert f'href="{HOME}/{way}"' in (await client.get(HOME)).text
    answer = await client.get(f"{HOME}/{way}")
    assert answer.status_code == 200
    for words in said:
        assert words in answer.text
    assert cascades.sent == []


@pytest.mark.parametrize("way", WAYS)
async def test_confirmed_it_ends_and_the_register_says_so(
    client: httpx.AsyncClient, pages: FakePages, cascades: ChangingCascades, way: str
) -> None:
    cascades.afterwards = ended(way)
    answer = await press(client, way, pages)
    assert answer.status_code == 303
    (command,) = cascades.sent
    assert isinstance(command, EndRegister)
    assert (command.cancelled, command.reason, command.id) == (way == "cancel", REASON, COMMAND)
    html = (await client.get(answer.headers["location"])).text
    assert 'role="status"' in html
    assert "Số ghi sổ: 46." in html
    assert f"Lý do: {REASON}" in html
    assert "toan-van-ban" not in html
    again = await press(client, way, pages)
    assert (again.status_code, again.headers["location"]) == (303, answer.headers["location"]), "a button pressed twice"
    assert len(cascades.sent) == 1


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("page", "words"),
    [
        (register(supervises=False), "Chỉ đơn vị ban hành văn bản được thực hiện việc này"),
        (register(supervises=True, closed=True), WORDS[Reason.CLOSED]),
        (ended("close", "somebody-else"), WORDS[Reason.CLOSED]),
    ],
)
async def test_who_may_not_and_where_it_has_ended_is_told_so(
    client: httpx.AsyncClient, pages: FakePages, cascades: ChangingCascades, way: str, page: RegisterPage, words: str
) -> None:
    pages.register = page
    assert "toan-van-ban" not in (await client.get(HOME)).text
    for answer in (await client.get(f"{HOME}/{way}"), await press(client, way, pages)):
        assert (answer.status_code, words in answer.text) == (409, True)
    assert cascades.sent == []


async def test_a_forged_address_confirms_nothing(client: httpx.AsyncClient, pages: FakePages) -> None:
    assert 'role="status"' not in (await client.get(f"{HOME}?e=cancel")).text
    pages.register = ended("close")
    assert 'role="status"' not in (await client.get(f"{HOME}?e=cancel")).text


async def test_what_has_changed_since_it_was_shown_is_shown_anew(
    client: httpx.AsyncClient, pages: FakePages, cascades: ChangingCascades
) -> None:
    before = seen(pages.whole)
    pages.whole = Standing(below=2, states={**pages.whole.states, State.OPEN: 4, State.ACCEPTED: 4})
    answer = await press(client, "cancel", pages, seen=before)
    assert answer.status_code == 409
    assert "Tình hình thực hiện đã thay đổi" in answer.text
    assert "4 nhiệm vụ đã hoàn thành được giữ nguyên." in answer.text
    assert REASON in answer.text
    assert re.findall(r'name="seen" value="([^"]+)"', answer.text) == [seen(pages.whole)]
    assert COMMAND not in answer.text, "what is refused is sent again under another id"
    assert cascades.sent == []


async def test_a_reason_is_needed(client: httpx.AsyncClient, pages: FakePages, cascades: ChangingCascades) -> None:
    answer = await press(client, "close", pages, why=" ")
    assert (answer.status_code, answer.text.count(WORDS[Reason.REASON_NEEDED])) == (422, 2)
    assert cascades.sent == []


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (Refused(Reason.NOT_YOURS), 409, WORDS[Reason.NOT_YOURS]),
        (Unreachable("Temporal", "127.0.0.1", "no answer in time"), 503, "Hệ thống tạm thời gián đoạn"),
    ],
)
async def test_where_the_ledger_says_no_or_nothing_the_form_stays(
    client: httpx.AsyncClient, pages: FakePages, cascades: ChangingCascades, answer: Exception, status: int, words: str
) -> None:
    cascades.answer = answer
    shown = await press(client, "cancel", pages)
    assert (shown.status_code, words in shown.text, REASON in shown.text) == (status, True, True)
    kept: Any = re.findall(r'name="command" value="([^"]+)"', shown.text)
    assert (kept == [COMMAND]) is (status == 503), "what may have arrived is sent again under the same id"


async def test_where_somebody_was_quicker_the_closed_register_is_shown(
    client: httpx.AsyncClient, pages: FakePages, cascades: ChangingCascades
) -> None:
    cascades.answer, cascades.afterwards = Refused(Reason.CLOSED), ended("close", "somebody-else")
    shown = await press(client, "cancel", pages)
    assert shown.status_code == 409
    assert WORDS[Reason.CLOSED] in shown.text
    assert "Việc theo dõi đã kết thúc trước hạn" in shown.text
