"""Whoever tampers with the record is found, and it is said in what way, on both databases."""

import asyncio
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from audit.histories.runs import Run
from audit.verify.finding import Part, Tampering
from store.engine import make_engine, writing
from tests.audit.records import REGISTER, Office
from tests.audit.ways import IN_THE_DATABASE
from tests.audit.ways_in_files import IN_FILES
from tests.postgres import copied, named, tell

SQLITE, POSTGRESQL = "sqlite", "postgresql"
DATABASE, HISTORY, TEMPLATE = "dondoc.db", "history.json", "record"
ALWAYS = {
    "a body is edited", "re-hashed from a point on", "deleted, hashed anew", "the last ones, and the head",
    "a mail is invented", "two are reordered", "recorded_at", "due", "two answers are swapped", "a unit's timeline",
    "a mail's recipient", "an entry is edited",
}  # fmt: skip
"""Ways that are tried on PostgreSQL in each run of the tests: of each kind one. The others are the same code, and
slow."""


@pytest.fixture(scope="module")
def record(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished record on SQLite, made once."""
    home = tmp_path_factory.mktemp(SQLITE)
    shutil.copyfile(migrated, home / DATABASE)
    make(make_engine(f"sqlite:///{home / DATABASE}"), home)
    return home


@pytest.fixture(scope="module")
def record_on_postgresql(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same on PostgreSQL, as a template."""
    home = tmp_path_factory.mktemp(POSTGRESQL)
    tell(postgres, f"CREATE DATABASE {TEMPLATE} TEMPLATE migrated")
    make(make_engine(named(postgres, TEMPLATE)), home)
    return home


def make(engine: Engine, home: Path) -> None:
    office = Office(engine, home)
    office.live()
    asyncio.run(office.keep())
    engine.dispose()
    (home / HISTORY).write_bytes(office.server.known[REGISTER][0].history)


@pytest.fixture
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """A copy of it to tamper with, on a kind of database."""
    home = tmp_path / "copy"
    if request.param == POSTGRESQL:
        shutil.copytree(request.getfixturevalue("record_on_postgresql"), home)
        with copied(request.getfixturevalue("postgres"), TEMPLATE) as engine:
            yield opened(engine, home)
        return
    shutil.copytree(request.getfixturevalue("record"), home)
    engine = make_engine(f"sqlite:///{home / DATABASE}")
    yield opened(engine, home)
    engine.dispose()


def opened(engine: Engine, home: Path) -> Office:
    office = Office(engine, home)
    office.server.known[REGISTER] = (Run(REGISTER, "run", (home / HISTORY).read_bytes()),)
    return office


def on_both(names: Iterable[str], always: Iterable[str] = ()) -> pytest.MarkDecorator:
    """Each way on each kind of database; on PostgreSQL it is slow but for those that are `always` tried."""
    cases = [
        pytest.param(kind, name, id=f"{kind}-{name}", marks=[pytest.mark.slow] if slow else [])
        for name in names
        for kind, slow in ((SQLITE, False), (POSTGRESQL, name not in always))
    ]
    return pytest.mark.parametrize(("office", "name"), cases, indirect=["office"])


@pytest.mark.parametrize("office", [SQLITE, POSTGRESQL], indirect=True)
@pytest.mark.parametrize("asked", [True, False], ids=["server", "archive"])
async def test_what_nobody_touched_is_not_found(office: Office, *, asked: bool) -> None:
    office.asked = asked
    report = await office.verify()
    assert not report.findings, [each.words for each in report.findings]
    assert (report.looked.live, report.looked.archived) == ((1, 0) if asked else (0, 1))


@on_both(IN_THE_DATABASE, ALWAYS)
async def test_tampering_with_the_database_is_found_and_named(office: Office, name: str) -> None:
    tampered = IN_THE_DATABASE[name]
    with writing(office.engine) as session:
        tampered.do(session)
    await check(office, tampered.part, tampered.kind, tampered.row)


@on_both(IN_FILES, IN_FILES)
async def test_tampering_with_files_is_found_and_named(office: Office, name: str) -> None:
    do, part, kind, row = IN_FILES[name]
    do(office)
    await check(office, part, kind, row)


@on_both(name for name, each in IN_THE_DATABASE.items() if each.part is Part.CHAIN)
async def test_the_archive_alone_finds_what_was_done_to_a_chain(office: Office, name: str) -> None:
    tampered, office.asked = IN_THE_DATABASE[name], False
    with writing(office.engine) as session:
        tampered.do(session)
    await check(office, tampered.part, tampered.kind, tampered.row)


async def check(office: Office, part: Part, kind: Tampering, row: str = "") -> None:
    """The first finding is the right one."""
    found = (await office.verify()).findings
    assert [(each.part, each.tampering) for each in found][:1] == [(part, kind)], [each.words for each in found]
    assert row in found[0].row
