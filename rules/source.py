"""Reads a YAML directive with the line of every value, and refuses what YAML should not be used for."""

import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import yaml

from models.fault import Fault

MAX_CHARACTERS = 1_000_000

Path = tuple[str | int, ...]


class _Loader(yaml.SafeLoader):
    """YAML 1.1 would read 08:00 as 480 and `no` as False; a directive means what it says (YAML 1.2 core schema)."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"~|null|", ["~", "n", ""]),
    ("bool", r"true|false", list("tf")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?[0-9]+\.[0-9]+", list("-+0123456789")),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", list("0123456789")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), _first)


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
        return Fault(code=code, path=".".join(map(str, path)), line=self.line(path), message=message)


def read(raw: bytes) -> Source:
    """Parse a file's bytes. Never raises: faults say what is wrong; `data` is None where nothing could be read."""
    source = Source()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        source.faults.append(Fault(code="encoding", path="", line=line, message="not UTF-8: save the file as UTF-8"))
        return source
    if len(text) > MAX_CHARACTERS:
        message = f"the file has {len(text):,} characters, a directive at most {MAX_CHARACTERS:,}"
        source.faults.append(Fault(code="too_large", path="", line=1, message=message))
        return source
    try:
        if line := next(
            (_line(e.start_mark) for e in yaml.parse(text, Loader=_Loader) if isinstance(e, yaml.AliasEvent)), 0
        ):
            message = "YAML aliases (*name) are not part of the directive language: write the value out"
            source.faults.append(Fault(code="alias", path="", line=line, message=message))
            return source
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            source.data = _value(loader, node, (), source) if node else None
        finally:
            loader.dispose()
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        source.data = None
        source.faults.append(_syntax(error))
    return source


def _line(mark: Any) -> int:
    return int(mark.line) + 1


def _value(loader: yaml.SafeLoader, node: yaml.Node, path: Path, source: Source) -> Any:
    source.lines[path] = _line(node.start_mark)
    if isinstance(node, yaml.MappingNode):
        data: dict[Hashable, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else str(key_node.start_mark)
            if key in data:
                message = f"the key {key!r} stands here twice; first on line {source.lines[(*path, key)]}"
                where = ".".join(map(str, (*path, key)))
                line = _line(key_node.start_mark)
                source.faults.append(Fault(code="duplicate_key", path=where, line=line, message=message))
                continue
            data[key] = _value(loader, value_node, (*path, key), source)
            source.lines[(*path, key)] = key_node.start_mark.line + 1
        return data
    if isinstance(node, yaml.SequenceNode):
        return [_value(loader, item, (*path, index), source) for index, item in enumerate(node.value)]
    return loader.construct_object(node)


def _syntax(error: Exception) -> Fault:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error) or type(error).__name__
    line = _line(mark) if mark else 1
    return Fault(code="syntax", path="", line=line, message=f"not valid YAML: {problem}")
