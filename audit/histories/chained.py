"""Which run of a workflow follows which, as their histories say it; nothing is replayed."""

import json
from collections.abc import Sequence
from typing import Any

from audit.histories.broken import HistoryBroken
from audit.histories.runs import Run
from texts.language import gettext as _

_STARTED = "workflowExecutionStartedEventAttributes"
_GOES_ON = "EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW"


def before(run: Run) -> str:
    """The id of the run that one continues; empty for the first. Raises `HistoryBroken` for what is no history."""
    first, _last = _ends(run)
    return str(first.get(_STARTED, {}).get("continuedExecutionRunId", ""))


def goes_on(run: Run) -> bool:
    """Whether another run follows. Raises `HistoryBroken` for what is no history."""
    _first, last = _ends(run)
    return bool(last.get("eventType") == _GOES_ON)


def joined(live: Sequence[Run], archived: Sequence[Run]) -> tuple[Run, ...]:
    """The runs of one workflow that follow one another, the oldest first: those that the server has, after those of the
    archive that they continue; where the server has none, the archive's latest and those before it. Raises
    `HistoryBroken` where the first of them is no history."""
    runs = list(live or archived[-1:])
    there = {run.run_id for run in runs}
    earlier = {run.run_id: run for run in archived if run.run_id not in there}
    while runs and (found := earlier.pop(before(runs[0]), None)):
        runs.insert(0, found)
    return tuple(runs)


def _ends(run: Run) -> tuple[dict[str, Any], dict[str, Any]]:
    """The first and the last event."""
    try:
        events: Sequence[dict[str, Any]] = json.loads(run.history)["events"]
        return dict(events[0]), dict(events[-1])
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise HistoryBroken(run.run_id, _("không phải là lịch sử do Temporal ghi (%(error)s)", error=error)) from error
