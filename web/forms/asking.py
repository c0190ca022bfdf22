"""Asking for more time, to be released, or to be told that something does not apply."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from models.register import ObligationLine
from models.request import Request, RequestKind
from rules.refusals import WORDS, Reason
from rules.requests import askable, day_fault
from texts.language import gettext as _
from texts.language import mark
from web.drafts import Draft
from web.forms.fields import typed_day

ASK_FIELDS = ("request", "reason", "until")

KINDS = {
    RequestKind.MORE_TIME: mark("Lùi, giãn thời hạn"),
    RequestKind.WITHDRAWAL: mark("Rút nhiệm vụ"),
    RequestKind.NOT_APPLICABLE: mark("Không áp dụng đối với đơn vị"),
}


def ask_form(line: ObligationLine) -> str:
    """The name of the form of an obligation, also the beginning of its fields' ids."""
    return f"{line.requirement}-ask"


def ask_choices(line: ObligationLine, pending: Iterable[Request]) -> dict[str, str]:
    """What may be asked for now, with its words: nothing for which a request is `pending` already."""
    asked = {request.kind for request in pending if request.obligation == line.key}
    return {kind.value: _(KINDS[kind]) for kind in askable(line) if kind not in asked}


def read_ask(line: ObligationLine, draft: Draft, today: date, closing: datetime) -> dict[str, Any] | None:
    """The parts of the command that a posted form means, None where it does not say what is asked for. Adds to
    `draft.errors` what is missing; `closing` is when the register closes."""
    kind = next((kind for kind in askable(line) if kind == draft.value("request")), None)
    if kind is None:
        draft.errors["request"] = _("Chọn nội dung đề nghị.")
    if not draft.value("reason"):
        draft.errors.setdefault("reason", _(WORDS[Reason.REASON_NEEDED]))
    if kind is not RequestKind.MORE_TIME:
        return {"request": kind, "reason": draft.value("reason")} if kind else None
    until = typed_day(draft, "until")
    if until is None:
        draft.errors.setdefault("until", _("Ghi ngày đề nghị lùi, giãn đến."))
    elif fault := day_fault(line.due, until, today, closing):
        draft.errors["until"] = _(WORDS[fault])
    return {"request": kind, "reason": draft.value("reason"), "until": until}
