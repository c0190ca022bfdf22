"""What a history comes to: events, and what is billed, without what only a practice clock brings."""

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import (
    ActivityTaskStartedEventAttributes,
    HistoryEvent,
    MarkerRecordedEventAttributes,
    WorkflowExecutionSignaledEventAttributes,
)

from bench.histories import counted

TASK = ("WORKFLOW_TASK_SCHEDULED", "WORKFLOW_TASK_STARTED", "WORKFLOW_TASK_COMPLETED")


def event(number: int, kind: str) -> HistoryEvent:
    return HistoryEvent(event_id=number, event_type=EventType.Value(f"EVENT_TYPE_{kind}"))


def history(*kinds: str) -> list[HistoryEvent]:
    return [event(number, kind) for number, kind in enumerate(kinds, 1)]


def signal(name: str) -> HistoryEvent:
    told = event(90, "WORKFLOW_EXECUTION_SIGNALED")
    told.workflow_execution_signaled_event_attributes.CopyFrom(
        WorkflowExecutionSignaledEventAttributes(signal_name=name)
    )
    return told


def marker(task: int) -> HistoryEvent:
    found = event(91, "MARKER_RECORDED")
    found.marker_recorded_event_attributes.CopyFrom(
        MarkerRecordedEventAttributes(workflow_task_completed_event_id=task)
    )
    return found


def test_each_kind_is_billed_by_its_event() -> None:
    kinds = (
        "WORKFLOW_EXECUTION_STARTED",
        *TASK,
        "START_CHILD_WORKFLOW_EXECUTION_INITIATED",
        "TIMER_STARTED",
        "WORKFLOW_EXECUTION_UPDATE_ACCEPTED",
        "ACTIVITY_TASK_SCHEDULED",
        "UPSERT_WORKFLOW_SEARCH_ATTRIBUTES",
        "TIMER_FIRED",
    )
    found = counted([*history(*kinds), signal("relay")])
    assert found.events == 11
    assert found.size > 11
    assert +found.actions == {
        "starts": 2, "timers": 1, "updates": 1, "activities": 1, "search attributes": 1, "signals": 1,
    }  # fmt: skip


def test_local_activities_of_one_task_are_one_action() -> None:
    assert counted([marker(4), marker(4), marker(9)]).actions["local activities"] == 2


def test_a_second_try_of_an_activity_is_another_action() -> None:
    started = event(6, "ACTIVITY_TASK_STARTED")
    started.activity_task_started_event_attributes.CopyFrom(
        ActivityTaskStartedEventAttributes(scheduled_event_id=5, attempt=3)
    )
    assert counted([event(5, "ACTIVITY_TASK_SCHEDULED"), started]).actions["activities"] == 3


def test_what_a_practice_clock_brings_is_left_out() -> None:
    looked = event(5, "ACTIVITY_TASK_SCHEDULED")
    started, done = event(6, "ACTIVITY_TASK_STARTED"), event(7, "ACTIVITY_TASK_COMPLETED")
    started.activity_task_started_event_attributes.scheduled_event_id = 5
    done.activity_task_completed_event_attributes.scheduled_event_id = 5
    clock = [signal("set_clock"), *history(*TASK, "TIMER_CANCELED"), looked, event(8, "TIMER_STARTED"), started, done]
    found = counted([*clock, event(9, "TIMER_FIRED")])
    assert found.events == 1
    assert not +found.actions
