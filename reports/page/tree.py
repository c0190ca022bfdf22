"""The registers as a tree: who keeps one, the units in it with a mark per requirement, and the registers below."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from models.base import Wire
from models.obligation import State
from models.register import ObligationLine
from models.reported import BranchTally
from models.summary import Summary
from reports.debts import item
from reports.findings import by_issuer, named_units, overdue, units
from reports.marks import Mark, mark
from reports.plain import WORKBOOK, Text, number, share
from rules.standing import title

MOST_MARKS = 8_000
"""Marks on one page, so that the country's report still opens on a phone; the workbook has them all."""
FEWEST_UNITS = 3
"""Units that are shown of a register however many registers there are."""


class Row(Wire):
    """A unit and its marks, None where a requirement is not its own."""

    unit: Text
    marks: tuple[Mark | None, ...]


class Branch(Wire):
    """One register: the units that one issuer follows up, against the requirements that occur there, and the registers
    of these units. `heads` are (short, whole) names of requirements; `more` says how many units are left out."""

    name: Text
    outcome: Text
    heads: tuple[tuple[Text, Text], ...]
    rows: tuple[Row, ...]
    more: Text = ""
    branches: tuple["Branch", ...] = ()


def tree(summary: Summary, most: int = MOST_MARKS) -> tuple[Branch, ...]:
    """The registers that stand under no other, as a rule one. Where there are more obligations than `most`, the upper
    registers are shown whole and of those below some units, first those that owe something."""
    registers = by_issuer(summary.lines)
    above = _above(registers)
    below: dict[str, list[str]] = defaultdict(list)
    for code, keeper in above.items():
        below[keeper].append(code)
    rooms = _rooms(registers, above, most)
    owing = {line.unit for line in overdue(summary)}
    wholes = {branch.code: branch for branch in summary.below}

    def branch(code: str) -> Branch:
        return _register(
            summary, registers[code], rooms[code], owing, wholes.get(code), tuple(branch(each) for each in below[code])
        )

    return tuple(branch(code) for code in registers if code not in above)


def _above(registers: Mapping[str, Sequence[ObligationLine]]) -> dict[str, str]:
    """Keeper of a register -> keeper of the one that it owes in; nothing for those at the top."""
    owes = {line.unit: line.issuer for lines in registers.values() for line in lines if line.unit != line.issuer}
    above: dict[str, str] = {}
    for code in registers:
        keeper = owes.get(code, "")
        if keeper and code not in _chain(above, keeper):
            above[code] = keeper
    return above


def _chain(above: Mapping[str, str], code: str) -> Iterator[str]:
    """A keeper and all above it."""
    while code:
        yield code
        code = above.get(code, "")


def _rooms(registers: Mapping[str, Sequence[ObligationLine]], above: Mapping[str, str], room: int) -> dict[str, int]:
    """How many marks of each register are shown: those of one depth whole while there is room for so many, then all
    alike."""
    depths: dict[int, list[str]] = defaultdict(list)
    for code in registers:
        depths[len(list(_chain(above, code)))].append(code)
    rooms = {}
    for _, codes in sorted(depths.items()):
        wanted = sum(len(registers[code]) for code in codes)
        for code in codes:
            rooms[code] = len(registers[code]) if wanted <= room else room // len(codes)
        room = max(0, room - wanted)
    return rooms


def _register(
    summary: Summary, lines: list[ObligationLine], room: int, owing: Collection[str], whole: BranchTally | None,
    branches: tuple[Branch, ...],
) -> Branch:  # fmt: skip
    heads = {line.requirement: (item(line), title(line)) for line in lines}
    named = named_units(summary, lines)
    shown = _shown(named, room, owing)
    rows = []
    for name, mine in shown:
        marks = {line.requirement: mark(line) for line in mine}
        rows.append(Row(unit=name, marks=tuple(marks.get(key) for key in heads)))
    return Branch(
        name=lines[0].issuer_name,
        outcome=_outcome(lines, whole),
        heads=tuple(heads.values()),
        rows=tuple(rows),
        more=_more(len(shown), len(named)),
        branches=branches,
    )


_Named = list[tuple[str, list[ObligationLine]]]


def _shown(named: _Named, room: int, owing: Collection[str]) -> _Named:
    """The units that there is room for, in their order; where not for all, first those that owe something."""
    if sum(len(mine) for _, mine in named) <= room:
        return named
    most = max(FEWEST_UNITS, room // max(len(mine) for _, mine in named))
    places = sorted(range(len(named)), key=lambda place: named[place][1][0].unit not in owing)[:most]
    return [named[place] for place in sorted(places)]


def _outcome(lines: Sequence[ObligationLine], whole: BranchTally | None) -> str:
    """What a register has, and how the branch under it stands where that is told."""
    counting = [line for line in lines if line.state is not State.TRANSFERRED]
    told = f"{number(units(counting))} đơn vị, {number(len(counting))} nhiệm vụ"
    if whole is None or not whole.tally.fell_due:
        return told
    return f"{told}; cả nhánh đúng hạn {share(whole.tally.on_time, whole.tally.fell_due, 'nhiệm vụ đến hạn')}"


def _more(shown: int, whole: int) -> str:
    if shown == whole:
        return ""
    return (
        f"Nêu {number(shown)}/{number(whole)} đơn vị, trước hết là đơn vị còn nhiệm vụ quá hạn; "
        f"danh sách đầy đủ tại {WORKBOOK}."
    )
