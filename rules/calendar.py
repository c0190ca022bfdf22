"""Working days in Vietnam and the instants they begin and end (DOMAIN section 7).

Labour Code 2019, articles 111 and 112, through the `holidays` package, which knows the yearly day swaps; an office may
override single days, because future Tết blocks are estimates until the yearly decision.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Protocol
from zoneinfo import ZoneInfo

import holidays

from models.follow_up import DaysOff

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


class Calendar(Protocol):
    """Answers what a working day is, and counts in working days."""

    def is_working_day(self, day: date) -> bool: ...

    def count(self, after: date, until: date) -> int:
        """Working days in (after, until]; negative when `until` lies before `after`."""
        ...

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


class FrozenCalendar(Calendar):
    """Monday to Friday but for the exceptions given, as a plan carries them; it knows no holidays beyond them."""

    def __init__(self, days_off: DaysOff) -> None:
        self._off = sorted({day for day in days_off.off if day.weekday() < _SATURDAY})
        self._worked = sorted({day for day in days_off.worked if day.weekday() >= _SATURDAY})
        self._exceptions = frozenset((*self._off, *self._worked))

    def is_working_day(self, day: date) -> bool:
        return (day.weekday() < _SATURDAY) != (day in self._exceptions)

    def count(self, after: date, until: date) -> int:
        weekdays = _weekdays_up_to(until) - _weekdays_up_to(after)
        return weekdays - _between(self._off, after, until) + _between(self._worked, after, until)


class WorkingCalendar(Calendar):
    """The law's calendar. `overrides` maps a day to True (worked) or False (off), against the law."""

    def __init__(self, overrides: Mapping[date, bool] | None = None) -> None:
        self._overrides = dict(overrides or {})

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday less public holidays, plus Saturdays worked in exchange."""
        override = self._overrides.get(day)
        return _by_law(day.year).is_working_day(day) if override is None else override

    def count(self, after: date, until: date) -> int:
        if until < after:
            return -self.count(until, after)
        overridden = sum(
            worked - _by_law(day.year).is_working_day(day)
            for day, worked in self._overrides.items()
            if after < day <= until
        )
        ends = [after, *(date(year, 12, 31) for year in range(after.year, until.year)), until]
        return overridden + sum(_by_law(end.year).count(start, end) for start, end in pairwise(ends))


def days_off(calendar: Calendar, first: date, last: date) -> DaysOff:
    """Where a calendar differs from Monday to Friday between two days, both included: to freeze it with a plan."""
    return _exceptions(calendar.is_working_day, first, last)


def _exceptions(is_working_day: Callable[[date], bool], first: date, last: date) -> DaysOff:
    days = (first + _ONE_DAY * n for n in range((last - first).days + 1))
    exceptions = [day for day in days if is_working_day(day) != (day.weekday() < _SATURDAY)]
    return DaysOff(
        off=tuple(day for day in exceptions if day.weekday() < _SATURDAY),
        worked=tuple(day for day in exceptions if day.weekday() >= _SATURDAY),
    )


@lru_cache(maxsize=256)
def _by_law(year: int) -> FrozenCalendar:
    """One year of the law's calendar, frozen because the package is slow to ask."""
    law = holidays.country_holidays("VN", years=year)
    return FrozenCalendar(_exceptions(law.is_working_day, date(year, 1, 1), date(year, 12, 31)))


def _weekdays_up_to(day: date) -> int:
    """Mondays to Fridays from 1 January of the year 1, a Monday, up to a day."""
    weeks, days = divmod(day.toordinal(), 7)
    return weeks * 5 + min(days, 5)


def _between(days: Sequence[date], after: date, until: date) -> int:
    return bisect_right(days, until) - bisect_right(days, after)


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
