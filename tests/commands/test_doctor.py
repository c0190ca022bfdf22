"""What `dondoc doctor` finds: on an installation that is well, and where something is missing, away or forgotten."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from commands.checkups import machine
from commands.checkups.database import database, records
from commands.checkups.finding import Finding, Verdict, away, warning, well, wrong
from commands.checkups.reached import mail_server, pages
from commands.doctor import examine, exit_code
from commands.errors import Exit
from models.clock import Clock
from models.tables import OutboxRow
from reports.as_docx import TEMPLATE
from reports.fonts import found_font, is_official
from services.installation import environment
from services.mail_catcher import listen
from services.processes import free_port
from settings import Settings
from store.engine import make_engine, migrate
from store.recorder import Recorder
from store.units import save_units
from tests import small
from tests.commands.conftest import Dondoc
from tests.e2e.installation import installation
from tests.waiting import eventually

WELL, WARNING, WRONG, AWAY = Verdict.WELL, Verdict.WARNING, Verdict.WRONG, Verdict.AWAY
NOW = datetime.now(UTC)


def found(findings: list[Finding], check: str) -> Finding:
    return next(finding for finding in findings if finding.check == check)


@pytest.mark.parametrize(
    ("findings", "code"),
    [
        ([well("a", "")], Exit.DONE),
        ([well("a", ""), warning("b", "", "")], Exit.REFUSED),
        ([well("a", ""), wrong("b", "", "")], Exit.REFUSED),
        ([warning("a", "", ""), away("b", "", "")], Exit.UNREACHABLE),
    ],
)
def test_the_exit_code_tells_a_service_that_is_away_from_what_people_have_to_mend(
    findings: list[Finding], code: Exit
) -> None:
    assert exit_code(findings) is code


def test_where_nothing_is_prepared_it_says_what_to_do_about_each_part(dondoc: Dondoc) -> None:
    answer = dondoc("doctor", "--json")
    assert (answer.code, answer.err) == (5, "")
    findings = {item["check"]: item for item in json.loads(answer.out)}
    verdicts = {check: item["verdict"] for check, item in findings.items()}
    assert verdicts["python"] == verdicts["time zones"] == verdicts["settings"] == "well"
    assert verdicts["home folder"] == "wrong"
    assert verdicts["database"] == verdicts["Temporal"] == verdicts["pages"] == verdicts["mail server"] == "away"
    assert "dondoc init" in findings["home folder"]["todo"]
    assert "dondoc init" in findings["database"]["todo"]
    assert all("dondoc up" in findings[check]["todo"] for check in ("Temporal", "pages", "mail server"))
    assert all((item["verdict"] == "well") == (item["todo"] == "") for item in findings.values())


def test_people_read_a_line_for_each_check_and_what_to_do_below(prepared: Dondoc) -> None:
    shown = prepared("doctor").out
    assert "✓  home folder" in shown
    assert "✗  Temporal" in shown
    assert "→ start it with `dondoc up`" in shown
    needing = 3 + (not is_official(found_font()))  # whatever fonts this machine has
    assert f"{needing} of 16 checks need somebody" in shown


def test_looking_changes_nothing(dondoc: Dondoc, tmp_path: Path) -> None:
    dondoc("doctor")
    assert not (tmp_path / "home").exists()


def test_a_setting_that_is_none_is_named_and_nothing_else_is_looked_at(
    dondoc: Dondoc, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DONDOC_WEB_PORT", "eighty")
    answer = dondoc("doctor", "--json")
    assert answer.code == 3
    last = json.loads(answer.out)[-1]
    assert (last["check"], last["verdict"]) == ("settings", "wrong")
    assert "DONDOC_WEB_PORT" in last["says"]


def test_an_old_python_and_a_machine_without_time_zones_are_told() -> None:
    assert machine.python((3, 10, 9)).verdict is WRONG
    assert machine.python((3, 13, 0)).verdict is WELL
    assert machine.time_zone("Asia/Nowhere").verdict is WRONG


def test_an_offices_own_template_is_tried(tmp_path: Path) -> None:
    assert machine.template(Settings(home=tmp_path)) == []
    own = Settings(home=tmp_path, report_template=TEMPLATE)
    assert found(machine.template(own), "report template").verdict is WELL
    (tmp_path / "own.docx").write_bytes(b"%PDF-1.7")
    broken = Settings(home=tmp_path, report_template=tmp_path / "own.docx")
    assert found(machine.template(broken), "report template").verdict is WRONG


def test_a_file_store_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    settings.files.write_text("in the way", "utf-8")
    assert found(machine.folders(settings), "file store").verdict is WRONG
    settings.files.unlink()
    assert found(machine.folders(settings), "file store").verdict is WELL
    settings.files.mkdir()
    assert [finding.verdict for finding in machine.folders(settings)][:2] == [WELL, WELL]
    assert list(settings.files.iterdir()) == []


def test_a_database_of_an_earlier_version_is_to_be_migrated(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    engine = make_engine(settings.sql_url)
    migrate(engine)
    finding, opened = database(settings)
    assert finding.verdict is WELL
    assert opened is not None
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    finding, opened = database(settings)
    assert (finding.verdict, opened) == (WRONG, None)
    assert "0001" in finding.says
    assert "dondoc init" in finding.todo
    engine.dispose()


def test_a_database_that_is_away_is_named_without_its_password() -> None:
    finding, opened = database(Settings(database_url="postgresql://dondoc:secret@127.0.0.1:9/dondoc"))
    assert (finding.verdict, opened) == (AWAY, None)
    assert "127.0.0.1:9" in finding.says
    assert "secret" not in finding.model_dump_json()


async def test_a_mail_server_is_greeted_and_gets_no_mail(tmp_path: Path) -> None:
    port = free_port()
    server = await listen(tmp_path / "mail", "127.0.0.1", port)
    async with server:
        at = Settings(smtp_host="127.0.0.1", smtp_port=port)
        assert (await mail_server(at)).verdict is WELL
        assert (await mail_server(at.model_copy(update={"smtp_security": "starttls"}))).verdict is AWAY
        refused = await mail_server(at.model_copy(update={"smtp_user": "dondoc", "smtp_password": "secret"}))
        assert refused.verdict is AWAY
        assert "secret" not in refused.model_dump_json()
    assert list((tmp_path / "mail" / "new").iterdir()) == []


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", WELL),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nnginx", AWAY),
        (b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", AWAY),
        (b"220 smtp.example\r\n", AWAY),
    ],
)
async def test_the_pages_are_asked_where_officers_are_sent(answer: bytes, verdict: Verdict) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    port = free_port()
    async with await asyncio.start_server(serve, "127.0.0.1", port):
        assert (await pages(Settings(base_url=f"http://127.0.0.1:{port}/"))).verdict is verdict


@pytest.mark.parametrize("url", ["no address", "http://127.0.0.1:9"])
async def test_pages_that_are_nowhere_are_told_with_the_address(url: str) -> None:
    finding = await pages(Settings(base_url=url))
    assert finding.verdict is AWAY
    assert url in finding.says


@pytest.fixture
def running(sqlite: Engine) -> Engine:
    """The small directive on ordinary time, with one unit that has no address."""
    small.store(sqlite, Clock.ordinary(NOW))
    lost = small.UNITS[1].model_copy(update={"focal_email": None, "head_email": None})
    save_units(sqlite, [lost])
    return sqlite


def mail(step: str, **changed: Any) -> OutboxRow:
    values: dict[str, Any] = {
        "cascade_id": small.cascade(small.TOP), "unit": small.LOW, "role": "focal", "kind": "reminder", "step": step,
        "at": NOW, "send_at": NOW, "obligations": [], "recommendations": [], "requests": [],
    }  # fmt: skip
    return OutboxRow(**values | changed)


def test_what_lies_about_is_told(running: Engine) -> None:
    with Session(running) as session, session.begin():
        session.add(mail("1", send_at=NOW - timedelta(hours=2)))
        session.add(mail("2", send_at=NOW - timedelta(hours=2), status="sending"))
        session.add(mail("3", send_at=NOW - timedelta(minutes=30)))
        session.add(mail("4", send_at=NOW - timedelta(hours=9), status="sent"))
        session.add(mail("5", status="failed", recipient="x@nho.example", error="550 no such user"))
        session.add(mail("6", unit=small.HIGH, status="unreachable", error="no address"))
    findings = records(running, NOW)
    assert found(findings, "mail waiting").says == "waiting longer than an hour: 2 notices of 15/SO-BĐG"
    assert found(findings, "mail refused").says == (
        "15/SO-BĐG: 2 (x@nho.example: 550 no such user, 011-phong: no address)"
    )
    unreached = found(findings, "units unreached")
    assert unreached.says == "15/SO-BĐG: 1 (011-phong: đơn vị chưa có địa chỉ thư điện tử)"
    assert "dondoc units import" in unreached.todo
    assert exit_code(findings) is Exit.REFUSED


def test_of_a_directive_that_is_closed_nothing_is_told(running: Engine) -> None:
    with Session(running) as session, session.begin():
        session.add(mail("1", send_at=NOW - timedelta(hours=2)))
        session.add(mail("2", status="failed", error="550"))
    Recorder(running, small.MAIL_HOURS).close_directive(small.plan().head.directive_id)
    assert exit_code(records(running, NOW)) is Exit.DONE


async def test_a_whole_installation_is_well_until_a_register_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with installation(tmp_path) as whole:
        for name, value in environment(whole.settings).items():
            monkeypatch.setenv(name, value)

        async def all_well() -> bool:
            findings = [finding for finding in await examine() if finding.check != "fonts"]  # this machine's own
            return exit_code(findings) is Exit.DONE

        await eventually(all_well)
        await whole.client.get_workflow_handle(small.cascade(small.HIGH)).terminate("lost")

        async def lost() -> Finding | None:
            finding = found(await examine(), "registers")
            return finding if finding.verdict is WRONG else None

        finding = await eventually(lost)
        assert f"{small.HIGH} of 15/SO-BĐG" in finding.says
