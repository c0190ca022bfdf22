"""What an address says was just done, as far as the register bears it out (pure)."""

from collections.abc import Mapping

from models.obligation import State
from models.pages import OfficerPage
from models.recommendation import recommendation_id
from models.register import ObligationLine
from models.request import request_id
from models.saved import SavedDraft
from rules.holders import named_by
from texts.language import gettext as _
from web.banner import Banner, Tone
from web.forms.holder import PEOPLE
from web.forms.people import unsplit
from web.officer.saved import alive
from web.recommendations import handled


def confirmation(page: OfficerPage, saved: Mapping[str, SavedDraft], query: Mapping[str, str]) -> Banner | None:
    """The confirmation for the parameters of an address; `saved` are forms kept for later, by requirement."""
    if line := _line(page, query.get("d", "")):
        return _kept(page, line, saved)
    number = query.get("r", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    if line := _line(page, query.get("o", "")):
        return _submitted(line, int(number))
    if line := _line(page, query.get("f", "")):
        return _completed(line, int(number))
    if line := _line(page, query.get("b", "")):
        return _told(page, line, int(number))
    if line := _line(page, query.get("q", "")):
        return _asked(page, line, int(number))
    if query.get("p") == PEOPLE:
        return _named(page, int(number))
    return handled(page, number, query.get("k", ""))


def _line(page: OfficerPage, requirement: str) -> ObligationLine | None:
    return next((line for line in page.lines if line.requirement == requirement), None)


def _kept(page: OfficerPage, line: ObligationLine, saved: Mapping[str, SavedDraft]) -> Banner | None:
    if not alive(page, line, saved):
        return None
    text = _("Chưa có gì được gửi đi. Mở lại trang này trên bất kỳ thiết bị nào để nhập tiếp.")
    return Banner(Tone.DONE, _("Đã lưu nháp"), text, about=line.requirement)


def _submitted(line: ObligationLine, number: int) -> Banner | None:
    if line.state is not State.SUBMITTED:
        return None
    text = _("Số biên nhận: %(number)s. Đơn vị cấp trên sẽ xác nhận hoặc trả lại để bổ sung.", number=number)
    return Banner(Tone.DONE, _("Đã nộp kết quả"), text, about=line.requirement)


def _completed(line: ObligationLine, number: int) -> Banner | None:
    if line.total is None or unsplit(line):
        return None
    return Banner(Tone.DONE, _("Đã bổ sung số liệu"), _number(number), about=line.requirement)


def _told(page: OfficerPage, line: ObligationLine, number: int) -> Banner | None:
    if recommendation_id(line.key, 0, number) not in {item.id for item in page.recommendations}:
        return None
    return Banner(Tone.DONE, _("Đã gửi phản ánh khó khăn, vướng mắc"), _answer_comes(number), about=line.requirement)


def _asked(page: OfficerPage, line: ObligationLine, number: int) -> Banner | None:
    if request_id(line.key, number) not in {item.id for item in page.requests}:
        return None
    return Banner(Tone.DONE, _("Đã gửi đề nghị"), _answer_comes(number), about=line.requirement)


def _named(page: OfficerPage, number: int) -> Banner | None:
    holder = named_by(page.holders, f"h{number}")
    if holder is None:
        return None
    text = _("%(name)s nhận thư và đường dẫn riêng tại địa chỉ %(email)s.", name=holder.name, email=holder.email)
    return Banner(Tone.DONE, _("Đã giao việc"), text, about=PEOPLE)


def _number(number: int) -> str:
    return _("Số biên nhận: %(number)s.", number=number)


def _answer_comes(number: int) -> str:
    return _(
        "Số biên nhận: %(number)s. Trả lời sẽ được gửi qua thư điện tử và ghi tại trang này.",
        number=number,
    )
