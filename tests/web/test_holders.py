"""Who answers for the unit: shown, handed on, substituted, and left."""

from datetime import date
from typing import Any

import httpx
import pytest

from models.command import Leave, NameHolder
from models.holder import Arrangement, Holder
from models.link import Purpose
from models.unit import Role
from rules.refusals import WORDS, Reason, Refused
from tests.web import samples
from tests.web.fakes import OFFICER_TOKEN, FakeCascades, FakePages, link
from tests.web.posting import COMMAND, HOME
from web.ports import Unreachable

OWN = "aluoi@hue.example"
THU = {"name": "Lê Thị Thu", "email": "thu@hue.example"}
SUBSTITUTE = THU | {"arrangement": "substitute", "first": "02/11/2020", "last": "06/11/2020"}


@pytest.fixture(autouse=True)
def reached(pages: FakePages) -> None:
    """A Lưới has a contact in the registry, whose link this is."""
    pages.links[OFFICER_TOKEN] = link(Purpose.OFFICER, address=OWN)
    people(pages)


def people(pages: FakePages, *holders: Holder, closed: bool = False) -> None:
    unit = samples.A_LUOI.model_copy(update={"focal_email": OWN})
    page = samples.officer_page(samples.line(), closed=closed)
    pages.officer = page.model_copy(update={"unit": unit, "holders": holders})


def holder(arrangement: Arrangement = Arrangement.COLLEAGUE, **changed: Any) -> Holder:
    known: dict[str, Any] = {"id": "h45", "unit": samples.A_LUOI.code, "by": Role.FOCAL, "by_email": OWN}
    return Holder(**THU | known | {"arrangement": arrangement} | changed)


async def post(client: httpx.AsyncClient, action: str, **typed: str) -> httpx.Response:
    return await client.post(f"{HOME}/{action}", data={"command": COMMAND, **typed})


@pytest.mark.parametrize(
    ("holders", "expected"),
    [
        ((), [f"{OWN} – đầu mối theo danh bạ của đơn vị (đồng chí)"]),
        ((holder(),), ["<b>Lê Thị Thu</b>, thu@hue.example – cùng phụ trách, do đầu mối của đơn vị giao"]),
        (
            (holder(Arrangement.SUCCESSOR), holder(id="h46", name="Hồ Văn Đức", email="duc@hue.example", by="h45")),
            ["phụ trách thay đầu mối của đơn vị", "<b>Hồ Văn Đức</b>, duc@hue.example – cùng phụ trách, do Lê Thị Thu"],
        ),
        (
            (holder(Arrangement.SUBSTITUTE, first=date(2020, 11, 2), last=date(2020, 11, 6)),),
            [OWN, "thay mặt đầu mối của đơn vị từ 02/11/2020 đến hết 06/11/2020"],
        ),
    ],
)
async def test_who_answers_is_told(
    client: httpx.AsyncClient, pages: FakePages, holders: tuple[Holder, ...], expected: list[str]
) -> None:
    people(pages, *holders)
    html = (await client.get(HOME)).text
    for words in expected:
        assert words in html


async def test_who_left_and_who_stood_in_is_not_told(client: httpx.AsyncClient, pages: FakePages) -> None:
    past = holder(Arrangement.SUBSTITUTE, first=date(2020, 10, 5), last=date(2020, 10, 9))
    people(pages, holder(id="h44", left_at=samples.AT), past)
    assert "Lê Thị Thu" not in (await client.get(HOME)).text


async def test_a_colleague_joins_and_the_link_lives_on(
    client: httpx.AsyncClient, pages: FakePages, cascades: FakeCascades
) -> None:
    answer = await post(client, "holder", arrangement="colleague", **THU)
    assert answer.status_code == 303
    (command,) = cascades.sent
    assert isinstance(command, NameHolder)
    assert (command.id, command.at, command.unit) == (COMMAND, samples.AT, samples.A_LUOI.code)
    assert (command.name, command.email) == (THU["name"], THU["email"])
    assert (command.arrangement, command.by_email, command.actor.holder) == (Arrangement.COLLEAGUE, OWN, "focal")
    assert "Đã giao việc" not in (await client.get(answer.headers["location"])).text
    people(pages, holder())
    assert "Đã giao việc.</b> Lê Thị Thu nhận thư" in (await client.get(answer.headers["location"])).text


async def test_a_substitute_has_his_days(client: httpx.AsyncClient, cascades: FakeCascades) -> None:
    assert (await post(client, "holder", **SUBSTITUTE)).status_code == 303
    (command,) = cascades.sent
    assert isinstance(command, NameHolder)
    assert (command.first, command.last) == (date(2020, 11, 2), date(2020, 11, 6))


async def test_a_successor_ends_the_own_link_and_the_answer_says_so(
    client: httpx.AsyncClient, cascades: FakeCascades
) -> None:
    answer = await post(client, "holder", arrangement="successor", **THU)
    assert answer.status_code == 200
    assert "<b>Lê Thị Thu</b> phụ trách thay đồng chí" in answer.text
    assert "Đường dẫn của đồng chí đã hết hiệu lực" in answer.text
    assert HOME not in answer.text
    assert len(cascades.sent) == 1


async def test_leaving_needs_a_tick_and_ends_the_own_link(client: httpx.AsyncClient, cascades: FakeCascades) -> None:
    missed = await post(client, "leave", words="Nghỉ hưu")
    assert missed.status_code == 422
    assert 'href="#holder-leave-sure"' in missed.text
    assert "\nNghỉ hưu</textarea>" in missed.text
    assert cascades.sent == []
    answer = await post(client, "leave", words="Nghỉ hưu", sure="yes")
    assert answer.status_code == 200
    assert "Đường dẫn của đồng chí đã hết hiệu lực" in answer.text
    (command,) = cascades.sent
    assert isinstance(command, Leave)
    assert (command.email, command.words, command.actor.holder) == (OWN, "Nghỉ hưu", "focal")


@pytest.mark.parametrize(
    ("typed", "form", "field", "words"),
    [
        (THU, "forward", "arrangement", "Chọn cách giao việc"),
        (THU | {"arrangement": "colleague", "name": " "}, "forward", "name", WORDS[Reason.NAME_MISSING]),
        (THU | {"arrangement": "colleague", "email": "thu"}, "forward", "email", "Ghi địa chỉ thư điện tử"),
        (
            THU | {"arrangement": "colleague", "email": "thu@hue.example\r\nBcc: all@hue.example"},
            "forward", "email", "Ghi địa chỉ thư điện tử",
        ),
        (THU | {"arrangement": "successor", "email": OWN.upper()}, "forward", "email", "địa chỉ của chính đồng chí"),
        (SUBSTITUTE | {"first": ""}, "substitute", "first", "Ghi ngày bắt đầu"),
        (SUBSTITUTE | {"last": "30/02/2021"}, "substitute", "last", "“30/02/2021” không phải là ngày"),
    ],
)  # fmt: skip
async def test_a_mistake_is_said_at_its_field(
    client: httpx.AsyncClient, cascades: FakeCascades, typed: dict[str, str], form: str, field: str, words: str
) -> None:
    answer = await post(client, "holder", **typed)
    assert answer.status_code == 422
    assert f'href="#holder-{form}-{field}"' in answer.text
    assert f'id="holder-{form}-{field}"' in answer.text
    assert answer.text.count(words) == 2
    assert cascades.sent == []


@pytest.mark.parametrize(
    ("refusal", "status", "words"),
    [
        (Refused(Reason.HOLDER_CIRCLE), 422, WORDS[Reason.HOLDER_CIRCLE]),
        (Refused(Reason.CHAIN_TOO_LONG), 409, WORDS[Reason.CHAIN_TOO_LONG]),
        (Unreachable("Temporal", "127.0.0.1:7233", "no answer"), 503, "Chưa ghi nhận được"),
    ],
)
@pytest.mark.parametrize("arrangement", ["colleague", "successor"])
async def test_what_is_not_taken_stays_typed(
    client: httpx.AsyncClient, cascades: FakeCascades, refusal: Exception, status: int, words: str, arrangement: str
) -> None:
    cascades.answer = refusal
    answer = await post(client, "holder", arrangement=arrangement, **THU)
    assert answer.status_code == status
    assert words in answer.text
    assert 'value="thu@hue.example"' in answer.text
    assert f'value="{arrangement}" checked' in answer.text


async def test_a_closed_register_asks_for_nobody(
    client: httpx.AsyncClient, pages: FakePages, cascades: FakeCascades
) -> None:
    people(pages, closed=True)
    assert "/holder" not in (await client.get(HOME)).text
    assert (await post(client, "holder", arrangement="colleague", **THU)).status_code == 409
    assert (await post(client, "leave", sure="yes")).status_code == 409
    assert cascades.sent == []


async def test_a_unit_nobody_of_whom_is_reached_is_told_so(client: httpx.AsyncClient, pages: FakePages) -> None:
    pages.officer = samples.officer_page(samples.line())
    assert "không có địa chỉ nào nhận được thư" in (await client.get(HOME)).text
