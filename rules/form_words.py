"""What is wrong with the form of a value, in words for its author: what was expected, what to write, what stands."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from pydantic_core import ErrorDetails

from models.unit import Level
from models.written import EARLIEST, LATEST
from rules import meant
from rules.form_examples import examples, in_words
from rules.places import place_of
from rules.source import Path
from rules.suggestions import did_you_mean
from rules.synonyms import english_value

_LONGEST = 60
_PLAIN = re.compile(r"[\w/.() -]+")
"""Text that needs no quotes wherever it stands in YAML."""
_DAYS_FROM_DUE = re.compile(r"[tT]? ?(?P<sign>[+-])? ?(?P<days>[0-9]{1,3})(?: ngày.*)?")
_OUTSIDE = {"greater_than_equal": ("ge", "at least"), "less_than_equal": ("le", "at most")}


def value_words(path: Path, detail: ErrorDetails, *, hint: bool) -> str:
    """What a value should have been. `hint`: whether to look for near words, which takes long."""
    kind, value = detail["type"], detail["input"]
    if kind == "enum":
        return _one_of(detail, hint=hint)
    if kind in _OUTSIDE:
        return _range(path, detail)
    if kind == "string_pattern_mismatch":
        return _distance(value)
    if value is None:
        return _nothing(path, kind)
    quoted = isinstance(value, str) and meant.is_word_quoted(value)
    return _WORDS.get(kind.partition("_")[0], _other)(path, value) + (_QUOTES if quoted else "")


def shown(value: object) -> str:
    """A value as it stands in the file, cut where it is long."""
    text = repr(value) if isinstance(value, str) else _flow(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


_QUOTES = '; “ and ” are no quotes in YAML: leave them out, or write "'


def _subject(path: Path) -> str:
    if path and isinstance(path[-1], int):
        return f"an entry of {str(path[-2])!r}" if len(path) > 1 else "an entry"
    return repr(str(path[-1])) if path else "the file"


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow(item)}' for key, item in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if value is None:
        return "nothing"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _write(written: tuple[str, ...], value: object) -> str:
    return f": write {in_words(written)}, not {shown(value)}" if written else f", not {shown(value)}"


def _nothing(path: Path, kind: str) -> str:
    if not path:
        return f"{_FILE}, and nothing stands here"
    below = "; what belongs to it stands below it, indented" if kind in {"model_type", "dict_type"} else ""
    written = examples(place_of(path))
    return f"{_subject(path)} has no value" + (f": write {in_words(written)}" if written else "") + below


_FILE = "a directive file consists of keys and values, first `document:` and `requirements:`; `dondoc new` writes one"


def _parts(path: Path, value: Any) -> str:
    if not path:
        return f"{_FILE}, not {shown(value)}"
    if path == ("requirements",) and isinstance(value, list):
        return "requirements go by key, without `-`: write `annual-plan:`, and below it, indented, what belongs to it"
    place = place_of(path)
    written = examples(place)
    if place.key in {"to", "coordinators", "among"}:
        written = _units(value) or written
    if place.key == "after" and value in ("received", "cut_off"):
        written = (f"{{{value}: true}}",)
    return f"{_subject(path)} consists of keys and values{_write(written, value)}"


def _units(value: Any) -> tuple[str, ...]:
    """How to address what a text or list names: a level, or units by their codes."""
    if isinstance(value, str) and (level := value if value in set(Level) else english_value(value, Level)):
        return (f"{{level: {level}}}",)
    if isinstance(value, list) and value and all(isinstance(item, str) and _PLAIN.fullmatch(item) for item in value):
        return (f"{{units: [{', '.join(value)}]}}",)
    return ()


def _list(path: Path, value: Any) -> str:
    entries = place_of((*path, 0))
    takes_text = not all(example.startswith("{") for example in examples(entries) or ("text",))
    items = [item.strip() for item in value.split(",")] if isinstance(value, str) else []
    if takes_text and items and all(_PLAIN.fullmatch(item) for item in items):
        return f"{_subject(path)} is a list{_write((_flow(items),), value)}"
    if isinstance(value, dict):
        return f"{_subject(path)} is a list: begin each entry with `- `, not {shown(value)}"
    return f"{_subject(path)} is a list{_write(examples(place_of(path)), value)}"


def _text(path: Path, value: Any) -> str:
    written = examples(place_of(path))
    if len(written) > 1:  # a phrase, a day or parts
        return f"{_subject(path)} cannot be {shown(value)}: write {in_words(written)}"
    if isinstance(value, date | bool):
        return f"{_subject(path)} is a text{_write(written or (_quoted(_flow(value)),), value)}"
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        return f"{_subject(path)} is a single text{_write((_scalar(value[0]),), value)}"
    return f"{_subject(path)} is a single text{_write(written, value)}"


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    """A text as YAML has it in quotes, which need no escapes as long as it has none of their kind."""
    return f"'{text}'" if '"' in text else f'"{text}"'


def _day(path: Path, value: Any) -> str:
    written = str(value)
    if found := meant.day(written):
        return f"a day is year-month-day{_write((found.isoformat(),), value)}"
    if lost := meant.impossible_day(written):
        other = meant.turned_round(written)
        return f"there is no such day as {lost}" + (f"; did you mean {other.isoformat()}?" if other else "")
    return f"{_subject(path)} is a day, written year-month-day{_write(('2020-03-02',), value)}"


def _time(path: Path, value: Any) -> str:
    found = meant.time_of_day(value) if isinstance(value, str) else None
    if path[-1] in {"at", "cut_off"} and str(value).startswith("24:"):
        return f"{_subject(path)} is a time of day up to 23:59: leave it out for 24:00"
    return f"{_subject(path)} is a time of day{_write((_quoted(f'{found:%H:%M}' if found else '17:00'),), value)}"


def _whole(path: Path, value: Any) -> str:
    found = meant.number(value, whole=True) if isinstance(value, str) else None
    return f"{_subject(path)} is a whole number{_write((found or '5',), value)}"


def _number(path: Path, value: Any) -> str:
    found = meant.number(value, whole=False) if isinstance(value, str) else None
    return f"{_subject(path)} is a number{_write((found or '55',), value)}"


def _bool(path: Path, value: Any) -> str:
    found = english_value(value, ("true", "false")) if isinstance(value, str) else None
    return f"{_subject(path)} is true or false{_write((found,) if found else ('true', 'false'), value)}"


def _distance(value: Any) -> str:
    """The distance of a step of the ladder from the due day, the only text that has a form of its own."""
    match = _DAYS_FROM_DUE.fullmatch(str(value).strip())
    days = int(match["days"]) if match else 5
    written = (f"T+{days}",) if match and match["sign"] == "+" else (f"T-{days}", f"T+{days}")
    return f"a step is so many working days before (T-) or after (T+) the due day{_write(written, value)}"


def _other(path: Path, value: Any) -> str:
    written = examples(place_of(path))
    return f"{_subject(path)} cannot be {shown(value)}" + (f": write {in_words(written)}" if written else "")


_WORDS: dict[str, Callable[[Path, Any], str]] = {
    "model": _parts,
    "dict": _parts,
    "tuple": _list,
    "string": _text,
    "date": _day,
    "time": _time,
    "int": _whole,
    "float": _number,
    "bool": _bool,
}
"""By the first word of pydantic's name for a fault."""


def _one_of(detail: ErrorDetails, *, hint: bool) -> str:
    expected, value = detail.get("ctx", {}).get("expected", ""), detail["input"]
    if not isinstance(value, str):
        return f"{shown(value)} is not one of {expected}: write one of these words"
    bare = value.strip(meant.QUOTES)
    valid = re.findall("'([^']*)'", expected)
    found = bare if bare in valid else english_value(value, valid)
    near = f"; write {found!r}" if found else did_you_mean(value, valid) if hint else ""
    return f"{shown(value)} is not one of {expected}{near}" + (_QUOTES if bare != value else "")


def _range(path: Path, detail: ErrorDetails) -> str:
    value = detail["input"]
    if isinstance(value, date):
        return f"{_subject(path)} is a day from {EARLIEST} to {LATEST}, not {value}: look at the year"
    name, words = _OUTSIDE[detail["type"]]
    return f"{_subject(path)} is {words} {detail.get('ctx', {}).get(name)}, not {shown(value)}"
