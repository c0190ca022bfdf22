"""Rules of the house: short files, no printing, settings and rooms described."""

import ast
import re
from pathlib import Path

import pytest

from settings import Settings

ROOT = Path(__file__).parents[2]
LONGEST = 300
ROOMS = sorted({path.parent.name for path in ROOT.glob("*/*.py")} | {"data", "directives", "docs"})
SOURCES = [
    path
    for path in sorted(ROOT.rglob("*.py"))
    if not {".venv", "out", "var", "tests"} & set(path.relative_to(ROOT).parts)
]


def test_no_file_of_the_program_is_longer_than_a_reader_likes() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in SOURCES}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_only_the_command_line_prints() -> None:
    printing = {
        path.relative_to(ROOT).parts[0]
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print"
    }
    assert printing <= {"cli.py", "commands"}


def test_every_module_and_package_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT)) for path in SOURCES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert [name for name in silent if "migrations" not in name] == []


@pytest.mark.parametrize("field", Settings.model_fields)
def test_every_setting_is_described_for_operators(field: str) -> None:
    assert f"DONDOC_{field.upper()}" in (ROOT / "docs" / "operating.md").read_text("utf-8")


def test_the_guide_for_operators_names_no_setting_that_does_not_exist() -> None:
    named = set(re.findall(r"DONDOC_([A-Z_]+[A-Z])", (ROOT / "docs" / "operating.md").read_text("utf-8")))
    assert named <= {field.upper() for field in Settings.model_fields}


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_in_the_readmes_table(room: str) -> None:
    assert f"{room}/" in (ROOT / "README.md").read_text("utf-8")
