"""Tallies by level, unit and requirement, with the names that stand beside them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from models.obligation import NOT_ASKED, State
from models.register import ObligationLine
from models.tally import LevelTally, RequirementTally, UnitTally
from models.unit import Level
from rules.rollup_figures import Figures
from rules.rollup_tally import grouped, series_of


def by_level(lines: Sequence[ObligationLine], ended: Collection[str], figures: Figures) -> tuple[LevelTally, ...]:
    """One tally per level that occurs, the highest first; its units are those that have not `ended`."""
    return tuple(
        LevelTally(
            level=level, units=len({line.unit for line in found if _counts(line, ended)}), tally=figures.level(level)
        )
        for level in Level
        if (found := [line for line in lines if line.level is level])
    )


def _counts(line: ObligationLine, ended: Collection[str]) -> bool:
    return line.state is not State.TRANSFERRED and line.unit not in ended


def by_unit(lines: Iterable[ObligationLine], ended: Collection[str], figures: Figures) -> tuple[UnitTally, ...]:
    """One tally per unit that has not `ended`, in register order."""
    units: dict[str, list[ObligationLine]] = {}
    for line in lines:
        if line.unit not in ended:
            units.setdefault(line.unit, []).append(line)
    return tuple(
        UnitTally(
            code=code,
            name=found[0].unit_name,
            level=found[0].level,
            issuer_name=found[0].issuer_name,
            tally=figures.unit(code),
        )
        for code, found in units.items()
    )


def by_requirement(lines: Iterable[ObligationLine], figures: Figures) -> tuple[RequirementTally, ...]:
    """One tally per requirement and level; the occurrences of a recurring one stand together in the order of time."""
    groups = grouped(lines)
    places = {series: place for place, series in enumerate(dict.fromkeys(series_of(found[0]) for found in groups))}
    ordered = sorted(groups, key=lambda found: (places[series_of(found[0])], _begins(found[0])))
    return tuple(_requirement(found, figures) for found in ordered)


def _begins(line: ObligationLine) -> date:
    return line.period.first if line.period else date.min


def _requirement(found: Sequence[ObligationLine], figures: Figures) -> RequirementTally:
    first = found[0]
    dues = {line.due for line in found if line.state not in NOT_ASKED} or {line.due for line in found}
    return RequirementTally(
        key=first.requirement,
        series=series_of(first),
        ref=first.ref,
        title=first.title,
        kind=first.kind,
        level=first.level,
        period=first.period,
        due=dues.pop() if len(dues) == 1 else None,
        due_phrase=first.due_phrase,
        tally=figures.requirement(first.requirement, first.level),
    )
