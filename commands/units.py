"""`dondoc units import|tree|show`: the registry of units."""

import csv
from collections.abc import Iterable
from pathlib import Path

import yaml
from pydantic import ValidationError
from sqlalchemy import Engine

from commands.errors import CommandError, Exit
from models.registry import RegistryFile
from models.unit import Unit
from rules.addressing import Registry
from rules.registry import RegistryError, make_units, territory
from rules.suggestions import did_you_mean
from store.units import load_units, save_units


def read_registry(file: Path) -> list[Unit]:
    """The units that a registry file makes. Raises `CommandError` naming the file and what is wrong in it."""
    try:
        registry = RegistryFile.model_validate(yaml.safe_load(file.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise CommandError(Exit.INVALID, f"{file}: {where}: {first['msg']}") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CommandError(Exit.INVALID, f"{file}: cannot be read as a registry: {error}") from error
    territories = [territory(row) for row in read_table(file.parent / registry.territories, _TERRITORY_COLUMNS)]
    contacts = {}
    if registry.contacts:
        for row in read_table(file.parent / registry.contacts, _CONTACT_COLUMNS):
            contacts[row["code"]] = (row["focal_email"], row["head_email"])
    try:
        units = make_units(registry, territories, contacts)
    except RegistryError as error:
        raise CommandError(Exit.INVALID, f"{file}: {error}") from error
    except (KeyError, IndexError, ValueError) as error:
        known = "{territory}, {TERRITORY}, {parent}, {PARENT}, {code}"
        raise CommandError(
            Exit.INVALID, f"{file}: a name or address has a placeholder {error}; known are {known}"
        ) from error
    if not units:
        raise CommandError(Exit.INVALID, f"{file}: no unit comes of it; look at `within` and `organisations`")
    if strangers := set(contacts) - {unit.code for unit in units}:
        first_stranger = min(strangers)
        hint = did_you_mean(first_stranger, [unit.code for unit in units])
        raise CommandError(Exit.INVALID, f"{file}: contacts for {first_stranger!r}, which is no unit of it{hint}")
    return units


def import_units(engine: Engine, file: Path) -> dict[str, int]:
    """Add or update the units of a registry file; returns how many of each."""
    added, updated = save_units(engine, read_registry(file))
    return {"added": added, "updated": updated}


def tree(engine: Engine, below: str | None) -> list[Unit]:
    """All units, or one with all that lies below it; each before those it follows up."""
    units = load_units(engine)
    if below is None:
        return _top_down(units.values())
    return _top_down([unit(engine, below), *Registry(units).below(below)])


def _top_down(units: Iterable[Unit]) -> list[Unit]:
    """The units branch by branch: each comes after the first of its superiors that is among them, once."""
    known = {unit.code: unit for unit in units}
    below: dict[str | None, list[Unit]] = {}
    for unit in known.values():
        below.setdefault(next((code for code in unit.superiors if code in known), None), []).append(unit)
    ordered: dict[str, Unit] = {}
    for start in (*below.get(None, ()), *known.values()):  # the latter for those who stand above each other in a circle
        waiting = [start]
        while waiting:
            found = waiting.pop()
            if found.code not in ordered:
                ordered[found.code] = found
                waiting += reversed(below.get(found.code, []))
    return list(ordered.values())


def unit(engine: Engine, code: str) -> Unit:
    """One unit. Raises `CommandError` with the nearest code where there is none."""
    units = load_units(engine)
    if code not in units:
        raise CommandError(
            Exit.NOT_FOUND,
            f"no unit {code!r} in the registry{did_you_mean(code, units)}; `dondoc units tree` lists them",
        )
    return units[code]


_TERRITORY_COLUMNS = ("level", "code", "name", "parent_code")
_CONTACT_COLUMNS = ("code", "focal_email", "head_email")


def read_table(file: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a CSV file that has at least some columns. Raises `CommandError` naming the file."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            missing = [column for column in columns if column not in (reader.fieldnames or ())]
            if missing:
                raise CommandError(Exit.INVALID, f"{file}: the column {missing[0]!r} is missing")
            return list(reader)
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(Exit.INVALID, f"{file}: cannot be read: {error}") from error
