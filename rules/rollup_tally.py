"""Counts over register lines (as in report 1270/BC-TCTTTg; DOMAIN section 3), by requirement, level and unit."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from models.obligation import DONE, NOT_ASKED, State, Timeliness
from models.register import ObligationLine
from models.tally import LevelTally, RequirementTally, Tally, UnitTally
from models.unit import Level
from rules.timeliness import paused


def answered(line: ObligationLine) -> bool:
    """Whether the unit has handed in something, or another answer counts for it."""
    return line.submissions > 0 or line.state in DONE


def spoke(lines: Iterable[ObligationLine]) -> frozenset[str]:
    """The codes of units that have handed in something, and of those that took over what others before had done."""
    found = [line for line in lines if line.state not in NOT_ASKED and answered(line)]
    return frozenset(unit for line in found for unit in (line.unit, *line.moved_to))


def tally(lines: Iterable[ObligationLine]) -> Tally:
    """Counts over lines; each obligation counts exactly once: what was transferred, where it went."""
    counts: Counter[str] = Counter()
    for line in lines:
        if line.state is State.TRANSFERRED:
            counts["transferred"] += 1
            continue
        counts["obligations"] += 1
        counts["returned"] += line.returned
        counts["escalations"] += line.escalations
        counts["extensions"] += line.extensions
        counts["extended"] += line.extensions > 0
        if line.state in NOT_ASKED:
            counts[line.state.value] += 1
        else:
            column = _column(line)
            counts["applicable"] += 1
            counts[column] += 1
            counts["fell_due"] += column in _FELL_DUE or _stopped_late(line)
    return Tally(**counts)


_FELL_DUE = frozenset({"on_time", "late", "waiting", "not_done"})


def _stopped_late(line: ObligationLine) -> bool:
    """Whether something was overdue already when it was suspended."""
    return line.state is State.SUSPENDED and line.timeliness is Timeliness.OVERDUE


def _column(line: ObligationLine) -> str:
    if paused(line):
        return "suspended"
    done = line.state in DONE
    if line.due is None:
        return "done_no_deadline" if done else "open_no_deadline"
    if done:
        return "on_time" if line.timeliness is Timeliness.ON_TIME else "late"
    if line.state is State.SUBMITTED:
        return "waiting"
    return "not_done" if line.timeliness is Timeliness.OVERDUE else "not_yet_due"


def by_state(lines: Iterable[ObligationLine]) -> dict[State, int]:
    """Obligations per state; states without any are left out."""
    return dict(sorted(Counter(line.state for line in lines).items()))


def by_timeliness(lines: Iterable[ObligationLine]) -> dict[Timeliness, int]:
    """Obligations per timeliness, of those that opened and apply."""
    return dict(sorted(Counter(line.timeliness for line in lines if line.state not in NOT_ASKED).items()))


def by_level(lines: Sequence[ObligationLine], ended: Collection[str]) -> tuple[LevelTally, ...]:
    """One tally per level that occurs, the highest first; its units are those that have not `ended`."""
    return tuple(
        LevelTally(level=level, units=len({line.unit for line in found if _counts(line, ended)}), tally=tally(found))
        for level in Level
        if (found := [line for line in lines if line.level is level])
    )


def _counts(line: ObligationLine, ended: Collection[str]) -> bool:
    return line.state is not State.TRANSFERRED and line.unit not in ended


def by_unit(lines: Iterable[ObligationLine], ended: Collection[str]) -> tuple[UnitTally, ...]:
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
            tally=tally(found),
        )
        for code, found in units.items()
    )


def by_requirement(lines: Iterable[ObligationLine]) -> tuple[RequirementTally, ...]:
    """One tally per requirement and level; the occurrences of a recurring one stand together in the order of time."""
    groups = grouped(lines)
    places = {series: place for place, series in enumerate(dict.fromkeys(series_of(found[0]) for found in groups))}
    ordered = sorted(groups, key=lambda found: (places[series_of(found[0])], _begins(found[0])))
    return tuple(_requirement(found) for found in ordered)


def grouped(lines: Iterable[ObligationLine]) -> list[list[ObligationLine]]:
    """Lines of one requirement and level together, in register order."""
    groups: dict[tuple[str, Level], list[ObligationLine]] = {}
    for line in lines:
        groups.setdefault((line.requirement, line.level), []).append(line)
    return list(groups.values())


def series_of(line: ObligationLine) -> str:
    """The key as the file has it, without the occurrence of a recurring requirement."""
    return line.series or line.requirement


def _begins(line: ObligationLine) -> date:
    return line.period.first if line.period else date.min


def _requirement(found: Sequence[ObligationLine]) -> RequirementTally:
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
        tally=tally(found),
    )
