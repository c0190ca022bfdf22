"""Reports that cross a reorganisation show both layouts: what stays under the names of before, and with whom the rest
counts now (DOMAIN section 5)."""

from collections.abc import Collection, Iterable, Mapping

from models.former import FormerUnit
from models.obligation import DONE, RELEASED, State
from models.register import ObligationLine

_CLOSED = DONE | RELEASED | {State.UNFULFILLED}
"""What stays under the name of before."""


def former_units(
    lines: Iterable[ObligationLine], names: Mapping[str, str], divided: Collection[str]
) -> tuple[FormerUnit, ...]:
    """The units from which something has gone to others, in register order. `divided` are the codes of those of which
    several others have a part."""
    units: dict[str, list[ObligationLine]] = {}
    for line in lines:
        units.setdefault(line.unit, []).append(line)
    return tuple(
        _former(code, found, names, divided=code in divided)
        for code, found in units.items()
        if any(line.state is State.TRANSFERRED or line.moved_to for line in found)
    )


def _former(code: str, found: list[ObligationLine], names: Mapping[str, str], *, divided: bool) -> FormerUnit:
    gone = [line for line in found if line.state is State.TRANSFERRED]
    heirs = dict.fromkeys(unit for line in found for unit in line.moved_to if unit != code)
    return FormerUnit(
        code=code,
        name=found[0].unit_name,
        level=found[0].level,
        kept=sum(line.state in _CLOSED for line in found),
        done=sum(line.state in DONE for line in found),
        moved=len(gone),
        heirs=tuple(names.get(unit, unit) for unit in heirs),
        divided=divided,
    )
