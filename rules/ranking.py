"""Ranks units by the share of what fell due that they did on time (DOMAIN section 3: rates are on what fell due)."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from models.tally import Tally, UnitTally


class Ranked(NamedTuple):
    """A unit's place, counted from 1; units of the same rate share a place, and the next one counts all before it."""

    place: int
    unit: UnitTally


def ranked(units: Iterable[UnitTally]) -> tuple[Ranked, ...]:
    """Units of which something fell due, the best first; units that share a place stay in the order given. Rates are
    compared exactly, so rounding makes no tie."""
    ordered = sorted((unit for unit in units if unit.tally.fell_due), key=lambda unit: -_rate(unit.tally))
    found: list[Ranked] = []
    for number, unit in enumerate(ordered, 1):
        tied = found and _rate(found[-1].unit.tally) == _rate(unit.tally)
        found.append(Ranked(found[-1].place if tied else number, unit))
    return tuple(found)


def whole_places(ranking: Sequence[Ranked], most: int) -> tuple[Sequence[Ranked], Sequence[Ranked]]:
    """The first `most` of a ranking, in either direction, less a place of which only a part would fit; and that place
    whole, empty where none is cut."""
    if len(ranking) <= most:
        return ranking, ()
    cut = ranking[most].place
    if ranking[most - 1].place != cut:
        return ranking[:most], ()
    return [item for item in ranking[:most] if item.place != cut], [item for item in ranking if item.place == cut]


def _rate(tally: Tally) -> Fraction:
    return Fraction(tally.on_time, tally.fell_due)
