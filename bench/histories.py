"""What Temporal keeps and bills of the histories of registers.

Actions are what Temporal Cloud bills. Its documentation says what counts as one (docs.temporal.io/cloud/actions, read
in November 2026): each start of a run, and of a child one more for the intent; each timer, signal, update, activity,
retry of one, and change of search attributes; all local activities of one workflow task together. Rejected updates and
heartbeats count, too, but leave nothing in a history.
"""

from collections import Counter
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client

_KINDS = {
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED: "starts",
    EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED: "starts",
    EventType.EVENT_TYPE_TIMER_STARTED: "timers",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED: "signals",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED: "updates",
    EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED: "activities",
    EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES: "search attributes",
}
_CLOCK = "set_clock"
_FOLLOWS_A_CLOCK = frozenset({
    EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
    EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED,
    EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
    EventType.EVENT_TYPE_TIMER_CANCELED,
    EventType.EVENT_TYPE_TIMER_STARTED,
    EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
})  # fmt: skip


@dataclass(frozen=True)
class History:
    """Of one run: events, their size in bytes, and billed actions by kind."""

    events: int
    size: int
    actions: Counter[str]


async def history_of(client: Client) -> AsyncIterator[History]:
    """Those of all runs of all registers, without what only a practice clock brings."""
    async for run in client.list_workflows("WorkflowType = 'Cascade'"):
        handle = client.get_workflow_handle(run.id, run_id=run.run_id)
        yield counted((await handle.fetch_history()).events)


def counted(events: Iterable[HistoryEvent]) -> History:
    """What the events of one run come to."""
    number = size = 0
    actions: Counter[str] = Counter()
    local: set[int] = set()
    for event in _without_clocks(events):
        number, size = number + 1, size + event.ByteSize()
        if kind := _KINDS.get(event.event_type):
            actions[kind] += 1
        elif event.event_type == EventType.EVENT_TYPE_MARKER_RECORDED:
            local.add(event.marker_recorded_event_attributes.workflow_task_completed_event_id)
        elif event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED:
            actions["activities"] += event.activity_task_started_event_attributes.attempt - 1
    actions["local activities"] = len(local)
    return History(number, size, actions)


def _without_clocks(events: Iterable[HistoryEvent]) -> Iterable[HistoryEvent]:
    """Nobody sets the clock of a directive that runs in real time: the signal, the task that it brings, the timers that
    this sets anew and its look into the outbox are left out."""
    follows = False
    looks: set[int] = set()
    for event in events:
        started = event.activity_task_started_event_attributes.scheduled_event_id
        ended = event.activity_task_completed_event_attributes.scheduled_event_id
        if event.workflow_execution_signaled_event_attributes.signal_name == _CLOCK:
            follows = True
        elif {started, ended} & looks:
            continue
        elif follows and event.event_type in _FOLLOWS_A_CLOCK:
            if event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
                looks.add(event.event_id)
        else:
            follows = False
            yield event
