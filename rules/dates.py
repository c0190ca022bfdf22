"""Days, times of day, months and quarters as Vietnamese documents write them: patterns, and what their matches mean.

Patterns are for lower-case text as `plain` gives it. The functions that give a match its meaning raise ValueError
for days that no calendar of ours has.
"""

import calendar
import re
import unicodedata
from datetime import date, time, timedelta

from models.plan import Window
from models.written import EARLIEST, LATEST


def _named(prefix: str, pattern: str) -> str:
    """The pattern with a prefix to the names of its groups, which must differ within one expression."""
    return pattern.replace("(?P<", f"(?P<{prefix}_")


_SLASH = r" ?[/.-] ?"
_YEAR = rf"(?:{_SLASH}| năm )(?P<y>[0-9]{{4}})"
_OF_MONTH = rf"(?:{_SLASH}| tháng )(?P<m>[0-9]{{1,2}})"
_DAY = r"(?:ngày )?(?P<d>[0-9]{1,2})"
DATE = rf"{_DAY}{_OF_MONTH}{_YEAR}"
FIRST_DATE = _named("first", rf"{_DAY}(?:{_OF_MONTH}(?:{_YEAR})?)?")
MONTH = rf"tháng (?P<m>[0-9]{{1,2}}){_YEAR}"
QUARTER = rf"quý (?P<q>iv|i{{1,3}}|[1-4]){_YEAR}"
ONLY_YEAR = r"năm (?P<y>[0-9]{4})"
SPAN = rf"(?:{_named('month', MONTH)}|{_named('quarter', QUARTER)}|{_named('year', ONLY_YEAR)})"
_CLOCK = (
    r"(?:lúc )?(?P<hour>[0-9]{1,2})"
    r"(?: ?: ?(?P<sharp>[0-9]{2})| ?(?:giờ|h|g)(?: ?(?P<minute>[0-9]{1,2})(?: phút)?)?)"
)
_POINT = rf"(?P<point>đầu|giữa|cuối) (?:{_named('in', MONTH)}|{_named('of', ONLY_YEAR)})"
MOMENT = rf"(?:(?:{_CLOCK}(?:, ?| ))?{DATE}|{_POINT})"
"""A day, with a time of day or without; or the beginning, middle or end of a month or year."""

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def plain(text: str) -> str:
    """Text to be matched or shown: NFC, single spaces, no full stop or semicolon at the end."""
    return unicodedata.normalize("NFC", " ".join(text.split())).rstrip(" .;,")


def date_of(match: re.Match[str]) -> date:
    return _possible(int(match["y"]), int(match["m"]), int(match["d"]))


def first_date_of(match: re.Match[str]) -> date:
    """The first of two dates; a month or year that it lacks is the second one's."""
    year, month = match["first_y"] or match["y"], match["first_m"] or match["m"]
    return _possible(int(year), int(month), int(match["first_d"]))


def month_end(year: int, month: int) -> date:
    return _possible(year, month, calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0)


def quarter_of(match: re.Match[str], group: str = "q") -> int:
    """1 to 4, written in Roman or Arabic digits."""
    return _ROMAN.get(match[group]) or int(match[group])


def span_of(match: re.Match[str]) -> Window:
    """The days of a month, quarter or year."""
    if match["month_m"]:
        year, first, last = int(match["month_y"]), int(match["month_m"]), int(match["month_m"])
    elif match["quarter_q"]:
        year, last = int(match["quarter_y"]), quarter_of(match, "quarter_q") * 3
        first = last - 2
    else:
        year, first, last = int(match["year_y"]), 1, 12
    return Window(first=_possible(year, first, 1), last=month_end(year, last))


def moment_of(match: re.Match[str]) -> tuple[date, time | None]:
    """The day, and the time of day where the phrase gives one; 24:00 is 0:00 of the next day.

    Civil Code 2015, article 146: the middle of a month is the 15th, of a year 30 June; the beginning is the first day.
    """
    if match["point"]:
        return _point_of(match), None
    day = date_of(match)
    if match["hour"] is None:
        return day, None
    hour, minute = int(match["hour"]), int(match["sharp"] or match["minute"] or 0)
    return (day + timedelta(days=1), time(0)) if (hour, minute) == (24, 0) else (day, time(hour, minute))


def _point_of(match: re.Match[str]) -> date:
    point = match["point"]
    if match["of_y"]:
        month, day = {"đầu": (1, 1), "giữa": (6, 30), "cuối": (12, 31)}[point]
        return _possible(int(match["of_y"]), month, day)
    year, month = int(match["in_y"]), int(match["in_m"])
    return month_end(year, month) if point == "cuối" else _possible(year, month, {"đầu": 1, "giữa": 15}[point])


def _possible(year: int, month: int, day: int) -> date:
    """A day that a directive may name; others are typing mistakes."""
    found = date(year, month, day)
    if not EARLIEST <= found <= LATEST:
        raise ValueError(found)
    return found
