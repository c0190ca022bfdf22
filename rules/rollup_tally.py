"""Counts over register lines (as in report 1270/BC-TCTTTg; DOMAIN section 3)."""

from collections import Counter
from collections.abc import Collection, Iterable, MutableMapping
from datetime import date, datetime

from models.obligation import DONE, NOT_ASKED, ObligationState, State, Timeliness
from models.register import ObligationLine
from models.tally import Tally
from models.unit import Level
from rules.calendar import last_day
from rules.timeliness import stands_still


def answered(line: ObligationLine) -> bool:
    """Whether the unit has handed in something, or another answer counts for it."""
    return line.submissions > 0 or line.state in DONE


def spoke(lines: Iterable[ObligationLine]) -> frozenset[str]:
    """The codes of units that have handed in something, and of those that took over what others before had done."""
    found = [line for line in lines if line.state not in NOT_ASKED and answered(line)]
    return frozenset(unit for line in found for unit in (line.unit, *line.moved_to))


def present(lines: Iterable[ObligationLine], ended: Collection[str]) -> frozenset[str]:
    """The codes of units that are asked for something and have not `ended`."""
    return frozenset(line.unit for line in lines if line.state not in NOT_ASKED) - frozenset(ended)


def tally(lines: Iterable[ObligationLine], at: datetime) -> Tally:
    """Counts over lines as they stand at `at`; each obligation counts exactly once: what was transferred, where it
    went. How long something is overdue follows from the last day before `at`."""
    counts: Counter[str] = Counter()
    today = last_day(at)
    for line in lines:
        count(counts, columns(line, line.timeliness, today), line.returned, line.escalations, line.extensions)
    return Tally(**counts)


def count(
    counts: MutableMapping[str, int],
    found: Iterable[str],
    returned: int,
    escalations: int,
    extensions: int,
    number: int = 1,
) -> None:
    """Count one or so many alike in their `columns`, with how often each was returned, escalated and put off."""
    for name in found:
        counts[name] += number
    if TRANSFERRED in found:
        return
    for name, times in (("returned", returned), ("escalations", escalations), ("extensions", extensions)):
        if times:
            counts[name] += times * number
    if extensions:
        counts["extended"] += number


def added(tallies: Iterable[Tally]) -> Tally:
    """The counts of several, of which no two have an obligation in common."""
    total: Counter[str] = Counter()
    for item in tallies:
        total.update(item.model_dump())
    return Tally(**total)


def columns(item: ObligationState | ObligationLine, standing: Timeliness, today: date) -> tuple[str, ...]:
    """The columns of a tally in which an obligation counts once, by its state and timeliness on a day. What was
    returned, escalated and put off does not count of what was transferred."""
    if item.state is State.TRANSFERRED:
        return (TRANSFERRED,)
    if item.state in NOT_ASKED:
        return ("obligations", item.state.value)
    found = ["obligations", "applicable", _column(item, standing)]
    if found[-1] == "not_done" and item.due is not None:
        found.append(_age((today - last_day(item.due)).days))
    if found[2] in _FELL_DUE or (item.state is State.SUSPENDED and standing is Timeliness.OVERDUE):
        found.append("fell_due")
    return tuple(found)


TRANSFERRED = "transferred"
_FELL_DUE = frozenset({"on_time", "late", "waiting", "not_done"})
"""The columns of what is done or should have been; beside them counts what was overdue already when it was
suspended."""


def _column(item: ObligationState | ObligationLine, standing: Timeliness) -> str:
    if stands_still(item, standing):
        return "suspended"
    done = item.state in DONE
    if item.due is None:
        return "done_no_deadline" if done else "open_no_deadline"
    if done:
        return "on_time" if standing is Timeliness.ON_TIME else "late"
    if item.state is State.SUBMITTED:
        return "waiting"
    return "not_done" if standing is Timeliness.OVERDUE else "not_yet_due"


def _age(days: int) -> str:
    """The column of what is so many calendar days past its due day (DOMAIN section 3); the rest of that day is its
    first."""
    if days <= 30:
        return "overdue_30"
    if days <= 90:
        return "overdue_90"
    return "overdue_120" if days <= 120 else "overdue_longer"


def by_state(lines: Iterable[ObligationLine]) -> dict[State, int]:
    """Obligations per state; states without any are left out."""
    return dict(sorted(Counter(line.state for line in lines).items()))


def by_timeliness(lines: Iterable[ObligationLine]) -> dict[Timeliness, int]:
    """Obligations per timeliness, of those that opened and apply."""
    return dict(sorted(Counter(line.timeliness for line in lines if line.state not in NOT_ASKED).items()))


def grouped(lines: Iterable[ObligationLine]) -> list[list[ObligationLine]]:
    """Lines of one requirement and level together, in register order."""
    groups: dict[tuple[str, Level], list[ObligationLine]] = {}
    for line in lines:
        groups.setdefault((line.requirement, line.level), []).append(line)
    return list(groups.values())


def series_of(line: ObligationLine) -> str:
    """The key as the file has it, without the occurrence of a recurring requirement."""
    return line.series or line.requirement
