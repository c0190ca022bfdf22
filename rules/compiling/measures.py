"""The figures that a requirement asks for: indicators of the catalogue or the directive's own (DOMAIN section 4.2)."""

import re
from math import isclose, isfinite

from models.directive import IndicatorFile, RequirementFile
from models.indicator import CatalogueIndicator, Indicator, IndicatorKind, Trust
from rules.compiling.desk import Desk
from rules.source import Path

_YEAR = re.compile("[12][0-9]{3}")


def compile_indicators(desk: Desk, key: str, item: RequirementFile, year: int) -> tuple[Indicator, ...]:
    """The indicators of one requirement, with the targets that hold in a year."""
    found: dict[str, Indicator] = {}
    for name, written in item.indicators.items():
        path: Path = ("requirements", key, "indicators", name)
        indicator = _indicator(desk, path, name, written, year)
        if indicator is not None:
            found[name] = indicator
    _check_parts(desk, ("requirements", key, "indicators"), item, found)
    return tuple(found.values())


def _indicator(desk: Desk, path: Path, name: str, written: IndicatorFile, year: int) -> Indicator | None:
    row = _row(desk, path, written)
    if row is None and (written.use is not None or written.title is None or written.kind is None):
        if written.use is None:
            desk.error("missing", path, "name an indicator of the catalogue under `use`, or give `title` and `kind`")
        return None
    if row is not None and row.since is not None and year < row.since:
        message = f"{row.code} belongs to a strategy that begins in {row.since}, this is asked for {year}: {row.title}"
        desk.warn("indicator_of_other_years", (*path, "use"), message)
    base = row or CatalogueIndicator(code="", title=written.title or "", kind=written.kind or IndicatorKind.NUMBER)
    kind = written.kind or base.kind
    target = written.target
    if target is None:
        _check_years(desk, path, written)
        target = _target({**base.targets, **written.targets}, year)
    if target is not None and not isfinite(target):
        desk.error("target", (*path, "target"), f"a target is a number, not {target}")
    if kind is IndicatorKind.PERCENT and target is not None and not 0 <= target <= 100:
        desk.error("target", (*path, "target"), f"a percentage lies between 0 and 100, the target is {target:g}")
    by_sex = base.by_sex if written.by_sex is None else written.by_sex
    if by_sex and kind is not IndicatorKind.NUMBER:
        desk.error("by_sex", (*path, "by_sex"), f"men and women are asked for with numbers, this is {kind}")
    if written.parts and kind is not IndicatorKind.NUMBER:
        desk.error("parts", (*path, "parts"), f"only numbers add up from parts, this is {kind}")
    return Indicator(
        key=name,
        code=base.code,
        title=written.title or base.title,
        kind=kind,
        unit=written.unit if written.unit is not None else base.unit,
        direction=written.direction or base.direction,
        comparator=written.comparator or base.comparator,
        target=target,
        by_sex=by_sex,
        parts=written.parts,
        trust=base.trust if row else Trust.VERIFIED,
    )


def _row(desk: Desk, path: Path, written: IndicatorFile) -> CatalogueIndicator | None:
    if written.use is None:
        return None
    row = desk.references.indicators.get(written.use)
    if row is None:
        message = f"the catalogue has no indicator {written.use!r}"
        desk.unknown("unknown_indicator", (*path, "use"), message, written.use, desk.references.indicators)
    elif row.trust is Trust.MEMORY:
        message = f"the catalogue's row {row.code} is from memory and not verified: compare it with the strategy's text"
        desk.warn("indicator_unverified", (*path, "use"), message)
    return row


def _target(targets: dict[str, float], year: int) -> float | None:
    """The target of the year, else of the next later one that has any: a target for 2025 holds until then."""
    later = sorted(name for name in targets if _YEAR.fullmatch(name) and int(name) >= year)
    return targets[later[0]] if later else None


def _check_years(desk: Desk, path: Path, written: IndicatorFile) -> None:
    for name in written.targets:
        if not _YEAR.fullmatch(name):
            desk.error("target", (*path, "targets", name), f"targets go by the year, like 2025, not {name!r}")


def _check_parts(desk: Desk, path: Path, item: RequirementFile, found: dict[str, Indicator]) -> None:
    for name, indicator in found.items():
        place = (*path, name, "parts")
        parts = []
        for key in indicator.parts:
            if key == name:
                desk.error("parts", place, f"{name!r} cannot be a part of itself")
            elif key not in item.indicators:
                desk.unknown("parts", place, f"there is no indicator {key!r} here", key, item.indicators)
            elif key in found:
                parts.append(found[key])
        if any(part.parts for part in parts):
            desk.error("parts", place, "a part cannot have parts of its own")
        for part in parts:
            if part.kind is not IndicatorKind.NUMBER or part.unit != indicator.unit:
                message = f"{part.key!r} counts {part.unit or part.kind!r}, {name!r} counts {indicator.unit!r}"
                desk.error("parts", place, f"{message}: these cannot add up")
        targets = [part.target for part in parts if part.target is not None]
        whole = indicator.target
        if whole is not None and parts and len(targets) == len(parts) and not isclose(sum(targets), whole):
            message = f"the targets of the parts add up to {sum(targets):g}, that of {name!r} is {whole:g}"
            desk.error("parts", place, message)
