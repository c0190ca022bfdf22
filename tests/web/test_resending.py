"""What was typed comes back in the page, even where not even the link can be looked up."""

import html
import re

import httpx
import pytest

from tests.web import samples
from tests.web.fakes import FakeCascades, FakePages
from tests.web.posting import COMMAND, GOOD_PLAN, HOME, OWED_PLAN, PLAN, answered, hand_in


async def test_with_the_database_away_the_page_can_send_the_same_again(
    client: httpx.AsyncClient, pages: FakePages, cascades: FakeCascades
) -> None:
    pages.away = True
    answer = await hand_in(client, OWED_PLAN, GOOD_PLAN, **PLAN, note="Hai dòng\n<b>")
    assert answer.status_code == 503
    assert "chưa có gì được ghi nhận" in answer.text
    assert "Chọn lại tệp: Kế hoạch.pdf" in answer.text
    assert f'action="{HOME}/submit"' in answer.text
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', answer.text)
    again = {name: html.unescape(value) for name, value in hidden}

    pages.away = False
    assert (await client.post(f"{HOME}/submit", data=again, files=[GOOD_PLAN])).status_code == 303
    command = answered(cascades)
    assert (command.id, command.answer.note) == (COMMAND, "Hai dòng\n<b>")


@pytest.mark.parametrize("action", ["acknowledge", "ask", "obstacle", "holder", "leave", "discard", "figures", "reply"])
async def test_every_form_survives(client: httpx.AsyncClient, pages: FakePages, action: str) -> None:
    pages.away = True
    answer = await client.post(f"{HOME}/{action}", data={"command": COMMAND, "words": "Đã gõ"})
    assert answer.status_code == 503
    assert 'value="Đã gõ"' in answer.text
    assert "Chọn lại tệp" not in answer.text


async def test_opening_the_page_meanwhile_says_when_to_try_again(client: httpx.AsyncClient, pages: FakePages) -> None:
    pages.away = True
    answer = await client.get(HOME)
    assert answer.status_code == 503
    assert samples.A_LUOI.name not in answer.text
