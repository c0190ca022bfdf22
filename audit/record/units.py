"""How units kept their time, across directives and over years: counts, and rates from counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models.register import ObligationLine
from models.tally import Tally
from models.unit import Level
from rules.calendar import Calendar, WorkingCalendar, last_day, local_day
from rules.rollup_tally import added, tally
from rules.silence import Standing, silent_days


@dataclass(frozen=True)
class Kept:
    """How time was kept: counts of obligations, working days of silence, and how many of those were overdue days."""

    tally: Tally
    silent: int
    silent_overdue: int

    def described(self) -> dict[str, Any]:
        """For other programs; the rate is on_time / fell_due, None where nothing fell due."""
        return {
            **self.tally.model_dump(mode="json"),
            "on_time_rate": self.tally.on_time_rate,
            "silent_days": self.silent,
            "silent_overdue_days": self.silent_overdue,
        }


@dataclass(frozen=True)
class UnitRecord:
    """One unit: in all, and by the years in which its obligations fell due (or were opened, without a due date)."""

    code: str
    name: str
    level: Level
    directives: int
    overall: Kept
    years: Mapping[int, Kept]

    def described(self) -> dict[str, Any]:
        """For other programs."""
        return {
            "unit": self.code,
            "name": self.name,
            "level": self.level.value,
            "directives": self.directives,
            **self.overall.described(),
            "years": {str(year): kept.described() for year, kept in self.years.items()},
        }


@dataclass(frozen=True)
class Days:
    """Which obligations and days count: those from `first` to `last`, both included; None: no limit."""

    first: date | None = None
    last: date | None = None

    def hold(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def day_of(line: ObligationLine) -> date | None:
    """The day by which an obligation is counted: its last day in time, or that of its opening; None where it has not
    opened and has no due date."""
    at: datetime | None = line.due or line.opened_at
    if line.due is not None:
        return last_day(line.due)
    return local_day(at) if at is not None else None


def unit_records(
    lines: Iterable[tuple[str, ObligationLine]],
    standings: Mapping[str, Standing],
    days: Days,
    at: Mapping[str, datetime],
    calendar: Calendar | None = None,
) -> list[UnitRecord]:
    """The record of every unit that owes one of these lines, each given with its directive's id, in the order in which
    they come; `at` is when a directive stood as its lines say. What coordinating units are asked for is not counted."""
    units: dict[str, list[tuple[str, date, ObligationLine]]] = {}
    for directive, line in lines:
        day = day_of(line)
        if day is not None and days.hold(day) and not line.coordinating:
            units.setdefault(line.unit, []).append((directive, day, line))
    counting = calendar or WorkingCalendar()
    return [_record(found, standings.get(unit, Standing()), days, at, counting) for unit, found in units.items()]


def _record(
    found: list[tuple[str, date, ObligationLine]],
    standing: Standing,
    days: Days,
    at: Mapping[str, datetime],
    calendar: Calendar,
) -> UnitRecord:
    silent = silent_days(standing, calendar, days.first, days.last)
    years = sorted({day.year for _, day, _ in found} | {day.year for day in silent})
    first = found[0][2]
    return UnitRecord(
        code=first.unit,
        name=first.unit_name,
        level=first.level,
        directives=len({directive for directive, _, _ in found}),
        overall=_kept(found, at, silent),
        years={
            year: _kept(
                [item for item in found if item[1].year == year],
                at,
                {day: late for day, late in silent.items() if day.year == year},
            )
            for year in years
        },
    )


def _kept(
    found: list[tuple[str, date, ObligationLine]], at: Mapping[str, datetime], silent: Mapping[date, bool]
) -> Kept:
    lines: dict[str, list[ObligationLine]] = {}
    for directive, _, line in found:
        lines.setdefault(directive, []).append(line)
    whole = added(tally(asked, at[directive]) for directive, asked in lines.items())
    return Kept(whole, len(silent), sum(silent.values()))
