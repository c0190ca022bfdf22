"""The list of people who may use the reading room."""

import json

import pytest

from tests.commands.conftest import Dondoc

BINH = ("readers", "add", "Binh@Hue.example", "--role", "auditor", "--name", "Trần Thị Bình")


def test_somebody_is_listed_shown_and_removed(prepared: Dondoc) -> None:
    added = prepared(*BINH)
    assert added.code == 0
    assert "binh@hue.example may sign in at http://127.0.0.1:8080/tra-cuu" in added.err
    assert json.loads(prepared("readers", "list", "--json").out) == [
        {"address": "binh@hue.example", "name": "Trần Thị Bình", "role": "auditor", "unit": ""}
    ]
    assert "Trần Thị Bình" in prepared("readers", "list").out
    assert json.loads(prepared("readers", "remove", "BINH@hue.example", "--json").out)["removed"]
    assert "nobody may use the reading room yet" in prepared("readers", "list").out
    gone = prepared("readers", "remove", "binh@hue.example")
    assert gone.code == 4


def test_listing_again_changes_the_role(prepared: Dondoc) -> None:
    prepared(*BINH)
    changed = ("--role", "supervisor", "--unit", "481-ldtbxh", "--name", "Trần Thị Bình", "--json")
    done = json.loads(prepared("readers", "add", "binh@hue.example", *changed).out)
    assert (done["role"], done["unit"], done["new"]) == ("supervisor", "481-ldtbxh", False)


def test_each_change_is_in_the_installations_trail(prepared: Dondoc) -> None:
    prepared(*BINH)
    prepared("readers", "remove", "binh@hue.example")
    told = prepared("audit", "timeline", "installation", "--json")
    kinds = [entry["kind"] for entry in json.loads(told.out)["entries"]]
    assert kinds == ["reader_listed", "reader_removed"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("binh", "--role", "auditor", "--name", "B"), 2, "not an e-mail address"),
        (("b@hue.example", "--role", "auditr", "--name", "B"), 2, "did you mean 'auditor'"),
        (("b@hue.example", "--role", "auditor", "--name", " "), 2, "say who it is"),
        (("b@hue.example", "--role", "supervisor", "--name", "B"), 2, "needs --unit"),
        (("b@hue.example", "--role", "operator", "--unit", "481-ldtbxh", "--name", "B"), 2, "has none"),
        (("b@hue.example", "--role", "supervisor", "--unit", "481-ldtbx", "--name", "B"), 4, "did you mean"),
    ],
)
def test_what_does_not_fit_is_named(prepared: Dondoc, words: tuple[str, ...], code: int, said: str) -> None:
    answer = prepared("readers", "add", *words)
    assert answer.code == code
    assert said in answer.err
    assert "Traceback" not in answer.err
