"""A register of 168 units by twelve requirements: still one page that a browser shows at once."""

import re
from urllib.parse import unquote

import httpx
import pytest

from models.obligation import State, obligation_key
from models.register import ObligationLine
from tests.web import samples
from tests.web.fakes import REGISTER_TOKEN, FakePages

HOME = f"/s/{REGISTER_TOKEN}"


def large(state: State | None = None) -> tuple[ObligationLine, ...]:
    """168 units by twelve requirements, spread over the states or all in one."""
    made = samples.register_lines()
    columns = len(samples.REQUIREMENTS)
    lines: list[ObligationLine] = []
    for unit in range(168):
        for column in range(columns):
            line = made[column * len(samples.DISTRICTS) + unit % len(samples.DISTRICTS)]
            if state is not None:
                line = samples.submitted(line.requirement, state=state)
            code, name = f"{20000 + unit}-ldtbxh", f"Phòng LĐTBXH huyện Hương Trà số {unit}"
            renamed = {"key": obligation_key(line.requirement, code), "unit": code, "unit_name": name}
            lines.append(line.model_copy(update=renamed))
    return tuple(lines)


STATES, PLACES = (None, State.SUBMITTED, State.OPEN), ("", "?unit=20007-ldtbxh", "?requirement=services")


@pytest.mark.parametrize(
    ("state", "place"),
    [
        pytest.param(state, place, marks=() if row == column else pytest.mark.slow)
        for row, state in enumerate(STATES)
        for column, place in enumerate(PLACES)
    ],
)
async def test_a_register_of_two_thousand_lines_stays_usable(
    client: httpx.AsyncClient, pages: FakePages, state: State | None, place: str
) -> None:
    pages.register = samples.register_page(*large(state))
    answer = await client.get(HOME + place)
    assert answer.status_code == 200
    assert len(answer.content) < 1_000_000
    for anchor in set(re.findall(r'href="#([^"]+)"', answer.text)):
        assert f'id="{unquote(anchor)}"' in answer.text


async def test_what_the_overview_has_no_room_for_is_on_the_sheets(client: httpx.AsyncClient, pages: FakePages) -> None:
    pages.register = samples.register_page(*large(State.SUBMITTED))
    html = (await client.get(HOME)).text
    assert "<b>2016</b> việc cần quyết định" in html
    assert "Còn 1956 việc đến sau" in html
    assert html.count('<section class="card waiting"') == 60
    sheet = (await client.get(f"{HOME}?requirement=services")).text
    assert sheet.count('<section class="card waiting"') == 168
