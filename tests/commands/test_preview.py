"""`dondoc mail preview`: sample mails as files."""

import json
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from commands.errors import Exit
from models.notice import NoticeKind
from tests.commands.conftest import Dondoc


@pytest.mark.parametrize("kind", ["assignment", "review", "several"])
def test_a_kind_is_written_as_mail_html_and_text(dondoc: Dondoc, tmp_path: Path, kind: str) -> None:
    answer = dondoc("mail", "preview", kind, "--out", tmp_path / "looks")
    assert answer.code == Exit.DONE
    files = [tmp_path / "looks" / f"{kind}.{ending}" for ending in ("eml", "html", "txt")]
    assert answer.err.split() == [str(file) for file in files]
    found = message_from_bytes(files[0].read_bytes(), policy=default)
    assert found["Subject"].startswith("[908/SLĐTBXH-BĐG] ")
    assert files[1].read_text("utf-8").lstrip().startswith("<!doctype html>")
    assert files[2].read_text("utf-8").startswith("Kính gửi: ")


def test_all_of_them_are_listed_as_json(dondoc: Dondoc, tmp_path: Path) -> None:
    answer = dondoc("mail", "preview", "all", "--out", tmp_path, "--json")
    assert answer.code == Exit.DONE
    files = [Path(name) for name in json.loads(answer.out)]
    assert {file.stem for file in files} == {*NoticeKind, "several"}
    assert all(file.is_file() for file in files)


def test_a_kind_that_is_none_is_refused_and_the_kinds_are_named(dondoc: Dondoc, tmp_path: Path) -> None:
    answer = dondoc("mail", "preview", "remindr", "--out", tmp_path / "none")
    assert answer.code == Exit.INVALID
    assert "did you mean 'reminder'?" in answer.err
    assert all(kind in answer.err for kind in (*NoticeKind, "several", "all"))
    assert not (tmp_path / "none").exists()


def test_a_folder_that_cannot_be_is_named(dondoc: Dondoc, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    answer = dondoc("mail", "preview", "chase", "--out", tmp_path / "file")
    assert answer.code == Exit.INVALID
    assert "cannot be written" in answer.err
