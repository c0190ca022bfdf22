"""Mail and the workflow: hours, addresses that do not exist, people who are named, the report."""

import hashlib
from datetime import timedelta
from pathlib import Path

from sqlmodel import col, select

from models.actor import Actor, ActorKind
from models.command import Ask, NameHolder
from models.event import Event, SummaryIssued
from models.holder import Arrangement
from models.request import RequestKind, RequestStatus
from models.tables import EventRow, HolderRow, RequestRow
from store.engine import reading
from tests import small
from tests.workflows.conftest import Running

ROOT = small.cascade(small.TOP)
PLAN_HIGH = f"plan@{small.HIGH}"
FOCAL, HEAD, KEEPER = f"{small.HIGH}@nho.example", f"truong.{small.HIGH}@nho.example", "so@nho.example"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OFFICER = Actor(kind=ActorKind.OFFICER, unit=small.HIGH, holder="focal")


async def test_mail_that_is_called_for_at_night_leaves_in_the_morning(running: Running) -> None:
    handle = await running.start(ROOT)
    await running.until(small.STARTS + 7 * HOUR)
    assert running.mailer.taken == []
    await running.until(small.STARTS + 8 * HOUR)
    assert ("assignment", FOCAL) in running.mailer.taken
    await handle.terminate()


async def test_an_address_that_does_not_exist_is_a_fact_and_the_follow_up_goes_to_the_head(running: Running) -> None:
    running.mailer.unknown = {FOCAL}
    handle = await running.start(ROOT)
    await running.environment.sleep(2 * DAY)
    with reading(running.engine) as session:
        (holder,) = session.exec(select(HolderRow).where(HolderRow.cascade_id == ROOT)).all()
        assert (holder.unit, holder.id, holder.email) == (small.HIGH, "focal", FOCAL)
        assert "no such user" in holder.refused
    assert ("unreachable", KEEPER) in running.mailer.taken
    await running.until(small.STARTS + 25 * DAY)
    assert ("reminder", HEAD) in running.mailer.taken
    assert [to for kind, to in running.mailer.taken if kind == "unreachable"] == [KEEPER, KEEPER]
    await handle.terminate()


async def test_a_successor_gets_his_mail_at_once_and_all_that_follows(running: Running) -> None:
    handle = await running.start(ROOT)
    await running.environment.sleep(DAY)
    named = NameHolder(
        id="handover",
        at=small.STARTS,
        actor=OFFICER,
        unit=small.HIGH,
        name="Lê Thị Thu",
        email="thu@nho.example",
        arrangement=Arrangement.SUCCESSOR,
        by_email=FOCAL,
    )
    await running.update(ROOT, named)
    await running.until(small.STARTS + 25 * DAY)
    assert ("handover", "thu@nho.example") in running.mailer.taken
    reminded = {to for kind, to in running.mailer.taken if kind == "reminder"}
    assert "thu@nho.example" in reminded
    assert FOCAL not in reminded
    await handle.terminate()


async def test_a_request_waits_in_the_morning_s_digest_and_is_on_record(running: Running) -> None:
    handle = await running.start(ROOT)
    await running.environment.sleep(DAY)
    asked = Ask(
        id="ask",
        at=small.STARTS,
        actor=OFFICER,
        obligation=PLAN_HIGH,
        request=RequestKind.MORE_TIME,
        reason="chờ họp",
        until=small.STARTS.date() + 40 * DAY,
    )
    await running.update(ROOT, asked)
    await running.environment.sleep(DAY)
    assert ("review", KEEPER) in running.mailer.taken
    with reading(running.engine) as session:
        row = session.exec(select(RequestRow).where(RequestRow.obligation == PLAN_HIGH)).one()
        assert row.status == RequestStatus.ASKED
    await handle.terminate()


async def test_the_report_is_an_event_with_its_hashes_and_is_announced(running: Running, tmp_path: Path) -> None:
    await (await running.start(ROOT)).result()
    with reading(running.engine) as session:
        query = select(EventRow).where(EventRow.cascade_id == ROOT).order_by(col(EventRow.seq).desc())
        last = session.exec(query).first()
    assert last is not None
    files = running.reports.write(running.reports.load(small.TOP), tmp_path).values()
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    assert Event.model_validate_json(last.body).fact == SummaryIssued(files=hashes)
    assert {("summary", KEEPER), ("summary", "giamdoc@nho.example")} <= set(running.mailer.taken)
