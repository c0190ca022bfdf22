"""Handling a recommendation: answering, taking on board, referring to a body with a day for its reply, and so on."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from models.recommendation import Handling
from texts.language import gettext as _
from texts.language import mark
from web.drafts import Draft
from web.forms.fields import typed_day

HANDLING_FIELDS = ("handling", "words", "body", "reply_by")
REPLY_FIELDS = ("words",)

_HANDLINGS = {
    Handling.ANSWER: mark("Giải đáp"),
    Handling.TAKE_ON_BOARD: mark("Tiếp thu"),
    Handling.REFER: mark("Chuyển cơ quan có thẩm quyền"),
    Handling.REPLY: mark("Ghi nhận trả lời của cơ quan được chuyển"),
    Handling.CLOSE: mark("Kết thúc"),
    Handling.REOPEN: mark("Xem xét lại"),
}
_OWN_REPLY = mark("Trả lời")
_NEEDS_WORDS = {
    Handling.ANSWER: mark("Ghi nội dung giải đáp."),
    Handling.TAKE_ON_BOARD: mark("Ghi nội dung tiếp thu."),
    Handling.REPLY: mark("Ghi nội dung trả lời."),
}


def choices(ways: Iterable[Handling], *, keeps: bool) -> dict[str, str]:
    """What may be done with a recommendation, with its words: who keeps the register records the reply of a body, which
    itself just replies."""
    called = _HANDLINGS if keeps else _HANDLINGS | {Handling.REPLY: _OWN_REPLY}
    return {handling.value: _(called[handling]) for handling in ways}


def read_handling(draft: Draft, names: Mapping[str, str], today: dt.date) -> dict[str, Any] | None:
    """The parts of the command that a posted form means, None where it does not say what is to be done.

    `names` are the units that take part, by code: a body that is called like one of them is given by its code. Adds to
    `draft.errors` what is missing.
    """
    handling, words = next((item for item in Handling if item == draft.value("handling")), None), draft.value("words")
    if handling is None:
        draft.errors["handling"] = _("Chọn một cách xử lý.")
        return None
    if handling in _NEEDS_WORDS and not words:
        draft.errors.setdefault("words", _(_NEEDS_WORDS[handling]))
    if handling is not Handling.REFER:
        return {"handling": handling, "words": words}
    reply_by = typed_day(draft, "reply_by")
    if not draft.value("body"):
        draft.errors.setdefault("body", _("Ghi tên cơ quan được chuyển đến."))
    if reply_by is None:
        draft.errors.setdefault("reply_by", _("Ghi ngày đề nghị trả lời."))
    elif reply_by < today:
        draft.errors["reply_by"] = _("Ngày đề nghị trả lời không được trước ngày hôm nay.")
    return {"handling": handling, "words": words, "body": _code(draft.value("body"), names), "reply_by": reply_by}


def read_reply(draft: Draft) -> dict[str, Any]:
    """The same for a unit that replies to what was referred to it."""
    if not draft.value("words"):
        draft.errors.setdefault("words", _(_NEEDS_WORDS[Handling.REPLY]))
    return {"handling": Handling.REPLY, "words": draft.value("words")}


def _code(body: str, names: Mapping[str, str]) -> str:
    called = {name.casefold(): code for code, name in names.items()}
    return called.get(body.casefold(), body)
