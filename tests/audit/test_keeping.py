"""Of registers that run the upkeep keeps what no history has, and lets nothing take the place of what it kept."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, update
from sqlmodel import col

from audit.archive.archive import ManifestBroken
from audit.archive.manifest import Chained
from audit.archive.running import Running
from models.actor import Actor, ActorKind
from models.journal import INSTALLATION, Viewed
from models.tables import UnitRow
from models.trail_tables import JournalRow
from rules.chain import GENESIS, links
from store.engine import writing
from store.journal import Journal
from tests import small
from tests.audit.archives import Office, beat

DIRECTIVE = small.plan().head.directive_id
READER = Actor(kind=ActorKind.READER, unit="")


@pytest.fixture
def office(started: Engine, tmp_path: Path) -> Office:
    """An office in which a directive has begun, on both kinds of database."""
    look(started, 2)
    return Office(started, tmp_path)


@pytest.fixture
def local(sqlite: Engine, tmp_path: Path) -> Office:
    small.store(sqlite)
    look(sqlite, 2)
    return Office(sqlite, tmp_path)


def look(engine: Engine, times: int, chain: str = INSTALLATION) -> None:
    """Somebody looked at pages, which is noted."""
    for _ in range(times):
        Journal(engine).note(chain, READER, "/", Viewed(page="/"))


def files(office: Office) -> dict[Path, bytes]:
    folder = office.reports.parent / "archive"
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def keep(office: Office) -> dict[str, str]:
    return (await office.archivist.sweep(beat)).failed


async def test_directive_registry_and_journals_are_kept(office: Office) -> None:
    register = small.cascade(small.HIGH)
    look(office.engine, 1, register)
    assert await keep(office) == {}
    kept = office.running.directive(DIRECTIVE)
    assert kept is not None
    assert set(kept.registers) == {small.cascade(unit) for unit in (small.TOP, small.HIGH, small.LOW)}
    assert json.loads(office.archive.objects.get(kept.directive))["source"] == small.YAML
    registry = json.loads(office.archive.objects.get(kept.registry))
    assert {unit["code"] for unit in registry["units"]} == {unit.code for unit in small.UNITS}
    journal = office.running.journal(INSTALLATION)
    assert [link.hash for link in journal] == list(links((link.body for link in journal), GENESIS))
    assert (len(journal), len(office.running.journal(register))) == (2, 1)


async def test_what_has_not_changed_is_not_written_again(office: Office) -> None:
    await keep(office)
    before = files(office)
    await keep(office)
    assert files(office) == before


async def test_what_comes_is_added(office: Office) -> None:
    await keep(office)
    before = office.running.directive(DIRECTIVE)
    look(office.engine, 3)
    with writing(office.engine) as session:
        session.get_one(UnitRow, small.HIGH).focal_email = "moi@nho.example"
    await keep(office)
    kept = office.running.directive(DIRECTIVE)
    assert before is not None
    assert kept is not None
    assert kept.registry != before.registry
    assert kept.directive == before.directive
    assert [link.seq for link in office.running.journal(INSTALLATION)] == [1, 2, 3, 4, 5]


async def test_a_database_that_began_anew_does_not_take_the_place_of_what_is_kept(local: Office) -> None:
    """After a loss somebody starts with an empty database in the same home, before the tables are made anew."""
    await keep(local)
    before = files(local)
    with writing(local.engine) as session:
        session.execute(delete(JournalRow))
    look(local.engine, 1)
    assert "is another than was kept" in (await keep(local))[INSTALLATION]
    look(local.engine, 4)
    assert "is another than was kept" in (await keep(local))[INSTALLATION]
    assert files(local) == before


@pytest.mark.parametrize(("seq", "why"), [(2, "2 of the journal is another"), (3, "3 of the journal does not fit")])
async def test_what_was_tampered_with_is_not_kept(local: Office, seq: int, why: str) -> None:
    await keep(local)
    look(local.engine, 2)
    with writing(local.engine) as session:
        session.execute(update(JournalRow).where(col(JournalRow.seq) == seq).values(hash="0" * 64))
    assert why in (await keep(local))[INSTALLATION]
    assert len(local.running.journal(INSTALLATION)) == 2


def chain(count: int) -> list[Chained]:
    """A journal of so many entries."""
    bodies = [f'{{"seq":{number}}}' for number in range(1, count + 1)]
    hashes = links(bodies)
    return [Chained(seq=seq, body=body, hash=next(hashes)) for seq, body in enumerate(bodies, 1)]


@pytest.mark.parametrize("torn", [1, 20, 10_000])
def test_a_line_that_was_cut_off_is_not_there_and_is_written_again(tmp_path: Path, torn: int) -> None:
    running = Running(tmp_path)
    running.add("one", chain(2))
    (path,) = (tmp_path / "running" / "journals").iterdir()
    whole = path.stat().st_size
    running.add("one", chain(3))
    path.write_bytes(path.read_bytes()[: max(whole, path.stat().st_size - torn)])
    assert running.last("one") == chain(2)[-1]
    assert running.journal("one") == tuple(chain(2))
    running.add("one", chain(4))
    assert running.journal("one") == tuple(chain(4))


def test_two_who_add_the_same_add_it_once(tmp_path: Path) -> None:
    one, other = Running(tmp_path), Running(tmp_path)
    one.add("one", chain(4))
    other.add("one", chain(3))
    assert one.journal("one") == tuple(chain(4))


def test_a_file_of_nothing_but_a_torn_line_is_empty(tmp_path: Path) -> None:
    running = Running(tmp_path)
    running.add("one", chain(1))
    (path,) = (tmp_path / "running" / "journals").iterdir()
    path.write_bytes(path.read_bytes()[:-1])
    assert running.last("one") is None
    running.add("one", chain(1))
    assert running.journal("one") == tuple(chain(1))


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    running = Running(tmp_path)
    running.add("one", chain(1))
    (path,) = (tmp_path / "running" / "journals").iterdir()
    path.write_bytes(b"{}\n")
    with pytest.raises(ManifestBroken, match=path.name):
        running.last("one")
    (tmp_path / "running" / "directives").mkdir()
    (tmp_path / "running" / "directives" / "x.json").write_bytes(b"{")
    with pytest.raises(ManifestBroken, match=r"x\.json"):
        list(running.directives())


def test_what_was_never_kept_is_empty(tmp_path: Path) -> None:
    running = Running(tmp_path)
    assert list(running.directives()) == []
    assert running.directive("one") is None
    assert running.journal("one") == ()
    assert running.last("one") is None
