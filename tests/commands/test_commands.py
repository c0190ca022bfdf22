"""What a supervisor types, and what comes back: words, JSON, exit codes; never a traceback."""

import json
from pathlib import Path

import pytest

from tests.commands.conftest import Dondoc

TABLE = Path("data/units_pre_2025-07-01.csv").absolute()
DISPATCH = Path("directives/908-sldtbxh-bdg-2020.yaml")


def test_init_may_be_repeated(dondoc: Dondoc) -> None:
    assert dondoc("init").code == 0
    again = dondoc("init", "--json")
    assert again.code == 0
    assert json.loads(again.out)["home"].endswith("home")


def test_without_init_every_command_says_what_to_do(dondoc: Dondoc) -> None:
    answer = dondoc("list")
    assert answer.code == 5
    assert "dondoc init" in answer.err
    assert "Traceback" not in answer.err


def test_the_registry_is_imported_once_and_updated_after(prepared: Dondoc) -> None:
    again = prepared("units", "import", "data/registries/thua-thien-hue.yaml", "--json")
    assert json.loads(again.out) == {"added": 0, "updated": 143}


def test_units_are_shown_as_a_tree_and_one_by_one(prepared: Dondoc) -> None:
    tree = json.loads(prepared("units", "tree", "481-ldtbxh", "--json").out)
    assert len(tree) == 1 + 18
    shown = prepared("units", "show", "481-ldtbxh")
    assert "Phòng Lao động - Thương binh và Xã hội huyện A Lưới" in shown.out
    assert "Phòng LĐTBXH huyện A Lưới 481-ldtbxh\n" in prepared("units", "tree").out


def test_the_tree_shows_by_what_units_can_be_addressed(dondoc: Dondoc) -> None:
    dondoc("init")
    dondoc("units", "import", "data/registries/quoc-gia-2012.yaml")
    shown = dondoc("units", "tree", "06-ubnd").out
    assert "06-ubnd · region trung-du-mien-nui-phia-bac · tags phia-bac\n" in shown


def test_an_unknown_unit_is_not_found_and_the_nearest_named(prepared: Dondoc) -> None:
    answer = prepared("units", "show", "481-ldtbx")
    assert answer.code == 4
    assert "'481-ldtbxh'" in answer.err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("territories: nowhere.csv\norganisations: []\n", "nowhere.csv"),
        ("organisations: []\n", "territories"),
        ("a: [", "cannot be read"),
        (
            f"territories: {TABLE}\norganisations: [{{level: province, line: x, name: '{{place}}', short_name: x}}]\n",
            "{territory}",
        ),
    ],
)
def test_a_broken_registry_is_refused_by_name(prepared: Dondoc, tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "registry.yaml"
    file.write_text(text, "utf-8")
    answer = prepared("units", "import", file)
    assert answer.code == 2
    assert says in answer.err


def test_check_prints_the_plan_and_its_json(prepared: Dondoc) -> None:
    answer = prepared("check", DISPATCH)
    assert answer.code == 0
    assert "10 registers, 374 obligations, 14/04/2020 to 05/02/2021" in answer.out
    document = json.loads(prepared("check", DISPATCH, "--json").out)
    assert (len(document["units"]), len(document["obligations"]), document["errors"]) == (142, 374, [])


def test_check_lists_every_fault_with_its_line(prepared: Dondoc, tmp_path: Path) -> None:
    file = tmp_path / "faulty.yaml"
    text = DISPATCH.read_text("utf-8")
    text = text.replace("issuer: 46-ldtbxh", "issuer: 46-ldtbx").replace("12/6/2020", "12/3/2020")
    file.write_text(text, "utf-8")
    answer = prepared("check", file)
    assert answer.code == 2
    lines = text.splitlines()
    issuer = next(index for index, line in enumerate(lines, 1) if "46-ldtbx" in line)
    due = next(index for index, line in enumerate(lines, 1) if "12/3/2020" in line)
    assert f"{file}:{issuer}: document.issuer: no unit '46-ldtbx' in the registry" in answer.err
    assert "did you mean '46-ldtbxh'?" in answer.err
    assert f"{file}:{due}: requirements.annual-plan.due:" in answer.err
    errors = json.loads(prepared("check", file, "--json").out)["errors"]
    assert {error["code"] for error in errors} >= {"unknown_unit", "due_before_issue"}


def test_an_invalid_file_is_not_started(prepared: Dondoc, tmp_path: Path) -> None:
    file = tmp_path / "faulty.yaml"
    file.write_text(DISPATCH.read_text("utf-8").replace("kind: report", "kind: raport"), "utf-8")
    answer = prepared("start", file)
    assert answer.code == 2
    assert "did you mean 'report'?" in answer.err
    assert json.loads(prepared("list", "--json").out) == []


def test_a_directive_whose_register_has_closed_is_refused_with_a_way_to_practise(prepared: Dondoc) -> None:
    answer = prepared("start", DISPATCH)
    assert answer.code == 3
    assert "--clock-from 2020-04-14" in answer.err


def test_temporal_that_cannot_be_reached_is_named_with_its_address(
    prepared: Dondoc, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:9")
    answer = prepared("start", DISPATCH, "--clock-from", "2020-04-14", "--speed", "86400")
    assert answer.code == 5
    assert "127.0.0.1:9" in answer.err
    assert "dondoc up" in answer.err
    assert json.loads(prepared("list", "--json").out) == []


def test_a_database_that_cannot_be_reached_is_named_without_its_password(
    dondoc: Dondoc, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DONDOC_DATABASE_URL", "postgresql://dondoc:secret@127.0.0.1:9/dondoc")
    for words in (("list",), ("init",)):
        answer = dondoc(*words)
        assert answer.code == 5
        assert "127.0.0.1:9" in answer.err
        assert "secret" not in answer.err


@pytest.mark.parametrize("command", ["status", "obligations", "report"])
def test_an_unknown_directive_is_not_found(prepared: Dondoc, command: str) -> None:
    answer = prepared(command, "999/XYZ-ABC")
    assert answer.code == 4
    assert "dondoc list" in answer.err


def test_a_setting_that_is_none_is_named(dondoc: Dondoc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_WEB_PORT", "eighty")
    answer = dondoc("init")
    assert answer.code == 2
    assert "DONDOC_WEB_PORT" in answer.err


def test_the_schema_is_json_that_describes_every_key(dondoc: Dondoc) -> None:
    schema = json.loads(dondoc("schema").out)
    assert {"document", "closing", "requirements"} <= set(schema["properties"])
    assert "except" in schema["$defs"]["Addressees"]["properties"]


def test_a_missing_file_is_said_in_one_line(prepared: Dondoc) -> None:
    answer = prepared("check", "nowhere.yaml")
    assert (answer.code, answer.err.count("\n")) == (2, 1)
