"""`dondoc store rebuild` as it is typed: all or nothing, and done again by running it again."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from store.engine import make_engine
from store.restoring import is_empty
from tests import small
from tests.audit.records import REGISTER, Office
from tests.commands.conftest import Dondoc

ALONE = "--without-histories"
KILLED_LATE = """
import os, signal, sys
from sqlalchemy import Engine, event
import cli

@event.listens_for(Engine, "before_cursor_execute")
def stop(_connection, _cursor, statement, *_):
    if statement.startswith("INSERT INTO journal"):
        os.kill(os.getpid(), signal.SIGKILL)

cli.run()
"""


@pytest.fixture(scope="module")
def archive(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of an installation in which one register has closed."""
    home = tmp_path_factory.mktemp("office")
    shutil.copyfile(migrated, home / "dondoc.db")
    office = Office(make_engine(f"sqlite:///{home / 'dondoc.db'}"), home)
    office.live()
    asyncio.run(office.keep())
    office.engine.dispose()
    return home / "archive"


def test_what_is_restored_and_what_is_not_is_said(dondoc: Dondoc, archive: Path, tmp_path: Path) -> None:
    into = f"sqlite:///{tmp_path / 'anew.db'}"
    words = ("store", "rebuild", "--into", into, "--from-archive", archive, ALONE)
    answer = dondoc(*words)
    assert answer.code == 0, answer.err
    assert f"not restored: {small.cascade(small.HIGH)}: the archive does not have it, and the server was not asked" in (
        answer.err
    )
    assert "not restored: links in mails, drafts and the list of readers" in answer.err
    with make_engine(into).connect() as connection:
        assert connection.execute(text("SELECT id, closed FROM cascade")).all() == [(REGISTER, 1)]
        kinds = connection.execute(text("SELECT kind FROM journal WHERE chain = 'installation' ORDER BY seq")).scalars()
        assert list(kinds)[-1] == "rebuilt"
    again = dondoc(*words)
    assert again.code == 3
    assert "is not empty" in again.err


def test_after_a_broken_archive_the_same_command_is_run_again(dondoc: Dondoc, archive: Path, tmp_path: Path) -> None:
    copy = tmp_path / "archive"
    shutil.copytree(archive, copy)
    (listed,) = (copy / "cascades").iterdir()
    (path,) = (copy / "objects").rglob(f"{json.loads(listed.read_bytes())['outbox']}*")
    path.write_bytes(path.read_bytes()[:20])
    words = ("store", "rebuild", "--into", f"sqlite:///{tmp_path / 'anew.db'}", "--from-archive", copy, ALONE)
    answer = dondoc(*words)
    assert answer.code == 3
    assert path.name.removesuffix(".gz") in answer.err
    assert "nothing was restored, and the database is as empty as before; run the same command again" in answer.err
    shutil.rmtree(copy)
    shutil.copytree(archive, copy)
    answer = dondoc(*words, "--json")
    assert answer.code == 0, answer.err
    assert json.loads(answer.out)["registers"] == 1


@pytest.mark.parametrize(
    ("into", "code", "says"),
    [
        ("garbage", 2, "is no URL of a database"),
        ("nosuch://host/name", 2, "is no URL of a database"),
        ("sqlite:////nowhere/x.db", 5, "check --into"),
    ],
)
def test_an_odd_address_is_named(dondoc: Dondoc, archive: Path, into: str, code: int, says: str) -> None:
    answer = dondoc("store", "rebuild", "--into", into, "--from-archive", archive, ALONE)
    assert answer.code == code
    assert says in answer.err
    assert "DONDOC_DATABASE_URL" not in answer.err


def test_the_server_is_asked_only_for_what_is_not_archived(dondoc: Dondoc, archive: Path, tmp_path: Path) -> None:
    into = f"sqlite:///{tmp_path / 'anew.db'}"
    answer = dondoc("store", "rebuild", "--into", into, "--from-archive", archive)
    assert answer.code == 5
    assert "is not archived: --without-histories restores only what is" in answer.err
    engine = make_engine(into)
    assert is_empty(engine)
    engine.dispose()


@pytest.mark.slow
def test_what_was_killed_half_way_left_nothing(dondoc: Dondoc, archive: Path, engine: Engine, tmp_path: Path) -> None:
    into = engine.url.render_as_string(hide_password=False)
    words = ["store", "rebuild", "--into", into, "--from-archive", str(archive), ALONE]
    environment = os.environ | {"DONDOC_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-c", KILLED_LATE, *words]
    killed = subprocess.run(command, env=environment, check=False)  # noqa: S603 - our own command
    assert killed.returncode == -signal.SIGKILL
    assert is_empty(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM unit")).scalar_one() == 0
    engine.dispose()
    answer = dondoc(*words)
    assert answer.code == 0, answer.err
    assert not is_empty(engine)
