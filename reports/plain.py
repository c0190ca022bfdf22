"""Text as it may stand on paper: what officers typed, made harmless for every form, and Vietnamese numbers."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator

from rules.figures import figure

_WHITE = re.compile(r"[ \t\n\r\f\v\x85\u2028\u2029]+")
BLANK = "\u00a0" * 6
"""Room left open for the clerk's pen; no-break spaces, because ordinary ones collapse."""


def plain(text: str) -> str:
    """One line of composed (NFC) text without control, format or private characters.

    Control characters make a .docx unreadable, and invisible direction marks make a name read as another one.
    """
    if text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text):
        return text.strip(" ")  # nearly all there is, without a look at each letter: a workbook has a million
    line = _WHITE.sub(" ", unicodedata.normalize("NFC", text)).strip(" ")
    return "".join(char for char in line if not unicodedata.category(char).startswith("C"))


WORKBOOK = "tệp dữ liệu (XLSX) kèm theo báo cáo"
"""Where a document sends its reader for the rows that it leaves out."""

Text = Annotated[str, AfterValidator(plain)]
"""A string of a draft or page: always plain."""


def number(value: int) -> str:
    """An integer with a dot between thousands: `1.234`."""
    return figure(value)


def percent(part: int, whole: int) -> str:
    """`85,7%`, from counts, one decimal unless it is 0 or all; `-` where there is nothing to divide by.

    Rounding never claims all or nothing: 999 of 1.000 is 99,9%, and so is 9.999 of 10.000.
    """
    if not whole:
        return "-"
    if part in {0, whole}:
        return f"{100 * part // whole}%"
    rounded = tenths(part, whole)
    return f"{rounded // 10},{rounded % 10}%"


def percent_of_days(part: float, whole: float) -> str:
    """What part of some days others are, as both are printed: to a tenth of a day."""
    return percent(round(10 * part), round(10 * whole))


def tenths(part: int, whole: int) -> int:
    """The rate in tenths of a percent, as `percent` prints it; the whole is not zero."""
    return 1000 * part // whole if part in {0, whole} else min(max(round(1000 * part / whole), 1), 999)


def share(part: int, whole: int, noun: str) -> str:
    """`771/900 nhiệm vụ (85,7%)`; the whole is not zero."""
    return f"{number(part)}/{number(whole)} {noun} ({percent(part, whole)})"


def listed(parts: Sequence[str]) -> str:
    """`a, b và c`."""
    return " và ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def lower_first(text: str) -> str:
    """A small first letter, so that a title can stand inside a sentence; abbreviations stay as they are."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
