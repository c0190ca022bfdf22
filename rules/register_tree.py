"""The tree of a directive's registers, as far as somebody may see it (pure)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from models.reading import Counts, UnitNode
from rules.collation import vietnamese

MOST_UNITS: Final = 500
"""So many units a page shows at once; of a larger tree it shows the register that was chosen."""


@dataclass(frozen=True)
class RegisterFace:
    """A register by its id, with the unit that keeps it and the register above, None at the top."""

    id: str
    issuer: str
    parent: str | None


def tree(
    registers: Sequence[RegisterFace], counts: Mapping[tuple[str, str], Counts], names: Mapping[str, str]
) -> tuple[UnitNode, ...]:
    """The units that keep registers with those that owe in them below, each once in each register, in no order.

    `counts` are those of what may be seen, by register and unit. A unit that keeps a register itself has that below it;
    registers in which nothing may be seen are left out, and what lies below them moves up.
    """
    owing: dict[str, list[str]] = defaultdict(list)
    for register_id, unit in counts:
        owing[register_id].append(unit)
    below: dict[str | None, list[RegisterFace]] = defaultdict(list)
    known = {register.id for register in registers}
    for register in registers:
        below[register.parent if register.parent in known else None].append(register)

    def kept(register: RegisterFace) -> list[UnitNode]:
        """The units of a register, and the registers below it that none of them keeps."""
        keepers: dict[str, list[RegisterFace]] = defaultdict(list)
        for lower in below[register.id]:
            keepers[lower.issuer].append(lower)
        nodes = [node(unit, counts[register.id, unit], keepers.pop(unit, ())) for unit in owing[register.id]]
        return [*nodes, *_seen(node(unit, Counts(), lower) for unit, lower in keepers.items())]

    def node(unit: str, own: Counts, keeping: Sequence[RegisterFace]) -> UnitNode:
        under = tuple(item for register in keeping for item in kept(register))
        return UnitNode(
            unit=unit,
            name=names.get(unit, unit),
            register_id=keeping[0].id if keeping and under else "",
            own=own,
            whole=Counts.added([own, *(item.whole for item in under)]) if under else own,
            below=under,
        )

    return tuple(_seen(node(register.issuer, Counts(), [register]) for register in below[None]))


def shortened(nodes: Sequence[UnitNode], chosen: str = "") -> tuple[UnitNode, ...]:
    """The tree as one page can show it, in Vietnamese order: all of a small one; of a large one the top, the units
    right below it, and those of the register that is chosen, with the way to it."""
    if _size(nodes) <= MOST_UNITS:
        return _ordered(nodes)

    def cut(node: UnitNode) -> UnitNode:
        if not chosen:
            return closed(node)
        if node.register_id == chosen:
            return replace(node, below=tuple(map(closed, node.below)))
        if _holds(node, chosen):
            return replace(node, below=tuple(map(cut, node.below)))
        return closed(node)

    def opened(node: UnitNode) -> UnitNode:
        return replace(node, below=tuple(map(cut, node.below)))

    def closed(node: UnitNode) -> UnitNode:
        return replace(node, below=(), hidden=_size(node.below))

    return _ordered(map(opened, nodes))


def _size(nodes: Iterable[UnitNode]) -> int:
    return sum(1 + _size(node.below) for node in nodes)


def _holds(node: UnitNode, register: str) -> bool:
    return any(item.register_id == register or _holds(item, register) for item in node.below)


def _seen(nodes: Iterable[UnitNode]) -> list[UnitNode]:
    return [node for node in nodes if node.below]


def _ordered(nodes: Iterable[UnitNode]) -> tuple[UnitNode, ...]:
    """These and all below them. Only what is shown is put in order: that of a country took a quarter of the time."""
    found = [replace(node, below=_ordered(node.below)) if node.below else node for node in nodes]
    return tuple(sorted(found, key=lambda node: vietnamese(node.name)))
