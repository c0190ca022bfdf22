"""Late addressees on the page: looked for, chosen, shown, confirmed."""

import re
from collections.abc import Mapping
from datetime import date

import httpx
import pytest

from models.changing import CannotChange, Hindrance, LateAddressees
from models.fault import Fault
from rules.refusals import WORDS, Reason, Refused
from tests.web import samples
from tests.web.fake_changes import NAMES, FakeChanges
from tests.web.fakes import FakePages
from tests.web.posting import COMMAND
from tests.web.stepping import HOME, REASON, register
from web.ports import Unreachable

HUE, PHONG_DIEN = (samples.unit(district) for district in samples.DISTRICTS[:2])


@pytest.fixture(autouse=True)
def supervised(pages: FakePages) -> None:
    pages.register = register(supervises=True)


async def send(client: httpx.AsyncClient, go: str, **typed: str | list[str]) -> httpx.Response:
    form: Mapping[str, str | list[str]] = {
        "command": COMMAND, "go": go, "requirement": ["services", "training"], "unit": [HUE.code],
        "until": "30/11/2020", "why": REASON,
    }  # fmt: skip
    return await client.post(f"{HOME}/enlist", data={**form, **typed})


def ticked(answer: httpx.Response, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]+)" checked', answer.text)


async def test_units_are_looked_for_without_diacritics_and_what_was_chosen_stays(client: httpx.AsyncClient) -> None:
    answer = await send(client, "search", words="quang dien", why="")
    assert answer.status_code == 200
    assert NAMES[samples.unit("huyện Quảng Điền").code] in answer.text
    assert (ticked(answer, "unit"), ticked(answer, "requirement")) == ([HUE.code], ["services", "training"])
    nobody = await send(client, "search", words="hà nội")
    assert "Không tìm thấy đơn vị nào" in nobody.text


async def test_what_they_would_owe_is_shown_and_nothing_changes(
    client: httpx.AsyncClient, changes: FakeChanges
) -> None:
    answer = await send(client, "look", typed=f"{PHONG_DIEN.short_name}\n{HUE.code}; ")
    assert answer.status_code == 200
    assert "9 nhiệm vụ được bổ sung" in answer.text
    assert changes.looked == [
        LateAddressees(
            requirements=("services", "training"),
            units=(HUE.code, PHONG_DIEN.code),
            until=date(2020, 11, 30),
            reason=REASON,
        )
    ]
    assert changes.made == []


async def confirm(client: httpx.AsyncClient, shown: httpx.Response) -> httpx.Response:
    """Press the button of the second page, as a browser sends its hidden fields."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', shown.text)
    form: dict[str, list[str]] = {}
    for name, value in fields:
        form.setdefault(name, []).append(value)
    return await client.post(f"{HOME}/enlist", data=form)


async def test_confirmed_they_owe_it_and_the_page_says_so(client: httpx.AsyncClient, changes: FakeChanges) -> None:
    shown = await send(client, "look")
    answer = await confirm(client, shown)
    assert answer.status_code == 303
    assert changes.made == changes.looked[:1]
    html = (await client.get(answer.headers["location"])).text
    assert 'role="status"' in html
    assert HUE.short_name in html
    assert (await confirm(client, shown)).status_code == 303, "a button pressed twice"
    assert len(changes.made) == 1
    assert 'role="status"' not in (await client.get(f"{HOME}/enlist?c=something-else")).text


async def test_the_confirmation_is_bound_to_what_was_shown(client: httpx.AsyncClient, changes: FakeChanges) -> None:
    shown = await send(client, "look")
    changes.foreseen = changes.foreseen.__class__(plan=changes.foreseen.plan, added=changes.foreseen.added[:4])
    answer = await confirm(client, shown)
    assert answer.status_code == 409
    assert "4 nhiệm vụ được bổ sung" in answer.text
    assert changes.made == []
    assert (await confirm(client, answer)).status_code == 303


@pytest.mark.parametrize(
    ("typed", "mistake"),
    [
        ({"requirement": []}, "Chọn ít nhất một yêu cầu."),
        ({"unit": []}, "Chọn hoặc ghi ít nhất một đơn vị."),
        ({"why": ""}, WORDS[Reason.REASON_NEEDED]),
        ({"until": "hôm qua"}, "không phải là ngày"),
    ],
)
async def test_what_is_missing_is_said_beside_its_field(
    client: httpx.AsyncClient, changes: FakeChanges, typed: dict[str, str | list[str]], mistake: str
) -> None:
    answer = await send(client, "look", **typed)
    assert (answer.status_code, answer.text.count(mistake)) == (422, 2)
    assert changes.looked == []


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (CannotChange(Hindrance.UNKNOWN_UNIT, unit="x-y", hint=""), 422, "Không có đơn vị “x-y” trong danh bạ"),
        (
            CannotChange(Hindrance.UNIT_NOT_VALID, unit=HUE.code, name="UBND", day="01/07/2020"),
            422,
            "UBND không tồn tại vào ngày 01/07/2020.",
        ),
        (Refused(Reason.DATE_NEEDED), 422, WORDS[Reason.DATE_NEEDED]),
        (Refused(Reason.ALREADY_OWES), 422, WORDS[Reason.ALREADY_OWES]),
        (
            CannotChange(Hindrance.CANNOT_ASK, (Fault(code="not_below_issuer", path="", line=0, message="not below"),)),
            409,
            "Đơn vị không thuộc cấp dưới của cơ quan ban hành.",
        ),
        (Refused(Reason.VERSION_OUTDATED), 409, WORDS[Reason.VERSION_OUTDATED]),
        (Unreachable("the database", "sqlite", "locked"), 503, "Hệ thống tạm thời gián đoạn"),
    ],
)
async def test_why_it_cannot_be_is_said_and_what_was_typed_stays(
    client: httpx.AsyncClient, changes: FakeChanges, error: Exception, status: int, words: str
) -> None:
    changes.hindered = error
    answer = await send(client, "look")
    assert answer.status_code == status
    assert words in answer.text
    assert REASON in answer.text
    assert ticked(answer, "unit") == [HUE.code]
    assert (COMMAND in answer.text) is (status == 503), "what may have arrived is sent again under the same id"
    assert changes.made == []


async def test_where_the_directive_has_ended_meanwhile_the_closed_register_is_shown(
    client: httpx.AsyncClient, changes: FakeChanges
) -> None:
    shown = await send(client, "look")
    changes.answer = Refused(Reason.CLOSED)
    answer = await confirm(client, shown)
    assert (answer.status_code, WORDS[Reason.CLOSED] in answer.text) == (409, True)


async def test_who_may_not_is_told_so(client: httpx.AsyncClient, pages: FakePages, changes: FakeChanges) -> None:
    pages.register = register(supervises=False)
    for answer in (await client.get(f"{HOME}/enlist"), await send(client, "look")):
        assert (answer.status_code, "Chỉ đơn vị ban hành văn bản" in answer.text) == (409, True)
    assert changes.looked == []
