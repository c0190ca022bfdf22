"""Verifying where the server is away, or the runs of a register are in two places."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, update
from sqlmodel import Session

from audit.histories.runs import Run
from audit.verify.finding import Part, Report, Tampering
from models.tables import ObligationRow
from store.engine import make_engine, writing
from store.recorder import Recorder
from tests import small
from tests.audit.records import REGISTER, Office, in_two_runs
from tests.audit.ways import edit_a_body, hash_anew_from_a_point_on
from tests.audit.ways_in_files import replace

DATABASE, HISTORY = "dondoc.db", "history.json"
RENEWED_AFTER = 4
"""The event after which the register continued as new; tampering is done to the fourth."""


@pytest.fixture(scope="module")
def prepared(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """Homes with a register that has run, made once: closed or still open; and what the server has of it."""
    return {close: _prepared(migrated, tmp_path_factory.mktemp("home"), close=close) for close in (True, False)}


def _prepared(migrated: Path, home: Path, *, close: bool) -> Path:
    shutil.copyfile(migrated, home / DATABASE)
    engine = make_engine(f"sqlite:///{home / DATABASE}")
    office = Office(engine, home)
    office.live(close=close)
    engine.dispose()
    (home / HISTORY).write_bytes(office.server.known[REGISTER][0].history)
    return home


@pytest.fixture
def offices(prepared: dict[bool, Path], tmp_path: Path) -> Iterator[Callable[[bool], Office]]:
    """Copies of them."""
    engines: list[Engine] = []

    def copied(closed: bool) -> Office:
        home = tmp_path / str(closed)
        shutil.copytree(prepared[closed], home)
        engines.append(make_engine(f"sqlite:///{home / DATABASE}"))
        office = Office(engines[-1], home)
        office.server.known[REGISTER] = (Run(REGISTER, "run", (home / HISTORY).read_bytes()),)
        return office

    yield copied
    for engine in engines:
        engine.dispose()


@pytest.fixture
def finished(offices: Callable[[bool], Office]) -> Office:
    """A register that has closed; nothing is archived."""
    return offices(True)


@pytest.fixture
async def renewed(offices: Callable[[bool], Office]) -> Office:
    """A register that runs and has continued as new: its ended run is in the archive, and the server has dropped it."""
    office = offices(False)
    first, later = in_two_runs(office.server.known[REGISTER][0], RENEWED_AFTER)
    office.server.known[REGISTER] = (first, later)
    await office.keep()
    office.server.known[REGISTER] = (later,)
    return office


def unproven(report: Report) -> list[str]:
    """Why histories could not be checked."""
    return [each.why for each in report.unchecked if each.part is Part.HISTORY]


def open_another(office: Office) -> None:
    """The register below has begun, too."""
    for batch in office.opened(small.slice_of(small.HIGH)):
        Recorder(office.engine, small.MAIL_HOURS).record(small.cascade(small.HIGH), batch)


@pytest.mark.parametrize("answers", [0, 1], ids=["from the beginning", "in the middle"])
async def test_what_needs_no_server_is_verified_while_it_is_away(finished: Office, answers: int) -> None:
    open_another(finished)
    finished.server.answers = answers
    report = await finished.verify()
    assert not report.findings, [each.words for each in report.findings]
    assert (report.looked.registers, report.looked.live) == (3, answers)
    assert report.looked.rows > 0
    assert "127.0.0.1:7233" in report.away
    assert report.notes == (report.away,)
    assert [report.away in why for why in unproven(report)] == [True] * (2 - answers)
    assert report.lacks_server


async def test_while_the_server_is_away_tampering_is_found_all_the_same(finished: Office) -> None:
    finished.server.away = True
    with writing(finished.engine) as session:
        session.execute(update(ObligationRow).values(state="open"))
    report = await finished.verify()
    assert {each.part for each in report.findings} == {Part.TABLE}
    assert unproven(report)


async def test_where_the_archive_stands_in_nothing_is_lacking(finished: Office) -> None:
    await finished.keep()
    finished.server.away = True
    report = await finished.verify()
    assert (report.findings, unproven(report), report.lacks_server) == ((), [], False)
    assert "127.0.0.1:7233" in report.away


async def test_runs_of_which_the_server_dropped_the_first_are_proven_from_the_beginning(renewed: Office) -> None:
    report = await renewed.verify()
    assert (report.findings, unproven(report)) == ((), [])
    assert (report.looked.live, report.looked.joined, report.looked.archived) == (1, 1, 0)
    assert any("kho lưu trữ" in note for note in report.notes)


@pytest.mark.parametrize("away", [True, False], ids=["the server is away", "it is not asked"])
async def test_of_a_register_that_runs_the_archive_proves_what_it_has_and_the_rest_is_named(
    renewed: Office, *, away: bool
) -> None:
    renewed.server.away, renewed.asked = away, away
    report = await renewed.verify()
    assert not report.findings, [each.words for each in report.findings]
    (why,) = unproven(report)
    assert f"đến hết sự kiện số {RENEWED_AFTER}" in why
    assert report.lacks_server is away


@pytest.mark.parametrize("asked", [True, False], ids=["joined", "archive"])
@pytest.mark.parametrize(
    ("do", "kind"), [(edit_a_body, Tampering.EDITED), (hash_anew_from_a_point_on, Tampering.RE_HASHED)]
)
async def test_what_was_changed_of_a_run_that_only_the_archive_has_is_found(
    renewed: Office, do: Callable[[Session], None], kind: Tampering, *, asked: bool
) -> None:
    renewed.asked = asked
    with writing(renewed.engine) as session:
        do(session)
    found = (await renewed.verify()).findings[0]
    assert (found.part, found.tampering, found.seq) == (Part.CHAIN, kind, 4)


def the_list(office: Office) -> Path:
    (path,) = (office.home / "archive" / "running" / "runs").iterdir()
    return path


def the_history(office: Office) -> Path:
    kept = office.archive.kept_runs(REGISTER)
    assert kept is not None
    (path,) = (office.home / "archive" / "objects").rglob(f"{kept.runs[0].history}*")
    return path


@pytest.mark.parametrize(
    ("do", "kind", "row"),
    [
        (lambda office: the_list(office).unlink(), Tampering.ARCHIVE_MISSING, "runs"),
        (lambda office: replace(the_list(office), b"{}"), Tampering.ARCHIVE_EDITED, "runs"),
        (lambda office: the_history(office).unlink(), Tampering.ARCHIVE_MISSING, "history run"),
        (lambda office: replace(the_history(office), b"other"), Tampering.ARCHIVE_EDITED, "history run"),
    ],
)
async def test_tampering_with_the_kept_runs_is_found(
    renewed: Office, do: Callable[[Office], None], kind: Tampering, row: str
) -> None:
    do(renewed)
    (found,) = (await renewed.verify()).findings
    assert (found.part, found.tampering) == (Part.ARCHIVE, kind)
    assert row in found.row
