"""A directive is taken away whole, on both databases, or not at all; that it was is noted."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import col, delete, select, update

from audit.archive.objects import name_of
from audit.bundle.manifest import BundleManifest
from audit.bundle.signing import make_key
from audit.bundle.standalone.verify import main
from models.bundle import MissingKind
from models.journal import Entry, Exported
from models.tables import EventRow
from models.trail_tables import JournalRow
from models.unreachable import Unreachable
from store.engine import reading, writing
from tests.audit.bundles import AUDITOR, BELOW, DIRECTIVE, NAME, PAPER, TOP, WORDS, Office, closed, opened


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    """On both kinds of database."""
    office = Office(engine, tmp_path)
    office.live()
    return office


@pytest.fixture
def local(sqlite: Engine, tmp_path: Path) -> Office:
    """For tests that are not about the database."""
    office = Office(sqlite, tmp_path)
    office.live()
    return office


def exports(engine: Engine) -> list[Entry]:
    with reading(engine) as session:
        query = select(JournalRow.body).where(JournalRow.kind == "exported", JournalRow.chain == TOP)
        return [Entry.model_validate_json(body) for body in session.exec(query)]


async def test_everything_on_record_is_in_the_bundle(office: Office, tmp_path: Path) -> None:
    taken = await office.export(tmp_path / "bundle.zip")
    contents = opened(tmp_path / "bundle.zip")
    manifest = BundleManifest.model_validate_json(contents["manifest.json"])
    assert manifest == taken.manifest
    assert (manifest.absent, manifest.unfit) == ((), ())
    assert {member.name: member.sha256 for member in manifest.members} == {
        name: name_of(content) for name, content in contents.items() if name != "manifest.json"
    }
    first, below, _ = manifest.registers
    assert (first.id, below.id, first.closed, manifest.finished) == (TOP, BELOW, True, True)
    with reading(office.engine) as session:
        query = select(EventRow.seq, EventRow.body, EventRow.hash).where(EventRow.cascade_id == TOP)
        recorded = [tuple(row) for row in session.exec(query.order_by(col(EventRow.seq)))]
    lines = [json.loads(line) for line in contents[f"{first.folder}/events.jsonl"].splitlines()]
    assert [(line["seq"], line["body"], line["hash"]) for line in lines] == recorded
    assert (first.events.seq, first.events.hash) == (recorded[-1][0], recorded[-1][2])
    assert json.loads(contents[f"{first.folder}/histories/001-run-1.json"])["events"]
    assert contents[f"files/{name_of(PAPER)}.pdf"] == PAPER
    assert contents[f"mails/{name_of(WORDS)}.txt"] == WORDS
    assert contents["reports/report.pdf"] == b"report"
    assert contents["reports/01-so/2020-05/report.pdf"] == b"report 01-so/2020-05"
    assert contents["index.pdf"].startswith(b"%PDF")
    assert {name for name in contents if name.startswith(("anchors/", "directive/"))} == {
        f"anchors/{path.name}" for path, _ in office.sheets.all()
    } | {"directive/directive.json", "directive/version-1.yaml"}
    assert len(json.loads(contents["obligations.json"])) == 9
    assert json.loads(contents["units.json"])["units"]


async def test_that_it_was_taken_away_is_noted_with_the_hash_of_the_file(office: Office, tmp_path: Path) -> None:
    await office.export(tmp_path / "bundle.zip")
    (entry,) = exports(office.engine)
    content = (tmp_path / "bundle.zip").read_bytes()
    assert entry.note == Exported(what="bundle", files={"bundle.zip": name_of(content)})
    assert entry.actor == AUDITOR


async def test_late_work_is_told_in_working_days_and_no_cell_is_a_formula(local: Office, tmp_path: Path) -> None:
    await local.export(tmp_path / "bundle.zip")
    text = opened(tmp_path / "bundle.zip")["obligations.csv"].decode("utf-8-sig")
    rows = {row["Mã nhiệm vụ"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    late = rows["plan@012-phong"]
    assert (late["Thời hạn"], late["Chậm (ngày làm việc)"], late["Tệp"]) == ("31/03/2020", "7", f"'{NAME}")
    assert rows["plan@011-phong"]["Chậm (ngày làm việc)"] == ""


async def test_what_is_not_there_any_more_is_named(local: Office, tmp_path: Path) -> None:
    local.files.path(name_of(PAPER)).write_bytes(b"another plan")
    (local.reports / DIRECTIVE / "report.pdf").unlink()
    del local.server.known[TOP]
    taken = await local.export(tmp_path / "bundle.zip")
    absent = {item.kind: item for item in taken.manifest.absent}
    assert set(absent) == {MissingKind.HISTORY, MissingKind.FILE, MissingKind.REPORT}
    assert name_of(b"another plan") in absent[MissingKind.FILE].why
    assert f"files/{name_of(PAPER)}.pdf" not in opened(tmp_path / "bundle.zip")


async def test_what_only_the_archive_has_comes_from_there(local: Office, tmp_path: Path) -> None:
    local.archive.objects.put(PAPER)
    local.files.path(name_of(PAPER)).unlink()
    await local.export(tmp_path / "bundle.zip")
    assert opened(tmp_path / "bundle.zip")[f"files/{name_of(PAPER)}.pdf"] == PAPER


async def test_a_record_that_does_not_hold_is_taken_away_as_evidence_that_says_so(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = await office.export(tmp_path / "before.zip")
    with writing(office.engine) as session:
        session.exec(delete(EventRow).where(col(EventRow.cascade_id) == TOP, col(EventRow.seq) == 5))
    key = make_key(tmp_path / "key.pem")
    taken = await office.export(tmp_path / "bundle.zip", key)
    assert taken.events == before.events - 1
    assert "dòng 5 không khớp chuỗi mã băm" in taken.manifest.unfit[0].vi
    assert "KHÔNG KHỚP" in opened(tmp_path / "bundle.zip")["README.txt"].decode()
    assert main([str(tmp_path / "bundle.zip"), "--key", key.fingerprint, "--lang", "en"]) == 1
    said = capsys.readouterr().out
    assert "signed by the key" in said
    assert "line 5 breaks the chain: edited, deleted, inserted or moved (was so at the export already)" in said


GARBAGE = [
    'no JSON: "sha256", summary_issued, mail_sent',
    '["sha256"]',
    '{"fact": {"kind": "summary_issued", "files": [1]}}',
]


@pytest.mark.parametrize("body", GARBAGE)
@pytest.mark.parametrize(("table", "chain"), [(EventRow, EventRow.cascade_id), (JournalRow, JournalRow.chain)])
async def test_what_somebody_wrote_into_the_database_keeps_no_bundle_from_being_made(
    local: Office, tmp_path: Path, body: str, table: type[EventRow] | type[JournalRow], chain: str
) -> None:
    with writing(local.engine) as session:
        session.exec(update(table).where(col(chain) == TOP, col(table.seq) == 1).values(body=body))
    taken = await local.export(tmp_path / "bundle.zip")
    assert "line 1 breaks the chain" in taken.manifest.unfit[0].en


async def test_what_broke_after_the_export_is_told_from_what_was_broken_before(
    local: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with writing(local.engine) as session:
        session.exec(delete(EventRow).where(col(EventRow.cascade_id) == TOP, col(EventRow.seq) == 5))
    await local.export(tmp_path / "bundle.zip")
    contents = opened(tmp_path / "bundle.zip") | {"obligations.csv": b"all in time"}
    (tmp_path / "changed.zip").write_bytes(closed(contents))
    assert main([str(tmp_path / "changed.zip"), "--lang", "en"]) == 1
    assert "! obligations.csv: its content was changed\n" in capsys.readouterr().out


class Full(Exception):
    """The disk is full."""


@pytest.mark.parametrize("broken", ["histories", "index"])
async def test_where_it_fails_half_way_nothing_is_left_and_the_earlier_bundle_stays(
    local: Office, tmp_path: Path, broken: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "bundle.zip").write_bytes(b"earlier")

    async def away(*_: object) -> None:
        raise Unreachable("Temporal", "127.0.0.1:7233", "no answer")

    def full(*_: object) -> bytes:
        raise Full

    ways: dict[str, dict[str, Any]] = {"histories": {"server": away}, "index": {"index_pdf": full}}
    with pytest.raises((Unreachable, Full)):
        await local.export(folder / "bundle.zip", **ways[broken])
    assert [path.name for path in folder.iterdir()] == ["bundle.zip"]
    assert (folder / "bundle.zip").read_bytes() == b"earlier"
    assert exports(local.engine) == []
