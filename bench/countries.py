"""The countries to measure on, and parts of them: a ministry, and some provinces with all below."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from commands.units import read_registry
from models.unit import Level, Unit
from rules.addressing import Registry

Units = Mapping[str, Unit]

_REGISTRIES = Path(__file__).parent.parent / "data" / "registries"
REGISTRY = _REGISTRIES / "quoc-gia-nganh-ldtbxh.yaml"
"""Before July 2025, with districts."""
TWO_TIER_REGISTRY = _REGISTRIES / "quoc-gia-tu-2025-07-01.yaml"
MINISTRY, TWO_TIER_MINISTRY = "bo-ldtbxh", "bo-noi-vu"


def country(registry: Path = REGISTRY) -> dict[str, Unit]:
    """All units of a registry, by code."""
    return {unit.code: unit for unit in read_registry(registry)}


def two_tiers() -> dict[str, Unit]:
    """The country since July 2025 as if it had always stood, without the units of the health sector."""
    units = country(TWO_TIER_REGISTRY).items()
    return {code: unit.model_copy(update={"valid_from": None}) for code, unit in units if unit.line != "y-te"}


def within(units: Units, ministry: str, provinces: Sequence[str]) -> dict[str, Unit]:
    """The ministry and these provinces with all below them."""
    registry = Registry(units)
    inside = {ministry, *provinces, *(unit.code for code in provinces for unit in registry.below(code))}
    return {code: unit for code, unit in units.items() if code in inside}


def leading(units: Units, ministry: str, part: int) -> dict[str, Unit]:
    """The first provinces of the registry, one in `part` of them."""
    provinces = _provinces(units, ministry)
    return within(units, ministry, provinces[: round(len(provinces) / part)])


def spread(units: Units, ministry: str, one_in: int) -> dict[str, Unit]:
    """One in so many provinces, large and small ones alike; 1: the whole country."""
    registry = Registry(units)
    provinces = sorted(_provinces(units, ministry), key=lambda code: len(registry.below(code)))
    return within(units, ministry, provinces[one_in // 2 :: one_in])


def _provinces(units: Units, ministry: str) -> list[str]:
    return [unit.code for unit in units.values() if unit.level is Level.PROVINCE and unit.superior == ministry]
