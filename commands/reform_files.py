"""Reads a reform file with the registry and the table of territories that it names."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from commands.errors import CommandError, Exit
from commands.units import read_registry, read_table
from models.fault import Fault
from models.reform import ReformFile
from models.unit import Unit
from rules.reforming.heirs import Heirs, ReformError, check
from rules.reforming.territories import COLUMNS, NOTHING, territories
from rules.source import Source, read
from rules.suggestions import did_you_mean


def read_reform(file: Path, before: Mapping[str, Unit]) -> Heirs:
    """What a reform file means for the units of a registry. Raises `CommandError` INVALID naming the file, the line and
    what is wrong."""
    written = _written(file)
    made = {unit.code: unit for unit in _made(file, written)}
    rows = _rows(file.parent / written.territories) if written.territories else []
    try:
        heirs = Heirs(written, before, made, territories(rows) if rows else NOTHING)
        check(heirs)
        if not heirs.ended:
            raise ReformError("no unit of the registry ends; import the registry of before first, or name `units`")
    except ReformError as error:
        raise CommandError(Exit.INVALID, f"{file}: {error}") from error
    return heirs


def _written(file: Path) -> ReformFile:
    try:
        source = read(file.read_bytes())
    except OSError as error:
        raise CommandError(Exit.INVALID, f"{file}: cannot be read: {error.strerror}") from error
    if source.faults:
        raise CommandError(Exit.INVALID, f"{file} is no reform file:", str(file), source.faults)
    try:
        return ReformFile.model_validate(source.data)
    except ValidationError as error:
        raise CommandError(Exit.INVALID, f"{file} is no reform file:", str(file), _faults(source, error)) from error


def _faults(source: Source, error: ValidationError) -> list[Fault]:
    return [source.fault("form", tuple(found["loc"]), _words(found)) for found in error.errors()]


def _words(found: ErrorDetails) -> str:
    key = str(found["loc"][-1])
    if found["type"] == "missing":
        return "it is missing"
    if found["type"] == "extra_forbidden":
        keys = ReformFile.model_fields if len(found["loc"]) == 1 else ()
        return f"a reform file has no such key{did_you_mean(key, keys)}"
    return found["msg"].removeprefix("Value error, ")


def _made(file: Path, written: ReformFile) -> list[Unit]:
    """The units of the reform's own registry, valid from its day on."""
    if written.registry is None:
        return []
    units = read_registry(file.parent / written.registry)
    early = next((unit for unit in units if unit.valid_from != written.on), None)
    if early is not None:
        message = f"{written.registry}: its units are valid from {early.valid_from}, the reform is on {written.on}"
        raise CommandError(Exit.INVALID, f"{file}: {message}")
    return units


def _rows(file: Path) -> list[dict[str, str]]:
    return read_table(file, COLUMNS)
