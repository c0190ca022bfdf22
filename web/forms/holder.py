"""Naming who answers for the unit beside, instead of, or for some days in place of the reader; and leaving."""

from typing import Any

from models.holder import Arrangement
from rules.holders import EMAIL
from rules.refusals import WORDS, Reason
from texts.language import gettext as _
from texts.language import mark
from web.drafts import Draft
from web.forms.fields import typed_day

HOLDER_FIELDS = ("arrangement", "name", "email", "first", "last")
LEAVE_FIELDS = ("sure", "words")

FORWARD, SUBSTITUTE, LEAVE = "holder-forward", "holder-substitute", "holder-leave"
"""Names of the forms, also the beginnings of their fields' ids."""

PEOPLE = "holders"
"""The element of the page that says who answers for the unit."""

_FORWARDING = {
    Arrangement.COLLEAGUE: mark("Cùng phụ trách với tôi; đường dẫn của tôi vẫn dùng được"),
    Arrangement.SUCCESSOR: mark("Phụ trách thay tôi; đường dẫn của tôi hết hiệu lực ngay"),
}


def forwarding_choices() -> dict[str, str]:
    """How a colleague may stand to the reader, with its words."""
    return {arrangement.value: _(words) for arrangement, words in _FORWARDING.items()}


def holder_form(arrangement: str) -> str:
    """The form in which an arrangement is chosen."""
    return SUBSTITUTE if arrangement == Arrangement.SUBSTITUTE else FORWARD


def read_holder(draft: Draft, own_address: str) -> dict[str, Any] | None:
    """The parts of the command that a posted form means, None where it names no arrangement. Adds to `draft.errors`
    what is missing; `own_address` is where the reader himself is reached."""
    arrangement = next((item for item in Arrangement if item == draft.value("arrangement")), None)
    name, email = draft.value("name"), draft.value("email")
    if arrangement is None:
        draft.errors["arrangement"] = _("Chọn cách giao việc.")
    if not name:
        draft.errors.setdefault("name", _(WORDS[Reason.NAME_MISSING]))
    if not EMAIL.fullmatch(email):
        draft.errors.setdefault("email", _("Ghi địa chỉ thư điện tử, ví dụ nguyenvana@tinh.gov.vn."))
    elif email.casefold() == own_address.casefold():
        draft.errors["email"] = _("Đây là địa chỉ của chính đồng chí; ghi địa chỉ của người được giao.")
    if arrangement is None:
        return None
    said: dict[str, Any] = {"arrangement": arrangement, "name": name, "email": email}
    return said | _days(draft) if arrangement is Arrangement.SUBSTITUTE else said


def read_leaving(draft: Draft) -> str:
    """The words of who leaves; adds to `draft.errors` where the tick that makes sure of it is missing."""
    if not draft.value("sure"):
        draft.errors.setdefault("sure", _("Đánh dấu vào ô này để xác nhận."))
    return draft.value("words")


def _days(draft: Draft) -> dict[str, Any]:
    first, last = typed_day(draft, "first"), typed_day(draft, "last")
    if first is None:
        draft.errors.setdefault("first", _("Ghi ngày bắt đầu."))
    if last is None:
        draft.errors.setdefault("last", _("Ghi ngày kết thúc."))
    return {"first": first, "last": last}
