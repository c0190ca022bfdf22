"""The upkeep's round: it archives and anchors, and one of them going wrong does not keep the other from being done."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest
from temporalio.client import Client, WorkflowFailureError
from temporalio.worker import Worker

import naming
from activities.upkeep import UpkeepActivities
from models.unreachable import Unreachable
from models.upkeep import Sweep
from tests.skipping import skipping_server
from workflows.upkeep import UpkeepWorkflow


class FakeArchiving:
    """Archives in memory; `away` is how many rounds cannot reach the server."""

    def __init__(self, away: int) -> None:
        self.away = away

    async def sweep(self, beat: Callable[[], None]) -> Sweep:
        beat()
        if self.away:
            self.away -= 1
            raise Unreachable("Temporal", "127.0.0.1:7233", "no answer")
        return Sweep(archived=("cascade:a:b",), failed={"cascade:a:c": "Unsound: event 3 does not fit its hash"})


class FakeAnchoring:
    """Notes that sheets were asked for."""

    def __init__(self) -> None:
        self.written = 0

    def write(self, now: datetime) -> tuple[Path, bool]:
        self.written += 1
        return Path(f"{now:%Y-%m-%d}.txt"), True


@asynccontextmanager
async def serving(archiving: FakeArchiving, anchoring: FakeAnchoring) -> AsyncIterator[Client]:
    upkeep = UpkeepActivities(archiving, anchoring)
    async with (
        skipping_server() as environment,
        Worker(
            environment.client,
            task_queue=naming.CASCADE_QUEUE,
            workflows=[UpkeepWorkflow],
            activities=[upkeep.archive_closed, upkeep.anchor],
        ),
    ):
        yield environment.client


async def test_a_round_archives_and_anchors_and_tells_what_failed() -> None:
    anchoring = FakeAnchoring()
    async with serving(FakeArchiving(away=1), anchoring) as client:
        swept = await client.execute_workflow(UpkeepWorkflow.run, id="one", task_queue=naming.CASCADE_QUEUE)
    assert swept.archived == ("cascade:a:b",)
    assert list(swept.failed) == ["cascade:a:c"]
    assert anchoring.written == 1


async def test_a_round_that_cannot_archive_anchors_all_the_same_and_is_seen_to_fail() -> None:
    anchoring = FakeAnchoring()
    async with serving(FakeArchiving(away=99), anchoring) as client:
        with pytest.raises(WorkflowFailureError):
            await client.execute_workflow(UpkeepWorkflow.run, id="one", task_queue=naming.CASCADE_QUEUE)
    assert anchoring.written == 1
