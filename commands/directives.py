"""Directive files before they run: read, compiled against all that they may refer to, and described for editors."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from changing.references import references
from commands.attached import Attached
from commands.errors import CommandError, Exit
from models.directive import DirectiveFile
from rules.calendar import WorkingCalendar
from rules.compiler import Compiled, compile_directive
from store.units import load_units

_TIME_OF_DAY = r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$"


def schema() -> dict[str, Any]:
    """The JSON Schema of a directive file, for editors."""
    described = _hours_and_minutes(DirectiveFile.model_json_schema(by_alias=True))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}


def read_file(file: Path) -> bytes:
    """The bytes of a directive file. Raises `CommandError` where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(Exit.INVALID, f"{file}: cannot be read: {error.strerror}") from error


def check(engine: Engine, file: Path) -> Compiled:
    """Compile a directive file against the registry, the catalogues and the directives that were started before."""
    return compile_here(engine, read_file(file), Attached(file.parent))


def compile_here(engine: Engine, raw: bytes, attached: Attached) -> Compiled:
    """Compile the bytes of a directive file against what this installation knows and the files beside it."""
    return compile_directive(raw, load_units(engine), WorkingCalendar(), references(engine, attached.find))


def _hours_and_minutes(part: Any) -> Any:
    """JSON Schema's `time` has seconds and a zone, and editors insist on them; a directive says 17:00."""
    if isinstance(part, list):
        return [_hours_and_minutes(item) for item in part]
    if not isinstance(part, dict):
        return part
    if part.get("format") == "time":
        part = {name: value for name, value in part.items() if name != "format"} | {"pattern": _TIME_OF_DAY}
    return {name: _hours_and_minutes(value) for name, value in part.items()}
