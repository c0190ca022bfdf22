"""The floors: workflows, activities and Updates that do nothing."""

import asyncio
from datetime import timedelta

from temporalio import activity, workflow

from models.command import Receipt, Submit


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
    async def run(self) -> None:
        """Wait for Updates, for ever."""
        await workflow.wait_condition(lambda: False)

    @workflow.update
    async def submit(self, command: Submit) -> Receipt:
        """Take a command and do nothing with it."""
        return Receipt(cascade_id=workflow.info().workflow_id, seq=0, at=command.at)
