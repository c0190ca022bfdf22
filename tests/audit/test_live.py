"""Histories of a real server: a register that continued as new is one life of several runs."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlmodel import col, select

import naming
from audit.histories.broken import HistoryBroken
from audit.histories.decoded import decoded
from audit.histories.found import Source, find_runs
from audit.histories.live import LiveHistories
from audit.histories.replayed import replayed
from audit.histories.runs import Run
from models.cascade import CascadeStart
from models.tables import EventRow
from rules.chain import canonical, links
from store.engine import make_engine, migrate, reading
from tests import small
from tests.audit.stored import rewritten
from tests.waiting import eventually
from tests.workflows.conftest import Running, serving
from workflows.attributes import attributes
from workflows.cascade import CascadeWorkflow

ROOT = small.cascade(small.TOP)
HIGH, LOW = f"plan@{small.HIGH}", f"plan@{small.LOW}"


@dataclass(frozen=True)
class Kept:
    """What the server has of a register that was renewed after every two commands, and what the database has of it.
    `unknown` is what the server has of another one."""

    runs: tuple[Run, ...]
    unknown: tuple[Run, ...]
    bodies: list[str]
    hashes: list[str]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return asyncio.run(_kept(tmp_path_factory.mktemp("kept") / "dondoc.db"))


async def _kept(database: Path) -> Kept:
    engine = make_engine(f"sqlite:///{database}")
    migrate(engine)
    async with serving(engine, small.store) as running:
        runs = await _several_runs(running)
        unknown = await LiveHistories(running.client).runs("cascade:nobody:knows")
    with reading(engine) as session:
        query = select(EventRow).where(EventRow.cascade_id == ROOT).order_by(col(EventRow.seq))
        rows = [(row.body, row.hash) for row in session.exec(query)]
    engine.dispose()
    return Kept(runs, unknown, [body for body, _ in rows], [digest for _, digest in rows])


async def _several_runs(running: Running) -> tuple[Run, ...]:
    handle = await running.client.start_workflow(
        CascadeWorkflow.run,
        CascadeStart(cascade_id=ROOT, clock=running.clock, renew_after=2),
        id=ROOT,
        task_queue=naming.CASCADE_QUEUE,
        search_attributes=attributes(ROOT),
    )
    current = running.client.get_workflow_handle(ROOT)
    for commands in (
        (small.submit(HIGH, id_="high"), small.submit(LOW, id_="low")),
        (small.review(LOW, small.TOP, id_="accepted"), small.review(HIGH, small.TOP, id_="returned", returns=True)),
    ):
        before = (await current.describe()).run_id
        for command in commands:
            await running.update(ROOT, command)

        async def renewed(before: str = before) -> bool:
            return (await current.describe()).run_id != before

        await eventually(renewed)
    await running.update(ROOT, small.submit(HIGH, id_="again"))
    runs = await LiveHistories(running.client).runs(ROOT)
    await handle.terminate()
    return runs


class _Having:
    """A place that has these runs."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._runs = tuple(runs)

    async def runs(self, cascade_id: str) -> tuple[Run, ...]:
        return tuple(run for run in self._runs if run.workflow_id == cascade_id)


async def test_the_runs_of_a_register_are_one_life_with_the_very_events_on_record(kept: Kept) -> None:
    assert len(kept.runs) > 2
    whole = await replayed(kept.runs)
    assert [canonical(event) for event in whole.events] == kept.bodies
    assert list(links(map(canonical, whole.events))) == kept.hashes
    assert whole.first_plan == small.slice_of(small.TOP)
    assert (whole.after, whole.closed, whole.untraced, whole.interrupted) == (0, False, frozenset(), False)


async def test_the_history_has_the_heads_of_the_chain(kept: Kept) -> None:
    whole = await replayed(kept.runs)
    assert whole.heads == {seq: kept.hashes[seq - 1] for seq in whole.heads}
    assert max(whole.heads) == len(kept.hashes)


async def test_of_a_register_that_nobody_knows_there_are_no_runs(kept: Kept) -> None:
    assert kept.unknown == ()


async def test_where_earlier_runs_are_gone_the_rest_is_given_and_the_gap_is_named(kept: Kept) -> None:
    whole, later = await replayed(kept.runs), await replayed(kept.runs[1:])
    assert 0 < later.after < len(kept.bodies)
    assert later.events == whole.events[later.after :]
    assert later.heads[later.after] == kept.hashes[later.after - 1]


async def test_the_archive_has_the_runs_that_the_server_dropped(kept: Kept) -> None:
    async def server() -> _Having:
        return _Having(kept.runs[1:])

    found = await find_runs(ROOT, server, _Having(kept.runs))
    assert (found.runs, found.source) == (kept.runs, Source.BOTH)
    assert (await find_runs(ROOT, server, _Having(()))).source is Source.SERVER


async def test_a_run_that_is_gone_from_between_is_named(kept: Kept) -> None:
    with pytest.raises(HistoryBroken, match="không tiếp nối lần chạy") as broken:
        await replayed([kept.runs[0], *kept.runs[2:]])
    assert broken.value.run_id == kept.runs[2].run_id


async def test_a_run_that_begins_with_something_else_than_the_one_before_left_is_named(kept: Kept) -> None:
    history = json.loads(kept.runs[1].history)
    begun = history["events"][0]["workflowExecutionStartedEventAttributes"]["input"]["payloads"][0]
    rewritten(begun, lambda text: text.replace('"chain_head":"', '"chain_head":"0'))
    other = Run(ROOT, kept.runs[1].run_id, json.dumps(history).encode())
    with pytest.raises(HistoryBroken, match=r"bắt đầu với nội dung khác.*: mã băm cuối") as broken:
        await replayed([kept.runs[0], other])
    assert (broken.value.run_id, broken.value.event) == (other.run_id, 1)


async def test_each_run_says_where_it_goes_on(kept: Kept) -> None:
    words = [step.said.words for step in decoded(kept.runs, await replayed(kept.runs), {small.HIGH: "Phòng Cao"})]
    renewals = len(kept.runs) - 1
    assert sum("Chuyển sang lần chạy mới" in said for said in words) == renewals
    assert sum("tiếp tục ở lần chạy mới" in said for said in words) == renewals
    assert any(said.startswith("Phòng Cao nộp Kế hoạch") and "12/KH-UBND" in said for said in words)
    assert any(said.startswith("Hẹn giờ gửi thư: ") for said in words)
