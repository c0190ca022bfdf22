"""A closed register is archived with all that belongs to it, once, and again when something has come."""

import gzip
import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, update
from sqlmodel import col, select

from audit.archive.archive import Archive, ManifestBroken
from audit.archive.manifest import Kept
from audit.archive.objects import name_of
from models.actor import Actor, ActorKind
from models.journal import INSTALLATION, MailSent, Viewed
from models.tables import CascadeRow, EventRow, OutboxRow, UnitRow
from models.trail_tables import ArchiveRow, JournalRow, MailTextRow
from models.unreachable import Unreachable
from rules.chain import GENESIS, links
from store.engine import reading, writing
from store.journal import Journal
from tests import small
from tests.audit.archives import REGISTER, Office, beat, close, real_history

POSTMAN = Actor(kind=ActorKind.POSTMAN, unit=small.TOP)
WORDS = "Kính gửi Phòng Thử nghiệm huyện Cao".encode()


def closed(engine: Engine, home: Path) -> Office:
    """The small directive's first register is closed; its workflow has ended."""
    close(engine)
    office = Office(engine, home)
    office.server.known[REGISTER] = (real_history(REGISTER),)
    return office


@pytest.fixture
def office(started: Engine, tmp_path: Path) -> Office:
    """An office with a closed register, on both kinds of database."""
    return closed(started, tmp_path)


@pytest.fixture
def local(sqlite: Engine, tmp_path: Path) -> Office:
    """An office with a closed register, for tests that are not about the database."""
    small.store(sqlite)
    return closed(sqlite, tmp_path)


def note_mail(engine: Engine, words: bytes = WORDS, *, kept: bytes | None = None) -> None:
    """A mail was sent, and its words are kept."""
    with writing(engine) as session:
        session.add(MailTextRow(sha256=name_of(words), content=gzip.compress(words) if kept is None else kept))
    sent = MailSent(rows=(), to="phong@nho.example", message_id="<1@nho.example>", text=name_of(words))
    Journal(engine).note(REGISTER, POSTMAN, "1", sent, small.HIGH)


def notes(engine: Engine, chain: str = REGISTER) -> list[str]:
    with reading(engine) as session:
        return list(
            session.exec(select(JournalRow.kind).where(JournalRow.chain == chain).order_by(col(JournalRow.seq)))
        )


async def test_all_that_belongs_to_a_closed_register_is_archived(office: Office) -> None:
    note_mail(office.engine)
    swept = await office.archivist.sweep(beat)
    assert (swept.archived, swept.failed, swept.waiting) == ((REGISTER,), {}, ())
    manifest = office.archive.manifest(REGISTER)
    assert manifest is not None
    get = office.archive.objects.get
    with reading(office.engine) as session:
        row = session.get_one(CascadeRow, REGISTER)
        bodies = list(session.exec(select(EventRow.body).where(EventRow.cascade_id == REGISTER)))
        queued = len(session.exec(select(OutboxRow)).all())
        units = {unit.code: unit.name for unit in session.exec(select(UnitRow))}
        noted = session.get_one(ArchiveRow, REGISTER)
    assert (manifest.last_seq, manifest.chain_head) == (row.last_seq, row.chain_head)
    assert [link.body for link in office.archive.lines(manifest.events)] == bodies
    assert [link.hash for link in office.archive.lines(manifest.events)] == list(links(bodies))
    assert [link.unit for link in office.archive.lines(manifest.journal)] == [small.HIGH]
    assert json.loads(get(manifest.plan)) == row.plan
    assert len(get(manifest.outbox).splitlines()) == queued > 0
    assert [get(text) for text in manifest.mail_texts] == [WORDS]
    assert manifest.unit_names.items() <= units.items()
    assert manifest.unit_names.keys() >= {small.TOP, small.HIGH, small.LOW}
    assert json.loads(get(manifest.directive))["source"] == small.YAML
    assert (noted.manifest, notes(office.engine)) == (
        office.archive.manifest_hash(REGISTER),
        ["mail_sent", "archived"],
    )


async def test_a_real_history_comes_back_from_the_archive(local: Office) -> None:
    await local.archivist.sweep(beat)
    manifest = local.archive.manifest(REGISTER)
    assert manifest is not None
    assert manifest.histories is Kept.WHOLE
    ((archived,), live) = await local.archive.runs(REGISTER), real_history(REGISTER)
    assert (archived.workflow_id, archived.run_id) == (live.workflow_id, live.run_id)
    assert json.loads(archived.history) == json.loads(live.history)


async def test_archiving_the_unchanged_again_gives_the_same_archive_and_no_note(office: Office) -> None:
    note_mail(office.engine)
    await office.archivist.sweep(beat)
    before = office.archive.manifest_hash(REGISTER)
    again = await office.archivist.sweep(beat, small.plan().head.directive_id)
    assert (again.archived, again.unchanged) == ((), 1)
    assert office.archive.manifest_hash(REGISTER) == before
    assert notes(office.engine) == ["mail_sent", "archived"]
    elsewhere = office.with_archive(Archive(office.reports.parent / "elsewhere"))
    await elsewhere.sweep(beat, small.plan().head.directive_id)
    assert notes(office.engine) == ["mail_sent", "archived"]


async def test_what_comes_after_closing_is_archived_by_the_next_sweep(office: Office) -> None:
    await office.archivist.sweep(beat)
    first = office.archive.manifest_hash(REGISTER)
    note_mail(office.engine)
    assert (await office.archivist.sweep(beat)).archived == (REGISTER,)
    manifest = office.archive.manifest(REGISTER)
    assert manifest is not None
    assert manifest.journal_seq == 2
    assert first is not None
    assert office.archive.manifest_named(first).journal_seq == 0
    assert notes(office.engine) == ["archived", "mail_sent", "archived"]


async def test_looking_at_a_register_does_not_archive_it_again_but_is_kept_beside_it(office: Office) -> None:
    await office.archivist.sweep(beat)
    before = office.archive.manifest_hash(REGISTER)
    Journal(office.engine).note(REGISTER, POSTMAN, "/", Viewed(page="register"))
    assert (await office.archivist.sweep(beat)).archived == ()
    assert office.archive.manifest_hash(REGISTER) == before
    later = office.archive.later(REGISTER)
    assert [json.loads(link.body)["note"]["kind"] for link in later] == ["archived", "viewed"]
    assert [link.hash for link in later] == list(links((link.body for link in later), GENESIS))


async def test_a_register_whose_workflow_still_runs_waits(local: Office) -> None:
    local.server.at_work.add(REGISTER)
    assert (await local.archivist.sweep(beat)).waiting == (REGISTER,)
    assert local.archive.manifest(REGISTER) is None
    local.server.at_work.clear()
    assert (await local.archivist.sweep(beat)).archived == (REGISTER,)


async def test_a_register_that_is_open_is_not_archived(started: Engine, tmp_path: Path) -> None:
    assert (await Office(started, tmp_path).archivist.sweep(beat)).archived == ()


async def test_where_the_server_forgot_the_histories_the_archive_says_so(local: Office) -> None:
    local.server.known.clear()
    await local.archivist.sweep(beat)
    manifest = local.archive.manifest(REGISTER)
    assert manifest is not None
    assert (manifest.histories, manifest.runs) == (Kept.GONE, ())
    with reading(local.engine) as session:
        assert not session.get_one(ArchiveRow, REGISTER).complete


async def test_histories_that_the_server_forgets_stay_in_the_archive(local: Office) -> None:
    await local.archivist.sweep(beat)
    local.server.known.clear()
    note_mail(local.engine)
    await local.archivist.sweep(beat)
    manifest = local.archive.manifest(REGISTER)
    assert manifest is not None
    assert manifest.histories is Kept.WHOLE
    assert len(await local.archive.runs(REGISTER)) == 1


async def test_a_file_that_is_gone_is_named_and_the_rest_is_archived(local: Office) -> None:
    await local.archivist.sweep(beat)
    manifest = local.archive.manifest(REGISTER)
    assert manifest is not None
    assert [(file.sha256, file.why) for file in manifest.absent] == [(small.PAPER.sha256, "not there")]
    assert small.PAPER not in manifest.files


async def test_words_of_a_mail_that_are_half_written_are_named(local: Office) -> None:
    note_mail(local.engine, kept=gzip.compress(WORDS)[:-4])
    await local.archivist.sweep(beat)
    manifest = local.archive.manifest(REGISTER)
    assert manifest is not None
    assert "do not unpack" in {item.sha256: item.why for item in manifest.absent}[name_of(WORDS)]
    assert manifest.mail_texts == ()


@pytest.mark.parametrize("table", [EventRow, JournalRow])
async def test_what_was_tampered_with_does_not_take_the_place_of_what_is_archived(
    office: Office, table: type[EventRow | JournalRow]
) -> None:
    note_mail(office.engine)
    await office.archivist.sweep(beat)
    before = office.archive.manifest_hash(REGISTER)
    with writing(office.engine) as session:
        session.execute(update(table).where(col(table.seq) == 1).values(body='{"changed":true}'))
    note_mail(office.engine, b"more")
    failed = (await office.archivist.sweep(beat)).failed
    assert "1 does not fit its hash" in failed[REGISTER]
    assert office.archive.manifest_hash(REGISTER) == before


async def test_a_chain_that_was_hashed_anew_does_not_follow_what_is_archived(local: Office) -> None:
    await local.archivist.sweep(beat)
    with writing(local.engine) as session:
        rows = session.exec(select(EventRow).where(EventRow.cascade_id == REGISTER).order_by(col(EventRow.seq))).all()
        rows[0].body = rows[0].body.replace("cascade_opened", "cascade_0pened")
        for row, hash_ in zip(rows, links(row.body for row in rows), strict=True):
            row.hash = hash_
        session.get_one(CascadeRow, REGISTER).chain_head = rows[-1].hash
    failed = (await local.archivist.sweep(beat, small.plan().head.directive_id)).failed
    assert "is another than the archive has" in failed[REGISTER]


async def test_a_half_written_list_is_named_and_mended_by_archiving_again(local: Office) -> None:
    await local.archivist.sweep(beat)
    before = local.archive.manifest_hash(REGISTER)
    (path,) = (local.reports.parent / "archive" / "cascades").iterdir()
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(ManifestBroken, match=path.name):
        local.archive.manifest(REGISTER)
    local.server.known.clear()
    await local.archivist.sweep(beat, small.plan().head.directive_id)
    assert local.archive.manifest_hash(REGISTER) == before


async def test_one_register_that_fails_does_not_stop_the_others(office: Office) -> None:
    other = small.cascade(small.HIGH)
    with writing(office.engine) as session:
        row = session.get_one(CascadeRow, other)
        row.closed, row.last_seq = True, 5
    swept = await office.archivist.sweep(beat)
    assert swept.archived == (REGISTER,)
    assert list(swept.failed) == [other]


async def test_a_server_that_is_away_is_no_fault_of_a_register(local: Office) -> None:
    local.server.away = True
    with pytest.raises(Unreachable):
        await local.archivist.sweep(beat)
    assert notes(local.engine) == []
    assert notes(local.engine, INSTALLATION) == []
