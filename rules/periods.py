"""Periods of reports and the days between which their data are taken (Decree 09/2019, article 12; DOMAIN section 2).

The data of months end on the 14th: those of a period run from the 15th of the month before its first month to the 14th
of its last month.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from models.due import Every
from models.plan import Period
from models.written import EARLIEST, LATEST
from rules.dates import DATE, MONTH, ONLY_YEAR, QUARTER, date_of, month_end, plain, quarter_of

EXAMPLES: Final = (
    "ngày 18/10/2020", "tuần 42/2020", "tháng 5/2020", "quý II/2020", "6 tháng đầu năm 2020", "6 tháng cuối năm 2020",
    "9 tháng năm 2020", "năm 2020",
)  # fmt: skip
"""The kinds of periods as people write them."""
_QUARTERS = ("I", "II", "III", "IV")
_WEEK = r"tuần (?P<w>[0-9]{1,2})(?: ?/ ?| năm )(?P<y>[0-9]{4})"


def read_period(text: str) -> Period | None:
    """The period a text names: `tháng 5/2020`, `quý II/2020`, `6 tháng đầu năm 2020`, `9 tháng năm 2020`, `năm 2020`,
    `tuần 42/2020`, `ngày 18/10/2020`; None for other texts and impossible dates."""
    lowered = plain(text).lower()
    for pattern, meaning in _MEANINGS:
        if match := pattern.fullmatch(lowered):
            try:
                period = meaning(match)
            except ValueError:
                return None
            return period if period.first >= EARLIEST and period.last <= LATEST else None
    return None


def periods(every: Every, first: date, last: date) -> tuple[Period, ...]:
    """The periods whose data are closed (their last day) from a first day to a last day, both included, in order."""
    return tuple(period for period in _around(every, first, last) if first <= period.last <= last)


def period_before(period: Period) -> Period | None:
    """The period of the same kind whose data end where those of a period begin; of nine months, which lie three apart,
    that of the year before. None for one that no regime has."""
    for every in Every:
        if period in _around(every, period.last, period.last):
            day = period.first - timedelta(days=1)
            return next(found for found in _around(every, day, day) if found.last == day)
    return _nine_months(period.last.year - 1) if period == _nine_months(period.last.year) else None


def slug_of(every: Every, period: Period) -> str:
    """The period's name in keys: `2020-10-18`, `2020-w42`, `2020-05`, `2020-q2`, `2020-h1`, `2020`."""
    year, month = period.last.year, period.last.month
    match every:
        case Every.DAY:
            return period.last.isoformat()
        case Every.WEEK:
            week = period.last.isocalendar()
            return f"{week.year}-w{week.week:02d}"
        case Every.MONTH:
            return f"{year}-{month:02d}"
        case Every.QUARTER:
            return f"{year}-q{month // 3}"
        case Every.HALF_YEAR:
            return f"{year}-h{month // 6}"
        case Every.YEAR:
            return f"{year}"


def last_month_day(period: Period, every: Every, day: int) -> date:
    """A day of the period's last month, at most the month's last; article 13 says the 25th.

    A day or a week has no months: its own last day.
    """
    if every in {Every.DAY, Every.WEEK}:
        return period.last
    end = month_end(period.last.year, period.last.month)
    return end.replace(day=min(day, end.day))


def _around(every: Every, first: date, last: date) -> Iterator[Period]:
    """The periods in order whose last days are about from a first day to a last day."""
    if every is Every.DAY:
        yield from (_day(first + timedelta(days=n)) for n in range((last - first).days + 1))
        return
    if every is Every.WEEK:
        monday = first - timedelta(days=first.weekday())
        yield from (_week(monday + timedelta(days=n)) for n in range(0, (last - monday).days + 1, 7))
        return
    for year in range(first.year, last.year + 1):
        match every:
            case Every.MONTH:
                yield from (_month(year, month) for month in range(1, 13))
            case Every.QUARTER:
                yield from (_quarter(year, quarter) for quarter in range(1, 5))
            case Every.HALF_YEAR:
                yield from (_first_half(year), _second_half(year))
            case Every.YEAR:
                yield _year(year)


def _closed(label: str, year: int, first_month: int, last_month: int) -> Period:
    """A period of whole months of one year, by the days on which their data are closed."""
    start = date(year - 1, 12, 15) if first_month == 1 else date(year, first_month - 1, 15)
    return Period(label=label, first=start, last=date(year, last_month, 14))


def _day(day: date) -> Period:
    return Period(label=f"Ngày {day:%d/%m/%Y}", first=day, last=day)


def _week(monday: date) -> Period:
    """Monday to Sunday, with its ISO number and the year that it counts in."""
    year, week, _ = monday.isocalendar()
    return Period(label=f"Tuần {week} năm {year}", first=monday, last=monday + timedelta(days=6))


def _month(year: int, month: int) -> Period:
    """Months 1 and 2 get a leading 0 (Decree 30/2020; DOMAIN section 1.3)."""
    name = f"{month:02d}" if month <= 2 else str(month)
    return _closed(f"Tháng {name} năm {year}", year, month, month)


def _quarter(year: int, quarter: int) -> Period:
    return _closed(f"Quý {_QUARTERS[quarter - 1]} năm {year}", year, quarter * 3 - 2, quarter * 3)


def _first_half(year: int) -> Period:
    return _closed(f"6 tháng đầu năm {year}", year, 1, 6)


def _second_half(year: int) -> Period:
    return _closed(f"6 tháng cuối năm {year}", year, 7, 12)


def _nine_months(year: int) -> Period:
    """Provincial practice, not in the decree."""
    return _closed(f"9 tháng đầu năm {year}", year, 1, 9)


def _year(year: int) -> Period:
    return _closed(f"Năm {year}", year, 1, 12)


_MEANINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period]], ...] = tuple(
    (re.compile(pattern), meaning)
    for pattern, meaning in (
        (DATE, lambda match: _day(date_of(match))),
        (_WEEK, lambda match: _week(date.fromisocalendar(int(match["y"]), int(match["w"]), 1))),
        (MONTH, lambda match: _month(int(match["y"]), int(match["m"]))),
        (QUARTER, lambda match: _quarter(int(match["y"]), quarter_of(match))),
        (rf"(?:0?6|sáu) tháng đầu {ONLY_YEAR}", lambda match: _first_half(int(match["y"]))),
        (rf"(?:0?6|sáu) tháng cuối {ONLY_YEAR}", lambda match: _second_half(int(match["y"]))),
        (rf"(?:0?9|chín) tháng (?:đầu )?{ONLY_YEAR}", lambda match: _nine_months(int(match["y"]))),
        (ONLY_YEAR, lambda match: _year(int(match["y"]))),
    )
)
