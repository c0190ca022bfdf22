"""Forms to step in with that cannot be taken as they are: what is missing or refused is said where it is."""

import re

import httpx
import pytest

from models.register import ObligationLine
from rules.refusals import WORDS, Reason, Refused
from rules.ways import Way
from tests.web.changing import ChangingCascades
from tests.web.fakes import FakePages
from tests.web.posting import COMMAND
from tests.web.stepping import (
    DRAFT,
    HOME,
    HUE,
    OF_UNIT,
    OPEN,
    OTHER,
    PHONG_DIEN,
    REASON,
    register,
    step,
    ticks,
)
from web.ports import Unreachable


@pytest.fixture(autouse=True)
def kept(pages: FakePages) -> None:
    pages.register = register()


@pytest.fixture
def cascades(pages: FakePages) -> ChangingCascades:
    return ChangingCascades(pages)


@pytest.mark.parametrize(
    ("way", "typed", "mistakes"),
    [
        (Way.SET_DUE, {"why": ""}, ["Ghi ngày cuối cùng của thời hạn mới.", WORDS[Reason.REASON_NEEDED]]),
        (Way.SET_DUE, {"until": "31/11/2020"}, ["“31/11/2020” không phải là ngày"]),
        (Way.REASSIGN, {}, ["Ghi tên đơn vị tiếp nhận."]),
        (Way.REASSIGN, {"receiver": "Phòng Y tế"}, ["Không có đơn vị “Phòng Y tế” trong danh sách"]),
        (Way.REASSIGN, {"receiver": HUE.code}, [f"Không có đơn vị “{HUE.code}” trong danh sách"]),
        (Way.SUSPEND, {"why": "x" * 2001}, ["Dài 2001 ký tự; tối đa 2000 ký tự."]),
    ],
)
async def test_what_is_missing_is_said_beside_its_field_and_what_was_typed_stays(
    client: httpx.AsyncClient, cascades: ChangingCascades, way: Way, typed: dict[str, str], mistakes: list[str]
) -> None:
    answer = await step(client, way, OPEN, typed=typed)
    assert answer.status_code == 422
    for mistake in mistakes:
        assert answer.text.count(mistake) == 2, mistake
    assert typed.get("why", REASON) in answer.text
    assert re.findall(r'name="item" value="([^"]+)"', answer.text) == ticks(OPEN)
    assert cascades.sent == []


@pytest.mark.parametrize(
    ("reason", "way", "typed", "field"),
    [
        (Reason.DAY_PAST, Way.SET_DUE, {"until": "01/10/2020"}, "until"),
        (Reason.DAY_BEYOND_CLOSING, Way.SET_DUE, {"until": "01/10/2021"}, "until"),
        (Reason.SAME_DAY, Way.SET_DUE, {"until": "31/08/2020"}, "until"),
        (Reason.ALREADY_OWES, Way.REASSIGN, {"receiver": PHONG_DIEN.short_name}, "receiver"),
        (Reason.OWN_REGISTER, Way.REASSIGN, {"receiver": PHONG_DIEN.short_name}, "receiver"),
    ],
)
async def test_what_the_rules_refuse_is_said_beside_the_field(
    client: httpx.AsyncClient,
    cascades: ChangingCascades,
    reason: Reason,
    way: Way,
    typed: dict[str, str],
    field: str,
) -> None:
    cascades.answer = Refused(reason)
    answer = await step(client, way, OPEN, typed=typed)
    assert answer.status_code == 422
    assert f'<p class="mistake" id="stepping-{field}-error">{WORDS[reason]}</p>' in answer.text
    assert f'name="command" value="{COMMAND}"' not in answer.text


async def test_when_the_ledger_is_away_the_form_stays_as_it_was(
    client: httpx.AsyncClient, cascades: ChangingCascades
) -> None:
    cascades.answer = Unreachable("Temporal", "127.0.0.1:7233", "no answer")
    answer = await step(client, Way.SET_DUE, OPEN, typed={"until": "30/11/2020"})
    assert answer.status_code == 503
    assert 'value="30/11/2020"' in answer.text
    assert f'name="command" value="{COMMAND}"' in answer.text


@pytest.mark.parametrize(
    ("way", "lines", "place", "status"),
    [
        ("x", (OPEN,), OF_UNIT, 400),
        ("suspend", (), OF_UNIT, 400),
        ("suspend", (OTHER,), OF_UNIT, 400),
        ("accept_paper", (OPEN, DRAFT), OF_UNIT, 400),
        ("suspend", (OPEN,), {}, 409),
    ],
)
async def test_a_form_that_no_page_holds_is_refused(
    client: httpx.AsyncClient,
    cascades: ChangingCascades,
    way: str,
    lines: tuple[ObligationLine, ...],
    place: dict[str, str],
    status: int,
) -> None:
    form = {"command": COMMAND, "way": way, "item": ticks(*lines), "why": REASON, **place}
    assert (await client.post(f"{HOME}/step", data=form)).status_code == status
    assert cascades.sent == []
