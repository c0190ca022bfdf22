"""Turns what is wrong with a file into advice: what was expected, and the nearest valid word."""

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from models import directive, due, indicator, obligation, plan
from models.fault import Fault
from models.plan import Signer
from models.unit import Level
from models.written import Written
from rules.source import Path, Source

_MODELS: list[type[BaseModel]] = [Signer] + [
    model
    for room in (directive, due)
    for model in vars(room).values()
    if isinstance(model, type) and issubclass(model, Written)
]
_KEYS = sorted({field.alias or name for model in _MODELS for name, field in model.model_fields.items()})
_VALUES = sorted(
    {
        str(member)
        for kind in (
            Level,
            plan.RequirementKind,
            plan.ReportStage,
            plan.StepKind,
            plan.Effect,
            due.Every,
            due.Roll,
            indicator.IndicatorKind,
            obligation.Outcome,
        )
        for member in kind
    }
)
_PARTS = {"DueFile", "RecipientFile"}
_TRIED = {"str", "date", "[key]", *_PARTS}
"""Members of unions, and the mark of a key, which pydantic puts into the path of a fault."""


def nearest(word: str, valid: Iterable[str]) -> str | None:
    """The nearest valid word; None where none is near."""
    near = get_close_matches(str(word), [str(item) for item in valid], n=1, cutoff=0.6)
    return near[0] if near else None


MOST_HINTS = 50
"""Words for which a near one is looked for in one go; looking takes long, and who has more mistakes has another one."""


def did_you_mean(word: str, valid: Iterable[str]) -> str:
    """`; did you mean 'x'?` for the nearest valid word, or nothing where none is near."""
    near = nearest(word, valid)
    return f"; did you mean {near!r}?" if near else ""


def schema_faults(source: Source, details: Sequence[ErrorDetails]) -> list[Fault]:
    """Faults of form, one per place, from what pydantic says of a file's data; at least one if it says anything."""
    found: dict[Path, Fault] = {}
    others: dict[Path, Fault] = {}
    for detail in details:
        location = detail["loc"]
        missing = location[-1:] if detail["type"] == "missing" else ()
        path, meant = _in_file(source.data, location[: len(location) - len(missing)])
        path += missing
        (found if meant else others).setdefault(path, _fault(source, path, detail, hint=len(found) < MOST_HINTS))
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


def _fault(source: Source, path: Path, detail: ErrorDetails, *, hint: bool) -> Fault:
    last = str(path[-1]) if path else ""
    match detail["type"]:
        case "extra_forbidden":
            near = did_you_mean(last, _KEYS) if hint else ""
            return source.fault("unknown_key", path, f"unknown key {last!r}{near}")
        case "missing":
            return source.fault("missing", path, f"{last!r} is missing")
        case "enum":
            expected = detail.get("ctx", {}).get("expected", "")
            near = did_you_mean(str(detail["input"]), _VALUES) if hint else ""
            return source.fault("value", path, f"{_short(detail['input'])} is not one of {expected}{near}")
        case _:
            message = detail["msg"].removeprefix("Value error, ")
            return source.fault("value", path, f"{message}, got {_short(detail['input'])}")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
