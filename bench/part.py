"""A part of the country before July 2025: the ministry and some provinces with all below them."""

from bench.country import REGISTRY
from commands.units import read_registry
from models.unit import Level, Unit
from rules.addressing import Registry

_ISSUER = "bo-ldtbxh"


def part(one_in: int) -> list[Unit]:
    """One in so many provinces, large and small ones alike; 1: the whole country."""
    country = {unit.code: unit for unit in read_registry(REGISTRY)}
    registry = Registry(country)
    provinces = [unit.code for unit in country.values() if unit.level is Level.PROVINCE]
    below = {code: registry.below(code) for code in provinces}
    chosen = sorted(provinces, key=lambda code: len(below[code]))[one_in // 2 :: one_in]
    return [country[_ISSUER], *(unit for code in chosen for unit in (country[code], *below[code]))]


def province(code: str) -> list[Unit]:
    """The ministry, and one province with all below it."""
    country = {unit.code: unit for unit in read_registry(REGISTRY)}
    return [country[_ISSUER], country[code], *Registry(country).below(code)]
