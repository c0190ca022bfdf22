"""Completing the split by sex of an answer that gave only a total."""

import httpx
import pytest

from models.answer import AttendanceRow
from models.command import CompleteFigures
from models.obligation import State
from models.register import ObligationLine
from rules.refusals import WORDS, Reason, Refused
from tests.web import kinds, samples
from tests.web.fakes import FakeCascades, FakePages
from tests.web.posting import COMMAND, HOME

ROWS = (AttendanceRow(role="Cấp huyện", men=20, women=30, total=50), AttendanceRow(role="Cấp xã", total=100))
LACKING = kinds.answered("dialogue", state=State.ACCEPTED, attended=ROWS)


async def complete(client: httpx.AsyncClient, line: ObligationLine, **typed: str) -> httpx.Response:
    return await client.post(f"{HOME}/figures", data={"command": COMMAND, "obligation": line.key, **typed})


@pytest.mark.parametrize("state", [State.SUBMITTED, State.ACCEPTED, State.SATISFIED])
async def test_a_total_without_split_asks_for_it(client: httpx.AsyncClient, pages: FakePages, state: State) -> None:
    pages.officer = samples.officer_page(kinds.answered("dialogue", state=state))
    assert "Bổ sung số liệu nam, nữ" in (await client.get(HOME)).text
    pages.officer = samples.officer_page(kinds.answered("dialogue", state=state, men=60, women=90, attended=()))
    assert "Bổ sung số liệu nam, nữ" not in (await client.get(HOME)).text


async def test_the_split_is_sent_with_all_rows(
    client: httpx.AsyncClient, pages: FakePages, cascades: FakeCascades
) -> None:
    pages.officer = samples.officer_page(LACKING)
    typed = {"men": "60", "women": "90", "row_men.1": "40", "row_women.1": "60"}
    answer = await complete(client, LACKING, **typed)
    assert answer.status_code == 303
    (command,) = cascades.sent
    assert isinstance(command, CompleteFigures)
    assert (command.obligation, command.men, command.women) == (LACKING.key, 60, 90)
    assert command.attended == (ROWS[0], AttendanceRow(role="Cấp xã", men=40, women=60, total=100))
    done = {"men": 60, "women": 90, "attended": command.attended}
    pages.officer = samples.officer_page(LACKING.model_copy(update=done))
    assert "Đã bổ sung số liệu" in (await client.get(answer.headers["location"])).text


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"women": "90"}, "men", "Ghi số nam"),
        ({"men": "60", "women": "x"}, "women", "“x” không phải"),
        ({"men": "60", "women": "91"}, "men", "khác tổng số 150"),
        ({"men": "60", "women": "90", "row_men.1": "1", "row_women.1": "2"}, "attended", "khác số người 100"),
        ({"men": "60", "women": "90", "row_men.1": "1"}, "attended", "cả số nam và số nữ"),
    ],
)
async def test_figures_that_do_not_add_up_are_refused(
    client: httpx.AsyncClient, pages: FakePages, cascades: FakeCascades, typed: dict[str, str], field: str, words: str
) -> None:
    pages.officer = samples.officer_page(LACKING)
    answer = await complete(client, LACKING, **typed)
    assert answer.status_code == 422
    assert f'href="#dialogue-split-{field}"' in answer.text
    assert f'id="dialogue-split-{field}"' in answer.text
    assert words in answer.text
    assert cascades.sent == []


async def test_nothing_is_completed_where_nothing_lacks(
    client: httpx.AsyncClient, pages: FakePages, cascades: FakeCascades
) -> None:
    full = LACKING.model_copy(update={"men": 60, "women": 90, "attended": ()})
    pages.officer = samples.officer_page(full)
    assert (await complete(client, full, men="60", women="91x")).status_code == 409
    pages.officer = samples.officer_page(LACKING, closed=True)
    assert (await complete(client, LACKING, men="60", women="90")).status_code == 409
    assert (await client.post(f"{HOME}/figures", data={"command": COMMAND, "obligation": "x"})).status_code == 400
    assert cascades.sent == []


async def test_pressing_twice_is_left_to_the_ledger(
    client: httpx.AsyncClient, pages: FakePages, cascades: FakeCascades
) -> None:
    full = LACKING.model_copy(update={"men": 60, "women": 90, "attended": ()})
    pages.officer = samples.officer_page(full)
    again = await complete(client, full, men="60", women="90")
    assert (again.status_code, [command.id for command in cascades.sent]) == (303, [COMMAND])
    assert "Đã bổ sung số liệu" in (await client.get(again.headers["location"])).text

    cascades.answer = Refused(Reason.NOTHING_TO_COMPLETE)
    another = await complete(client, full, men="60", women="90")
    assert another.status_code == 409
    assert WORDS[Reason.NOTHING_TO_COMPLETE] in another.text
