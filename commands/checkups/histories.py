"""Checks of what keeps histories from being lost: how long the server has them, and who archives them."""

from datetime import timedelta

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

import naming
from commands.checkups.finding import Finding, warning, well
from services.temporal import retention

_SHORTEST = timedelta(days=1)
_CHECK = "upkeep"


async def kept(client: Client) -> list[Finding]:
    """Whether the server keeps histories until they are archived, and whether that is done by itself. Raises
    `RPCError`."""
    return [long_enough(await retention(client)), await _scheduled(client)]


def long_enough(time: timedelta) -> Finding:
    """Whether the server keeps histories long enough after a workflow has ended."""
    check = "histories"
    if time >= _SHORTEST:
        return well(check, f"kept for {time.days} days after a register has ended")
    todo = "have the namespace keep them for 30 days: `temporal operator namespace update --retention 30d`"
    return warning(check, f"kept for {time} only after a register has ended", todo)


async def _scheduled(client: Client) -> Finding:
    try:
        described = await client.get_schedule_handle(naming.UPKEEP).describe()
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        return warning(_CHECK, "no schedule archives and anchors", "start a worker, which makes it, or `dondoc up`")
    if described.schedule.state.paused:
        todo = f"unpause the schedule {naming.UPKEEP}, or run `dondoc audit archive` and `dondoc audit anchor` daily"
        return warning(_CHECK, "the schedule that archives and anchors is paused", todo)
    return well(_CHECK, f"the schedule {naming.UPKEEP} archives and anchors")
