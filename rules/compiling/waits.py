"""Which other requirements one depends on, in three ways that must each be free of circles."""

from collections.abc import Iterator, Mapping

from models.directive import RequirementFile
from models.plan import Opening
from rules.compiling.desk import Desk
from rules.compiling.openings import OF_REQUIREMENTS
from rules.compiling.ways import counted_from

Waits = Mapping[str, tuple[str, ...]]


def dates(requirements: Mapping[str, RequirementFile]) -> Waits:
    """The requirements from whose dates each one's date is counted."""
    return {key: tuple(counted_from(item.due)) for key, item in requirements.items()}


def openings(found: Mapping[str, Opening]) -> Waits:
    """The requirements that open each one."""
    return {key: (item.key,) if item.mode in OF_REQUIREMENTS else () for key, item in found.items()}


def contents(requirements: Mapping[str, RequirementFile]) -> Waits:
    """The requirements that go into each one."""
    return {key: item.consolidates for key, item in requirements.items()}


def in_order(desk: Desk, waits: Waits) -> tuple[str, ...] | None:
    """The requirements, each after those it depends on; None where they depend on each other in a circle, which is
    named."""
    ordered: dict[str, None] = {}
    circles = False
    for start in waits:
        trail: dict[str, Iterator[str]] = {start: iter(waits[start])} if start not in ordered else {}
        while trail:
            key, rest = next(reversed(trail.items()))
            following = next(rest, None)
            if following is None:
                ordered[key] = None
                trail.pop(key)
            elif following in trail:
                keys = list(trail)
                circle = [*keys[keys.index(following) :], following]
                desk.error("cycle", ("requirements", key), f"depends on itself: {' → '.join(circle)}")
                circles = True
            elif following not in ordered and following in waits:
                trail[following] = iter(waits[following])
    return None if circles else tuple(ordered)
