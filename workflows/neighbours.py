"""The cascades around one: those it starts below, and those it tells something."""

import asyncio
from collections.abc import Iterable

from temporalio import workflow
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError

with workflow.unsafe.imports_passed_through():
    import naming
    from models.cascade import CascadeOutcome, CascadeStart
    from models.plan import CascadePlan
    from rules.relay import Relay
    from workflows.attributes import attributes


async def start_children(plan: CascadePlan, units: Iterable[str], begin: CascadeStart) -> None:
    """Start the cascades of subordinate issuers like this one. They outlive this run; nothing happens where one runs
    already."""
    children = [naming.cascade_id(plan.directive_id, unit) for unit in units]
    await asyncio.gather(*(_start(begin.model_copy(update={"cascade_id": child}), plan.number) for child in children))


async def _start(start: CascadeStart, number: str) -> None:
    try:
        await workflow.start_child_workflow(
            "Cascade",
            start,
            id=start.cascade_id,
            result_type=CascadeOutcome,
            parent_close_policy=workflow.ParentClosePolicy.ABANDON,
            search_attributes=attributes(start.cascade_id),
            static_summary=f"{number}: {start.cascade_id.rpartition(':')[2]}",
        )
    except WorkflowAlreadyStartedError:
        workflow.logger.info("child cascade runs already", extra={"cascade": start.cascade_id})


async def tell(told: Iterable[Relay]) -> tuple[Relay, ...]:
    """Signal other cascades, each in order, all at the same time; returns what could not be told, because the cascade
    has ended."""
    by_cascade: dict[str, list[Relay]] = {}
    for relay in told:
        by_cascade.setdefault(relay.cascade_id, []).append(relay)
    left = await asyncio.gather(*(_tell(relays) for relays in by_cascade.values()))
    return tuple(relay for relays in left for relay in relays)


async def _tell(relays: Iterable[Relay]) -> list[Relay]:
    left = []
    for relay in relays:
        handle = workflow.get_external_workflow_handle(relay.cascade_id)
        try:
            await handle.signal("relay", relay.command)
        except ApplicationError as gone:
            workflow.logger.warning("cascade not told", extra={"cascade": relay.cascade_id, "why": str(gone)})
            left.append(relay)
    return left
