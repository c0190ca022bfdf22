"""Several workers and web processes on one server and one store share the work, and nothing is done twice: also where a
worker is killed in the middle."""

import asyncio
from pathlib import Path

import httpx
import pytest
from sqlmodel import select

from commands.audit.verify import verify
from commands.clock import set_speed
from models.plan import RequirementPlan
from models.tables import DirectiveRow
from store.engine import reading
from store.summaries import load_summary
from tests.e2e.several import Several, several
from tests.postgres import copied
from tests.waiting import eventually

HURRY = 1_000_000
"""How many times faster than real time the rest of the directive passes: four months in ten seconds."""
ANSWERED = [int(httpx.codes.SEE_OTHER)] * 2
"""Both web processes tell the officer that it is received."""


async def test_two_workers_and_two_web_processes_share_the_work(tmp_path: Path) -> None:
    async with several(tmp_path, workers=2, divisions=4) as running:
        await a_directive_is_answered_and_closed_while_a_worker_is_killed(running)


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_so_do_four_workers_on_one_machine(tmp_path: Path) -> None:
    async with several(tmp_path, workers=4, divisions=24) as running:
        await a_directive_is_answered_and_closed_while_a_worker_is_killed(running)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("workers", [2, 4])
async def test_so_do_they_on_postgresql(postgres: str, tmp_path: Path, workers: int) -> None:
    with copied(postgres) as engine:
        url = engine.url.render_as_string(hide_password=False)
        async with several(tmp_path, workers=workers, divisions=12, database_url=url) as running:
            await a_directive_is_answered_and_closed_while_a_worker_is_killed(running)


async def a_directive_is_answered_and_closed_while_a_worker_is_killed(running: Several) -> None:
    first, *_ = running.workers
    at_first = {name: running.supervisor.process_id(name) for name in running.workers}
    await eventually(lambda: _some_mail(running))
    running.kill(first)  # while the first mails leave
    handing_in = asyncio.create_task(hand_all_in(running))
    await eventually(lambda: _some_answers(running))
    running.kill(first)  # while officers answer
    answers = await handing_in
    assert answers == [ANSWERED] * len(running.owed())
    for key, _ in running.owed():
        if key.startswith("plan@"):
            assert await running.accept_everywhere(key) == ANSWERED
    await pass_the_rest(running)
    await everything_was_done_once(running)
    workers, webs = await running.at_work()
    assert {str(process) for name, process in at_first.items() if name != first} <= processes(workers)
    assert processes(webs) == {str(running.supervisor.process_id(f"web-{number}")) for number in (1, 2)}


async def hand_all_in(running: Several) -> list[list[int]]:
    """All officers at once, a few at a time."""
    places = asyncio.Semaphore(4)

    async def hand_in(key: str, item: RequirementPlan) -> list[int]:
        async with places:
            return await running.hand_in_everywhere(key, item)

    return await asyncio.gather(*(hand_in(key, item) for key, item in running.owed()))


async def pass_the_rest(running: Several) -> None:
    """Until the last register is closed and the final report is issued."""
    with reading(running.engine) as session:
        directive = session.exec(select(DirectiveRow)).one()
    await set_speed(running.engine, running.client, directive, HURRY)
    for register in running.plan.cascades:
        await running.client.get_workflow_handle(register.cascade_id).result()


async def everything_was_done_once(running: Several) -> None:
    owed = [key for key, _ in running.owed()]
    root = running.plan.cascades[0].cascade_id
    expected = {("submitted", key) for key in owed}
    expected |= {("accepted", key) for key in owed if key.startswith("plan@")}
    expected |= {(root, "2020-04-15"), (root, "final")}
    assert dict(running.recorded()) == dict.fromkeys(expected, 1)
    sent = running.sent()
    assert set(sent.values()) == {1}
    summary = load_summary(running.engine, running.plan.head.directive_id)
    assert (summary.submissions, summary.mails_failed) == (len(owed), 0)
    assert len({str(mail["Message-ID"]) for mail in running.mails()}) == summary.mails_sent
    looked = await verify(running.settings, running.engine, None, None)
    assert ([each.words for each in looked.findings], looked.unchecked) == ([], ())
    assert looked.looked.registers == len(running.plan.cascades)


def processes(identities: set[str]) -> set[str]:
    """The process ids of workers or web processes that Temporal names as `id@machine`."""
    return {identity.partition("@")[0] for identity in identities}


async def _some_mail(running: Several) -> bool:
    return len(running.mails()) >= 2


async def _some_answers(running: Several) -> bool:
    return sum(kind == "submitted" for kind, _ in running.recorded()) >= len(running.owed()) // 3
