"""The schedule by which an installation looks after itself."""

from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleSpec,
)

import naming

EVERY = timedelta(minutes=15)


async def ensure_upkeep(client: Client) -> None:
    """Have the upkeep's workflow started again and again, one at a time; does nothing where that is so already, also
    where an operator has paused it or changed its times. Raises `RPCError`."""
    action = ScheduleActionStartWorkflow(
        naming.UPKEEP_WORKFLOW,
        id=naming.UPKEEP,
        task_queue=naming.CASCADE_QUEUE,
        static_summary="lưu trữ các sổ đã đóng, niêm phong mã băm",
    )
    schedule = Schedule(
        action=action,
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=EVERY)]),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP),
    )
    try:
        await client.create_schedule(naming.UPKEEP, schedule, trigger_immediately=True)
    except ScheduleAlreadyRunningError:
        return
