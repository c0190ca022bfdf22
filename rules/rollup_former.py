"""Reports that cross a reorganisation show both layouts: what stays under the names of before, and with whom the rest
counts now (DOMAIN section 5)."""

from collections.abc import Collection, Iterable, Mapping

from models.former import FormerUnit
from models.obligation import LIVE, State
from models.register import ObligationLine
from rules.rollup_figures import Figures


def former_units(
    lines: Iterable[ObligationLine],
    names: Mapping[str, str],
    ended: Collection[str],
    divided: Collection[str],
    figures: Figures,
) -> tuple[FormerUnit, ...]:
    """The units that have `ended`, in register order. `divided` are the codes of those of which several others have a
    part. `figures` are those of the lines."""
    units: dict[str, list[ObligationLine]] = {}
    for line in lines:
        if line.unit in ended:
            units.setdefault(line.unit, []).append(line)
    return tuple(_former(code, found, names, figures, divided=code in divided) for code, found in units.items())


def went_on(line: ObligationLine) -> bool:
    """Whether a line stands for something that others owe now; what only waits in another register is still its
    unit's."""
    return line.state is State.TRANSFERRED and bool(line.moved_to)


def _former(
    code: str, found: list[ObligationLine], names: Mapping[str, str], figures: Figures, *, divided: bool
) -> FormerUnit:
    heirs = dict.fromkeys(unit for line in found for unit in line.moved_to if unit != code)
    return FormerUnit(
        code=code,
        name=found[0].unit_name,
        level=found[0].level,
        tally=figures.unit(code),
        waiting=sum(line.state in LIVE for line in found),
        moved=sum(map(went_on, found)),
        heirs=tuple(names.get(unit, unit) for unit in heirs),
        divided=divided,
    )
