"""Commands on a directive that runs: started once, listed, looked at, reported on, and hurried."""

import json
from pathlib import Path

import pytest
from temporalio.client import WorkflowExecutionStatus

from commands import lists
from commands.clock import set_speed
from commands.errors import CommandError, Exit
from commands.report import report
from commands.start import start
from models.clock import Clock
from services.temporal import connect
from store.files import FileStore
from tests import small
from tests.e2e.installation import installation
from tests.waiting import eventually

LATER = """
document: {number: 16/SO-BĐG, title: triển khai việc nhỏ, issuer: 01-so, date: 2020-03-02}
closing: 2020-06-30
replaces:
  - {number: 15/SO-BĐG, effect: supersedes, keeps: {plan: year-plan}}
requirements:
  year-plan: {title: Kế hoạch năm, kind: plan, to: {level: district}, due: 2020-04-15}
"""


async def test_looking_at_a_running_directive(tmp_path: Path) -> None:
    async with installation(tmp_path) as running:
        await running.link(f"{small.HIGH}@nho.example", "assignment")
        engine, number = running.engine, "15/SO-BĐG"
        files = FileStore(running.settings.files)

        clock = Clock(origin_real=small.STARTS, origin_business=small.STARTS)
        with pytest.raises(CommandError, match=r"closed at") as closed:
            await start(engine, files, lambda: connect(running.settings), tmp_path / "directive.yaml", clock)
        assert closed.value.code is Exit.REFUSED

        (listed,) = lists.directives(engine)
        assert (listed["number"], listed["closed_at"]) == (number, None)
        found = lists.find(engine, f"Số: {number}", None)
        with pytest.raises(CommandError, match="already running since") as again:
            await start(
                engine,
                files,
                lambda: connect(running.settings),
                tmp_path / "directive.yaml",
                Clock.model_validate(found.clock),
            )
        assert again.value.code is Exit.REFUSED

        status = lists.status(engine, number, None)
        assert (status["units"], status["obligations"], status["mails"]["failed"]) == (2, 9, 0)
        mine = lists.obligations(engine, number, None, unit=small.HIGH, state="open", requirement=None)
        assert {line.requirement for line in mine} == {"plan", "funded-report"}
        with pytest.raises(CommandError, match="did you mean 'open'"):
            lists.obligations(engine, number, None, unit=None, state="opne", requirement=None)
        written = report(engine, number, None, tmp_path / "reports", "json").files
        assert json.loads(written[0].read_text("utf-8"))["final"] is False
        with pytest.raises(CommandError, match="html"):
            report(engine, number, None, tmp_path / "reports", "htm")

        await set_speed(engine, running.client, found, 900_000)
        handle = running.client.get_workflow_handle(small.cascade(small.TOP))
        await handle.result()
        assert (await handle.describe()).status is WorkflowExecutionStatus.COMPLETED
        (ended,) = lists.directives(engine)
        assert ended["closed_at"] is not None


async def test_a_directive_that_supersedes_another_ends_it_and_takes_its_answers_over(tmp_path: Path) -> None:
    async with installation(tmp_path) as running:
        await running.link(f"{small.HIGH}@nho.example", "assignment")
        register = running.client.get_workflow_handle(small.cascade(small.TOP))
        await register.execute_update("submit", small.submit(f"plan@{small.HIGH}"))
        later = tmp_path / "later.yaml"
        later.write_text(LATER, "utf-8")
        clock = Clock.model_validate(lists.find(running.engine, "15/SO-BĐG", None).clock)

        files = FileStore(running.settings.files)
        head = await start(running.engine, files, lambda: connect(running.settings), later, clock)
        for cascade in small.plan().cascades:
            await running.client.get_workflow_handle(cascade.cascade_id).result()
        by_number = {item["number"]: item for item in lists.directives(running.engine)}
        assert by_number["15/SO-BĐG"]["closed_at"] is not None
        assert by_number["16/SO-BĐG"]["closed_at"] is None

        async def taken_over() -> dict[str, tuple[str, str]]:
            lines = lists.obligations(running.engine, head.label, None, unit=None, state=None, requirement=None)
            return {line.unit: (line.state, line.taken_from) for line in lines}

        assert await eventually(taken_over) == {
            small.HIGH: ("submitted", "15/SO-BĐG"),
            small.LOW: ("open", ""),
        }
