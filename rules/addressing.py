"""Who stands above whom, the tree along which one directive is followed up, and which units it addresses."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from models.directive import Addressees
from models.unit import Unit


class Registry:
    """The units by code, in registry order. A unit may stand under several others, one for each line of authority."""

    def __init__(self, units: Mapping[str, Unit]) -> None:
        self.units = units
        self._below: dict[str, list[Unit]] = {}
        self._on_territory: dict[str, list[str]] = {}
        self._within: dict[str, frozenset[str]] = {}
        for unit in units.values():
            self._on_territory.setdefault(unit.territory, []).append(unit.code)
            for superior in dict.fromkeys(unit.superiors):
                self._below.setdefault(superior, []).append(unit)

    def find(self, code: str) -> Unit | None:
        return self.units.get(code)

    def below(self, code: str) -> list[Unit]:
        """All units below one through any of their superiors, each once, in registry order."""
        found = self._reached([code]) - {code}
        return [unit for unit in self.units.values() if unit.code in found]

    def within(self, territory: str) -> frozenset[str]:
        """The codes of the units on a territory and of all below them, each territory's worked out once."""
        if territory not in self._within:
            self._within[territory] = frozenset(self._reached(self._on_territory.get(territory, ())))
        return self._within[territory]

    def tree(self, issuer: str, line: str | None, on: date) -> "Tree":
        """The tree of one directive: the units valid on a day that stand below its issuer, each under one other.

        Of several superiors that one counts which is nearest to the issuer; of equally near ones that of the
        directive's line of authority, or else the one that the unit names first.
        """
        depth = {issuer: 0}
        parent: dict[str, str] = {}
        edge = [issuer]
        while edge:
            reached = [unit for code in edge for unit in self._below.get(code, ()) if unit.valid_on(on)]
            here = depth[edge[0]]
            edge = []
            for unit in reached:
                if unit.code not in depth:
                    depth[unit.code] = here + 1
                    nearest = [code for code in unit.superiors if depth.get(code) == here]
                    along = (code for code in nearest if code in self.units and self.units[code].line == line)
                    parent[unit.code] = next(along, nearest[0])
                    edge.append(unit.code)
        return Tree(issuer, parent, tuple(unit for unit in self.units.values() if unit.code in parent))

    def _reached(self, start: Iterable[str]) -> set[str]:
        """The codes to start with and those of all units below them."""
        reached = set(start)
        waiting = list(reached)
        while waiting:
            for unit in self._below.get(waiting.pop(), ()):
                if unit.code not in reached:
                    reached.add(unit.code)
                    waiting.append(unit.code)
        return reached


@dataclass(frozen=True)
class Tree:
    """The units below an issuer, in registry order and without it; `parent` and `children` go by code."""

    issuer: str
    parent: Mapping[str, str]
    units: tuple[Unit, ...]
    children: Mapping[str, tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        children: dict[str, list[str]] = {}
        for unit in self.units:
            children.setdefault(self.parent[unit.code], []).append(unit.code)
        object.__setattr__(self, "children", {code: tuple(found) for code, found in children.items()})

    def __contains__(self, code: object) -> bool:
        """Whether a unit stands in the tree, the issuer included."""
        return code in self.parent or code == self.issuer

    def joined(self, units: Iterable[Unit], above: Mapping[str, str]) -> "Tree":
        """The tree with units that came later, each below the one that `above` says."""
        return Tree(self.issuer, {**self.parent, **above}, (*self.units, *units))

    def path(self, code: str) -> list[str]:
        """The codes from a unit up to the issuer, both included; just the unit itself if it is not in the tree."""
        path = [code]
        while path[-1] in self.parent:
            path.append(self.parent[path[-1]])
        return path


@dataclass(frozen=True)
class Addressed:
    """The units addressed, and the codes of listed units that do not stand below the issuer."""

    units: tuple[Unit, ...]
    outside: tuple[str, ...]


def addressed(tree: Tree, registry: Registry, to: Addressees, on: date) -> Addressed:
    """The units of a directive's tree that are asked: those that meet all conditions and those listed, less the
    exceptions; of units that joined the tree later, those listed.

    The issuer is asked only where it is listed: it may owe something to further recipients. A listed unit that does
    not exist on the day is neither asked nor outside.
    """
    asked = _selection(registry, to, on)
    issuer = registry.find(tree.issuer)
    listed_issuer = (issuer,) if issuer is not None and issuer.code in to.units and asked(issuer) else ()
    outside = (registry.find(code) for code in dict.fromkeys(to.units) if code not in tree)
    return Addressed(
        (*listed_issuer, *filter(asked, tree.units)),
        tuple(unit.code for unit in outside if unit is not None and unit.valid_on(on)),
    )


def anywhere(registry: Registry, to: Addressees, on: date) -> tuple[Unit, ...]:
    """The same selection among all units: coordinators need not stand below the issuer."""
    asked = _selection(registry, to, on)
    return tuple(unit for unit in registry.units.values() if asked(unit) and unit.valid_on(on))


def _selection(registry: Registry, to: Addressees, on: date) -> Callable[[Unit], bool]:
    listed, excluded = set(to.units), set(to.excluding)
    conditional = any(value is not None for value in (to.level, to.line, to.region, to.within, to.tag))
    within = registry.within(to.within) if to.within is not None else None

    def meets_all(unit: Unit) -> bool:
        return (
            (to.level is None or unit.level is to.level)
            and (to.line is None or unit.line == to.line)
            and (to.region is None or unit.region == to.region)
            and (within is None or unit.code in within)
            and (to.tag is None or to.tag in unit.tags)
        )

    def asked(unit: Unit) -> bool:
        meets = conditional and meets_all(unit) and unit.valid_on(on)
        return unit.code not in excluded and (unit.code in listed or meets)

    return asked
