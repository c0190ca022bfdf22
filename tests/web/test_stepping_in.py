"""Stepping in from the sheets of a register: choosing, what will be touched, confirming, and an answer in between."""

import re
from datetime import date
from typing import Any

import httpx
import pytest

from models.intervention import Reassign, Reinstate, ReleaseUnit, Resume, SetDue, Suspend, Target
from models.obligation import State
from models.register import ObligationLine
from rules.calendar import day_end
from rules.refusals import WORDS, Reason, Refused
from rules.ways import Way
from tests.web import samples
from tests.web.changing import ChangingCascades
from tests.web.fakes import FakePages
from tests.web.posting import COMMAND
from tests.web.stepping import (
    DONE,
    DRAFT,
    HOME,
    HUE,
    LINES,
    OF_REQUIREMENT,
    OPEN,
    OTHER,
    PAUSED,
    PHONG_DIEN,
    QUANG_DIEN,
    REASON,
    SELECTION,
    choose,
    register,
    step,
    ticks,
    with_changed,
)
from web.register.way_words import SAID


@pytest.fixture(autouse=True)
def kept(pages: FakePages) -> None:
    pages.register = register()


@pytest.fixture
def cascades(pages: FakePages) -> ChangingCascades:
    return ChangingCascades(pages)


async def test_a_sheet_offers_what_fits_its_lines(client: httpx.AsyncClient) -> None:
    html = (await client.get(f"{HOME}?unit={HUE.code}")).text
    assert re.findall(r'name="way" value="(\w+)"', html) == [way.value for way in Way]
    assert re.findall(r'name="item" value="([^"]+)"', html) == ["all", *ticks(OPEN, DRAFT, SELECTION, PAUSED, DONE)]
    assert "Điều chỉnh, can thiệp" in html
    html = (await client.get(f"{HOME}?requirement=services")).text
    assert not {"resume", "reinstate"} & set(re.findall(r'name="way" value="(\w+)"', html))
    assert re.findall(r'name="item" value="([^"]+)"', html) == ["all", *ticks(OTHER, OPEN)]


@pytest.mark.parametrize("changed", [{"reviewer": samples.A_LUOI}, {"closed": True}])
async def test_who_only_reviews_and_whose_register_is_closed_sees_nothing_of_it(
    client: httpx.AsyncClient, pages: FakePages, cascades: ChangingCascades, changed: dict[str, object]
) -> None:
    pages.register = register(**changed)
    assert "can-thiep" not in (await client.get(f"{HOME}?unit={HUE.code}")).text
    assert (await choose(client, "suspend", *ticks(OPEN))).status_code == 409
    assert (await step(client, Way.SUSPEND, OPEN)).status_code == 409
    assert cascades.sent == []


async def test_choosing_shows_what_will_be_touched_and_what_not_and_changes_nothing(
    client: httpx.AsyncClient, cascades: ChangingCascades
) -> None:
    answer = await choose(client, "suspend", *ticks(OPEN, DONE))
    assert answer.status_code == 200
    assert "Sẽ thực hiện đối với 1 nhiệm vụ" in answer.text
    assert ">Giữ nguyên<" in answer.text
    assert WORDS[Reason.ALREADY_DONE] in answer.text
    assert re.findall(r'name="item" value="([^"]+)"', answer.text) == ticks(OPEN)
    assert cascades.sent == []


async def test_all_stands_for_what_the_way_fits(client: httpx.AsyncClient) -> None:
    answer = await choose(client, "resume", "all")
    assert re.findall(r'name="item" value="([^"]+)"', answer.text) == ticks(PAUSED)


@pytest.mark.parametrize(
    ("way", "items", "mistake"),
    [
        ("", ticks(OPEN), "Chọn một việc cần làm."),
        ("suspend", [], "Chọn ít nhất một nhiệm vụ."),
        ("suspend", ["0:x@y", "", "x"], "Chọn ít nhất một nhiệm vụ."),
        ("resume", ticks(OPEN), WORDS[Reason.NOT_SUSPENDED]),
        ("accept_paper", ticks(OPEN, DRAFT), "Mỗi lần chỉ xác nhận theo văn bản giấy đối với một nhiệm vụ."),
        ("reassign", ticks(DONE), WORDS[Reason.NOTHING_TO_REASSIGN]),
    ],
)
async def test_a_choice_that_means_nothing_is_mended_and_kept(
    client: httpx.AsyncClient, way: str, items: list[str], mistake: str
) -> None:
    answer = await choose(client, way, *items)
    assert answer.status_code == 422
    assert answer.text.count(mistake) == 2  # in the summary and beside the field
    known = [item for item in items if item in ticks(*LINES)]
    assert re.findall(r'name="item" value="([^"]+)" checked', answer.text) == known


UNTIL = date(2020, 11, 30)
_Command = SetDue | Suspend | Resume | ReleaseUnit | Reinstate | Reassign
CASES: list[tuple[Way, ObligationLine, dict[str, str], type[_Command], dict[str, Any], dict[str, Any]]] = [
    (Way.SET_DUE, OPEN, {"until": "30/11/2020"}, SetDue, {"until": UNTIL}, {"due": day_end(UNTIL)}),
    (Way.SUSPEND, OPEN, {}, Suspend, {}, {"state": State.SUSPENDED, "suspended_at": samples.AT}),
    (Way.RESUME, PAUSED, {}, Resume, {}, {"state": State.OPEN}),
    (Way.WAIVE, OPEN, {}, ReleaseUnit, {"release": "waived"}, {"state": State.WAIVED}),
    (Way.NOT_APPLICABLE, OPEN, {}, ReleaseUnit, {"release": "not_applicable"}, {"state": State.NOT_APPLICABLE}),
    (Way.WITHDRAW, OPEN, {}, ReleaseUnit, {"release": "withdrawn"}, {"state": State.WITHDRAWN}),
    (Way.REINSTATE, DONE, {}, Reinstate, {}, {"state": State.RETURNED}),
    (
        Way.REASSIGN, OPEN, {"receiver": QUANG_DIEN.short_name.upper()}, Reassign, {"unit": QUANG_DIEN.code},
        {"state": State.TRANSFERRED, "moved_to": (QUANG_DIEN.code,)},
    ),
    (
        Way.REASSIGN, OPEN, {"receiver": QUANG_DIEN.code}, Reassign, {"unit": QUANG_DIEN.code},
        {"state": State.TRANSFERRED, "moved_to": (QUANG_DIEN.code,)},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("way", "line", "typed", "kind", "said", "after"), CASES)
async def test_what_was_pressed_is_sent_with_its_reason_and_confirmed_from_the_register(
    client: httpx.AsyncClient,
    cascades: ChangingCascades,
    way: Way,
    line: ObligationLine,
    typed: dict[str, str],
    kind: type[_Command],
    said: dict[str, Any],
    after: dict[str, Any],
) -> None:
    cascades.afterwards = with_changed({line.key: line.model_copy(update={"reason": REASON} | after)})
    answer = await step(client, way, line, typed=typed)
    assert answer.status_code == 303
    (command,) = cascades.sent
    assert isinstance(command, kind)
    assert command.model_dump(include={"id", "at", "reason", *said}) == {
        "id": COMMAND, "at": samples.AT, "reason": REASON, **said,
    }  # fmt: skip
    assert command.targets == (Target(obligation=line.key, submissions=line.submissions),)
    html = (await client.get(answer.headers["location"])).text
    banner = html.partition('role="status"')[2].partition("</div>")[0]
    assert f"{SAID[way].done}: 1 nhiệm vụ" in banner
    assert "Số ghi sổ: 45." in banner
    assert REASON in html


async def test_an_address_that_the_register_does_not_bear_out_confirms_nothing(client: httpx.AsyncClient) -> None:
    for query in ("r=45&w=suspend&d=services", "w=suspend&d=training", "r=45&w=x&d=training", "r=45&w=suspend&d=x"):
        assert 'role="status"' not in (await client.get(f"{HOME}?unit={HUE.code}&{query}")).text
    assert 'role="status"' in (await client.get(f"{HOME}?unit={HUE.code}&r=45&w=suspend&d=training")).text


async def test_many_units_at_once_and_the_one_that_answered_in_between_is_left_and_told(
    client: httpx.AsyncClient, cascades: ChangingCascades
) -> None:
    paused = OPEN.model_copy(update={"state": State.SUSPENDED, "reason": REASON})
    answered = samples.submitted("services", PHONG_DIEN)
    cascades.afterwards = with_changed({OPEN.key: paused, OTHER.key: answered})
    answer = await step(client, Way.SUSPEND, OPEN, OTHER, place=OF_REQUIREMENT)
    html = (await client.get(answer.headers["location"])).text
    assert "Đã tạm dừng thực hiện: 1 nhiệm vụ" in html
    banner = html.partition('role="status"')[2].partition("</div>")[0]
    assert HUE.short_name in banner
    assert f"Không thay đổi: {PHONG_DIEN.short_name}" in banner
    assert "chờ xác nhận, nộp lần 1 lúc" in banner


@pytest.mark.parametrize("known", [True, False])
async def test_an_answer_in_between_wins_and_the_supervisor_is_told(
    client: httpx.AsyncClient, pages: FakePages, cascades: ChangingCascades, known: bool
) -> None:
    """The sheet was made before the officer answered; the button is pressed after, or while the answer comes in."""
    cascades.answer = Refused(Reason.CHANGED_MEANWHILE)
    cascades.afterwards = with_changed({OPEN.key: samples.submitted("services", HUE)})
    if known:
        pages.register = cascades.afterwards
    answer = await step(client, Way.WAIVE, OPEN)
    assert answer.status_code == 409
    (command,) = cascades.sent
    assert isinstance(command, ReleaseUnit)
    assert command.targets == (Target(obligation=OPEN.key, submissions=0),)
    assert WORDS[Reason.CHANGED_MEANWHILE] in answer.text
    assert "chờ xác nhận, nộp lần 1 lúc" in answer.text
    assert ">Giữ nguyên<" in answer.text
    assert "<textarea" not in answer.text


async def test_what_is_chosen_after_the_answer_came_is_left_too(client: httpx.AsyncClient, pages: FakePages) -> None:
    pages.register = with_changed({OPEN.key: samples.submitted("services", HUE)})
    answer = await choose(client, "waived", *ticks(OPEN))
    assert answer.status_code == 422
    assert WORDS[Reason.CHANGED_MEANWHILE] in answer.text


async def test_reopening_the_address_of_a_form_changes_nothing(
    client: httpx.AsyncClient, cascades: ChangingCascades
) -> None:
    for name in ("choose", "step"):
        assert (await client.get(f"{HOME}/{name}")).status_code == 303
    assert cascades.sent == []


async def test_units_that_are_called_the_same_are_told_apart_by_their_code(
    client: httpx.AsyncClient, pages: FakePages, cascades: ChangingCascades
) -> None:
    pages.register = register(assignable={"1": "UBND xã Tân Lập", "2": "UBND xã Tân Lập", "3": "UBND xã An Bình"})
    shown = (await choose(client, "reassign", *ticks(OPEN))).text
    assert re.findall(r'<option value="([^"]+)"', shown) == [
        "UBND xã An Bình", "UBND xã Tân Lập (1)", "UBND xã Tân Lập (2)",
    ]  # fmt: skip
    assert (await step(client, Way.REASSIGN, OPEN, typed={"receiver": "UBND xã Tân Lập"})).status_code == 422
    await step(client, Way.REASSIGN, OPEN, typed={"receiver": "UBND xã Tân Lập (2)"})
    (command,) = cascades.sent
    assert isinstance(command, Reassign)
    assert command.unit == "2"
