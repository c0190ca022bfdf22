"""`dondoc schema` as an editor uses it: every key explained, and the shipped directives pass."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from commands.directives import schema
from reports.schema import summary_schema
from tests.commands.conftest import Dondoc

SCHEMA = schema()
DIRECTIVES = sorted(Path("directives").glob("*.yaml"))


class Editor(yaml.SafeLoader):
    """YAML 1.2, as editors read it: days stay text."""


Editor.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"~|null|", ["~", "n", ""]),
    ("bool", r"true|false", list("tf")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?[0-9]+\.[0-9]*", list("-+0123456789")),
):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$"), first)


def faults(text: str) -> list[str]:
    validator = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
    data = yaml.load(text, Loader=Editor)  # noqa: S506 - a SafeLoader
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(data)]


def parts() -> dict[str, dict[str, Any]]:
    return {"DirectiveFile": SCHEMA, **SCHEMA["$defs"]}


def test_it_is_a_schema_and_every_part_and_key_of_it_is_described() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert [name for name, part in parts().items() if not part.get("description")] == []
    keys = [(name, key, value) for name, part in parts().items() for key, value in part.get("properties", {}).items()]
    assert [(name, key) for name, key, value in keys if not value.get("description")] == []


@pytest.mark.parametrize("file", DIRECTIVES, ids=lambda file: file.stem)
def test_the_shipped_directives_pass_in_an_editor(file: Path) -> None:
    assert faults(file.read_text("utf-8")) == []


def test_an_editor_underlines_what_is_wrong() -> None:
    text = DIRECTIVES[0].read_text("utf-8")
    found = faults(text.replace("kind: report", "kind: raport").replace("title:", "tittle:", 1))
    assert any("raport" in fault for fault in found)
    assert any("tittle" in fault for fault in found)


@pytest.mark.parametrize(("hour", "right"), [("17:00", True), ("17:00:00", True), ("24:00", False), ("5 giờ", False)])
def test_a_time_of_day_needs_no_seconds_and_no_zone(hour: str, right: bool) -> None:
    text = f'document: {{title: x, issuer: x, date: 2020-01-02}}\npolicy: {{send_at: "{hour}"}}\n'
    assert (faults(text) == []) is right


@pytest.mark.parametrize(("option", "printed"), [((), SCHEMA), (("--report",), summary_schema())])
def test_the_command_prints_that_of_directives_or_of_reports(
    dondoc: Dondoc, option: tuple[str, ...], printed: dict[str, Any]
) -> None:
    answer = dondoc("schema", *option)
    assert (answer.code, json.loads(answer.out)) == (0, printed)
