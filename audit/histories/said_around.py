"""What happens around a register's own decisions in words: hours, activities, other registers, and the machine."""

from datetime import UTC

from temporalio.api.common.v1 import Payloads, WorkflowExecution
from temporalio.api.enums.v1 import EventType, RetryState, TimeoutType, WorkflowTaskFailedCause
from temporalio.api.history.v1 import HistoryEvent

import naming
from audit.histories.said_register import reason
from audit.histories.telling import Said, StepKind, Telling, plain, says, short
from audit.story.attempts import command_words
from models.cascade import CascadeOutcome
from models.command import Command
from models.delivery import Delivered
from rules.words import moment
from texts.language import gettext as _
from texts.language import mark, ngettext

ACTIVITIES = {
    "deliver": mark("gửi thư"),
    "close_directive": mark("đóng việc theo dõi văn bản"),
    "issue_summary": mark("lập báo cáo tổng kết"),
    "issue_report": mark("lập báo cáo định kỳ, sơ kết"),
    "archive_closed": mark("lưu trữ các sổ đã khóa"),
    "anchor": mark("ghi mã chuỗi trong ngày"),
}
"""The activities that leave a trace of their own, by name."""

_MAIL_LEAVES = "thư đi"
"""How the summary of the postman's timers begins (workflows/postman.py)."""


@says(EventType.EVENT_TYPE_TIMER_STARTED)
def _timer(event: HistoryEvent, telling: Telling) -> Said:
    rings = event.event_time.ToDatetime(UTC) + event.timer_started_event_attributes.start_to_fire_timeout.ToTimedelta()
    at = moment(telling.business(rings))
    if str(plain(Payloads(payloads=[event.user_metadata.summary]))).startswith(_MAIL_LEAVES):
        return Said(StepKind.TIMER, _("Hẹn giờ gửi thư: %(moment)s.", moment=at))
    return Said(StepKind.TIMER, _("Hẹn giờ cho bước tiếp theo: %(moment)s.", moment=at))


@says(EventType.EVENT_TYPE_TIMER_FIRED)
def _rang(event: HistoryEvent, telling: Telling) -> Said:  # noqa: ARG001 - every sayer gets it
    return Said(StepKind.TIMER, _("Đến giờ đã hẹn."))


@says(EventType.EVENT_TYPE_TIMER_CANCELED)
def _unset(event: HistoryEvent, telling: Telling) -> Said:  # noqa: ARG001
    return Said(StepKind.TIMER, _("Bỏ giờ đã hẹn."))


@says(EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
def _scheduled(event: HistoryEvent, telling: Telling) -> Said:
    return Said(StepKind.ACTIVITY, _("Giao việc: %(what)s.", what=_activity(event.event_id, telling)))


@says(EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED)
def _tried(event: HistoryEvent, telling: Telling) -> Said | None:
    """Only another try: the first says no more than that the work was given."""
    started = event.activity_task_started_event_attributes
    if started.attempt <= 1:
        return None
    words = _(
        "Lần thử thứ %(number)s: %(what)s. Lần trước không được: %(why)s",
        number=started.attempt,
        what=_activity(started.scheduled_event_id, telling),
        why=reason(started.last_failure),
    )
    return Said(StepKind.ACTIVITY, words)


@says(EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED)
def _done(event: HistoryEvent, telling: Telling) -> Said:
    done = event.activity_task_completed_event_attributes
    if _name(done.scheduled_event_id, telling) != "deliver":
        return Said(StepKind.ACTIVITY, _("Xong việc: %(what)s.", what=_activity(done.scheduled_event_id, telling)))
    delivered: Delivered | None = plain(done.result, Delivered)
    sent = delivered.sent if delivered else 0
    words = ngettext("Đã gửi %(num)s thư.", "Đã gửi %(num)s thư.", sent)
    refused = delivered.refused if delivered else ()
    more = tuple(
        _(
            "Địa chỉ %(email)s của %(unit)s không nhận được thư: “%(words)s”.",
            email=one.email,
            unit=telling.unit(one.unit),
            words=one.words,
        )
        for one in refused
    )
    return Said(StepKind.ACTIVITY, words, more)


@says(
    EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED,
    EventType.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT,
    EventType.EVENT_TYPE_ACTIVITY_TASK_CANCELED,
)
def _undone(event: HistoryEvent, telling: Telling) -> Said:
    if event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_CANCELED:
        number = event.activity_task_canceled_event_attributes.scheduled_event_id
        return Said(StepKind.ACTIVITY, _("Thôi việc: %(what)s.", what=_activity(number, telling)))
    failed = (
        event.activity_task_failed_event_attributes
        if event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED
        else event.activity_task_timed_out_event_attributes
    )
    what, why = _activity(failed.scheduled_event_id, telling), reason(failed.failure)
    return Said(StepKind.ACTIVITY, _("Không xong việc: %(what)s. %(why)s", what=what, why=why))


@says(EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED)
def _child_asked(event: HistoryEvent, telling: Telling) -> Said:
    child = event.start_child_workflow_execution_initiated_event_attributes.workflow_id
    return Said(StepKind.NEIGHBOUR, _("Mở sổ cấp dưới của %(unit)s.", unit=telling.register(child)))


@says(EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED)
def _child_started(event: HistoryEvent, telling: Telling) -> Said:
    child = event.child_workflow_execution_started_event_attributes.workflow_execution
    words = _("Sổ của %(unit)s đã mở (lần chạy %(run)s).", unit=telling.register(child.workflow_id), run=child.run_id)
    return Said(StepKind.NEIGHBOUR, words)


@says(EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_FAILED)
def _child_not_started(event: HistoryEvent, telling: Telling) -> Said:
    child = event.start_child_workflow_execution_failed_event_attributes.workflow_id
    return Said(StepKind.NEIGHBOUR, _("Sổ của %(unit)s đã mở từ trước.", unit=telling.register(child)))


@says(EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_COMPLETED)
def _child_ended(event: HistoryEvent, telling: Telling) -> Said:
    child = event.child_workflow_execution_completed_event_attributes
    outcome: CascadeOutcome | None = plain(child.result, CascadeOutcome)
    words = ngettext(
        "Sổ của %(unit)s kết thúc với %(num)s sự kiện, mã băm cuối %(hash)s.",
        "Sổ của %(unit)s kết thúc với %(num)s sự kiện, mã băm cuối %(hash)s.",
        outcome.events if outcome else 0,
        unit=telling.register(child.workflow_execution.workflow_id),
        hash=short(outcome.chain_head) if outcome else "?",
    )
    return Said(StepKind.NEIGHBOUR, words)


@says(
    EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_FAILED,
    EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_CANCELED,
    EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_TIMED_OUT,
    EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_TERMINATED,
)
def _child_broken_off(event: HistoryEvent, telling: Telling) -> Said:
    attributes = getattr(event, event.WhichOneof("attributes") or "")
    child: WorkflowExecution = attributes.workflow_execution
    words = _("Sổ của %(unit)s dừng giữa chừng (%(how)s).", unit=telling.register(child.workflow_id), how=named(event))
    return Said(StepKind.NEIGHBOUR, words)


@says(EventType.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED)
def _told(event: HistoryEvent, telling: Telling) -> Said:
    signal = event.signal_external_workflow_execution_initiated_event_attributes
    command: Command | None = plain(signal.input, Command)
    to = telling.register(signal.workflow_execution.workflow_id)
    what = command_words(command.kind) if command else signal.signal_name
    return Said(StepKind.NEIGHBOUR, _("Gửi lệnh sang sổ của %(unit)s: %(what)s.", unit=to, what=what))


@says(EventType.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED)
def _not_told(event: HistoryEvent, telling: Telling) -> Said:
    to = event.signal_external_workflow_execution_failed_event_attributes.workflow_execution.workflow_id
    return Said(StepKind.NEIGHBOUR, _("Không báo được cho sổ của %(unit)s: sổ đó đã hết.", unit=telling.register(to)))


@says(EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES)
def _shown(event: HistoryEvent, telling: Telling) -> Said:  # noqa: ARG001
    fields = event.upsert_workflow_search_attributes_event_attributes.search_attributes.indexed_fields
    known = {name: payload.data.decode(errors="replace") for name, payload in fields.items()}
    overdue = known.get(naming.ATTRIBUTE_OVERDUE, "?")
    if known.get(naming.ATTRIBUTE_STATE) == '"closed"':
        return Said(StepKind.RUN, _("Sổ theo dõi đã khóa; nhiệm vụ quá hạn: %(late)s.", late=overdue))
    return Said(StepKind.RUN, _("Số nhiệm vụ đang quá hạn: %(late)s.", late=overdue))


@says(EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED)
def _task_failed(event: HistoryEvent, telling: Telling) -> Said:  # noqa: ARG001
    failed = event.workflow_task_failed_event_attributes
    match failed.cause:
        case WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND:
            return Said(StepKind.TASK, _("Có việc mới đến trong khi đang kết thúc: làm lại bước vừa làm."))
        case WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW:
            words = _("Người quản trị đưa luồng việc về một bước trước: %(why)s", why=reason(failed.failure))
            return Said(StepKind.TASK, words)
    return Said(StepKind.TASK, _("Một bước xử lý bị lỗi và được làm lại: %(why)s", why=reason(failed.failure)))


@says(EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT)
def _task_timed_out(event: HistoryEvent, telling: Telling) -> Said | None:  # noqa: ARG001
    """Not where nobody had begun it: another worker took it."""
    if event.workflow_task_timed_out_event_attributes.timeout_type != TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE:
        return None
    return Said(StepKind.TASK, _("Tiến trình xử lý dừng giữa chừng, bước đó được làm lại."))


@says(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED)
def _terminated(event: HistoryEvent, telling: Telling) -> Said:  # noqa: ARG001
    ended = event.workflow_execution_terminated_event_attributes
    by, why = ended.identity or "?", ended.reason or _("không nêu lý do")
    return Said(StepKind.RUN, _("Người quản trị (%(by)s) chấm dứt luồng việc: %(why)s.", by=by, why=why))


@says(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED)
def _failed(event: HistoryEvent, telling: Telling) -> Said:  # noqa: ARG001
    failed = event.workflow_execution_failed_event_attributes
    why = reason(failed.failure)
    if failed.retry_state == RetryState.RETRY_STATE_IN_PROGRESS:
        return Said(StepKind.RUN, _("Luồng việc hỏng và chạy lại: %(why)s", why=why))
    return Said(StepKind.RUN, _("Luồng việc hỏng: %(why)s", why=why))


def named(event: HistoryEvent) -> str:
    """Temporal's own name of an event's kind; its number where this version of Temporal does not know it."""
    known = event.event_type in EventType.values()
    return EventType.Name(event.event_type).removeprefix("EVENT_TYPE_") if known else str(event.event_type)


def _name(scheduled: int, telling: Telling) -> str:
    before = telling.before.get(scheduled)
    return before.activity_task_scheduled_event_attributes.activity_type.name if before else ""


def _activity(scheduled: int, telling: Telling) -> str:
    name = _name(scheduled, telling)
    return _(ACTIVITIES[name]) if name in ACTIVITIES else f"«{name or '?'}»"
