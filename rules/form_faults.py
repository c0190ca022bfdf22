"""Turns what is wrong with the form of a file into faults: one per place, each with what to write there."""

from collections.abc import Sequence
from datetime import date

from pydantic_core import ErrorDetails

from models.fault import Fault
from rules.form_examples import examples
from rules.form_words import value_words
from rules.places import place_of
from rules.source import Path, Source
from rules.unknown_keys import unknown_key

_PARTS = {"DueFile", "RecipientFile"}
_TRIED = {"str", "date", "[key]", *_PARTS}
"""Members of unions, and the mark of a key, which pydantic puts into the path of a fault."""

MOST_HINTS = 50
"""Words for which a near one is looked for in one go; looking takes long, and who has more mistakes has another one."""


def schema_faults(source: Source, details: Sequence[ErrorDetails]) -> list[Fault]:
    """Faults of form, one per place, from what pydantic says of a file's data; at least one if it says anything."""
    found: dict[Path, Fault] = {}
    others: dict[Path, Fault] = {}
    written: set[Path] = set()
    """Keys that are there under another name: they are not missing as well."""
    for detail in sorted(details, key=lambda detail: detail["type"] == "missing"):
        location = detail["loc"]
        missing = location[-1:] if detail["type"] == "missing" else ()
        path, meant = _in_file(source.data, location[: len(location) - len(missing)])
        path += missing
        if path not in written:
            fault, key = _fault(source, path, detail, hint=len(found) < MOST_HINTS)
            (found if meant else others).setdefault(path, fault)
            written |= {(*path[:-1], key)} if key else set()
    for path, fault in sorted(others.items(), key=lambda other: -len(other[0])):
        if not any(other[: len(path)] == path for other in found):
            found[path] = fault
    return list(found.values())


def _in_file(data: object, location: Path) -> tuple[Path, bool]:
    """The path in the file, without the members of unions that pydantic tried, and whether they are what was meant:
    where parts are written, faults of the short form do not matter, and the other way round; a day is no text."""
    path: list[str | int] = []
    meant = True
    for part in location:
        if part in _TRIED and not (isinstance(data, dict) and part in data):
            is_day = isinstance(data, date) and part == "str"
            meant = meant and isinstance(data, dict) == (part in _PARTS) and not is_day
            continue
        path.append(part)
        try:
            data = data[part]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            data = None
    return tuple(path), meant


def _fault(source: Source, path: Path, detail: ErrorDetails, *, hint: bool) -> tuple[Fault, str]:
    """The fault, and the key that an unknown one stands for."""
    match detail["type"]:
        case "extra_forbidden":
            unknown = unknown_key(path, detail["input"], hint=hint)
            return source.fault("unknown_key", path, unknown.message), unknown.meant
        case "missing":
            return source.fault("missing", path, _missing(path)), ""
        case _:
            return source.fault("value", path, value_words(path, detail, hint=hint)), ""


def _missing(path: Path) -> str:
    key = str(path[-1])
    written = examples(place_of(path))
    return f"{key!r} is missing" + (f": write for example `{key}: {written[0]}`" if written else "")
