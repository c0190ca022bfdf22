"""Turns what is wrong with a file into advice: what was expected, and the nearest valid word."""

from collections.abc import Iterable
from difflib import get_close_matches

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from models import directive
from models.fault import Fault
from models.plan import RequirementKind, Signer, StepKind
from models.unit import Level
from rules.source import Source

_MODELS: list[type[BaseModel]] = [Signer] + [
    model for model in vars(directive).values() if isinstance(model, type) and issubclass(model, BaseModel)
]
_KEYS = sorted({field.alias or name for model in _MODELS for name, field in model.model_fields.items()})
_VALUES = [str(member) for kind in (Level, RequirementKind, StepKind) for member in kind]


def did_you_mean(word: str, valid: Iterable[str]) -> str:
    """`; did you mean 'x'?` for the nearest valid word, or nothing where none is near."""
    near = get_close_matches(str(word), [str(item) for item in valid], n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else ""


def schema_fault(source: Source, detail: ErrorDetails) -> Fault:
    """One fault of form, from what pydantic says of a value."""
    path = detail["loc"]
    if len(path) > 3 and path[0] == "requirements" and path[2] == "due":
        path = path[:3]  # the rest names the kinds of value that were tried
    last = str(path[-1]) if path else ""
    match detail["type"]:
        case "extra_forbidden":
            return source.fault("unknown_key", path, f"unknown key {last!r}{did_you_mean(last, _KEYS)}")
        case "missing":
            return source.fault("missing", path, f"{last!r} is missing")
        case "enum":
            expected = detail.get("ctx", {}).get("expected", "")
            hint = did_you_mean(str(detail["input"]), _VALUES)
            return source.fault("value", path, f"{detail['input']!r} is not one of {expected}{hint}")
        case _:
            message = detail["msg"].removeprefix("Value error, ")
            return source.fault("value", path, f"{message}, got {_short(detail['input'])}")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
