"""`dondoc new`: the file to start from is right as it stands, and so is what its comments propose."""

import re
from datetime import date
from pathlib import Path

import pytest

from changing.catalogues import indicators, known_documents
from commands.new import Beginning, start_file
from commands.units import read_registry
from models.unit import Level
from rules.calendar import WorkingCalendar
from rules.compiler import Compiled, compile_directive
from rules.compiling.desk import References
from tests.commands.conftest import Dondoc

FILE = start_file(Beginning())
UNITS = {unit.code: unit for unit in read_registry(Path("data/registries/thua-thien-hue.yaml"))}
REFERENCES = References(indicators=indicators(), documents=known_documents())
OF_FORM = {"unknown_key", "value", "missing", "syntax", "deadline", "window", "period", "unknown_requirement"}
"""Codes of what is wrong in the file itself, whatever registry it is held against."""


def compiled(text: str) -> Compiled:
    return compile_directive(text.encode(), UNITS, WorkingCalendar(), REFERENCES)


def proposals() -> list[str]:
    """The file with one of its comments put to use, for each: its comment mark is off, and what it would double is."""
    lines = FILE.splitlines()
    found = []
    for index, line in enumerate(lines):
        match = re.match(r"(?P<indent> *)# (?P<key>[a-z_]+):", line)
        if match is None:
            continue
        used = [match["indent"] + line[len(match["indent"]) + 2 :]]
        deeper = f"{match['indent']}#   "
        rest = lines[index + 1 :]
        while rest and rest[0].startswith(deeper):
            used.append(match["indent"] + rest.pop(0)[len(match["indent"]) + 2 :])
        double = re.compile(rf"{match['indent']}{match['key']}:")
        start = max((n for n in range(index) if re.match(r"\S| {2}[a-z]+:$", lines[n])), default=0)
        before = [text for n, text in enumerate(lines[:index]) if n < start or not double.match(text)]
        found.append("\n".join([*before, *used, *rest, ""]))
    return found


def test_the_file_compiles_without_any_doubt_and_is_short() -> None:
    result = compiled(FILE)
    assert (result.errors, result.warnings) == ((), ())
    assert result.plan is not None
    assert sum(len(register.duties) for register in result.plan.cascades) == 18
    assert len(FILE.splitlines()) < 60


@pytest.mark.parametrize("text", proposals())
def test_what_a_comment_proposes_is_part_of_the_language(text: str) -> None:
    assert [fault for fault in compiled(text).errors if fault.code in OF_FORM] == []


def test_its_comments_propose_the_important_keys() -> None:
    keys = set(re.findall(r"^ *# ([a-z_]+):", FILE, re.MULTILINE))
    assert keys >= {
        "signer", "basis", "recipients", "closing", "contact", "replaces", "awaits", "policy", "opens", "only_tag",
        "if_not_issued", "issued_by", "report_to", "coordinators", "choices", "indicators", "guidance",
    }  # fmt: skip


def test_a_file_is_written_once_and_never_over_another(prepared: Dondoc, tmp_path: Path) -> None:
    file = tmp_path / "van-ban.yaml"
    assert prepared("new", file).code == 0
    assert prepared("check", file).code == 0
    written = file.read_text("utf-8")
    again = prepared("new", file)
    assert again.code == 3
    assert "is there already" in again.err
    assert file.read_text("utf-8") == written == prepared("new").out


def test_the_issuer_is_filled_in_with_its_symbol_its_place_and_whom_it_follows_up(
    prepared: Dondoc, tmp_path: Path
) -> None:
    file = tmp_path / "van-ban.yaml"
    assert prepared("new", file, "--issuer", "481-ldtbxh").code == 0
    text = file.read_text("utf-8")
    assert "issuer: 481-ldtbxh" in text
    assert "15/KH-PLĐTBXH" in text
    assert "to: {level: commune}" in text
    answer = prepared("check", file)
    assert (answer.code, answer.err) == (0, "")


def test_an_unknown_issuer_is_not_found_and_the_nearest_named(prepared: Dondoc) -> None:
    answer = prepared("new", "--issuer", "481-ldtbx")
    assert answer.code == 4
    assert "'481-ldtbxh'" in answer.err


def test_it_works_before_anything_is_installed(dondoc: Dondoc) -> None:
    assert dondoc("new").code == 0


@pytest.mark.parametrize("day", [date(2024, 1, 2), date(2024, 4, 27), date(2026, 11, 22), date(2027, 12, 31)])
def test_no_last_day_is_a_day_off_whenever_it_is_written(day: date) -> None:
    units = {code: unit.model_copy(update={"valid_to": None, "valid_from": None}) for code, unit in UNITS.items()}
    text = start_file(Beginning(level=Level.COMMUNE, day=day))
    result = compile_directive(text.encode(), units, WorkingCalendar(), REFERENCES)
    assert (result.errors, result.warnings) == ((), ())
