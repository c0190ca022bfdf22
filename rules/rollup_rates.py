"""How much was done on time of what fell due in each month or quarter: rates come from these counts."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from models.obligation import NOT_ASKED
from models.register import ObligationLine
from models.reported import PeriodRate
from rules.calendar import last_day
from rules.dates import month_end
from rules.rollup_tally import columns

LONG = timedelta(days=2 * 366)
"""Directives that run longer are told by quarters: a curve of more than some two dozen months says nothing."""
_QUARTERS = ("I", "II", "III", "IV")


def rates(lines: Iterable[ObligationLine], starts: datetime, closing: datetime, at: datetime) -> tuple[PeriodRate, ...]:
    """By the calendar months, or quarters, of the due days up to `at`, in order; those in which nothing fell due are
    left out, and so is what was done before it falls due later."""
    months = 3 if closing - starts > LONG else 1
    found: dict[tuple[int, int], list[str]] = {}
    for line in lines:
        if line.state in NOT_ASKED or line.due is None or line.due > at:
            continue
        counted = columns(line, line.timeliness, last_day(at))
        if "fell_due" in counted:
            day = last_day(line.due)
            found.setdefault((day.year, (day.month - 1) // months), []).extend(counted)
    return tuple(_rate(year, number, months, counted) for (year, number), counted in sorted(found.items()))


def _rate(year: int, number: int, months: int, counted: Sequence[str]) -> PeriodRate:
    begins, ends = number * months + 1, (number + 1) * months
    return PeriodRate(
        label=f"Tháng {begins}/{year}" if months == 1 else f"Quý {_QUARTERS[number]}/{year}",
        first=date(year, begins, 1),
        last=month_end(year, ends),
        fell_due=counted.count("fell_due"),
        on_time=counted.count("on_time"),
        late=counted.count("late"),
    )
