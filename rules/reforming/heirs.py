"""Who takes over from whom: the units that end with a reform, and what becomes of each, by function."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cached_property

from models.reform import LineFile, ReformFile, UnitFile
from models.unit import Level, Unit
from rules.reforming.territories import Territories
from rules.suggestions import did_you_mean

_AS_BEFORE = LineFile()


class ReformError(ValueError):
    """The reform contradicts itself or the registry; the message says where."""


class Change(StrEnum):
    """What becomes of a unit: another one in its place; one with others; several; or none of its level."""

    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    DISSOLVED = "dissolved"


@dataclass(frozen=True)
class Fate:
    """`heir` takes over at the same level, by default where there are several `parts`; `up` and `down` are the units
    above and below that may."""

    change: Change
    heir: str | None = None
    parts: tuple[str, ...] = ()
    up: str | None = None
    down: tuple[str, ...] = ()


@dataclass(frozen=True)
class Heirs:
    """What a reform means for units: `before` is the registry, `made` are the units that the reform makes, by code."""

    file: ReformFile
    before: Mapping[str, Unit]
    made: Mapping[str, Unit]
    territories: Territories

    @cached_property
    def ended(self) -> Mapping[str, Unit]:
        """The units that end the day before: those named, and those on a territory that ends or gets new units of their
        line."""
        last = self.file.on - timedelta(days=1)
        return {
            unit.code: unit.model_copy(update={"valid_to": last})
            for unit in self.before.values()
            if unit.code not in self.made and unit.valid_on(last) and self._ends(unit)
        }

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """The registry as it is with the reform."""
        return {**self.before, **self.ended, **self.made}

    def of(self, unit: str, function: str = "") -> Fate | None:
        """What becomes of a unit; None for one that stays."""
        return self._fates.get((unit, function)) or self._fates.get((unit, ""))

    def successors(self) -> Iterator[tuple[str, str, Fate, tuple[str, ...]]]:
        """What becomes of every unit that ends, by function, with those who have something of what it had."""
        for (unit, function), fate in self._fates.items():
            above = (fate.up,) if fate.up else ()
            yield unit, function, fate, tuple(dict.fromkeys((*fate.parts, *fate.down, *(() if fate.parts else above))))

    def follows(self, unit: str, function: str = "") -> str:
        """Who stands for a unit now where others mention it: itself, its heir, or the unit above."""
        fate = self.of(unit, function)
        return unit if fate is None else fate.heir or fate.up or unit

    @cached_property
    def _fates(self) -> Mapping[tuple[str, str], Fate]:
        found = {
            (unit.code, function): self._fate(unit, function)
            for unit in self.ended.values()
            for function in self._functions(unit)
        }
        heirs = Counter(heir for _, heir in {(unit, fate.heir) for (unit, _), fate in found.items()} if heir)
        return {
            key: Fate(Change.MERGED, fate.heir, fate.parts, fate.up, fate.down) if self._merges(fate, heirs) else fate
            for key, fate in found.items()
        }

    def _merges(self, fate: Fate, heirs: Mapping[str, int]) -> bool:
        """Whether the heir of a unit takes over from others too, or was there before."""
        if fate.change is not Change.RENAMED or fate.heir is None:
            return False
        earlier = self.before.get(fate.heir)
        return heirs[fate.heir] > 1 or (earlier is not None and earlier.valid_on(self.file.on - timedelta(days=1)))

    def _functions(self, unit: Unit) -> Iterator[str]:
        yield ""
        by_hand = self.file.units.get(unit.code)
        line = self._written(unit)
        yield from dict.fromkeys(by_hand.functions if by_hand is not None else line.functions)

    def _written(self, unit: Unit) -> LineFile:
        return self.file.lines.get(unit.line, _AS_BEFORE)

    def _ends(self, unit: Unit) -> bool:
        if unit.code in self.file.units:
            return True
        code, line = unit.territory, _line(self._written(unit), unit, unit.level, "")
        parts = self.territories.parts.get(code, ())
        if parts == (code,):
            return (code, unit.level, line) in self._made_on
        return bool(parts) or code in self.territories.above

    @cached_property
    def _made_on(self) -> frozenset[tuple[str, Level, str]]:
        return frozenset((unit.territory, unit.level, unit.line) for unit in self.made.values())

    def _fate(self, unit: Unit, function: str) -> Fate:
        by_hand = self.file.units.get(unit.code)
        if by_hand is not None:
            return _by_hand(by_hand, function)
        known, code = self.territories, unit.territory
        parts = self._standing_on(known.parts.get(code, ()), unit, unit.level, function)
        whole = [known.whole[code]] if code in known.whole else []
        heir = next(iter(self._standing_on(whole, unit, unit.level, function)), None)
        above = [known.above[code]] if code in known.above else []
        return Fate(
            change=_change(parts),
            heir=heir,
            parts=parts,
            up=next(iter(self._standing_on(above, unit, Level.PROVINCE, function)), None),
            down=self._standing_on(known.below.get(code, ()), unit, Level.COMMUNE, function),
        )

    def _standing_on(self, codes: Iterable[str], unit: Unit, level: Level, function: str) -> tuple[str, ...]:
        line = _line(self._written(unit), unit, level, function)
        return tuple(found for code in codes if (found := self._organisation((code, level, line))))

    def _organisation(self, place: tuple[str, Level, str]) -> str | None:
        """The unit of a line on a territory; offices of the same line within it are left out. Raises `ReformError`
        where two stand side by side."""
        there = self._organisations.get(place, [])
        found = [code for code in there if not set(self.units[code].superiors) & set(there)]
        if len(found) > 1:
            both = " and ".join(found[:2])
            message = f"{both} stand on {place[0]!r} side by side in the line {place[2]!r}"
            raise ReformError(f"{message}: name under `units` who takes over")
        return found[0] if found else None

    @cached_property
    def _organisations(self) -> Mapping[tuple[str, Level, str], list[str]]:
        """The units that will be there, by territory, level and line."""
        found: dict[tuple[str, Level, str], list[str]] = {}
        for unit in self.units.values():
            if unit.territory and unit.valid_on(self.file.on):
                found.setdefault((unit.territory, unit.level, unit.line), []).append(unit.code)
        return found


def check(heirs: Heirs) -> None:
    """Raises `ReformError` for the first thing that is wrong between the file and the registry."""
    _check_names(heirs)
    _check_units(heirs)
    lines = {unit.line for unit in heirs.units.values()}
    for line, written in heirs.file.lines.items():
        for followed in (written.to, *written.functions.values()):
            for word in followed.values():
                if word not in lines:
                    raise ReformError(f"lines.{line}: no unit has the line {word!r}{did_you_mean(word, lines)}")


def _check_names(heirs: Heirs) -> None:
    for code, unit in heirs.made.items():
        earlier = heirs.before.get(code)
        if earlier is not None and earlier.name != unit.name:
            message = f"{code} is {earlier.name!r} and would become {unit.name!r}: closed records keep their names"
            raise ReformError(f"{message}, so give the new unit another code (`suffix` in its registry file)")


def _check_units(heirs: Heirs) -> None:
    on, units = heirs.file.on, heirs.units
    for code, written in heirs.file.units.items():
        if code not in heirs.before:
            raise ReformError(f"units: no unit {code!r} in the registry{did_you_mean(code, heirs.before)}")
        for heir in (written.to, *written.functions.values()):
            if heir is not None and heir not in units:
                raise ReformError(f"units.{code}: no unit {heir!r}{did_you_mean(heir, units)}")
            if heir is not None and (heir == code or not units[heir].valid_on(on)):
                raise ReformError(f"units.{code}: {heir} is not there from {on:%d/%m/%Y} on")


def _by_hand(written: UnitFile, function: str) -> Fate:
    heir = written.functions.get(function, written.to)
    if heir is None:
        return Fate(Change.DISSOLVED)
    return Fate(Change.RENAMED, heir, (heir,))


def _line(written: LineFile, unit: Unit, level: Level, function: str) -> str:
    """The line that has at a level what a unit had."""
    special = written.functions.get(function, {})
    return special.get(level) or written.to.get(level) or unit.line


def _change(parts: tuple[str, ...]) -> Change:
    if not parts:
        return Change.DISSOLVED
    return Change.RENAMED if len(parts) == 1 else Change.SPLIT
