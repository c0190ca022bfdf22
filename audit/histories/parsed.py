"""Temporal's JSON of a history as its events, in order and without gaps."""

from collections.abc import Iterable
from typing import Any

from google.protobuf.json_format import ParseError
from temporalio.api.common.v1 import Payloads
from temporalio.api.enums.v1 import EventType, TimeoutType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHistory

from audit.histories.broken import HistoryBroken
from audit.histories.runs import Run
from payloads import DATA_CONVERTER, unpacked
from texts.language import gettext as _

_CONVERTER = DATA_CONVERTER.payload_converter


def parsed(run: Run) -> WorkflowHistory:
    """The events of a run. Raises `HistoryBroken` for what is no history, or one from which events are gone or stand
    elsewhere: the replay itself would wait for ever for a beginning."""
    try:
        history = WorkflowHistory.from_json(run.workflow_id, run.history.decode())
    except (ValueError, ParseError, KeyError, TypeError, AttributeError) as error:
        raise HistoryBroken(run.run_id, _("không phải là lịch sử do Temporal ghi (%(error)s)", error=error)) from error
    if not history.events or history.events[0].event_type != EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED:
        raise HistoryBroken(run.run_id, _("không có sự kiện bắt đầu"))
    for number, event in enumerate(history.events, 1):
        if event.event_id != number:
            why = _("ở vị trí này phải là sự kiện số %(number)s: có sự kiện bị xóa, chèn hoặc đổi chỗ", number=number)
            raise HistoryBroken(run.run_id, why, event.event_id)
    return history


def value(payloads: Payloads, kind: Any = None) -> Any:
    """The first value of several payloads as a kind of thing; as plain JSON where none is named; None where there is no
    value. Raises `ValueError` or `RuntimeError` for what is none of the kind."""
    first = next(iter(payloads.payloads), None)
    if first is None:
        return None
    return _CONVERTER.from_payload(unpacked(first), kind) if kind else _CONVERTER.from_payload(unpacked(first))


def interruptions(events: Iterable[HistoryEvent]) -> tuple[int, ...]:
    """The events that say that a workflow task was begun and failed half-way. Of several failures in a row a server
    writes down the first."""
    return tuple(event.event_id for event in events if _interrupts(event))


def _interrupts(event: HistoryEvent) -> bool:
    if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT:
        how = event.workflow_task_timed_out_event_attributes.timeout_type
        return how == TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE  # else nobody had begun it
    return event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED
