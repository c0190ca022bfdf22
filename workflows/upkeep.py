"""Looks after the installation, started by a schedule: archive what is closed, write down the heads of chains."""

import asyncio

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    import naming
    from activities.upkeep import UpkeepActivities
    from models.upkeep import Sweep
    from workflows import limits


@workflow.defn(name=naming.UPKEEP_WORKFLOW)
class UpkeepWorkflow:
    @workflow.run
    async def run(self) -> Sweep:
        """One round; what one part cannot do does not keep the other from being done. Fails where a part could not be
        done at all, so that it is seen."""
        archived = workflow.execute_activity_method(
            UpkeepActivities.archive_closed,
            start_to_close_timeout=limits.ARCHIVE_TIMEOUT,
            heartbeat_timeout=limits.ARCHIVE_HEARTBEAT,
            retry_policy=limits.UPKEEP_RETRY,
            summary="lưu trữ các sổ đã đóng",
        )
        anchored = workflow.execute_activity_method(
            UpkeepActivities.anchor,
            start_to_close_timeout=limits.ANCHOR_TIMEOUT,
            retry_policy=limits.UPKEEP_RETRY,
            summary="niêm phong mã băm của ngày",
        )
        swept, written = await asyncio.gather(archived, anchored, return_exceptions=True)
        if isinstance(written, BaseException):
            raise written
        if isinstance(swept, BaseException):
            raise swept
        return swept
