"""A register's history, replayed: the same events again, and what is not as it was is named."""

import asyncio
import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from audit.histories.broken import HistoryBroken
from audit.histories.replayed import Replayed, replayed
from audit.histories.runs import Run
from models.event import CascadeClosed, CascadeOpened
from tests.audit import stored
from tests.audit.stored import Events, of_kind, rewritten, run_of

CUT = 289
"""After a workflow task in which event 35 of the register was recorded."""


@pytest.fixture(scope="module")
def whole() -> Replayed:
    """All of it, replayed once."""
    return asyncio.run(replayed([run_of(stored.events())]))


def test_all_that_was_recorded_comes_again_in_order(whole: Replayed) -> None:
    assert [event.seq for event in whole.events] == list(range(1, 61))
    assert isinstance(whole.events[0].fact, CascadeOpened)
    assert isinstance(whole.events[-1].fact, CascadeClosed)
    assert whole.first_plan.cascade_id == stored.DISTRICT
    assert whole.closed
    assert whole.after == 0


def test_events_know_when_they_were_recorded_from_the_history_alone(whole: Replayed) -> None:
    recorded = [event.recorded_at for event in whole.events]
    assert None not in recorded
    assert recorded == sorted(recorded)  # type: ignore[type-var]  # none is None


def test_the_heads_are_those_that_the_record_activity_answered(whole: Replayed) -> None:
    assert whole.heads[60] == "050b07bd2f6744c00ec5c2804fd0c037b6494751dac2ce8e6e899d4f0f050cc3"
    assert set(whole.heads) <= set(range(1, 61))
    assert len(whole.heads) > 50


async def test_a_register_that_runs_still_gives_what_it_has_recorded(whole: Replayed) -> None:
    running = await replayed([run_of(stored.events(CUT))])
    assert not running.closed
    assert running.events == whole.events[: len(running.events)]
    assert max(running.heads) == len(running.events) == 35


def _inserted(events: Events, *more: dict[str, Any]) -> Events:
    """A history with events put in before the task in which event 3 was recorded; all numbers after them move on."""
    at = 71

    def moved(part: Any) -> Any:
        if isinstance(part, list):
            return [moved(item) for item in part]
        if not isinstance(part, dict):
            return part
        return {
            name: str(int(value) + len(more)) if name.lower().endswith("eventid") and int(value) > at else moved(value)
            for name, value in part.items()
        }

    numbered = [
        {"eventId": str(at + number), "eventTime": events[at - 1]["eventTime"], **event}
        for number, event in enumerate(more, 1)
    ]
    return [*events[:at], *numbered, *moved(events[at:])]


def _ended(kind: str, **attributes: str) -> dict[str, Any]:
    """How a task ended that is put in as events 72 to 74."""
    name = f"workflowTask{kind.title().replace('_', '')}EventAttributes"
    return {"eventType": f"EVENT_TYPE_WORKFLOW_TASK_{kind}", name: {"scheduledEventId": "72", **attributes}}


def _taken_over(events: Events, whole: Replayed) -> Events:
    """The register takes event 3 from the record, as it stands there."""
    (answer,) = (
        payload
        for event in of_kind(events, "MARKER_RECORDED")
        if json.loads(base64.b64decode((payload := _payload(event, "details", "result"))["data"])).get("seq") == 3
    )
    third = whole.events[2].model_dump(mode="json")
    rewritten(answer, lambda text: json.dumps({**json.loads(text), "earlier": [third]}))
    return events


@pytest.mark.parametrize(
    ("ended", "untraced"),
    [
        (_ended("FAILED", startedEventId="73"), set()),
        (_ended("TIMED_OUT", startedEventId="73", timeoutType="TIMEOUT_TYPE_START_TO_CLOSE"), set()),
        (_ended("TIMED_OUT", timeoutType="TIMEOUT_TYPE_SCHEDULE_TO_START"), {3}),
    ],
)
async def test_what_was_taken_over_from_the_record_comes_from_an_interrupted_task_or_is_named(
    whole: Replayed, ended: dict[str, Any], untraced: set[int]
) -> None:
    """Nothing can have been recorded in one that nobody had begun."""
    task = [{key: value for key, value in event.items() if key != "eventId"} for event in stored.events(73)[-2:]]
    assert [event["eventType"].rpartition("_")[2] for event in task] == ["SCHEDULED", "STARTED"]
    first_try = task[:1] if untraced else task
    events = _taken_over(stored.events(CUT), whole)
    replay = await replayed([run_of(_inserted(events, *first_try, ended))])
    assert replay.untraced == untraced
    assert replay.events == whole.events[:35]
    assert not replay.interrupted
    ordinary = await replayed([run_of(events)])
    assert ordinary.untraced == {3}


async def test_a_task_interrupted_at_the_end_may_have_left_something_on_record() -> None:
    events = stored.events(CUT)
    task = [{key: value for key, value in event.items() if key != "eventId"} for event in stored.events(73)[-2:]]
    failed = _ended("FAILED", startedEventId="291") | {"eventTime": events[-1]["eventTime"]}
    tail = [event | {"eventId": str(CUT + number)} for number, event in enumerate((*task, failed), 1)]
    assert (await replayed([run_of([*events, *tail])])).interrupted


def _payload(event: dict[str, Any], *path: str) -> dict[str, Any]:
    found: Any = next(value for name, value in event.items() if name.endswith("EventAttributes"))
    for name in path:
        found = found[name]
    payload: dict[str, Any] = found["payloads"][0]
    return payload


def _another_activity(events: Events) -> None:
    of_kind(events, "ACTIVITY_TASK_SCHEDULED")[0]["activityTaskScheduledEventAttributes"]["activityType"]["name"] = "x"


def _another_receipt(events: Events) -> None:
    payload = _payload(of_kind(events, "UPDATE_COMPLETED")[0], "outcome", "success")
    rewritten(payload, lambda text: text.replace('"seq":3', '"seq":4'))


def _another_answer(events: Events) -> None:
    rewritten(_payload(of_kind(events, "MARKER_RECORDED")[2], "details", "result"), lambda _text: '{"seq": 2}')


def _another_command(events: Events) -> None:
    """The directive does not ask that."""
    payload = _payload(of_kind(events, "UPDATE_ACCEPTED")[3], "acceptedRequest", "input", "args")
    rewritten(payload, lambda text: text.replace("commune-plan@", "commune-plans@"))


def _deleted(events: Events) -> None:
    del events[100]


def _swapped(events: Events) -> None:
    events[100], events[101] = events[101], events[100]


def _without_beginning(events: Events) -> None:
    del events[0]


def _before_the_plan(events: Events) -> None:
    del events[2:]


@pytest.mark.parametrize(
    ("change", "event", "words"),
    [
        (_another_activity, 3, "khác với việc sổ theo dõi phải làm"),
        (_another_receipt, 77, "khác với nội dung mà sổ theo dõi đưa ra"),
        (_another_answer, None, "không đọc được dữ liệu"),
        (_another_command, None, "khác với việc sổ theo dõi phải làm"),
        (_deleted, 102, "phải là sự kiện số 101"),
        (_swapped, 102, "phải là sự kiện số 101"),
        (_without_beginning, None, "không có sự kiện bắt đầu"),
        (_before_the_plan, None, "dừng trước khi sổ theo dõi nhận kế hoạch"),
    ],
)
async def test_a_history_that_was_changed_is_named_with_the_event_and_why(
    change: Callable[[Events], None], event: int | None, words: str
) -> None:
    events = stored.events(CUT)
    change(events)
    with pytest.raises(HistoryBroken, match=words) as broken:
        await replayed([run_of(events)])
    assert broken.value.run_id == "the-run"
    assert event is None or broken.value.event == event


async def test_another_outcome_than_the_register_came_to_is_named() -> None:
    events = stored.events()
    rewritten(_payload(events[-1], "result"), lambda text: text.replace("050b", "150b"))
    with pytest.raises(HistoryBroken, match="khác với nội dung") as broken:
        await replayed([run_of(events)])
    assert broken.value.event == len(events)


@pytest.mark.parametrize("content", [b"", b"[]", b'{"events": 3}', b'{"events": [3]}', b"\xff"])
async def test_what_is_no_history_is_named(content: bytes) -> None:
    with pytest.raises(HistoryBroken, match="không phải là lịch sử do Temporal ghi"):
        await replayed([Run(stored.DISTRICT, "the-run", content)])


async def test_a_run_that_does_not_continue_the_one_before_is_named() -> None:
    first, other = stored.events(CUT), stored.events(CUT)
    with pytest.raises(HistoryBroken, match="không tiếp nối lần chạy the-run"):
        await replayed([run_of(first), run_of(other, "other")])


async def test_nothing_replays_as_nothing() -> None:
    with pytest.raises(ValueError, match="no runs"):
        await replayed([])
