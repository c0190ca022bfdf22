"""The floors: workflows, activities and Updates that do nothing."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from models.actor import Actor, ActorKind
from models.answer import Answer
from models.command import Receipt, Submit

QUEUE = "bare"


class Nothing:
    """An activity that only counts its calls, so that nobody has to ask the server how far it is."""

    def __init__(self) -> None:
        self.calls = 0

    @activity.defn
    async def nothing(self) -> None:
        self.calls += 1


@workflow.defn
class BareCascade:
    @workflow.run
    async def run(self, children: list[str]) -> None:
        """Do nothing, start children that do nothing, and wait to be told to end."""
        await workflow.execute_activity_method(Nothing.nothing, start_to_close_timeout=timedelta(seconds=10))
        await asyncio.gather(*(self._start(child) for child in children))

    async def _start(self, child: str) -> None:
        await workflow.start_child_workflow(
            BareCascade.run, args=[[]], id=child, parent_close_policy=workflow.ParentClosePolicy.ABANDON
        )


@workflow.defn
class BareRegister:
    @workflow.run
    async def run(self, below: dict[str, Any]) -> None:
        """Do nothing, start those `below` (each with those below it), and wait for Updates, for ever."""
        await asyncio.gather(*(self._start(child, deeper) for child, deeper in below.items()))
        await workflow.execute_activity_method(Nothing.nothing, start_to_close_timeout=timedelta(minutes=5))
        await workflow.wait_condition(lambda: False)

    async def _start(self, child: str, below: dict[str, Any]) -> None:
        await workflow.start_child_workflow(
            BareRegister.run, below, id=child, parent_close_policy=workflow.ParentClosePolicy.ABANDON
        )

    @workflow.update
    async def submit(self, command: Submit) -> Receipt:
        """Take a command and do nothing with it."""
        return Receipt(cascade_id=workflow.info().workflow_id, seq=0, at=command.at)


@asynccontextmanager
async def bare_worker(client: Client) -> AsyncIterator[Nothing]:
    """A worker for all of these in this process; what it yields counts."""
    nothing = Nothing()
    with ThreadPoolExecutor(4) as threads:
        async with Worker(
            client,
            task_queue=QUEUE,
            workflows=[BareCascade, BareRegister],
            activities=[nothing.nothing],
            activity_executor=threads,
            workflow_runner=UnsandboxedWorkflowRunner(),
        ):
            yield nothing


async def bare_registers(client: Client, registers: Iterable[str]) -> list[str]:
    """As many workflows as there are registers, side by side; returns their ids."""
    ids = [f"bare {register}" for register in registers]
    for id_ in ids:
        await client.start_workflow(BareRegister.run, {}, id=id_, task_queue=QUEUE)
    return ids


def bare_command(at: datetime) -> Submit:
    """What an Update of the kind that a pressed button makes carries, with nothing handed in."""
    actor = Actor(kind=ActorKind.OFFICER, unit="bare")
    return Submit(id=os.urandom(8).hex(), at=at, actor=actor, obligation="bare@bare", answer=Answer())
