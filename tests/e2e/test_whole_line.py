"""The whole line on real parts - Temporal server, worker, pages, SMTP - while parts of it are killed."""

import os
import signal
from collections import Counter
from pathlib import Path

import httpx
from sqlmodel import select
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from audit.archive.archive import Archive
from commands.audit.archive import archive
from commands.clock import set_speed
from models.event import Event
from models.obligation import State
from models.tables import CascadeRow, DirectiveRow, EventRow
from payloads import DATA_CONVERTER
from rules.chain import GENESIS, canonical, link
from store.engine import reading
from store.summaries import load_summary
from tests import small
from tests.e2e.installation import Installation, installation
from workflows import WORKFLOWS

HIGH, LOW = f"plan@{small.HIGH}", f"plan@{small.LOW}"


def kill(running: Installation, name: str) -> None:
    """kill -9, without warning."""
    os.kill(running.supervisor.process_id(name), signal.SIGKILL)


async def test_from_issue_to_report_with_parts_killed_on_the_way(tmp_path: Path) -> None:
    async with installation(tmp_path) as running:
        high = await running.link(f"{small.HIGH}@nho.example", "assignment")
        low = await running.link(f"{small.LOW}@nho.example", "assignment")
        register = await running.link("so@nho.example", "register")
        await a_machine_reads_every_link(running, [high, low, register])

        assert (await running.submit(high, HIGH)).status_code == httpx.codes.SEE_OTHER
        kill(running, "worker")
        assert (await running.submit(low, LOW)).status_code == httpx.codes.SEE_OTHER
        assert running.lines()[HIGH].state is State.SUBMITTED
        assert running.lines()[LOW].state is State.SUBMITTED

        await running.review(register, HIGH, "accept")
        kill(running, "temporal")
        await running.review(register, LOW, "return", "Đề nghị ghi rõ kinh phí.")
        again = await running.link(f"{small.LOW}@nho.example", "returned")
        kill(running, "web")
        await running.submit(again, LOW)
        kill(running, "mail")
        await running.review(register, LOW, "accept")
        for commune in small.COMMUNES:
            await running.link(f"{commune}@nho.example", "assignment")

        await hurry_to_the_end(running)
        await check_the_record(running)


async def a_machine_reads_every_link(running: Installation, links: list[str]) -> None:
    before = running.lines()
    for link_ in links:
        assert (await running.browser.head(link_)).status_code == httpx.codes.OK
        assert (await running.browser.get(link_)).status_code == httpx.codes.OK
    assert {key: line.state for key, line in running.lines().items()} == {
        key: line.state for key, line in before.items()
    }
    assert all(line.acknowledged_at is None for line in running.lines().values())


async def hurry_to_the_end(running: Installation) -> None:
    with reading(running.engine) as session:
        directive = session.exec(select(DirectiveRow)).one()
    await set_speed(running.engine, running.client, directive, 900_000)
    for unit in (small.TOP, small.HIGH, small.LOW):
        await running.client.get_workflow_handle(small.cascade(unit)).result()


async def check_the_record(running: Installation) -> None:
    directive = small.plan().head.directive_id
    summary = load_summary(running.engine, directive)
    assert summary.final
    assert summary.submissions == 3
    assert {line.key: line.state for line in summary.lines if line.requirement == "plan"} == {
        HIGH: State.ACCEPTED,
        LOW: State.ACCEPTED,
    }
    assert summary.mails_failed == 0
    ids = Counter(mail["Message-ID"] for mail in running.mails())
    assert len(ids) == summary.mails_sent
    doubled = [mail for mail in running.mails() if ids[mail["Message-ID"]] > 1]
    assert all(
        any(mail["X-Dondoc-Resent"] == "yes" for mail in doubled if mail["Message-ID"] == id_)
        for id_ in {mail["Message-ID"] for mail in doubled}
    ), "a mail that came twice without saying that it was sent again"
    reports = running.settings.reports / directive
    assert {path.suffix for path in reports.iterdir()} == {".docx", ".pdf", ".xlsx", ".html", ".json", ".csv"}
    with reading(running.engine) as session:
        for cascade in session.exec(select(CascadeRow)):
            head = GENESIS
            rows = session.exec(select(EventRow).where(EventRow.cascade_id == cascade.id).order_by("seq")).all()
            for row in rows:
                event = Event.model_validate_json(row.body)
                head = link(head, canonical(event))
                assert (row.hash, row.body) == (head, canonical(event))
            assert (cascade.chain_head, cascade.last_seq) == (head, len(rows))
    histories = [await history(running, unit) for unit in (small.TOP, small.HIGH, small.LOW)]
    replayer = Replayer(workflows=WORKFLOWS, data_converter=DATA_CONVERTER)
    for told in histories:
        await replayer.replay_workflow(told)
    await check_the_archive(running, directive)


async def check_the_archive(running: Installation, directive: str) -> None:
    done = await archive(running.settings, running.engine, directive, None)
    assert (done["failed"], done["waiting"], done["incomplete"]) == ({}, [], [])
    kept = Archive(running.settings.archive)
    for unit in (small.TOP, small.HIGH, small.LOW):
        manifest = kept.manifest(small.cascade(unit))
        assert manifest is not None
        assert [sha for sha in manifest.objects() if not kept.objects.intact(sha)] == []


async def history(running: Installation, unit: str) -> WorkflowHistory:
    handle = running.client.get_workflow_handle(small.cascade(unit))
    return await handle.fetch_history()
