"""Deadlines as people write them, turned into the first instant that is too late (DOMAIN section 7)."""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from models.directive import EARLIEST, LATEST
from rules.calendar import day_end, day_start

_DATE = r"(?:ngày\s+)?(?P<{0}d>\d{{1,2}})(?:/|\s+tháng\s+)(?P<{0}m>\d{{1,2}})(?:/|\s+năm\s+)(?P<{0}y>\d{{4}})"
_BEFORE = re.compile(rf"(?P<both>chậm nhất\s+)?trước\s+{_DATE.format('')}")
_UNTIL = re.compile(rf"(?:chậm nhất(?:\s+vào)?\s+|(?:đến\s+)?hết\s+)?{_DATE.format('')}")
_WINDOW = re.compile(rf"từ\s+{_DATE.format('a')}\s+đến\s+(?:hết\s+)?{_DATE.format('')}")
_MONTH = re.compile(r"trong\s+tháng\s+(?P<m>\d{1,2})/(?P<y>\d{4})")
_NONE = re.compile(r"thường xuyên|không thời hạn|kịp thời")

EXAMPLES = "`trước ngày 15/5/2020`, `chậm nhất ngày 15/5/2020`, `trong tháng 11/2020` or `thường xuyên`"


@dataclass(frozen=True)
class Deadline:
    """`due` is exclusive (UTC), None for no date; `doubt` says what is contradictory in the phrase."""

    due: datetime | None
    phrase: str
    doubt: str = ""


def read_deadline(written: str | date | None) -> Deadline | None:
    """The deadline a phrase means; None where it gives no computable date and is no known way to say `none`.

    `trước ngày X` is read strictly: the last moment is the end of the day before X. A plain date is its own last day.
    Days outside `EARLIEST` to `LATEST` are typing mistakes.
    """
    if written is None:
        return Deadline(None, "")
    if isinstance(written, date):
        return Deadline(day_end(written), f"chậm nhất ngày {written:%d/%m/%Y}")
    phrase = unicodedata.normalize("NFC", " ".join(written.split()))
    lowered = phrase.lower()
    try:
        if match := _BEFORE.fullmatch(lowered):
            doubt = "`chậm nhất` includes the day and `trước` does not: read as `trước`" if match["both"] else ""
            return Deadline(day_start(_day(match)), phrase, doubt)
        if match := _WINDOW.fullmatch(lowered):
            doubt = "the window ends before it begins" if _day(match) < _day(match, "a") else ""
            return Deadline(day_end(_day(match)), phrase, doubt)
        if match := _UNTIL.fullmatch(lowered):
            return Deadline(day_end(_day(match)), phrase)
        if match := _MONTH.fullmatch(lowered):
            year, month = int(match["y"]), int(match["m"])
            return Deadline(day_end(_possible(date(year, month, calendar.monthrange(year, month)[1]))), phrase)
    except ValueError:
        return None
    return Deadline(None, phrase) if _NONE.fullmatch(lowered) else None


def _day(match: re.Match[str], group: str = "") -> date:
    return _possible(date(*(int(match[group + part]) for part in "ymd")))


def _possible(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise ValueError(day)
    return day
