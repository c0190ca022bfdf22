"""Single fields: text as people type it turned into days and numbers, and back."""

import re
from datetime import date, datetime

from models.written import EARLIEST, LATEST
from rules.words import day
from texts.language import gettext as _
from web.drafts import Draft

_DAYS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y", "%d%m%Y", "%Y-%m-%d")
_GROUPED = re.compile(r"\d{1,3}(?:[. ]\d{3})+")
_AMOUNT = re.compile(r"(\d{1,3}(?:[. ]\d{3})+|\d{1,12})(?:,(\d{1,6}))?|(\d{1,12})\.(\d{1,6})")
_LONGEST_FIGURE = 9


def typed_day(draft: Draft, name: str) -> date | None:
    """The day that somebody typed: dd/mm/yyyy, with other marks between or none, or as machines write it.

    A browser's own date field would show its user's locale, on many office machines mm/dd/yyyy: 05/06 would be a day in
    May to one and in June to another.
    """
    text = draft.value(name)
    for form in _DAYS:
        try:
            found = datetime.strptime(text, form).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
        if EARLIEST <= found <= LATEST:
            draft.values[name] = day(found)
            return found
    if text:
        draft.errors[name] = _(
            "“%(text)s” không phải là ngày; ghi theo dạng ngày/tháng/năm, ví dụ 15/05/2020.", text=text
        )
    return None


def typed_people(draft: Draft, name: str, *, error_at: str = "") -> int | None:
    """A number of people, with or without dots between the thousands."""
    text = draft.value(name)
    digits = re.sub(r"[. ]", "", text) if _GROUPED.fullmatch(text) else text
    if digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_FIGURE:
        return int(digits)
    if text:
        draft.errors[error_at or name] = _("“%(text)s” không phải là số người; chỉ ghi chữ số.", text=text)
    return None


def typed_amount(draft: Draft, name: str, *, error_at: str) -> float | None:
    """A number as it is written in Vietnam: dots between the thousands, a comma before decimals; `12.5` is read too."""
    text = draft.value(name)
    if match := _AMOUNT.fullmatch(text):
        whole, decimals = (match[1], match[2]) if match[1] else (match[3], match[4])
        return float(f"{re.sub('[. ]', '', whole)}.{decimals or 0}")
    if text:
        draft.errors[error_at] = _("“%(text)s” không phải là số; ghi bằng chữ số, ví dụ 1.250 hoặc 12,5.", text=text)
    return None


def amount_words(value: float) -> str:
    """A number for people: `1.250`, `12,5`; also as a field takes it again."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def shown(value: object) -> str:
    """What a field shows of an optional value: nothing where there is none."""
    return "" if value is None else str(value)
