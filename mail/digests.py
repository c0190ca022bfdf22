"""Obligations unit by unit, as those who keep a register or decide in it are told of them (pure)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mail.items import Item, items
from mail.plain import one_line
from models.mail import Letter
from models.register import ObligationLine

MOST_NAMED = 30
"""So many obligations, requests or recommendations one part names: what somebody reads before he acts, on a page or
two. The register has all of them."""


@dataclass(frozen=True)
class UnitItems:
    """What one unit owes: `count` obligations, of which `items` are named. `keeper` is the unit whose register it
    stands in, where that is another than the letter's; `why` is why no mail reaches the unit, where that is what the
    letter is about."""

    name: str
    items: tuple[Item, ...]
    count: int
    keeper: str = ""
    why: str = ""


@dataclass(frozen=True)
class Digest:
    """The units that are named, of `count`, and what is left out: so many obligations, of so many units."""

    units: tuple[UnitItems, ...] = ()
    count: int = 0
    items_left: int = 0
    units_left: int = 0


def by_unit(letter: Letter, lines: Iterable[ObligationLine]) -> Digest:
    """Lines under the units that owe them and the registers they stand in, in the order in which these come first."""
    grouped: dict[tuple[str, str], list[ObligationLine]] = {}
    for line in lines:
        grouped.setdefault((line.unit, line.issuer), []).append(line)
    return _digest(
        letter,
        [
            (mine[0].unit_name, mine[0].issuer_name if mine[0].issuer != letter.issuer.code else "", "", mine)
            for mine in grouped.values()
        ],
    )


def unheard(letter: Letter, lines: Sequence[ObligationLine]) -> Digest:
    """The units that no mail reaches, with what they owe and why they do not hear of it."""
    names = {line.unit: line.unit_name for line in lines} | {
        code: letter.names.get(code, code) for code in letter.unheard
    }
    return _digest(
        letter,
        [
            (name, "", letter.unheard.get(unit, ""), [line for line in lines if line.unit == unit])
            for unit, name in names.items()
        ],
    )


def _digest(letter: Letter, units: Sequence[tuple[str, str, str, Sequence[ObligationLine]]]) -> Digest:
    """The first so many lines; a unit without any takes the room of one."""
    room, items_left, units_left = MOST_NAMED, 0, 0
    named: list[UnitItems] = []
    for name, keeper, why, lines in units:
        shown = lines[: max(room, 0)]
        if room > 0:
            found = items(shown, letter)
            named.append(UnitItems(one_line(name), found, len(lines), one_line(keeper), one_line(why)))
        items_left += len(lines) - len(shown)
        units_left += room <= 0 or len(shown) < len(lines)
        room -= max(len(lines), 1)
    return Digest(tuple(named), len(units), items_left, units_left)
