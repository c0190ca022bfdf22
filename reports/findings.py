"""What the register says beyond the tallies: who owes what, and for how long."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from models.obligation import DONE, OWING, State, Timeliness
from models.register import ObligationLine
from models.summary import Summary
from rules.calendar import last_day, local_day
from rules.rollup_tally import series_of, spoke
from rules.timeliness import paused, still_since

SILENT_AFTER = timedelta(days=90)
"""A task without deadline that brought nothing for so long is named (DOMAIN section 3, practice of Bình Định)."""

_UNANSWERED = OWING | {State.UNFULFILLED}


def overdue(summary: Summary) -> list[ObligationLine]:
    """The lines behind `Tally.not_done`; what awaits review is not the unit's debt (DESIGN section 2)."""
    return [
        line
        for line in summary.lines
        if line.state in _UNANSWERED and line.due and line.timeliness is Timeliness.OVERDUE
    ]


def unheeded(summary: Summary) -> list[ObligationLine]:
    """What is still owed after the last step of its ladder."""
    return [line for line in summary.lines if line.unheeded]


def suspended(summary: Summary) -> list[ObligationLine]:
    """What stands still, or did when it could no longer be given."""
    return [line for line in summary.lines if paused(line)]


def finished_late(summary: Summary) -> list[ObligationLine]:
    return [line for line in summary.lines if line.state in DONE and line.timeliness is Timeliness.LATE]


def waiting(summary: Summary) -> list[ObligationLine]:
    """The lines behind `Tally.waiting` and those without a deadline: handed in and not yet reviewed."""
    return [line for line in summary.lines if line.state is State.SUBMITTED]


def silent(summary: Summary) -> list[ObligationLine]:
    """What is open at the units of `Summary.silent_units`; by code, because units may share a name."""
    others = spoke(summary.lines) | {unit.code for unit in summary.former_units}
    return [
        line
        for line in summary.lines
        if line.state in _UNANSWERED and still_since(line) is None and line.unit not in others
    ]


def silent_without_deadline(summary: Summary) -> list[ObligationLine]:
    """No deadline, opened more than 90 days ago, and nothing was ever handed in."""
    return [
        line
        for line in summary.lines
        if line.state in _UNANSWERED
        and still_since(line) is None
        and line.due is None
        and not line.submissions
        and line.opened_at
        and summary.as_of - line.opened_at > SILENT_AFTER
    ]


def days_late(line: ObligationLine, as_of: datetime) -> int:
    """Calendar days after the last day in time: until the answer came in, or until the report while none is accepted.

    `as_of` is exclusive as due instants are: midnight belongs to the day that ends.
    """
    if line.due is None:
        return 0
    until = local_day(line.submitted_at) if line.state in DONE and line.submitted_at else last_day(as_of)
    return max(0, (until - last_day(line.due)).days)


def by_unit(lines: Iterable[ObligationLine]) -> dict[str, list[ObligationLine]]:
    """Unit code -> its lines, in register order."""
    groups: dict[str, list[ObligationLine]] = defaultdict(list)
    for line in lines:
        groups[line.unit].append(line)
    return dict(groups)


def named_units(summary: Summary, lines: Iterable[ObligationLine]) -> list[tuple[str, list[ObligationLine]]]:
    """Units by name with their lines: those that are there, then those that have ended, which is said."""
    ended = {unit.code for unit in summary.former_units}
    units = by_unit(lines)
    there = [(found[0].unit_name, found) for code, found in units.items() if code not in ended]
    return [*there, *((f"{units[code][0].unit_name} (trước sắp xếp)", units[code]) for code in units if code in ended)]


def by_issuer(lines: Iterable[ObligationLine]) -> dict[str, list[ObligationLine]]:
    """Code of the unit that follows up -> the lines of its register."""
    groups: dict[str, list[ObligationLine]] = defaultdict(list)
    for line in lines:
        groups[line.issuer].append(line)
    return dict(groups)


def by_series(lines: Iterable[ObligationLine]) -> dict[str, list[ObligationLine]]:
    """Key of the requirement in the file -> its lines, of a recurring one those of all occurrences."""
    groups: dict[str, list[ObligationLine]] = defaultdict(list)
    for line in lines:
        groups[series_of(line)].append(line)
    return dict(groups)


def units(lines: Iterable[ObligationLine]) -> int:
    return len({line.unit for line in lines})
