"""Whether a history says what its replay did: Temporal compares what happened, not what was said."""

from dataclasses import dataclass
from typing import Any

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHistory

from audit.histories.broken import HistoryBroken
from audit.histories.captured import Captured
from audit.histories.parsed import value
from audit.histories.runs import Run
from models.cascade import CascadeOutcome, CascadeStart
from models.command import Command, Receipt
from texts.language import gettext as _
from texts.language import mark

_PARTS = {
    "plan": mark("kế hoạch theo dõi"),
    "state": mark("trạng thái sổ"),
    "chain_head": mark("mã băm cuối của chuỗi sự kiện"),
}
"""What a run takes along from the one before, as `models.cascade.Carried` has it."""


@dataclass(frozen=True)
class Replay:
    """A run, its history, and what it did again."""

    run: Run
    history: WorkflowHistory
    captured: Captured

    @property
    def continues(self) -> str:
        """The id of the run before; empty for the first."""
        return self.history.events[0].workflow_execution_started_event_attributes.continued_execution_run_id


def agree(replay: Replay) -> None:
    """Compare receipts, what other registers were told, and how the run ended. Raises `HistoryBroken`."""
    told = iter(replay.captured.told)
    for event in replay.history.events:
        match event.event_type:
            case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED:
                completed = event.workflow_execution_update_completed_event_attributes
                if completed.outcome.HasField("success"):
                    given = replay.captured.receipts.get(completed.meta.update_id)
                    _same(replay, event, _read(replay, event, completed.outcome.success, Receipt), given)
            case EventType.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED:
                signal = event.signal_external_workflow_execution_initiated_event_attributes
                written = signal.workflow_execution.workflow_id, _read(replay, event, signal.input, Command)
                _same(replay, event, written, next(told, None))
            case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED:
                result = event.workflow_execution_completed_event_attributes.result
                _same(replay, event, _read(replay, event, result, CascadeOutcome), replay.captured.outcome)
            case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW:
                taken_along = event.workflow_execution_continued_as_new_event_attributes.input
                _same(replay, event, _read(replay, event, taken_along, CascadeStart), replay.captured.renewed)


def begins(replay: Replay) -> None:
    """The first run that is there takes something along only from one before. Raises `HistoryBroken`."""
    start = replay.captured.start
    if start is not None and start.carried is not None and not replay.continues:
        raise HistoryBroken(replay.run.run_id, _("mang theo trạng thái sổ mà không tiếp nối lần chạy nào"), 1)


def follows(replay: Replay, before: Replay) -> None:
    """A run follows another, and begins with what that one ended with. Raises `HistoryBroken`."""
    run_id, left = replay.run.run_id, before.captured.renewed
    if replay.continues != before.run.run_id:
        why = _("không tiếp nối lần chạy %(run)s đứng trước", run=before.run.run_id)
        raise HistoryBroken(run_id, why, 1)
    if left is None:
        raise HistoryBroken(before.run.run_id, _("không kết thúc bằng việc chuyển sang lần chạy sau"))
    if replay.captured.start != left:
        differing = ", ".join(_differing(left, replay.captured.start)) or _("đồng hồ hoặc mã sổ")
        why = _(
            "bắt đầu với nội dung khác khi lần chạy %(run)s kết thúc: %(parts)s", run=before.run.run_id, parts=differing
        )
        raise HistoryBroken(run_id, why, 1)


def _differing(left: CascadeStart, begun: CascadeStart | None) -> list[str]:
    then, now = left.carried, begun.carried if begun else None
    return [_(words) for name, words in _PARTS.items() if getattr(then, name, None) != getattr(now, name, None)]


def _read(replay: Replay, event: HistoryEvent, payloads: Any, kind: Any) -> Any:
    try:
        return value(payloads, kind)
    except (ValueError, RuntimeError) as error:
        why = _("không đọc được dữ liệu (%(detail)s)", detail=error)
        raise HistoryBroken(replay.run.run_id, why, event.event_id) from error


def _same(replay: Replay, event: HistoryEvent, written: Any, done: Any) -> None:
    if written != done:
        why = _("nội dung ghi trong lịch sử khác với nội dung mà sổ theo dõi đưa ra khi chạy lại")
        raise HistoryBroken(replay.run.run_id, why, event.event_id)
