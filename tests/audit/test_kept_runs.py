"""Runs that a register's workflow has ended are kept while the register goes on, and handed over when it closes."""

import json
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from audit.archive.manifest import Kept
from audit.bundle.members import Members
from audit.bundle.outside import put_histories
from audit.histories.found import find_runs
from audit.histories.runs import Run
from commands.audit.history import Looked
from models.trail_tables import JournalRow
from models.unreachable import Unreachable
from store.engine import reading
from tests import small
from tests.audit.archives import REGISTER, FakeServer, Office, beat, close, history
from texts.language import Language

FIRST = history("a", ends="CONTINUED_AS_NEW")
SECOND = history("b", first="a", before="a", ends="CONTINUED_AS_NEW")
LAST = history("c", first="a", before="b")


@pytest.fixture
def office(started: Engine, tmp_path: Path) -> Office:
    """An office in which the small directive's first register runs, on both kinds of database."""
    return Office(started, tmp_path)


@pytest.fixture
def local(sqlite: Engine, tmp_path: Path) -> Office:
    """The same for tests that are not about the database."""
    small.store(sqlite)
    return Office(sqlite, tmp_path)


def runs(office: Office, *known: Run) -> None:
    office.server.known[REGISTER] = known


def notes(engine: Engine) -> list[str]:
    with reading(engine) as session:
        query = select(JournalRow.kind).where(JournalRow.chain == REGISTER).order_by(col(JournalRow.seq))
        return list(session.exec(query))


async def kept(office: Office) -> list[str]:
    return [run.run_id for run in await office.archive.runs(REGISTER)]


async def test_a_register_with_one_run_costs_nothing(local: Office) -> None:
    runs(local, history("a", ends="TASK_COMPLETED"))
    assert (await local.archivist.sweep(beat)).kept == ()
    assert (local.server.fetched, await kept(local), notes(local.engine)) == ([], [], [])


async def test_each_ended_run_is_kept_once_and_noted(office: Office) -> None:
    runs(office, FIRST, history("b", first="a", before="a", ends="TASK_COMPLETED"))
    assert (await office.archivist.sweep(beat)).kept == (REGISTER,)
    assert (await office.archivist.sweep(beat)).kept == ()
    assert (office.server.fetched, notes(office.engine)) == (["a"], ["runs_kept"])
    runs(office, SECOND, LAST)
    assert (await office.archivist.sweep(beat)).kept == (REGISTER,)
    assert (office.server.fetched, await kept(office), notes(office.engine)) == (
        ["a", "b"],
        ["a", "b"],
        ["runs_kept"] * 2,
    )
    ((first, _),) = [await office.archive.runs(REGISTER)]
    assert json.loads(first.history) == json.loads(FIRST.history)


async def test_the_manifest_takes_over_what_the_server_has_dropped_by_then(local: Office) -> None:
    runs(local, FIRST, SECOND)
    await local.archivist.sweep(beat)
    close(local.engine)
    runs(local, LAST)
    swept = await local.archivist.sweep(beat)
    assert (swept.archived, swept.kept) == ((REGISTER,), ())
    manifest = local.archive.manifest(REGISTER)
    assert manifest is not None
    assert (manifest.histories, [run.run_id for run in manifest.runs]) == (Kept.WHOLE, ["a", "b", "c"])
    assert local.archive.kept_runs(REGISTER) is None
    assert (await local.archivist.sweep(beat)).kept == ()


async def test_runs_of_a_register_that_waits_to_be_archived_are_kept(local: Office) -> None:
    close(local.engine)
    local.server.at_work.add(REGISTER)
    runs(local, FIRST, history("b", first="a", before="a", ends="TASK_COMPLETED"))
    swept = await local.archivist.sweep(beat)
    assert (swept.waiting, swept.kept) == ((REGISTER,), (REGISTER,))


async def test_a_list_that_was_lost_or_half_written_is_written_again_with_all_that_was_kept(local: Office) -> None:
    runs(local, FIRST, SECOND)
    await local.archivist.sweep(beat)
    runs(local, SECOND)
    (path,) = (local.reports.parent / "archive" / "running" / "runs").iterdir()
    path.write_bytes(path.read_bytes()[:40])
    assert (await local.archivist.sweep(beat)).kept == (REGISTER,)
    assert (await kept(local), notes(local.engine)) == (["a", "b"], ["runs_kept"])


async def test_a_run_that_the_server_drops_meanwhile_and_registers_of_others_are_passed_over(local: Office) -> None:
    runs(local, FIRST)
    local.server.gone.add("a")
    local.server.known["cascade:no:body"] = (Run("cascade:no:body", "x", FIRST.history),)
    swept = await local.archivist.sweep(beat)
    assert (swept.kept, swept.failed, local.server.fetched) == ((), {}, ["a"])


async def test_of_one_directive_only_its_own_are_kept(office: Office) -> None:
    runs(office, FIRST)
    assert (await office.archivist.sweep(beat, "another")).kept == ()
    assert (await office.archivist.sweep(beat, small.plan().head.directive_id)).kept == (REGISTER,)


async def test_the_first_runs_alone_are_not_taken_away_as_if_they_were_all(local: Office, tmp_path: Path) -> None:
    runs(local, FIRST)
    await local.archivist.sweep(beat)

    async def away() -> FakeServer:
        raise Unreachable("Temporal", "127.0.0.1:7233", "no answer")

    with zipfile.ZipFile(tmp_path / "bundle.zip", "w") as bundle, pytest.raises(Unreachable):
        await put_histories([REGISTER], away, local.archive, Members(bundle, small.STARTS))
    looked = Looked(REGISTER, await find_runs(REGISTER, away, local.archive), None)
    assert "the runs that followed are not in the archive" in looked.told_of(Language.ENGLISH)
