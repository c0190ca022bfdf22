"""`dondoc audit export`, `dondoc audit key`: what they write, and what they say where something is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from commands.audit.export import exit_code, words
from commands.errors import Exit
from settings import Settings
from store.engine import make_engine
from tests import small
from tests.audit.archives import close
from tests.commands.conftest import Dondoc

NUMBER = "15/SO-BĐG"


@pytest.fixture
def begun(dondoc: Dondoc) -> Dondoc:
    """The command on a home with the small directive, whose first register is closed."""
    assert dondoc("init").code == 0
    engine = make_engine(Settings().sql_url)
    small.store(engine)
    close(engine)
    return dondoc


def test_a_key_is_made_once_and_shown_again(dondoc: Dondoc, tmp_path: Path) -> None:
    made = dondoc("audit", "key", "new", tmp_path / "key.pem", "--json")
    assert made.code == 0
    assert json.loads(made.out)["public_key"].startswith("-----BEGIN PUBLIC KEY-----")
    assert json.loads(dondoc("audit", "key", "show", tmp_path / "key.pem", "--json").out) == json.loads(made.out)
    assert "PRIVATE" not in made.out + made.err
    again = dondoc("audit", "key", "new", tmp_path / "key.pem")
    assert (again.code, "never overwritten" in again.err) == (Exit.REFUSED, True)


def test_the_key_that_bundles_are_signed_with_is_shown_without_its_name(
    dondoc: Dondoc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = dondoc("audit", "key", "show")
    assert (nothing.code, "set DONDOC_SIGNING_KEY" in nothing.err) == (Exit.INVALID, True)
    made = dondoc("audit", "key", "new", tmp_path / "key.pem", "--json")
    monkeypatch.setenv("DONDOC_SIGNING_KEY", str(tmp_path / "key.pem"))
    assert json.loads(dondoc("audit", "key", "show", "--json").out) == json.loads(made.out)


def test_what_is_no_key_is_named(dondoc: Dondoc, tmp_path: Path) -> None:
    assert dondoc("audit", "key", "show", tmp_path / "none.pem").code == Exit.INVALID
    assert dondoc("audit", "key", "new", tmp_path / "none" / "key.pem").code == Exit.INVALID


def test_a_setting_that_names_no_key_is_told_before_anything_is_written(
    begun: Dondoc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DONDOC_SIGNING_KEY", str(tmp_path / "none.pem"))
    answer = begun("audit", "export", NUMBER, "-o", tmp_path / "bundle.zip")
    assert answer.code == Exit.INVALID
    assert "DONDOC_SIGNING_KEY" in answer.err
    assert not (tmp_path / "bundle.zip").exists()


def test_an_unknown_directive_and_a_place_where_nothing_can_be_written_are_named(begun: Dondoc, tmp_path: Path) -> None:
    assert begun("audit", "export", "16/SO-BĐG", "-o", tmp_path / "bundle.zip").code == Exit.NOT_FOUND
    assert begun("audit", "export", NUMBER, "-o", tmp_path).code == Exit.INVALID
    assert begun("audit", "export", NUMBER, "-o", tmp_path / "none" / "bundle.zip").code == Exit.INVALID


def test_without_a_server_and_an_archive_there_is_no_bundle(begun: Dondoc, tmp_path: Path) -> None:
    answer = begun("audit", "export", NUMBER, "-o", tmp_path / "bundle.zip", "--json")
    assert (answer.code, answer.out) == (Exit.UNREACHABLE, "")
    assert "Temporal cannot be reached" in answer.err
    assert not list(tmp_path.glob("*.zip"))


DONE: dict[str, Any] = {
    "file": "/x/b.zip",
    "sha256": "ab" * 32,
    "registers": 2,
    "events": 3,
    "members": 4,
    "signed": False,
    "fingerprint": "",
    "absent": [],
    "unfit": [],
}
ABSENT = {"kind": "file", "name": "kh.pdf", "sha256": "ab" * 32, "why": "not there"}


def test_what_was_written_and_what_is_missing_is_told() -> None:
    said = "\n".join(words({**DONE, "absent": [ABSENT]}))
    assert "registers 2, events 3, members 4" in said
    assert "NOT signed" in said
    assert "verifier: VALID, BUT NOT WHOLE (1)" in said
    assert "missing: file kh.pdf: not there" in said


def test_what_does_not_hold_is_told_and_only_what_is_plainly_valid_ends_well() -> None:
    broken = {**DONE, "unfit": ["line 5 breaks the chain"], "absent": [ABSENT]}
    said = words(broken)
    assert "checked with its own verifier: NOT VALID (1), as its manifest and its index say" in "\n".join(said)
    assert "does not hold: line 5 breaks the chain" in said
    assert "checked with its own verifier: VALID" in words(DONE)
    assert [exit_code(each) for each in (DONE, {**DONE, "absent": [ABSENT]}, broken)] == [0, 3, 3]
