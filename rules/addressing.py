"""Which units a directive addresses, and who stands above whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.directive import Addressees
from models.unit import Unit


class Registry:
    """The units by code, with what lies below each."""

    def __init__(self, units: Mapping[str, Unit]) -> None:
        self.units = units
        self._below: dict[str, list[Unit]] = {}
        for unit in units.values():
            if unit.superior:
                self._below.setdefault(unit.superior, []).append(unit)

    def find(self, code: str) -> Unit | None:
        return self.units.get(code)

    def below(self, code: str) -> list[Unit]:
        """All units below one, at any distance, in registry order."""
        found: list[Unit] = []
        for unit in self._below.get(code, ()):
            found.append(unit)
            found.extend(self.below(unit.code))
        return found

    def path(self, code: str, top: str) -> list[str]:
        """The codes from a unit up to `top`, both included; just the unit itself if `top` is not above it."""
        path = [code]
        while path[-1] != top:
            above = self.units[path[-1]].superior if path[-1] in self.units else None
            if above is None or above in path:
                return [code]
            path.append(above)
        return path


@dataclass(frozen=True)
class Addressed:
    """The units addressed, and the codes of listed units that do not stand below the issuer."""

    units: tuple[Unit, ...]
    outside: tuple[str, ...]


def addressed(registry: Registry, issuer: str, to: Addressees, on: date) -> Addressed:
    """The units that exist on a day and are asked: a level below the issuer, plus those listed, less the exceptions."""
    below = registry.below(issuer)
    codes_below = {unit.code for unit in below}
    listed = set(to.units)
    excluded = set(to.excluding)
    units = tuple(
        unit
        for unit in below
        if (unit.level is to.level or unit.code in listed) and unit.code not in excluded and unit.valid_on(on)
    )
    outside = tuple(code for code in to.units if code in registry.units and code not in codes_below)
    return Addressed(units, outside)
