"""`dondoc audit timeline`, `units` and `obligation`, as typed."""

import csv
import hashlib
import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import text

from commands.database import open_database
from commands.errors import load_settings
from models.journal import INSTALLATION
from rules.calendar import day_start
from tests import small
from tests.commands.conftest import Dondoc
from tests.commands.ledgers import Ledgers

NUMBER = "15/SO-BĐG"
KEY = f"plan@{small.HIGH}"
LATE = day_start(date(2020, 4, 9)) + timedelta(hours=9)


@pytest.fixture
def audit(dondoc: Dondoc) -> Dondoc:
    """`dondoc audit` on a home with the small directive, of which one plan came late, with a comment like a formula."""
    assert dondoc("init").code == 0
    engine = open_database(load_settings())
    small.store(engine)
    registers = Ledgers(engine)
    registers.do(small.cascade(small.TOP), small.submit(KEY, LATE))
    returned = small.review(KEY, small.TOP, LATE + timedelta(days=1), returns=True)
    registers.do(small.cascade(small.TOP), returned.model_copy(update={"comment": "=1+1"}))
    engine.dispose()
    return lambda *words: dondoc("audit", *words)


def test_the_story_is_told_by_day(audit: Dondoc) -> None:
    told = audit("timeline", NUMBER, "--unit", small.HIGH)
    assert told.code == 0
    assert "Thứ Năm, 09/04/2020" in told.out
    assert "quá hạn 6 ngày làm việc" in told.out
    english = audit("timeline", NUMBER, "--unit", small.HIGH, "--lang", "en")
    assert "Thursday, 09/04/2020" in english.out
    assert "6 working days late" in english.out


def test_json_has_everything_and_nothing_else_is_on_stdout(audit: Dondoc) -> None:
    told = json.loads(audit("timeline", NUMBER, "--kind", "submitted", "--json").out)
    (entry,) = told["entries"]
    assert (entry["kind"], entry["late"], entry["units"], entry["requirements"]) == (
        "submitted",
        True,
        [small.HIGH],
        ["plan"],
    )
    assert entry["said"]["answer"]["files"][0]["sha256"] == small.PAPER.sha256
    assert len(entry["hash"]) == 64


def test_a_table_is_written_and_noted_in_the_journal(audit: Dondoc, tmp_path: Path) -> None:
    file = tmp_path / "story.csv"
    written = audit("timeline", NUMBER, "--unit", small.HIGH, "--csv", file)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert (written.code, written.out) == (0, "")
    assert digest in written.err
    rows = list(csv.DictReader(StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))
    assert rows[-1]["Loại"] == "returned"
    noted = json.loads(audit("timeline", NUMBER, "--kind", "exported", "--json").out)["entries"]
    assert noted[0]["said"]["files"] == {"story.csv": digest}
    assert noted[0]["actor"]["identified"] == "command_line"


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("--unit", "011-phog"), 4, "did you mean '011-phong'"),
        (("--unit", "011-"), 4, "did you mean '011-phong'"),
        (("--requirement", "plans"), 4, "did you mean 'plan'"),
        (("--kind", "submited"), 2, "did you mean 'submitted'"),
        (("--from", "2020-05-01", "--to", "2020-04-01"), 2, "is after --to"),
        (("--from", "yesterday"), 2, "is no day"),
        (("--lang", "fr"), 2, "there are vi, en"),
        (("--csv", "/nowhere/story.csv"), 2, "cannot be written"),
    ],
)
def test_an_odd_filter_is_named(audit: Dondoc, words: tuple[str, ...], code: int, says: str) -> None:
    answer = audit("timeline", NUMBER, *words)
    assert answer.code == code
    assert says in answer.err
    assert answer.out == ""


def test_where_nothing_fits_that_is_said(audit: Dondoc) -> None:
    answer = audit("timeline", NUMBER, "--kind", "rebuilt")
    assert (answer.code, answer.out, answer.err) == (0, "", "nothing in the trail fits\n")
    assert audit("timeline", INSTALLATION).code == 0
    assert audit("timeline", INSTALLATION, "--unit", small.HIGH).code == 2


@pytest.mark.parametrize(
    ("actor", "says"),
    [("oficer", "did you mean 'officer'"), ("Nobody At All", "it was done by officer, reviewer, timer")],
)
def test_who_did_nothing_is_named_with_those_who_did(audit: Dondoc, actor: str, says: str) -> None:
    answer = audit("timeline", NUMBER, "--actor", actor)
    assert (answer.code, answer.out) == (0, "")
    assert f"nobody who is called {actor!r}" in answer.err
    assert says in answer.err


def test_of_a_number_the_beginning_finds_the_directive(audit: Dondoc) -> None:
    answer = audit("timeline", "15/")
    assert answer.code == 4
    assert f"did you mean {NUMBER!r}" in answer.err


STORIES = [("timeline", NUMBER), ("timeline", NUMBER, "--unit", small.HIGH), ("obligation", NUMBER, KEY)]
TAMPERED = "UPDATE event SET body = replace(body, '12/KH-UBND', '13/KH-UBND') WHERE kind = 'submitted'"


def tamper(statement: str) -> None:
    engine = open_database(load_settings())
    with engine.begin() as connection:
        assert connection.execute(text(statement)).rowcount
    engine.dispose()


@pytest.mark.parametrize("words", STORIES)
def test_a_falsified_entry_is_not_told_without_a_word(audit: Dondoc, words: tuple[str, ...], tmp_path: Path) -> None:
    assert audit(*words).code == 0
    assert json.loads(audit(*words, "--json").out)["findings"] == []
    tamper(TAMPERED)
    told = audit(*words)
    assert told.code == 3
    assert told.out.startswith("sổ của Sở Thử nghiệm")
    assert "nội dung bị sửa" in told.out
    assert "dondoc audit verify" in told.err
    described = audit(*words, "--json")
    assert described.code == 3
    assert json.loads(described.out)["findings"][0]["tampering"] == "edited"
    assert audit(*words, "--csv", tmp_path / "story.csv").code == 3


def test_an_entry_that_cannot_be_read_any_more_is_named(audit: Dondoc) -> None:
    tamper("UPDATE event SET body = '{}' WHERE kind = 'submitted'")
    told = audit("timeline", NUMBER)
    assert told.code == 3
    assert "cannot be read as it stands" in told.err


@pytest.mark.parametrize("change", ["state = 'accepted'", "submitted_at = NULL", "state = 'lost'"])
def test_a_falsified_obligation_is_not_shown_without_a_word(audit: Dondoc, change: str) -> None:
    tamper(f"UPDATE obligation SET {change} WHERE key = '{KEY}'")  # noqa: S608 - written above
    told = audit("obligation", NUMBER, KEY)
    assert told.code == 3
    assert "dondoc audit verify" in told.err


def test_below_an_answer_stand_its_files_with_their_hashes(audit: Dondoc) -> None:
    told = audit("obligation", NUMBER, KEY)
    assert small.PAPER.name in told.out
    assert small.PAPER.sha256 in told.out
    assert small.PAPER.sha256 not in audit("timeline", NUMBER).out


def test_the_life_of_an_obligation_begins_with_how_it_stands(audit: Dondoc) -> None:
    told = audit("obligation", NUMBER, KEY)
    assert told.code == 0
    assert told.out.startswith("Phòng huyện Cao: Kế hoạch năm\nTrả lại để bổ sung;")
    described = json.loads(audit("obligation", NUMBER, KEY, "--json").out)
    assert described["registers"][0]["line"]["key"] == KEY
    kinds = [entry["kind"] for entry in described["entries"]]
    assert (kinds[0], kinds[-1], "submitted" in kinds) == ("obligations_opened", "returned", True)
    assert audit("obligation", NUMBER, "plan").code == 2
    unknown = audit("obligation", NUMBER, "plan@011-phog")
    assert (unknown.code, "did you mean 'plan@011-phong'" in unknown.err) == (4, True)


def test_units_are_listed_with_their_rates(audit: Dondoc, tmp_path: Path) -> None:
    found = json.loads(audit("units", "--level", "district", "--json").out)
    assert [item["unit"] for item in found] == [small.HIGH, small.LOW]
    assert set(found[0]["years"]) == {"2020"}
    file = tmp_path / "units.csv"
    assert audit("units", "--csv", file).code == 0
    assert file.read_bytes().decode("utf-8-sig").startswith("unit,name,level,year")
    noted = json.loads(audit("timeline", INSTALLATION, "--json").out)["entries"]
    assert noted[0]["said"]["what"] == "units"
    assert audit("units", "--level", "village").code == 2
