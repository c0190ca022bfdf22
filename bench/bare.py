"""The floor: as many workflows as a directive has cascades, each with one activity that does nothing."""

import asyncio
from datetime import timedelta

from temporalio import activity, workflow


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
