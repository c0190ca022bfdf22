"""Which runs of a register's workflow there are, and whether these are all."""

import json
from collections.abc import Sequence
from typing import Any

from audit.archive.manifest import Kept, canonical
from audit.histories.runs import Run

_STARTED = "workflowExecutionStartedEventAttributes"
_ENDS = {
    f"EVENT_TYPE_WORKFLOW_EXECUTION_{word}" for word in ("COMPLETED", "FAILED", "TIMED_OUT", "CANCELED", "TERMINATED")
}


def together(live: Sequence[Run], archived: Sequence[Run]) -> tuple[Run, ...]:
    """All runs of one workflow, the oldest first: those that a server still has, after those that only the archive has.
    Their histories are canonical, so that the same history always gives the same object."""
    there = {run.run_id for run in live}
    gone = (run for run in archived if run.run_id not in there)
    return tuple(Run(run.workflow_id, run.run_id, canonical(json.loads(run.history))) for run in (*gone, *live))


def kept(runs: Sequence[Run]) -> Kept:
    """Whether runs are a whole life: from the first that there was, each following the one before, to an end."""
    if not runs:
        return Kept.GONE
    histories = [json.loads(run.history)["events"] for run in runs]
    starts = [_start(events) for events in histories]
    whole = starts[0].get("firstExecutionRunId", runs[0].run_id) == runs[0].run_id
    for start, before in zip(starts[1:], runs, strict=False):
        whole = whole and start.get("continuedExecutionRunId") == before.run_id
    return Kept.WHOLE if whole and histories[-1][-1]["eventType"] in _ENDS else Kept.PARTIAL


def _start(events: Sequence[dict[str, Any]]) -> dict[str, Any]:
    start: dict[str, Any] = events[0].get(_STARTED, {})
    return start
