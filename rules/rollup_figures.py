"""All tallies of a report in one pass: over lines, or over what a database says of obligations without their names."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from models.register import ObligationLine
from models.tally import Tally
from models.unit import Level
from rules.calendar import last_day
from rules.register_tree import RegisterFace
from rules.rollup_tally import columns, count


class Counting(NamedTuple):
    """What counts of an obligation: its columns (`rollup_tally.columns`), and how often it was returned, escalated and
    put off. Most obligations of a directive count alike."""

    columns: tuple[str, ...]
    returned: int
    escalations: int
    extensions: int


Entry = tuple[str, str, Level, str, Counting]
"""Register, requirement, level and unit of an obligation of a lead unit, and what counts of it."""


class Figures:
    """Tallies of all, and by level, requirement, unit and branch; each obligation counts once in each of these."""

    def __init__(self, entries: Iterable[Entry], branches: Mapping[str, str]) -> None:
        """`branches` say in whose branch a register lies (`branch_of_each`)."""
        self._units: dict[str, list[Counting]] = defaultdict(list)
        self._branches: defaultdict[str, Counter[tuple[str, Level, Counting]]] = defaultdict(Counter)
        self._known: dict[tuple[Counting, ...], Tally] = {}
        keepers = {code for code in branches.values() if code}
        for register, requirement, level, unit, counting in entries:
            branch = branches.get(register, "") or (unit if unit in keepers else "")
            self._branches[branch][requirement, level, counting] += 1
            self._units[unit].append(counting)

    @property
    def overall(self) -> Tally:
        """Of all obligations."""
        return _tally((key[2], number) for key, number in self._alike())

    def level(self, level: Level) -> Tally:
        """Of those of units of a level."""
        return _tally((key[2], number) for key, number in self._alike() if key[1] == level)

    def requirement(self, key: str, level: Level) -> Tally:
        """Of one requirement at a level."""
        return _tally((each[2], number) for each, number in self._alike() if each[:2] == (key, level))

    def unit(self, code: str) -> Tally:
        """Of all that is recorded under a unit."""
        alike = tuple(self._units.get(code, ()))
        if alike not in self._known:
            self._known[alike] = _tally((counting, 1) for counting in alike)
        return self._known[alike]

    def branch(self, code: str) -> Tally:
        """Of the branch of a unit that keeps a register directly below."""
        return _tally((key[2], number) for key, number in self._branches[code].items())

    def _alike(self) -> Iterator[tuple[tuple[str, Level, Counting], int]]:
        return (item for found in self._branches.values() for item in found.items())


def _tally(found: Iterable[tuple[Counting, int]]) -> Tally:
    counts: dict[str, int] = defaultdict(int)
    for counting, number in found:
        count(counts, *counting, number)
    return Tally(**counts)


def figures_of(lines: Iterable[ObligationLine], at: datetime, branches: Mapping[str, str]) -> Figures:
    """The tallies of lines as they stand at an instant."""
    today = last_day(at)
    entries = (
        (
            line.cascade_id,
            line.requirement,
            line.level,
            line.unit,
            Counting(columns(line, line.timeliness, today), line.returned, line.escalations, line.extensions),
        )
        for line in lines
    )
    return Figures(entries, branches)


def branch_of_each(registers: Sequence[RegisterFace]) -> dict[str, str]:
    """By register the unit directly below whoever reports in whose branch it lies: the one that keeps the register, or
    one above it. Nobody's (`""`) are the registers of whoever reports, those without a register above among these."""
    known = {register.id: register for register in registers}
    own = {register.id for register in registers if register.parent not in known}
    return {register.id: "" if register.id in own else _below(register, known, own) for register in registers}


def _below(register: RegisterFace, known: Mapping[str, RegisterFace], own: set[str]) -> str:
    while register.parent is not None and register.parent not in own:
        register = known[register.parent]
    return register.issuer
