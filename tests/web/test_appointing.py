"""The unit that keeps a register names who is to answer for a unit."""

from datetime import date
from typing import Any

import httpx
import pytest

from models.command import NameHolder
from models.holder import Arrangement, Holder
from models.pages import RegisterPage
from rules.refusals import WORDS, Reason, Refused
from tests.web import samples
from tests.web.fakes import REGISTER_TOKEN, FakeCascades, FakePages
from tests.web.posting import COMMAND
from web.ports import Unreachable

HOME = f"/s/{REGISTER_TOKEN}"
UNIT = samples.A_LUOI.code
FORM = f"appoint-{UNIT}"
HOA = {"name": "Nguyễn Thị Hoa", "email": "hoa@hue.example", "arrangement": "successor"}
PERIOD = {"arrangement": "substitute", "first": "2020-11-01", "last": "30/11/2020"}


def register(**changed: Any) -> RegisterPage:
    return samples.register_page(samples.line()).model_copy(update=changed)


@pytest.fixture(autouse=True)
def one_unit(pages: FakePages) -> None:
    pages.register = register()


async def appoint(client: httpx.AsyncClient, **typed: str) -> httpx.Response:
    return await client.post(f"{HOME}/holder", data={"command": COMMAND, "at_unit": UNIT} | HOA | typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({}, (Arrangement.SUCCESSOR, None, None)),
        ({"arrangement": "colleague", "first": "2020-11-01"}, (Arrangement.COLLEAGUE, None, None)),
        (PERIOD, (Arrangement.SUBSTITUTE, date(2020, 11, 1), date(2020, 11, 30))),
    ],
)
async def test_somebody_is_named(
    client: httpx.AsyncClient, pages: FakePages, cascades: FakeCascades, typed: dict[str, str], expected: object
) -> None:
    answer = await appoint(client, **typed)
    assert answer.status_code == 303
    (command,) = cascades.sent
    assert isinstance(command, NameHolder)
    assert (command.id, command.at, command.unit) == (COMMAND, samples.AT, UNIT)
    assert (command.name, command.email, command.by_email) == ("Nguyễn Thị Hoa", "hoa@hue.example", "")
    assert (command.arrangement, command.first, command.last) == expected
    assert "Đã cử người phụ trách" not in (await client.get(answer.headers["location"])).text
    named = Holder(id="h45", unit=UNIT, name=command.name, email=command.email, arrangement=command.arrangement)
    pages.register = register(holders=(named,))
    html = (await client.get(answer.headers["location"])).text
    assert "Đã cử người phụ trách" in html
    assert "Nguyễn Thị Hoa (hoa@hue.example) sẽ nhận được thư" in html
    assert html.index("Nhiệm vụ của đơn vị") > 0


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": " "}, "name"),
        ({"email": "hoa"}, "email"),
        ({"arrangement": ""}, "arrangement"),
        ({"arrangement": "substitute", "last": "2020-11-30"}, "first"),
        (PERIOD | {"last": "x"}, "last"),
    ],
)
async def test_what_is_missing_is_said_beside_its_field(
    client: httpx.AsyncClient, cascades: FakeCascades, typed: dict[str, str], field: str
) -> None:
    answer = await appoint(client, **typed)
    assert answer.status_code == 422
    assert f'href="#{FORM}-{field}"' in answer.text
    assert f'id="{FORM}-{field}"' in answer.text
    assert COMMAND in answer.text
    assert cascades.sent == []


@pytest.mark.parametrize(
    ("reason", "field"),
    [
        (Reason.ADDRESS_WRONG, "email"),
        (Reason.HOLDER_CIRCLE, "email"),
        (Reason.PERIOD_WRONG, "last"),
        (Reason.CHAIN_TOO_LONG, "arrangement"),
    ],
)
async def test_what_the_ledger_finds_wrong_is_said_beside_its_field(
    client: httpx.AsyncClient, cascades: FakeCascades, reason: Reason, field: str
) -> None:
    cascades.answer = Refused(reason)
    answer = await appoint(client)
    assert answer.status_code == 422
    assert answer.text.count(WORDS[reason]) == 2
    assert f'href="#{FORM}-{field}"' in answer.text
    assert COMMAND not in answer.text


async def test_without_temporal_everything_stays_typed(client: httpx.AsyncClient, cascades: FakeCascades) -> None:
    cascades.answer = Unreachable("Temporal", "127.0.0.1:7233", "no answer")
    answer = await appoint(client, **PERIOD)
    assert answer.status_code == 503
    for kept in ('value="Nguyễn Thị Hoa"', 'value="hoa@hue.example"', 'value="substitute" checked', COMMAND):
        assert kept in answer.text


async def test_the_sheet_says_who_answers_and_whose_mail_came_back(client: httpx.AsyncClient, pages: FakePages) -> None:
    bounced = Holder(id="focal", unit=UNIT, email="cu@hue.example", refused_at=samples.AT, refused="550 không có")
    days = {"first": date(2020, 11, 1), "last": date(2020, 11, 30)}
    substitute = Holder(
        id="h7", unit=UNIT, name="Lê An", email="an@hue.example", arrangement=Arrangement.SUBSTITUTE, **days
    )
    pages.register = register(holders=(bounced, substitute), unreachable={UNIT: "550 không có"})
    html = (await client.get(f"{HOME}?unit={UNIT}")).text
    for said in ("Thư không đến nơi:", "cu@hue.example", "“550 không có”", "từ 01/11/2020 đến hết 30/11/2020", "Lê An"):
        assert said in html


async def test_only_the_unit_that_keeps_the_register_names(
    client: httpx.AsyncClient, pages: FakePages, cascades: FakeCascades
) -> None:
    assert (await appoint(client, at_unit="x")).status_code == 400
    for changed in ({"reviewer": samples.A_LUOI}, {"closed": True}):
        pages.register = register(**changed)
        assert "/holder" not in (await client.get(f"{HOME}?unit={UNIT}")).text
        assert (await appoint(client)).status_code == 409
    assert cascades.sent == []
