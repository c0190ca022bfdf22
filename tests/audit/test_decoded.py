"""A history of Temporal in words: what was asked, recorded, sent and waited for."""

import asyncio
from typing import Any

import pytest

from audit.histories.decoded import SILENT, Step, decoded
from audit.histories.replayed import Replayed, replayed
from audit.histories.telling import SAYERS
from models.cascade import CascadeStart
from models.clock import Clock
from rules.refusals import Reason
from tests import small
from tests.audit import stored
from tests.audit.stored import numbered, packed, run_of
from texts.language import Language, speaking

NAMES = {"480-ldtbxh": "Phòng LĐTBXH thị xã Hương Trà", "46-ldtbxh": "Sở LĐTBXH", "20011-ubnd": "UBND xã Hương Phong"}


@pytest.fixture(scope="module")
def whole() -> Replayed:
    """All of the stored history, replayed once."""
    return asyncio.run(replayed([run_of(stored.events())]))


@pytest.fixture(scope="module")
def steps(whole: Replayed) -> tuple[Step, ...]:
    return decoded([run_of(stored.events())], whole, NAMES)


def words(steps: tuple[Step, ...], kind: str) -> list[str]:
    return [step.said.words for step in steps if step.type == kind]


def test_an_update_is_told_as_what_it_brought(steps: tuple[Step, ...]) -> None:
    (said,) = (step.said for step in steps if step.event == 101)
    assert said.words.startswith("UBND xã Hương Phong nộp Kế hoạch")
    assert "113/KH-UBND" in said.words
    assert said.seqs == (7,)


def test_every_event_of_the_register_is_told_once(steps: tuple[Step, ...], whole: Replayed) -> None:
    recorded = [step for step in steps if step.said.kind == "record" and step.said.seqs]
    assert [seq for step in recorded for seq in step.said.seqs] == [event.seq for event in whole.events]
    brought = [seq for step in steps if step.said.kind in {"command", "signal"} for seq in step.said.seqs]
    assert len(brought) == len(set(brought))
    by_time = sum(len(step.said.more) for step in recorded)
    assert len(brought) + by_time == len(whole.events)


def test_a_refused_command_says_why(steps: tuple[Step, ...]) -> None:
    assert words(steps, "WORKFLOW_EXECUTION_UPDATE_COMPLETED") == [
        "20041-ubnd gửi lệnh nộp kết quả: bị từ chối. Đơn vị đã nộp kết quả; nội dung đang chờ cấp trên xác nhận."
    ]


def test_a_signal_without_effect_says_so(steps: tuple[Step, ...]) -> None:
    assert (
        "Sổ theo dõi của Sở LĐTBXH gửi lệnh báo cho cấp dưới văn bản đã được xác nhận: không có hiệu lực, "
        "sổ không ghi gì."
    ) in words(steps, "WORKFLOW_EXECUTION_SIGNALED")


def test_timers_are_told_in_business_time_by_the_clock_of_the_moment(steps: tuple[Step, ...]) -> None:
    first, after_the_clock_was_held, *_ = words(steps, "TIMER_STARTED")
    assert first == "Hẹn giờ cho bước tiếp theo: 01:20 ngày 01/07/2020."
    assert after_the_clock_was_held == "Hẹn giờ cho bước tiếp theo: 08:00 ngày 30/06/2020."
    assert "Hẹn giờ gửi thư: 13:19 ngày 30/04/2020." in words(steps, "TIMER_STARTED")
    held = [step.business for step in steps if 100 <= step.event < 290]
    assert max(held) - min(held) < max(step.at for step in steps) - min(step.at for step in steps)


def test_beginning_and_end_are_told(steps: tuple[Step, ...]) -> None:
    assert steps[0].said.words == ("Sổ theo dõi của Phòng LĐTBXH thị xã Hương Trà bắt đầu, do sổ của Sở LĐTBXH mở.")
    assert steps[-1].said.words == "Sổ theo dõi kết thúc với 60 sự kiện, mã băm cuối 050b07bd2f67…."


def test_without_a_replay_steps_say_what_was_asked() -> None:
    told = decoded([run_of(stored.events(110))], None, NAMES)
    assert "UBND xã Hương Phong gửi lệnh nộp kết quả." in words(told, "WORKFLOW_EXECUTION_UPDATE_ACCEPTED")


def _start() -> dict[str, Any]:
    clock = Clock.ordinary(small.STARTS)
    start = CascadeStart(cascade_id=small.cascade(small.TOP), clock=clock)
    attributes = {"input": {"payloads": [packed(start.model_dump_json())]}, "originalExecutionRunId": "the-run"}
    return {
        "eventType": "EVENT_TYPE_WORKFLOW_EXECUTION_STARTED",
        "workflowExecutionStartedEventAttributes": attributes,
    }


def _event(kind: str, **attributes: Any) -> dict[str, Any]:
    first, *more = kind.lower().split("_")
    name = "".join([first, *(part.capitalize() for part in more)])
    return {"eventType": f"EVENT_TYPE_{kind}", f"{name}EventAttributes": attributes}


_FAILED = {"message": "connection refused", "applicationFailureInfo": {"type": "OperationalError"}}
_REFUSED = {"applicationFailureInfo": {"type": Reason.CLOSED}}
_CHILD = {"workflowExecution": {"workflowId": small.cascade(small.HIGH), "runId": "r"}}


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (_event("WORKFLOW_TASK_FAILED", failure=_FAILED), "Một bước xử lý bị lỗi và được làm lại: connection refused."),
        (
            _event("WORKFLOW_TASK_FAILED", cause="WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND"),
            "Có việc mới đến trong khi đang kết thúc: làm lại bước vừa làm.",
        ),
        (
            _event("WORKFLOW_TASK_FAILED", cause="WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW", failure=_FAILED),
            "Người quản trị đưa luồng việc về một bước trước: connection refused.",
        ),
        (
            _event("WORKFLOW_TASK_TIMED_OUT", timeoutType="TIMEOUT_TYPE_START_TO_CLOSE"),
            "Tiến trình xử lý dừng giữa chừng, bước đó được làm lại.",
        ),
        (_event("WORKFLOW_TASK_TIMED_OUT", timeoutType="TIMEOUT_TYPE_SCHEDULE_TO_START"), None),
        (
            _event("WORKFLOW_EXECUTION_TERMINATED", reason="nhập nhầm", identity="admin@may"),
            "Người quản trị (admin@may) chấm dứt luồng việc: nhập nhầm.",
        ),
        (_event("WORKFLOW_EXECUTION_FAILED", failure=_FAILED), "Luồng việc hỏng: connection refused."),
        (_event("CHILD_WORKFLOW_EXECUTION_STARTED", **_CHILD), "Sổ của Phòng Cao đã mở (lần chạy r)."),
        (
            _event("START_CHILD_WORKFLOW_EXECUTION_FAILED", workflowId=small.cascade(small.HIGH)),
            "Sổ của Phòng Cao đã mở từ trước.",
        ),
        (
            _event("CHILD_WORKFLOW_EXECUTION_TERMINATED", **_CHILD),
            "Sổ của Phòng Cao dừng giữa chừng (CHILD_WORKFLOW_EXECUTION_TERMINATED).",
        ),
        (
            _event("SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED", **_CHILD),
            "Không báo được cho sổ của Phòng Cao: sổ đó đã hết.",
        ),
        (
            _event("WORKFLOW_EXECUTION_SIGNALED", signalName="hello", input={"payloads": [packed('"x"')]}),
            "Nhận tín hiệu «hello».",
        ),
        (
            _event("WORKFLOW_EXECUTION_UPDATE_COMPLETED", outcome={"failure": _REFUSED}),
            "Lệnh: bị từ chối. Sổ theo dõi văn bản này đã khóa; không nhận thêm kết quả.",
        ),
        (
            _event("MARKER_RECORDED", markerName="core_patch", details={"data": {"payloads": [packed('{"id": "a"}')]}}),
            'Đánh dấu «core_patch»: {"id": "a"}.',
        ),
        (
            _event("WORKFLOW_EXECUTION_CANCEL_REQUESTED", identity="x"),
            "Sự kiện khác của Temporal: WORKFLOW_EXECUTION_CANCEL_REQUESTED.",
        ),
        ({"eventType": "EVENT_TYPE_FROM_NEXT_YEAR"}, "Sự kiện khác của Temporal: FROM_NEXT_YEAR."),
        ({"eventType": 999}, "Sự kiện khác của Temporal: 999."),
    ],
)  # fmt: skip
def test_what_seldom_happens_has_words_too(event: dict[str, Any], expected: str | None) -> None:
    told = decoded([run_of(numbered(_start(), event))], None, {small.HIGH: "Phòng Cao"})
    assert [step.said.words for step in told[1:]] == ([] if expected is None else [expected])


def test_an_activity_that_fails_is_told_by_what_it_was_for() -> None:
    history = numbered(
        _start(),
        _event("ACTIVITY_TASK_SCHEDULED", activityType={"name": "deliver"}),
        _event("ACTIVITY_TASK_STARTED", scheduledEventId="2", attempt=3, lastFailure=_FAILED),
        _event("ACTIVITY_TASK_TIMED_OUT", scheduledEventId="2", failure={"message": "heartbeat timeout"}),
        _event("ACTIVITY_TASK_CANCELED", scheduledEventId="2"),
    )
    assert [step.said.words for step in decoded([run_of(history)], None, {})[1:]] == [
        "Giao việc: gửi thư.",
        "Lần thử thứ 3: gửi thư. Lần trước không được: connection refused.",
        "Không xong việc: gửi thư. heartbeat timeout.",
        "Thôi việc: gửi thư.",
    ]


def test_a_history_of_temporals_own_tools_is_read_too() -> None:
    """They write the kinds of events in another way."""
    start = {**_start(), "eventType": "WorkflowExecutionStarted"}
    assert len(decoded([run_of(numbered(start, {"eventType": "WorkflowTaskScheduled"}))], None, {})) == 1


def test_it_is_told_in_english_too(whole: Replayed) -> None:
    with speaking(Language.ENGLISH):
        told = decoded([run_of(stored.events())], whole, {})
    assert told[-1].said.words == "The register ends with 60 events, last hash 050b07bd2f67…."
    assert words(told, "WORKFLOW_EXECUTION_UPDATE_COMPLETED")[0].startswith("20041-ubnd commands: ")


def test_what_is_said_and_what_is_passed_over_in_silence_are_different_things() -> None:
    assert not SAYERS.keys() & SILENT
