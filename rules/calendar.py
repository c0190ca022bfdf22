"""Working days in Vietnam and the instants they begin and end (DOMAIN section 7).

Labour Code 2019, articles 111 and 112, through the `holidays` package, which knows the yearly day swaps; an office may
override single days, because future Tết blocks are estimates until the yearly decision.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_ONE_DAY = timedelta(days=1)


class WorkingCalendar:
    """Answers what a working day is. `overrides` maps a day to True (worked) or False (off), against the law."""

    def __init__(self, overrides: Mapping[date, bool] | None = None) -> None:
        self._overrides = dict(overrides or {})

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday less public holidays, plus Saturdays worked in exchange."""
        override = self._overrides.get(day)
        return _is_working_day(day) if override is None else override

    def add(self, day: date, working_days: int) -> date:
        """The day so many working days after (or, negative, before) a day, which is itself not counted.

        Civil Code 2015, article 147: the first day is not counted.
        """
        step = _ONE_DAY if working_days > 0 else -_ONE_DAY
        for _ in range(abs(working_days)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def count(self, after: date, until: date) -> int:
        """Working days in (after, until]; negative when `until` lies before `after`."""
        if until < after:
            return -self.count(until, after)
        return sum(self.is_working_day(after + _ONE_DAY * n) for n in range(1, (until - after).days + 1))


@lru_cache(maxsize=64)
def _year(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("VN", years=year)


@lru_cache(maxsize=16_384)
def _is_working_day(day: date) -> bool:
    return _year(day.year).is_working_day(day)


def local_day(instant: datetime) -> date:
    """The calendar day in Vietnam on which an instant falls."""
    return instant.astimezone(ZONE).date()


def last_day(due: datetime) -> date:
    """The last day on which an answer is in time, for a due instant that is exclusive."""
    return local_day(due - timedelta(microseconds=1))


def day_start(day: date, at: time = time(0)) -> datetime:
    """A time of day in Vietnam as an instant (UTC)."""
    return datetime.combine(day, at, ZONE).astimezone(UTC)


def day_end(day: date) -> datetime:
    """24:00 of a day as an instant (UTC): the first instant that is too late (Civil Code 2015, article 148)."""
    return day_start(day + _ONE_DAY)
