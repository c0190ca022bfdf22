"""`dondoc letter`: made at any time, refused without a cause."""

from datetime import datetime
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy import Engine

from commands.errors import CommandError, Exit
from commands.letter import write_letter
from tests import small
from tests.store.test_papers import AT, LATE, chased

NUMBER = "15/SO-BĐG"


def test_it_is_a_word_file(sqlite: Engine, tmp_path: Path) -> None:
    small.store(sqlite)
    assert write_letter(chased(sqlite, LATE), NUMBER, None, small.HIGH, tmp_path / "letter.docx") == 1
    text = [paragraph.text for paragraph in Document(str(tmp_path / "letter.docx")).paragraphs]
    assert "Kính gửi: Phòng Thử nghiệm huyện Cao" in text


@pytest.mark.parametrize(
    ("at", "unit", "file", "code", "words"),
    [
        (AT, small.HIGH, "x.docx", Exit.REFUSED, "is late, returned or chased by now"),
        (LATE, small.COMMUNES[0], "x.docx", Exit.NOT_FOUND, "owes nothing in 15/SO-BĐG"),
        (LATE, small.HIGH, "none/x.docx", Exit.INVALID, "cannot be written: No such file or directory"),
    ],
)
def test_what_cannot_be_is_said(
    sqlite: Engine, tmp_path: Path, at: datetime, unit: str, file: str, code: Exit, words: str
) -> None:
    small.store(sqlite)
    with pytest.raises(CommandError, match=words) as refused:
        write_letter(chased(sqlite, at), NUMBER, None, unit, tmp_path / file)
    assert refused.value.code is code
    assert list(tmp_path.rglob("*.docx")) == []
