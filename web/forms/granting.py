"""Answers to a unit's requests: granting, with another last day where more time is asked for, or refusing."""

import datetime as dt

from models.register import ObligationLine
from models.request import Request, RequestKind
from rules.calendar import local_day
from rules.refusals import WORDS, Reason
from rules.requests import day_fault
from texts.language import gettext as _
from web.drafts import Draft
from web.forms.fields import typed_day

GRANTING_FIELDS = ("words", "until")


def read_until(
    request: Request, line: ObligationLine | None, draft: Draft, at: dt.datetime, closing: dt.datetime
) -> dt.date | None:
    """The last day that is granted, None where the request is not for time.

    Adds to `draft.errors` what is wrong with it where `line` is given: the obligation of a request that still waits;
    `closing` is the instant at which the register closes.
    """
    if request.kind is not RequestKind.MORE_TIME:
        return None
    until = typed_day(draft, "until")
    if line is None:
        return until
    if until is None:
        draft.errors.setdefault("until", _("Ghi ngày cuối cùng của thời hạn mới."))
    elif fault := day_fault(line.due, until, local_day(at), closing):
        draft.errors["until"] = _(WORDS[fault])
    return until


def read_refusal(draft: Draft) -> None:
    """A refusal says why; adds to `draft.errors` where it does not."""
    if not draft.value("words"):
        draft.errors.setdefault("words", _(WORDS[Reason.REASON_NEEDED]))
