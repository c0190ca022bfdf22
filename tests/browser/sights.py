"""Every page in every situation that people see it in, over hand-written ports: for checks and for pictures."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from playwright.async_api import Page

from models.holder import Arrangement, Holder
from models.link import Purpose
from models.obligation import State
from models.recommendation import RecommendationStatus
from models.register import ObligationLine
from models.request import Request, RequestKind, RequestStatus
from models.unit import Role, Unit
from models.unreachable import Unreachable
from tests.browser import changing, reading, stepping
from tests.browser.hands import fill, press, unfold
from tests.browser.serving import Fakes
from tests.web import kinds, samples
from tests.web.fakes import OFFICER_TOKEN, REGISTER_TOKEN, link

OFFICER, REGISTER = f"/v/{OFFICER_TOKEN}", f"/s/{REGISTER_TOKEN}"
PHONE, DESK = 320, 1280
WIDTHS = {PHONE: 640, DESK: 800}
"""The widths at which pages are looked at, and the height of the window, in CSS pixels."""


async def _only_look(page: Page) -> None:
    """Nothing more than opening the page."""


@dataclass(frozen=True)
class Sight:
    """`arrange` brings the ports into the situation, `act` does what leads to the page after `path` was opened.

    A picture begins at `part`, a CSS selector, where one is given.
    """

    path: str
    arrange: Callable[[Fakes], None] = lambda _: None
    act: Callable[[Page], Awaitable[None]] = _only_look
    part: str = ""


async def show(sight: Sight, page: Page, address: str) -> None:
    """Lead a page to a sight."""
    await page.goto(address + sight.path)
    await sight.act(page)


def _request(line: ObligationLine, kind: RequestKind, number: int, **changed: Any) -> Request:
    values: dict[str, Any] = {
        "id": f"{line.key}/r{number}",
        "obligation": line.key,
        "unit": line.unit,
        "kind": kind,
        "reason": "Địa bàn bị chia cắt do bão số 9, chưa tổ chức được hội nghị tại 04 xã vùng cao.",
        "asked_at": datetime(2020, 10, 27, 3, 15, tzinfo=UTC),
    }
    return Request(**values | changed)


def _requests(office: Unit) -> tuple[Request, ...]:
    """More time asked for, one that does not apply, and an earlier one that was refused."""
    return (
        _request(samples.line("services", office), RequestKind.MORE_TIME, 51, until=date(2020, 11, 30)),
        _request(
            samples.line("review-programmes", office), RequestKind.NOT_APPLICABLE, 52,
            reason="Huyện không được giao thực hiện Đề án.",
        ),
        _request(
            samples.line("labour-code", office), RequestKind.MORE_TIME, 40, until=date(2020, 12, 31),
            asked_at=datetime(2020, 10, 19, 7, 30, tzinfo=UTC), status=RequestStatus.REFUSED,
            answered_at=datetime(2020, 10, 20, 2, tzinfo=UTC),
            words="Nội dung phải hoàn thành trước Tháng hành động.",
        ),
    )  # fmt: skip


def _holders(office: Unit) -> tuple[Holder, ...]:
    """A colleague, and a substitute whose address is refused."""
    named: dict[str, Any] = {"unit": office.code, "role": Role.FOCAL, "by": Role.FOCAL, "by_email": "aluoi@hue.example"}
    return (
        Holder(id="h31", name="Lê Thị Thu", email="thu@hue.example", arrangement=Arrangement.COLLEAGUE, **named),
        Holder(
            id="h32", name="Hồ Văn Đức", email="duc@hue.example", arrangement=Arrangement.SUBSTITUTE,
            first=date(2020, 10, 26), last=date(2020, 11, 6), **named,
        ),
    )  # fmt: skip


def _few(fakes: Fakes) -> None:
    fakes.pages.officer = samples.officer_page(
        samples.line("action-month-plan"), samples.line("services"), samples.submitted()
    )


def _requested(fakes: Fakes) -> None:
    told = {
        "unit": samples.A_LUOI.model_copy(update={"focal_email": "aluoi@hue.example"}),
        "requests": _requests(samples.A_LUOI),
        "holders": _holders(samples.A_LUOI),
    }
    fakes.pages.officer = samples.officer_page().model_copy(update=told)


def _kinds(fakes: Fakes) -> None:
    asked = {
        "recommendations": (kinds.obstacle(), kinds.referred(body=samples.A_LUOI.code, unit="482-ldtbxh")),
        "groups": kinds.GROUPS,
    }
    fakes.pages.officer = samples.officer_page(*(kinds.line(name) for name in kinds.KINDS)).model_copy(update=asked)


def _register(fakes: Fakes, districts: int = 3) -> None:
    """A register with something of everything, of so many districts."""
    offices = [samples.unit(district) for district in samples.DISTRICTS[:districts]]
    told = {
        "requests": (*_requests(offices[-1]), *_requests(offices[1])[:1]),
        "holders": _holders(offices[-1]),
        "unreachable": {offices[2].code: "địa chỉ quangdien@hue.example không nhận thư (máy chủ thư: 550 5.1.1)"},
        "recommendations": (
            kinds.recommendation(),
            kinds.obstacle(),
            kinds.recommendation(3, RecommendationStatus.ANSWERED, group="loans", words="Đã bố trí kinh phí."),
        ),
        "groups": kinds.GROUPS,
    }
    fakes.pages.register = samples.register_page(*_lines(offices)).model_copy(update=told)


def _lines(offices: list[Unit]) -> tuple[ObligationLine, ...]:
    """Twelve lines of each office, those of one requirement waiting for a decision, and two of other kinds."""
    known = [line for line in samples.register_lines() if line.unit in {office.code for office in offices}]
    waiting = [samples.submitted("politics-plan", office) for office in offices[:4]]
    asking = [samples.line(name, office) for name in ("services", "review-programmes") for office in offices[1:]]
    lines = {line.key: line for line in (*known, *waiting, *asking)}
    return (*lines.values(), kinds.answered("questions"), kinds.answered("draft-guidance"))


def _whole_register(fakes: Fakes) -> None:
    _register(fakes, len(samples.DISTRICTS))


def _stepped_in(fakes: Fakes) -> None:
    _register(fakes)
    fakes.pages.register = stepping.stepped_in(fakes.pages.register)


def _closed(fakes: Fakes) -> None:
    fakes.pages.officer = samples.officer_page(closed=True)
    fakes.pages.register = samples.register_page(*_lines([samples.A_LUOI]), closed=True)


def _withdrawn(fakes: Fakes) -> None:
    fakes.pages.officer = samples.officer_page(
        samples.line("services", state=State.WITHDRAWN), samples.line("inspection", state=State.UNFULFILLED)
    )


def _returned(fakes: Fakes) -> None:
    fakes.pages.officer = samples.officer_page(samples.returned(), samples.returned("politics-plan"))


def _gone(fakes: Fakes) -> None:
    fakes.pages.links[OFFICER_TOKEN] = link(Purpose.OFFICER, revoked_at=samples.REAL_NOW - timedelta(days=1))


def _ledger_away(fakes: Fakes) -> None:
    _few(fakes)
    fakes.cascades.answer = Unreachable("Temporal", "127.0.0.1:7233", "no answer in time")


def _away(fakes: Fakes) -> None:
    fakes.pages.away = True


async def _unfold_all(page: Page) -> None:
    for form in await page.locator("main form").all():
        await unfold(form)


async def _unfold_people(page: Page) -> None:
    await unfold(page.locator("#holder-forward-form"))


async def _plan_without_anything(page: Page) -> None:
    await press(page.locator("#action-month-plan-form"))


async def _handed_in(page: Page) -> None:
    form = page.locator("#services-form")
    await fill(form, note="Đã công khai 06 địa chỉ tin cậy tại các xã.")
    await press(form)


async def _handed_over(page: Page) -> None:
    form = page.locator("#holder-forward-form")
    await fill(form, name="Lê Thị Thu", email="thu@hue.example", arrangement="successor")
    await press(form)


async def _asked_too_often(page: Page) -> None:
    while (await page.request.get(page.url)).status != 429:
        pass
    await page.reload()


async def _returned_without_words(page: Page) -> None:
    await press(page.locator("form[id$='return-form']").first)


_DISTRICT = f"{REGISTER}?unit={stepping.DISTRICT.code}"
_MISTYPED = "/v/0123456789abcdefgh"
SIGHTS: dict[str, Sight] = {
    "officer": Sight(OFFICER),
    "officer-forms": Sight(OFFICER, _kinds, _unfold_all),
    "officer-errors": Sight(OFFICER, _few, _plan_without_anything),
    "officer-handed-in": Sight(f"{OFFICER}?r=45&o=politics-plan", _few, part="#politics-plan"),
    "officer-handed-over": Sight(OFFICER, _few, _handed_over),
    "officer-returned": Sight(OFFICER, _returned),
    "officer-requests": Sight(OFFICER, _requested),
    "officer-withdrawn": Sight(OFFICER, _withdrawn),
    "officer-closed": Sight(OFFICER, _closed),
    "officer-away": Sight(OFFICER, _ledger_away, _handed_in),
    "register": Sight(REGISTER, _register),
    "register-errors": Sight(REGISTER, _register, _returned_without_words),
    "register-unit": Sight(f"{REGISTER}?unit={samples.unit(samples.DISTRICTS[1]).code}", _register),
    "register-requirement": Sight(f"{REGISTER}?requirement=labour-code", _register),
    "register-choosing": Sight(_DISTRICT, _stepped_in, stepping.open_choice),
    "register-stepping": Sight(_DISTRICT, _stepped_in, stepping.about_to_set_dates),
    "register-stepping-errors": Sight(
        f"{REGISTER}?requirement=labour-code", _stepped_in, stepping.dates_without_reason
    ),
    "register-paper": Sight(_DISTRICT, _stepped_in, stepping.about_to_accept_paper),
    "register-reassign": Sight(_DISTRICT, _stepped_in, stepping.about_to_reassign),
    "register-stepped-in": Sight(f"{_DISTRICT}&r=45&w=suspend&d=services", _stepped_in),
    "register-closed": Sight(REGISTER, _closed),
    "register-ending": Sight(f"{REGISTER}/cancel", changing.supervised, changing.end_without_reason),
    "register-amend": Sight(f"{REGISTER}/amend", changing.faulty, changing.upload),
    "register-amend-behind": Sight(f"{REGISTER}/amend", changing.behind),
    "register-amend-preview": Sight(f"{REGISTER}/amend", changing.supervised, changing.upload_and_unfold),
    "register-enlist": Sight(f"{REGISTER}/enlist", changing.supervised, changing.look_for_units),
    "register-enlist-preview": Sight(f"{REGISTER}/enlist", changing.supervised, changing.about_to_enlist),
    "reading-sign-in": Sight("/tra-cuu", act=reading.mistyped),
    "reading-directive": Sight(reading.LINK, act=reading.then(reading.DIRECTIVE)),
    "reading-unit": Sight(reading.LINK, act=reading.then(reading.UNIT)),
    "reading-obligation": Sight(reading.LINK, act=reading.then(reading.OBLIGATION)),
    "reading-search": Sight(reading.LINK, act=reading.then("/tra-cuu/tim?unit=lưới&text=hội nghị")),
    "reading-search-errors": Sight(reading.LINK, act=reading.then("/tra-cuu/tim?text=a&light=blue")),
    "error-404": Sight(_MISTYPED),
    "error-410": Sight(OFFICER, _gone),
    "error-429": Sight(_MISTYPED, act=_asked_too_often),
    "error-503": Sight(OFFICER, _away),
}
PARTS: dict[str, Sight] = {
    "reading-enter": Sight(reading.LINK),
    "reading-directives": Sight(reading.LINK, act=reading.then("/tra-cuu/van-ban")),
    "reading-technical": Sight(reading.LINK, reading.operator, reading.then("/tra-cuu/ky-thuat")),
    "officer-people": Sight(OFFICER, _requested, _unfold_people, "#holders"),
    "register": Sight(REGISTER, _whole_register),
    "register-chase": Sight(REGISTER, _whole_register, part="#don-doc"),
    "register-choosing-form": Sight(_DISTRICT, _stepped_in, stepping.open_choice, part="#can-thiep"),
    "register-escalated": Sight(REGISTER, _stepped_in, part="#cap-duoi"),
    "register-whole": Sight(REGISTER, changing.supervised, part="#toan-van-ban"),
    "register-progress": Sight(REGISTER, _whole_register, part="#tien-do"),
}
"""For pictures alone: what stands further down on pages, a register of common size, and pages made as others are."""
