"""Changes of the workflow for tests: one that no history fits, and the same behind a gate."""

from datetime import timedelta

from temporalio import workflow

from models.cascade import CascadeOutcome, CascadeStart
from workflows.cascade import CascadeWorkflow

_SECOND = timedelta(seconds=1)


@workflow.defn(name="Cascade")
class Changed(CascadeWorkflow):
    """A change that lets a second pass first."""

    @workflow.init
    def __init__(self, start: CascadeStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: CascadeStart) -> CascadeOutcome:
        await workflow.sleep(_SECOND)
        return await super().run(start)


@workflow.defn(name="Cascade")
class Gated(CascadeWorkflow):
    """The same change for registers that begin after it."""

    @workflow.init
    def __init__(self, start: CascadeStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: CascadeStart) -> CascadeOutcome:
        if workflow.patched("a-second-first"):
            await workflow.sleep(_SECOND)
        return await super().run(start)
