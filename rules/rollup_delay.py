"""Delays added up: by level, by requirement and by unit. Times are added, and never averaged (DESIGN rule 9)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from models.delay import Delay, Delays, DelayTally
from models.obligation import Shares
from models.register import ObligationLine
from models.unit import Level
from rules.delay import explained
from rules.words import LEVELS


def delays(lines: Iterable[ObligationLine], at: datetime) -> Delays:
    """What is late of these lines at an instant, and why; each line counts once in every sum."""
    items = tuple(delay for line in lines if (delay := explained(line, at)) is not None)
    if not items:
        return Delays()
    return Delays(
        items=items,
        overall=_added("", "", items),
        levels=tuple(
            _added(level, LEVELS[level], found)
            for level in Level
            if (found := [item for item in items if item.level is level])
        ),
        requirements=tuple(_added(found[0].series, _asked(found[0]), found) for found in _by_requirement(items)),
        units=tuple(_added(found[0].unit, found[0].unit_name, found) for found in _grouped(items)),
    )


def shares_of(tallies: Iterable[DelayTally | Delay]) -> Shares:
    """The times of several, added hand by hand."""
    held = [item.held for item in tallies]
    return Shares(**{name: sum(getattr(part, name) for part in held) for name in Shares.model_fields})


def _added(key: str, name: str, items: Sequence[Delay]) -> DelayTally:
    return DelayTally(
        key=key,
        name=name,
        units=len({item.unit for item in items}),
        obligations=len(items),
        held=shares_of(items),
        late_days=sum(item.late_days for item in items),
        first_late_days=sum(item.first_late_days for item in items),
    )


def _asked(item: Delay) -> str:
    named = f"{item.ref}. {item.title}" if item.ref else item.title
    return f"{named} ({LEVELS[item.level].lower()})"


def _by_requirement(items: Iterable[Delay]) -> list[list[Delay]]:
    found: dict[tuple[str, Level], list[Delay]] = {}
    for item in items:
        found.setdefault((item.series, item.level), []).append(item)
    return list(found.values())


def _grouped(items: Iterable[Delay]) -> list[list[Delay]]:
    found: dict[str, list[Delay]] = {}
    for item in items:
        found.setdefault(item.unit, []).append(item)
    return list(found.values())
