"""The cascades around one: those it starts below, and those it tells something."""

from collections.abc import Iterable

from temporalio import workflow
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError

with workflow.unsafe.imports_passed_through():
    from models.cascade import CascadeOutcome, CascadeStart
    from rules.relay import Relay
    from workflows.attributes import attributes


async def start_child(start: CascadeStart, number: str) -> None:
    """Start the cascade of a subordinate issuer. It outlives this run; nothing happens where it runs already."""
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


async def tell(told: Iterable[Relay]) -> None:
    """Signal other cascades; one that has ended has nothing to be told."""
    for relay in told:
        handle = workflow.get_external_workflow_handle(relay.cascade_id)
        try:
            await handle.signal("relay", relay.command)
        except ApplicationError as gone:
            workflow.logger.warning("cascade not told", extra={"cascade": relay.cascade_id, "why": str(gone)})
