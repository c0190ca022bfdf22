"""Reads a YAML directive with the line of every value, and refuses what YAML should not be used for."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from models.fault import Fault
from rules.yaml_words import syntax_words

MAX_CHARACTERS = 300_000
MAX_DEPTH = 20

Path = tuple[str | int, ...]


class _Unwanted(Exception):
    """Something that is YAML but not part of the directive language."""

    def __init__(self, code: str, loader: yaml.SafeLoader, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.line = _line(loader.peek_event().start_mark)  # type: ignore[no-untyped-call]


_TAG = "tag:yaml.org,2002:"


class _Loader(yaml.SafeLoader):
    """YAML 1.1 would read 08:00 as 480 and `no` as False; a directive means what it says: of plain words only these are
    not text. Nothing in a directive is a number, so `ref: 4` is the text 4."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Refuses what is not part of the language while reading: deep nesting takes PyYAML quadratic time."""
        if self.check_event(yaml.AliasEvent):
            message = "YAML aliases (*name) are not part of the directive language: write it out, or in quotes"
            raise _Unwanted("alias", self, message)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _Unwanted("nesting", self, f"nested deeper than {MAX_DEPTH} levels: a bracket is left open")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"~|null|", ["~", "n", ""]),
    ("bool", r"true|false", list("tf")),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", list("0123456789")),
):
    _Loader.add_implicit_resolver(f"{_TAG}{_tag}", re.compile(rf"^(?:{_pattern})$"), _first)

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass
class Source:
    """The data of a file, the line (from 1) of each value by path, and what was wrong with the text itself."""

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """The line of a value, or of the nearest thing around it that is in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, code: str, path: Path, message: str) -> Fault:
        return _fault(code, path, self.line(path), message)


def read(raw: bytes) -> Source:
    """Parse a file's bytes. Never raises: faults say what is wrong; `data` is None where nothing could be read."""
    source = Source()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        source.faults.append(_fault("encoding", (), line, "not UTF-8: save the file as UTF-8"))
        return source
    if len(text) > MAX_CHARACTERS:
        message = f"the file has {len(text):,} characters, a directive at most {MAX_CHARACTERS:,}"
        source.faults.append(_fault("too_large", (), 1, message))
        return source
    try:
        node = yaml.compose(text, Loader=_Loader)
        source.data = _value(node, (), source) if node else None
    except _Unwanted as unwanted:
        source.faults.append(_fault(unwanted.code, (), unwanted.line, str(unwanted)))
    except yaml.YAMLError as error:
        line, message = syntax_words(error, text)
        source.faults.append(_fault("syntax", (), line, message))
    return source


def _line(mark: Any) -> int:
    return int(mark.line) + 1


def _value(node: yaml.Node, path: Path, source: Source) -> Any:
    source.lines[path] = _line(node.start_mark)
    kind = node.tag.removeprefix(_TAG)
    if isinstance(node, yaml.MappingNode) and kind == "map":
        return _mapping(node, path, source)
    if isinstance(node, yaml.SequenceNode) and kind == "seq":
        return [_value(item, (*path, index), source) for index, item in enumerate(node.value)]
    if isinstance(node, yaml.ScalarNode) and kind in _SCALARS:
        if _CONTROL.search(node.value):
            source.faults.append(source.fault("characters", path, "control characters cannot be shown: leave them out"))
        return _SCALARS[kind](node.value)
    source.faults.append(source.fault("tag", path, f"YAML tags ({node.tag}) are not part of the directive language"))
    return None


def _mapping(node: yaml.MappingNode, path: Path, source: Source) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line, key = _line(key_node.start_mark), key_node.value
        if not isinstance(key_node, yaml.ScalarNode):
            source.faults.append(_fault("key", path, line, "a key is a plain word, not a list or mapping"))
        elif _CONTROL.search(key):
            source.faults.append(_fault("characters", path, line, "a key has control characters: leave them out"))
        elif key in data:
            message = f"the key {key!r} stands here twice; first on line {source.lines[(*path, key)]}"
            source.faults.append(_fault("duplicate_key", (*path, key), line, message))
        else:
            data[key] = _value(value_node, (*path, key), source)
            source.lines[(*path, key)] = line
    return data


def _date(text: str) -> date | str:
    """A day; text where no calendar has it, so that its place in the directive says what is wrong."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


_SCALARS: dict[str, Callable[[str], Any]] = {
    "null": lambda _: None,
    "bool": lambda text: {"true": True, "false": False}.get(text, text),
    "timestamp": _date,
    "str": str,
}


def _fault(code: str, path: Path, line: int, message: str) -> Fault:
    return Fault(code=code, path=".".join(map(str, path)), line=line, message=message)
