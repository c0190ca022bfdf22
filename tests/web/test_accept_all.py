"""Answers of the same kind that are accepted together."""

import re

import httpx
import pytest

from models.command import AcceptAll
from models.obligation import State
from models.register import ObligationLine
from rules.refusals import WORDS, Reason, Refused
from tests.web import kinds, samples
from tests.web.changing import ChangingCascades
from tests.web.fakes import REGISTER_TOKEN, FakePages
from tests.web.posting import COMMAND
from web.ports import Unreachable

HOME = f"/s/{REGISTER_TOKEN}"
OFFICES = [samples.unit(district) for district in samples.DISTRICTS[:3]]
LINES = [samples.submitted("politics-plan", office) for office in OFFICES]
ITEMS = [f"1:{line.key}" for line in LINES]


@pytest.fixture(autouse=True)
def three_waiting(pages: FakePages) -> None:
    pages.register = samples.register_page(*LINES)


@pytest.fixture
def cascades(pages: FakePages) -> ChangingCascades:
    return ChangingCascades(pages)


async def accept(client: httpx.AsyncClient, items: list[str], **place: str) -> httpx.Response:
    posted = {"command": COMMAND, "requirement": "politics-plan", "item": items}
    return await client.post(f"{HOME}/accept-all", data=posted | place)


def done(*numbers: int) -> list[ObligationLine]:
    """The three lines after those of these places were accepted."""
    return [
        line.model_copy(update={"state": State.ACCEPTED}) if number in numbers else line
        for number, line in enumerate(LINES)
    ]


async def test_all_of_the_same_kind_are_ticked_in_vietnamese_order(client: httpx.AsyncClient) -> None:
    html = (await client.get(HOME)).text
    assert "Xác nhận cùng lúc nhiều kết quả: Kế hoạch truyền thông" in html
    ticked = re.findall(r'name="item" value="([^"]+)" checked', html)
    assert ticked == [ITEMS[1], ITEMS[2], ITEMS[0]]


async def test_what_needs_an_outcome_or_stands_alone_is_not_offered(
    client: httpx.AsyncClient, pages: FakePages
) -> None:
    comments = [kinds.answered("draft-guidance", office) for office in OFFICES]
    pages.register = samples.register_page(*comments, LINES[0])
    assert "/accept-all" not in (await client.get(HOME)).text


async def test_what_is_ticked_is_accepted_and_counted(client: httpx.AsyncClient, cascades: ChangingCascades) -> None:
    cascades.afterwards = samples.register_page(*done(0, 2))
    answer = await accept(client, [ITEMS[0], ITEMS[2]])
    assert answer.status_code == 303
    (command,) = cascades.sent
    assert isinstance(command, AcceptAll)
    assert [(item.obligation, item.submission) for item in command.items] == [(LINES[0].key, 1), (LINES[2].key, 1)]
    html = (await client.get(answer.headers["location"])).text
    assert "Đã xác nhận hoàn thành 2 kết quả" in html
    assert "Số ghi sổ: 45." in html
    assert "Không xác nhận" not in html


async def test_what_changed_meanwhile_is_named(client: httpx.AsyncClient, cascades: ChangingCascades) -> None:
    again = LINES[1].model_copy(update={"submissions": 2})
    cascades.afterwards = samples.register_page(done(0)[0], again, done(2)[2])
    html = (await client.get((await accept(client, ITEMS)).headers["location"])).text
    assert "Đã xác nhận hoàn thành 2 kết quả" in html
    said = html.partition("Không xác nhận những kết quả đã thay đổi")[2].partition("</p>")[0]
    assert OFFICES[1].short_name in said
    assert "nộp lần 2" in said
    assert OFFICES[0].short_name not in said


async def test_nothing_accepted_is_refused_with_how_each_stands(
    client: httpx.AsyncClient, cascades: ChangingCascades
) -> None:
    cascades.answer = Refused(Reason.NOTHING_ACCEPTED)
    cascades.afterwards = samples.register_page(*(line.model_copy(update={"state": State.WITHDRAWN}) for line in LINES))
    answer = await accept(client, ITEMS)
    assert answer.status_code == 409
    assert WORDS[Reason.NOTHING_ACCEPTED] in answer.text
    assert answer.text.count(": đã rút, nộp lần 1") == 3


@pytest.mark.parametrize("items", [[], ["1:x"], [LINES[0].key], ["x:y"]])
async def test_nothing_ticked_is_said_beside_the_boxes(
    client: httpx.AsyncClient, cascades: ChangingCascades, items: list[str]
) -> None:
    answer = await accept(client, items)
    assert answer.status_code == 422
    assert answer.text.count("Chọn ít nhất một kết quả.") == 2
    assert 'href="#all-politics-plan-item"' in answer.text
    assert cascades.sent == []


async def test_without_temporal_the_ticks_stay(client: httpx.AsyncClient, cascades: ChangingCascades) -> None:
    cascades.answer = Unreachable("Temporal", "127.0.0.1:7233", "no answer")
    answer = await accept(client, [ITEMS[1]])
    assert answer.status_code == 503
    assert re.findall(r'name="item" value="([^"]+)" checked', answer.text) == [ITEMS[1]]
    assert COMMAND in answer.text


async def test_many_are_accepted_on_the_sheet_of_their_requirement(
    client: httpx.AsyncClient, pages: FakePages, cascades: ChangingCascades
) -> None:
    many = [
        line.model_copy(update={"key": f"politics-plan@{number}", "unit": str(number)})
        for number in range(10)
        for line in LINES
    ]
    pages.register = samples.register_page(*many)
    assert f'href="{HOME}?requirement=politics-plan#quyet-dinh"' in (await client.get(HOME)).text
    pages.register = samples.register_page(*LINES)
    sheet = (await client.get(f"{HOME}?requirement=politics-plan")).text
    assert 'name="at_requirement" value="politics-plan"' in sheet
    cascades.afterwards = samples.register_page(*done(0, 1, 2))
    answer = await accept(client, ITEMS, at_requirement="politics-plan")
    assert answer.headers["location"].startswith(f"{HOME}?requirement=politics-plan&r=45")
    assert "Đã xác nhận hoàn thành 3 kết quả" in (await client.get(answer.headers["location"])).text


@pytest.mark.parametrize("units", ["", "x", "480-ldtbxh"])
async def test_nothing_is_confirmed_that_did_not_happen(client: httpx.AsyncClient, units: str) -> None:
    html = (await client.get(f"{HOME}?r=1&a=politics-plan&d={units}")).text
    assert "Số ghi sổ" not in html


async def test_a_closed_register_accepts_nothing(
    client: httpx.AsyncClient, pages: FakePages, cascades: ChangingCascades
) -> None:
    pages.register = samples.register_page(*LINES, closed=True)
    assert "/accept-all" not in (await client.get(HOME)).text
    answer = await accept(client, [])
    assert (answer.status_code, cascades.sent) == (409, [])
