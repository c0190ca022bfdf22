"""What an author meant by a day, a time of day or a number that is written in another form than the language's."""

import re
from datetime import date, time

from rules.dates import DATE, plain
from rules.deadline import NUMBERS

_DATE = re.compile(rf"(?<![0-9]){DATE}(?![0-9])")
_YEAR_FIRST = re.compile(r"(?<![0-9])(?P<y>[0-9]{4}) ?[-/.] ?(?P<m>[0-9]{1,2}) ?[-/.] ?(?P<d>[0-9]{1,2})(?![0-9])")
_CLOCK = re.compile(
    r"(?:lúc )?(?P<hour>[0-9]{1,2})(?: ?(?:giờ|h|g|:|\.) ?(?P<minute>[0-9]{1,2})?(?: ?phút)?)?"
    r"(?: (?P<half>sáng|trưa|chiều|tối|am|pm))?"
)
_NUMBER = re.compile(r"(?P<number>-?[0-9]+(?:[.,][0-9]+)?) ?(?:%|[^\W\d]+(?: [^\W\d]+){0,3})?")
_AFTER_NOON = ("chiều", "tối", "pm")

QUOTES = "“”„‟‘’«»"
"""Marks that word processors put for quotes; YAML knows only " and '."""


def is_word_quoted(text: str) -> bool:
    """Whether a text stands in a word processor's quotes."""
    return text[:1] in QUOTES and text[:1] != ""


def day(text: str) -> date | None:
    """The only day that a text names, whichever way round; None where it names none that a calendar has."""
    phrase = plain(text).strip(QUOTES).lower()
    match = _DATE.fullmatch(phrase) or _YEAR_FIRST.fullmatch(phrase)
    return _day(match) if match else None


def impossible_day(text: str) -> str:
    """The first day in a text that no calendar has, as it is written there; empty where there is none."""
    phrase = plain(text).lower()
    matches = [*_DATE.finditer(phrase), *_YEAR_FIRST.finditer(phrase)]
    return next((match[0].removeprefix("ngày ") for match in matches if _day(match) is None), "")


def turned_round(text: str) -> date | None:
    """The day that an impossible one becomes when day and month change places."""
    match = _YEAR_FIRST.search(text) or _DATE.search(plain(text).lower())
    try:
        return date(int(match["y"]), int(match["d"]), int(match["m"])) if match else None
    except ValueError:
        return None


def time_of_day(text: str) -> time | None:
    """`17h`, `17 giờ 30`, `5 giờ chiều`, `8`."""
    match = _CLOCK.fullmatch(plain(text).strip(QUOTES).lower())
    if not match:
        return None
    hour = int(match["hour"])
    hour += 12 if match["half"] in _AFTER_NOON and hour < 12 else 0
    try:
        return time(hour, int(match["minute"] or 0))
    except ValueError:
        return None


def number(text: str, *, whole: bool) -> str | None:
    """`55%`, `55,5`, `hai`, `5 ngày` as the language writes them; None where there is no number, or no whole one."""
    phrase = plain(text).strip(QUOTES).lower()
    if phrase in NUMBERS:
        return str(NUMBERS.index(phrase) + 1)
    match = _NUMBER.fullmatch(phrase)
    if not match:
        return None
    found = match["number"].replace(",", ".")
    return None if whole and "." in found else found


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
