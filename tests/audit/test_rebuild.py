"""Tables are made anew from archive and histories, identical by content, in an empty database only, all or nothing."""

import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import SQLModel, col, select

from audit.archive.archive import ManifestBroken
from audit.archive.objects import ObjectBroken
from audit.verify.restore import Places, gather
from audit.verify.verify import verify
from models.actor import Actor, ActorKind
from models.delivery import HandedOver
from models.journal import INSTALLATION, Viewed
from models.tables import DirectiveRow, OutboxRow, SuccessorRow, VersionRow
from models.trail_tables import ArchiveRow
from models.unreachable import Unreachable
from rules.ledger import advance, open_register
from store import left_out
from store.engine import make_engine, reading, together, writing
from store.journal import Journal
from store.mail_notes import note_delayed, note_sent
from store.rebuild import Folding
from store.recorder import Recorder
from store.restoring import InstallationRows, is_empty, restore
from store.snapshot import Snapshots
from tests import small
from tests.audit.archives import beat
from tests.audit.records import DAY, REGISTER, Office, history, in_two_runs, replay
from tests.postgres import copied

RUNNING = small.cascade(small.HIGH)
Rows = dict[tuple[Any, ...], dict[str, Any]]


@pytest.fixture(scope="module")
def made(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A record that is kept, made once."""
    home = tmp_path_factory.mktemp("made")
    shutil.copyfile(migrated, home / "dondoc.db")
    office = lived(make_engine(f"sqlite:///{home / 'dondoc.db'}"), home)
    asyncio.run(keep(office))
    office.engine.dispose()
    return office


@pytest.fixture(scope="module")
def rows(made: Office) -> InstallationRows:
    """All that can be restored of it."""
    return asyncio.run(gathered(made))


@pytest.fixture
def local(made: Office, tmp_path: Path) -> Iterator[Office]:
    """A copy of it, for tests that are not about the database from which it comes."""
    home = tmp_path / "copy"
    shutil.copytree(made.home, home)
    office = Office(make_engine(f"sqlite:///{home / 'dondoc.db'}"), home)
    office.server.known |= made.server.known
    yield office
    office.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """The same record from both kinds of database."""
    if request.param == "sqlite":
        yield request.getfixturevalue("local")
        return
    with copied(request.getfixturevalue("postgres")) as engine:
        office = lived(engine, tmp_path)
        asyncio.run(keep(office))
        yield office


def lived(engine: Engine, home: Path) -> Office:
    """One register has closed, two run; of the mails of one of these one was sent, one could not be yet."""
    office = Office(engine, home)
    office.live()
    for unit in (small.HIGH, small.LOW):
        plan = small.slice_of(unit)
        first = open_register(plan, small.STARTS)
        later = advance(plan, first.state, small.STARTS + 60 * DAY)
        at = {"recorded_at": datetime(2026, 1, 5, 1, tzinfo=UTC)}
        events = [event.model_copy(update=at) for event in (*first.events, *later.events)]
        recorded = Recorder(engine, small.MAIL_HOURS).record(plan.cascade_id, events)
        heads = {recorded.seq: recorded.chain_head}
        office.server.known[plan.cascade_id] = (history(plan, events, heads, closed=False),)
    with writing(engine) as session:
        mails = select(OutboxRow).where(OutboxRow.cascade_id == RUNNING).order_by(col(OutboxRow.id))
        sent, delayed, *_ = session.exec(mails)
        sent.status, sent.recipient, sent.message_id = "sent", "011@nho.example", "<1@nho.example>"
        note_sent(session, [(HandedOver(mail=(1,), words="Kính gửi", resent=False), [sent])])
        note_delayed(session, [delayed], "hộp thư đầy")
        one, other, *_ = small.COMMUNES
        since = date(2026, 1, 1)
        session.add(SuccessorRow(unit=one, function="", heir=other, change="merge", since=since, basis="NQ 01/2026"))
        directive = session.exec(select(DirectiveRow)).one()
        session.add(VersionRow(directive_id=directive.id, version=1, source="", replaced_at=directive.started_at))
        directive.version = 2
    Journal(engine).note(INSTALLATION, Actor(kind=ActorKind.READER, unit=""), "/", Viewed(page="/"))
    return office


async def keep(office: Office) -> None:
    """A day's round, and the next: the journal of the installation tells of the sheet by then."""
    await office.keep()
    await office.archivist().sweep(beat)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, migrated: Path, tmp_path: Path) -> Iterator[Engine]:
    """Another database, empty and migrated, of both kinds."""
    if request.param == "postgresql":
        with copied(request.getfixturevalue("postgres")) as engine:
            yield engine
        return
    shutil.copyfile(migrated, tmp_path / "anew.db")
    engine = make_engine(f"sqlite:///{tmp_path / 'anew.db'}")
    yield engine
    engine.dispose()


def places(office: Office) -> Places:
    return Places(office.archive, office.running, office.server, replay)


async def gathered(office: Office) -> InstallationRows:
    found = await gather(places(office))
    assert found.lacking == {}
    return found.rows


def content(engine: Engine) -> dict[str, Rows]:
    """All rows of all tables that are made anew, without what may differ."""
    found: dict[str, Rows] = {}
    with reading(engine) as session:
        archived = set(session.exec(select(ArchiveRow.cascade_id)))
        for name, table in SQLModel.metadata.tables.items():
            rows = [dict(row) for row in session.connection().execute(table.select()).mappings()]
            key = _UNIQUE if name == "outbox" else [column.name for column in table.primary_key]
            for row in rows:
                open_ = name == "outbox" and row["cascade_id"] not in archived
                for column in (*left_out.OF_ALL.get(name, ()), *(left_out.OF_RUNNING.get(name, ()) if open_ else ())):
                    del row[column]
            found[name] = {tuple(row[column] for column in key): row for row in rows}
    return {name: rows for name, rows in found.items() if name not in left_out.TABLES}


_UNIQUE = ["cascade_id", "unit", "role", "holder", "kind", "step"]


def as_held_back(rows: Rows) -> Rows:
    """An outbox in which of registers that run nothing waits any more."""
    return {
        key: row | {"status": "failed"} if row["cascade_id"] != REGISTER and row["status"] == "queued" else row
        for key, row in rows.items()
    }


def without_added(rows: Rows, known: Rows) -> Rows:
    """A journal without what rebuilding has added at its end."""
    return {key: row for key, row in rows.items() if key in known or row["kind"] not in left_out.ADDED}


async def test_tables_made_anew_are_identical_by_content(office: Office, empty: Engine) -> None:
    assert is_empty(empty)
    held = restore(empty, await gathered(office), small.MAIL_HOURS)
    was, now = content(office.engine), content(empty)
    waiting = [row for row in was["outbox"].values() if row["cascade_id"] != REGISTER and row["status"] == "queued"]
    assert held == len(waiting) > 0
    was["outbox"] = as_held_back(was["outbox"])
    now["journal"] = without_added(now["journal"], was["journal"])
    for name, rows in was.items():
        assert now[name] == rows, name
    assert {name for name, rows in was.items() if rows} >= {
        "event", "event_unit", "obligation", "submission", "cascade", "directive", "outbox", "mail_text", "journal",
        "unit", "archive", "directive_version", "unit_successor",
    }  # fmt: skip
    assert not is_empty(empty)


async def test_what_was_made_anew_verifies_and_goes_on(made: Office, rows: InstallationRows, empty: Engine) -> None:
    restore(empty, rows, small.MAIL_HOURS)
    sources = replace(made.sources(), snapshots=Snapshots(empty), folding=lambda: Folding(empty))
    report = await verify(sources, lambda _done, _of: None, [small.plan().head.directive_id])
    assert not report.findings, [each.words for each in report.findings]
    with writing(empty) as session:
        row = session.exec(select(OutboxRow).order_by(col(OutboxRow.id).desc())).first()
        assert row is not None
        last = row.id or 0
        session.add(fresh := OutboxRow(**row.model_dump(exclude={"id"}) | {"step": "999"}))
        session.flush()
        assert fresh.id == last + 1


async def test_mail_of_which_nothing_is_known_is_not_sent_again(local: Office, empty: Engine) -> None:
    """Of a register that runs the journal tells which were sent; where there is none, all are held back."""
    shutil.rmtree(local.home / "archive" / "running" / "journals")
    held = restore(empty, await gathered(local), small.MAIL_HOURS)
    mails = content(empty)["outbox"].values()
    running = [row for row in mails if row["cascade_id"] != REGISTER]
    assert held == len(running) > 0
    assert {row["status"] for row in running} == {"failed"}
    assert {row["status"] for row in mails if row["cascade_id"] == REGISTER} == {"sent", "queued"}


async def test_a_directive_of_which_nothing_is_archived_is_restored(
    sqlite: Engine, tmp_path: Path, empty: Engine
) -> None:
    office = Office(sqlite, tmp_path)
    office.live(close=False)
    for unit in (small.HIGH, small.LOW):
        office.server.known[small.cascade(unit)] = (history(small.slice_of(unit), [], {}, closed=False),)
    await office.keep()
    assert list(office.archive.manifests()) == []
    restore(empty, await gathered(office), small.MAIL_HOURS)
    was, now = content(sqlite), content(empty)
    assert {name for name in was if was[name] != now[name]} <= {"journal", "outbox"}
    assert now["directive"]
    assert now["submission"]


async def test_a_register_that_nobody_knows_is_named(local: Office) -> None:
    local.server.known.clear()
    found = await gather(replace(places(local), live=None))
    assert set(found.lacking) == {RUNNING, small.cascade(small.LOW)}
    assert [len(directive.registers) for directive in found.rows.directives] == [1]


class PowerCut(Exception):
    """The machine stops."""


def test_what_stops_half_way_leaves_nothing_and_is_simply_done_again(rows: InstallationRows, empty: Engine) -> None:

    def stop(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO journal"):
            raise PowerCut

    event.listen(empty, "before_cursor_execute", stop)
    with pytest.raises(PowerCut), together(empty) as whole:
        restore(whole, rows, small.MAIL_HOURS)
    event.remove(empty, "before_cursor_execute", stop)
    assert is_empty(empty)
    assert not content(empty)["unit"]
    with together(empty) as whole:
        restore(whole, rows, small.MAIL_HOURS)
    assert content(empty)["cascade"].keys() == {(REGISTER,), (RUNNING,), (small.cascade(small.LOW),)}


def test_a_full_disk_leaves_nothing_and_says_so(rows: InstallationRows, migrated: Path, tmp_path: Path) -> None:
    shutil.copyfile(migrated, tmp_path / "anew.db")
    full = make_engine(f"sqlite:///{tmp_path / 'anew.db'}")

    @event.listens_for(full, "connect")
    def _limit(connection: Any, _record: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages + 2}")

    with pytest.raises(Unreachable, match="full"), together(full) as whole:
        restore(whole, rows, small.MAIL_HOURS)
    assert is_empty(full)
    assert not content(full)["unit"]


def test_a_change_that_does_not_fit_stops_all(rows: InstallationRows, empty: Engine) -> None:
    (directive,) = rows.directives
    cut = [replace(origin, events=origin.events[1:]) for origin in directive.registers]
    broken = replace(rows, directives=[replace(directive, registers=cut)])
    with pytest.raises(ValueError, match="does not follow"), together(empty) as whole:
        restore(whole, broken, small.MAIL_HOURS)
    assert is_empty(empty)


async def test_a_broken_part_is_named_before_anything_is_written(local: Office) -> None:
    (kept,) = local.running.directives()
    for path in (local.home / "archive" / "objects").rglob(f"{kept.registry}*"):
        path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(ObjectBroken):
        await gather(places(local))


async def test_a_kept_journal_that_was_changed_is_named(local: Office) -> None:
    (path,) = (local.home / "archive" / "running" / "journals").glob("installation-*")
    path.write_bytes(path.read_bytes().replace(b"viewed", b"vIewed", 1))
    with pytest.raises(ManifestBroken, match="does not fit its hash"):
        await gather(places(local))


def test_a_database_is_rebuilt_by_one_at_a_time(rows: InstallationRows, empty: Engine) -> None:
    with together(empty) as whole:
        assert is_empty(whole)
        restore(whole, rows, small.MAIL_HOURS)
        assert not is_empty(whole)
    assert not is_empty(empty)


async def test_a_register_of_which_the_server_dropped_the_first_run_is_restored_from_what_is_kept(
    local: Office,
) -> None:
    """One that continued as new: the upkeep keeps runs that have ended."""
    (run,) = local.server.known[RUNNING]
    local.server.known[RUNNING] = in_two_runs(run, 1)
    await local.archivist().sweep(beat)
    whole = await gathered(local)
    local.server.known[RUNNING] = local.server.known[RUNNING][1:]
    assert await gathered(local) == whole
    shutil.rmtree(local.home / "archive" / "running" / "runs")
    assert "first 1 events" in (await gather(places(local))).lacking[RUNNING]
