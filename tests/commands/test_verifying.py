"""`dondoc audit verify`, `audit file` and `store rebuild` as they are typed: words, JSON, exit codes."""

import json
import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from store.engine import make_engine
from tests import small
from tests.audit.records import Office
from tests.commands.conftest import Dondoc

ALONE = ("--without-histories",)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def office(home: Path, migrated: Path) -> Office:
    """A directive whose first register has run and closed, in the command's home; no server, nothing archived."""
    home.mkdir()
    shutil.copyfile(migrated, home / "dondoc.db")
    office = Office(make_engine(f"sqlite:///{home / 'dondoc.db'}"), home)
    office.live()
    return office


@pytest.mark.usefixtures("office")
def test_an_untouched_record_ends_with_0_and_says_what_was_not_checked(dondoc: Dondoc) -> None:
    answer = dondoc("audit", "verify", "--all", *ALONE)
    assert answer.code == 0, answer.err
    assert "không phát hiện thay đổi nào" in answer.out + answer.err
    found = json.loads(dondoc("audit", "verify", small.plan().head.document.number, *ALONE, "--json").out)
    assert found["findings"] == []
    assert found["unchecked"], "the histories"


def test_what_was_changed_ends_with_3_and_is_named(dondoc: Dondoc, office: Office) -> None:
    with office.engine.begin() as connection:
        connection.execute(text("UPDATE obligation SET state = 'accepted' WHERE state = 'unfulfilled'"))
    answer = dondoc("audit", "verify", "--all", *ALONE, "--json")
    assert answer.code == 3
    (found,) = json.loads(answer.out)["findings"]
    assert (found["part"], found["expected"], found["found"]) == ("table", "state=unfulfilled", "state=accepted")


def test_without_a_server_all_else_is_verified_and_shown(dondoc: Dondoc, office: Office) -> None:
    answer = dondoc("audit", "verify", "--all", "--lang", "en")
    assert answer.code == 5, answer.err
    assert "does not answer" in answer.out
    assert "looked at 3 registers" in answer.out
    with office.engine.begin() as connection:
        connection.execute(text("UPDATE obligation SET state = 'accepted' WHERE state = 'unfulfilled'"))
    answer = dondoc("audit", "verify", "--all", "--json")
    found = json.loads(answer.out)
    assert answer.code == 3
    assert [each["part"] for each in found["findings"]] == ["table"]
    assert found["away"] in next(each["why"] for each in found["unchecked"] if each["part"] == "history")


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("verify",), 2, "--all"),
        (("verify", "15/SO-BĐG", "--all"), 2, "--all"),
        (("verify", "99/KHÔNG-CÓ", *ALONE), 4, "99/KHÔNG-CÓ"),
        (("verify", "--all"), 5, "without-histories|dondoc up"),
    ],
)
def test_what_cannot_be_done_is_said(dondoc: Dondoc, words: tuple[str, ...], code: int, said: str) -> None:
    answer = dondoc("audit", *words)
    assert answer.code == code, answer.err
    assert any(part in answer.err for part in said.split("|"))
    assert "Traceback" not in answer.err


@pytest.mark.usefixtures("office")
def test_a_file_that_was_handed_in_is_known_by_its_content(dondoc: Dondoc, tmp_path: Path) -> None:
    same, other = tmp_path / "same.pdf", tmp_path / "other.pdf"
    same.write_bytes("Kế hoạch s2".encode())
    other.write_bytes("Kế hoạch s2 (sửa)".encode())
    known = dondoc("audit", "file", same)
    assert known.code == 0
    assert "«Kế hoạch năm»" in known.out
    assert "trong sổ của Sở Thử nghiệm" in known.out
    assert dondoc("audit", "file", other).code == 4
    folder = dondoc("audit", "file", tmp_path)
    assert (folder.code, "is a folder" in folder.err) == (2, True)


@pytest.mark.usefixtures("office")
def test_what_was_never_handed_in_is_told_with_the_days_up_to_the_end(dondoc: Dondoc) -> None:
    told = dondoc("audit", "timeline", small.plan().head.document.number, "--late", "--kind", "cascade_closed")
    assert "không hoàn thành" in told.out
    assert "quá hạn 22 ngày làm việc" in " ".join(told.out.split())


def test_a_finding_names_the_register_by_its_unit(dondoc: Dondoc, office: Office) -> None:
    with office.engine.begin() as connection:
        connection.execute(text("UPDATE obligation SET state = 'accepted' WHERE state = 'unfulfilled'"))
    answer = dondoc("audit", "verify", "--all", *ALONE, "--lang", "en")
    assert "the register of Sở Thử nghiệm (cascade:" in answer.out
    assert "1 THING DOES NOT FIT" in answer.out


@pytest.mark.usefixtures("office")
def test_only_an_empty_database_is_rebuilt(dondoc: Dondoc, home: Path) -> None:
    (home / "archive").mkdir()
    full = f"sqlite:///{home / 'dondoc.db'}"
    answer = dondoc("store", "rebuild", "--into", full, *ALONE)
    assert answer.code == 3, answer.err
