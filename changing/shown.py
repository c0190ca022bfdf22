"""Prepared changes as they are shown on a page: by requirement, with names and titles."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import Engine

from changing.amending import Amending
from changing.enlisting import Enlisting
from models.changing import LateAddressees, NewVersion
from models.plan import Plan
from rules.catching_up import Kept
from rules.comparing import requirements
from rules.foreseeing import Foreseen
from rules.previewing import Preview, preview
from store.units import load_units


def shown_amending(engine: Engine, amending: Amending, version: NewVersion) -> Preview:
    """What a new version would change. Its seal binds a confirmation to the version, its number, the reason and all
    that would become of obligations."""
    said = f"{amending.version} {version.model_dump_json()}"
    names = _names(engine, amending.foreseen, amending.ended)
    titles = _titles(amending.registers, amending.plan)
    return replace(
        preview(amending.foreseen, said, names, titles, amending.running.at),
        version=amending.version,
        ended=tuple(names.get(code, code) for code in amending.ended),
        closed=amending.closed,
        warnings=amending.warnings,
        stored=amending.stored,
    )


def shown_enlisting(engine: Engine, enlisting: Enlisting, late: LateAddressees) -> Preview:
    """What late addressees would owe, sealed in the same way."""
    names, titles = _names(engine, enlisting.foreseen, ()), _titles(enlisting.registers, enlisting.plan)
    return preview(enlisting.foreseen, late.model_dump_json(), names, titles, enlisting.running.at)


def _names(engine: Engine, foreseen: Iterable[Foreseen], others: Iterable[str]) -> dict[str, str]:
    codes = {duty.unit for item in foreseen for duty in item.plan.duties}
    codes |= {item.unit for found in foreseen for item in found.added}
    return {code: unit.short_name for code, unit in load_units(engine, sorted({*codes, *others})).items()}


def _titles(registers: Mapping[str, Kept], plan: Plan) -> dict[str, str]:
    """By key: first the requirements of the version to come in its order, then those that only the registers have."""
    known = {item.key: item.title for register in registers.values() for item in register.plan.requirements}
    return {key: item.title for key, item in requirements(plan).items()} | {
        key: title for key, title in known.items() if key not in requirements(plan)
    }
