"""The document itself, stored at the start: what beside a directive file is taken, and what is refused."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import Engine
from temporalio.client import Client

from commands.attached import LARGEST, Attached
from commands.errors import CommandError
from commands.start import practice_clock, start
from models.document import FileRef
from models.link import Link, Purpose
from models.unit import Role
from rules.file_types import DOCX, PDF
from store.files import FileStore
from store.pages import Pages
from store.units import save_units
from tests import small
from tests.commands.conftest import Dondoc
from tests.web import contents

DAY = practice_clock(small.STARTS.date(), 1, datetime.now(UTC))


class FakeTemporal:
    """A server that starts whatever it is asked to."""

    async def start_workflow(self, *_: Any, **__: Any) -> None:
        return None


async def connect() -> Client:
    return cast("Client", FakeTemporal())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A directive file with its document and an annex beside it."""
    (tmp_path / "annex").mkdir()
    (tmp_path / "công văn.pdf").write_bytes(contents.PDF)
    (tmp_path / "annex" / "biểu mẫu.bin").write_bytes(contents.word())
    naming = "files: [công văn.pdf, annex/biểu mẫu.bin]"
    (tmp_path / "directive.yaml").write_text(small.YAML.replace("title: triển", f"{naming}, title: triển", 1), "utf-8")
    return tmp_path


def test_a_file_is_known_by_its_content_and_named_by_its_type(folder: Path) -> None:
    attached = Attached(folder)
    found = [attached.find(path) for path in ("công văn.pdf", "annex/biểu mẫu.bin")]
    assert [(file.name, file.media_type) for file in found if isinstance(file, FileRef)] == [
        ("công văn.pdf", PDF.media_type),
        ("biểu mẫu.bin.docx", DOCX.media_type),
    ]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("nowhere.pdf", None, "cannot be read"),
        ("annex", None, "cannot be read"),
        ("a\0b.pdf", None, "cannot be read"),
        ("empty.pdf", b"", "empty"),
        ("large.pdf", contents.PDF + bytes(LARGEST), "larger than 20 MB"),
        ("program.pdf", contents.PROGRAM, "no PDF"),
        ("old.doc", contents.OLD_WORD, "no PDF"),
    ],
)
def test_what_cannot_be_taken_is_said_by_name(folder: Path, name: str, content: bytes | None, says: str) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    found = Attached(folder).find(name)
    assert isinstance(found, str)
    assert says in found
    assert repr(name) in found


async def test_what_is_started_is_stored_and_downloaded_by_officers_and_reviewers(
    sqlite: Engine, folder: Path, tmp_path: Path
) -> None:
    save_units(sqlite, small.UNITS)
    files = FileStore(tmp_path / "files")
    head = await start(sqlite, files, connect, folder / "directive.yaml", DAY)
    assert [file.name for file in head.files] == ["công văn.pdf", "biểu mẫu.bin.docx"]
    document = head.files[0]
    assert files.path(document.sha256).read_bytes() == contents.PDF
    pages = Pages(sqlite)
    for unit, purpose in ((small.HIGH, Purpose.OFFICER), (small.TOP, Purpose.REGISTER)):
        link = Link(
            token_hash="hash",  # noqa: S106 - not a secret
            purpose=purpose,
            directive_id=head.directive_id,
            cascade_id=small.cascade(small.TOP),
            unit=unit,
            role=Role.FOCAL,
            expires_at=small.STARTS,
        )
        assert pages.file(link, document.sha256) == document
        assert pages.file(link, "00" * 32) is None


async def test_with_a_file_missing_nothing_is_started(sqlite: Engine, folder: Path, tmp_path: Path) -> None:
    save_units(sqlite, small.UNITS)
    (folder / "công văn.pdf").unlink()
    with pytest.raises(CommandError, match=r"directive.yaml:\d+: document.files.0: 'công văn.pdf' cannot be read"):
        await start(sqlite, FileStore(tmp_path / "files"), connect, folder / "directive.yaml", DAY)
    assert not (tmp_path / "files").exists()


def test_check_tells_the_files_too(prepared: Dondoc, tmp_path: Path) -> None:
    dispatch = Path("directives/908-sldtbxh-bdg-2020.yaml").read_text("utf-8")
    file = tmp_path / "908.yaml"
    file.write_text(dispatch.replace("document:\n", "document:\n  files: [908.pdf]\n", 1), "utf-8")
    assert "document.files.0: '908.pdf' cannot be read" in prepared("check", file).err
    (tmp_path / "908.pdf").write_bytes(contents.PDF)
    assert "to download: 908.pdf" in prepared("check", file).out
    head = json.loads(prepared("check", file, "--json").out)["directive"]
    assert [(found["name"], found["size"]) for found in head["files"]] == [("908.pdf", len(contents.PDF))]
