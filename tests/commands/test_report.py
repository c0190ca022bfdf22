"""Reports that are asked for at the command line: of the whole or a branch, of now, a day or a period."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy import Engine
from sqlmodel import select

from commands.errors import CommandError, Exit
from commands.report import Asked, report
from models.clock import Clock
from models.trail_tables import JournalRow
from rules.calendar import day_end
from rules.ledger import open_register
from store.engine import reading
from store.recorder import Recorder
from tests import small
from tests.commands.conftest import Dondoc

NUMBER = "15/SO-BĐG"
PREFIX = "report_15-so-bdg_2020"


def begun(engine: Engine, now: datetime) -> Engine:
    """The small directive, of which nothing has been answered by an instant of business time."""
    small.store(engine, Clock(origin_real=datetime.now(UTC), origin_business=now))
    for plan in small.plan().cascades:
        Recorder(engine, None).record(plan.cascade_id, open_register(plan, small.STARTS).events)
    return engine


@pytest.fixture
def midway(sqlite: Engine) -> Engine:
    return begun(sqlite, day_end(date(2020, 5, 20)))


def test_a_template_of_the_office_is_used_and_one_that_is_none_is_named(engine: Engine, tmp_path: Path) -> None:
    begun(engine, day_end(date(2020, 5, 20)))
    own = Document()
    own.add_paragraph("{{ type }} CỦA CHÚNG TÔI")
    own.save(str(tmp_path / "own.docx"))
    (made,) = report(engine, NUMBER, None, tmp_path, "docx", Asked(), tmp_path / "own.docx").files
    assert Document(str(made)).paragraphs[0].text == "BÁO CÁO CỦA CHÚNG TÔI"
    (tmp_path / "own.docx").write_bytes(b"%PDF-1.7")
    with pytest.raises(CommandError, match=r"DONDOC_REPORT_TEMPLATE: .*own.docx: this is no Word document"):
        report(engine, NUMBER, None, tmp_path, "docx", Asked(), tmp_path / "own.docx")


def test_files_tell_number_unit_and_what_they_are_on(engine: Engine, tmp_path: Path) -> None:
    begun(engine, day_end(date(2020, 5, 20)))
    asked = (
        Asked(),
        Asked(as_of=date(2020, 4, 30)),
        Asked(period="tháng 4/2020"),
        Asked(period="tháng 6/2020", as_of=date(2020, 5, 20)),
        Asked(unit=small.HIGH, period="Quý I/2020"),
    )
    names = [file.name for item in asked for file in report(engine, NUMBER, None, tmp_path, "json", item).files]
    now, *others = names
    assert now.startswith(f"{PREFIX}_01-so_2020-05-21-000")
    assert others == [
        f"{PREFIX}_01-so_2020-04-30.json",
        f"{PREFIX}_01-so_thang-4-nam-2020.json",
        f"{PREFIX}_01-so_thang-6-nam-2020_2020-05-20.json",
        f"{PREFIX}_011-phong_quy-i-nam-2020.json",
    ]
    told = [json.loads((tmp_path / name).read_text("utf-8")) for name in others]
    assert [item["as_of"] for item in told] == [
        "2020-04-30T17:00:00Z", "2020-04-14T17:00:00Z", "2020-05-20T17:00:00Z", "2020-03-14T17:00:00Z",
    ]  # fmt: skip
    assert [(item["issuer"]["code"], (item["above"] or {}).get("code")) for item in told[2:]] == [
        (small.TOP, None),
        (small.HIGH, small.TOP),
    ]
    with reading(engine) as session:
        assert len(session.exec(select(JournalRow)).all()) == len(asked), "each was taken away"


def test_a_report_at_the_end_is_called_final(sqlite: Engine, tmp_path: Path) -> None:
    begun(sqlite, day_end(date(2020, 7, 20)))
    (file,) = report(sqlite, NUMBER, None, tmp_path, "json").files
    assert file.name == f"{PREFIX}_01-so_final.json"


def test_a_report_before_anything_is_due_says_so_and_is_written(midway: Engine, tmp_path: Path) -> None:
    early = report(midway, NUMBER, None, tmp_path, "json", Asked(as_of=date(2020, 3, 30)))
    assert early.files[0].is_file()
    assert early.notes == [
        "nothing that 15/SO-BĐG asks for had fallen due by 2020-03-30; the report says how things stood"
    ]
    assert report(midway, NUMBER, None, tmp_path, "json", Asked(as_of=date(2020, 4, 1))).notes == []


@pytest.mark.parametrize(
    ("form", "asked", "code", "words"),
    [
        ("htm", Asked(), Exit.INVALID, "did you mean 'html'?; there are docx, pdf, xlsx, html, json"),
        ("json", Asked(period="mùa xuân"), Exit.INVALID, "tháng 5/2020, quý II/2020, 6 tháng đầu năm 2020"),
        ("json", Asked(period="năm 2018"), Exit.INVALID, "begins on 2020-03-02"),
        ("json", Asked(period="tháng 8/2020"), Exit.INVALID, "it is 2020-05-21"),
        ("json", Asked(as_of=date(2020, 5, 30)), Exit.INVALID, "still to come"),
        ("json", Asked(as_of=date(2020, 3, 1)), Exit.INVALID, "begins on 2020-03-02"),
        ("json", Asked(unit="0111-xa"), Exit.INVALID, "keeps no register"),
        ("json", Asked(unit="01-sô"), Exit.NOT_FOUND, "did you mean '01-so'"),
    ],
)
def test_what_cannot_be_reported_on_is_said(
    midway: Engine, tmp_path: Path, form: str, asked: Asked, code: Exit, words: str
) -> None:
    with pytest.raises(CommandError) as caught:
        report(midway, NUMBER, None, tmp_path, form, asked)
    assert caught.value.code is code
    assert words in str(caught.value)
    assert list(tmp_path.glob("report*")) == []


def test_it_is_asked_for_in_one_line(prepared: Dondoc, tmp_path: Path) -> None:
    for option, value, possible in (("--format", "odt", "docx"), ("--period", "q2", "quý II/2020")):
        answer = prepared("report", "999/XYZ", option, value)
        assert answer.code == 2
        assert possible in answer.err
    assert prepared("report", "999/XYZ", "--as-of", "hôm qua").code == 2
    asked = (
        "--unit",
        "46-ldtbxh",
        "--period",
        "năm 2020",
        "--format",
        "csv",
        "--as-of",
        "2020-05-01",
        "--out",
        tmp_path,
    )
    assert prepared("report", "999/XYZ", *asked).code == 4
