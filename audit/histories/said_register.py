"""A register's own life in words: how it begins, what it is asked, what it records, how it ends."""

import json
from typing import Any

from temporalio.api.enums.v1 import EventType
from temporalio.api.failure.v1 import Failure
from temporalio.api.history.v1 import HistoryEvent, MarkerRecordedEventAttributes

from audit.histories.telling import Said, StepKind, Telling, plain, says, short
from audit.story.attempts import command_words
from models.actor import ActorKind
from models.cascade import CascadeOutcome, CascadeStart
from models.clock import Clock
from models.command import Command
from models.plan import CascadePlan
from models.recorded import Recorded
from rules.refusals import WORDS, Reason
from rules.words import capital
from texts.language import gettext as _
from texts.language import ngettext


@says(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED)
def _started(event: HistoryEvent, telling: Telling) -> Said:
    started = event.workflow_execution_started_event_attributes
    start: CascadeStart | None = plain(started.input, CascadeStart)
    if start is None:
        return Said(StepKind.RUN, _("Luồng việc «%(name)s» bắt đầu.", name=started.workflow_type.name))
    telling.clock = start.clock
    unit = telling.register(start.cascade_id)
    if start.carried is not None:
        telling.recorded = seq = start.carried.state.seq
        words = _(
            "Sổ theo dõi của %(unit)s tiếp tục ở lần chạy mới, sau sự kiện %(seq)s, mã băm %(hash)s.",
            unit=unit,
            seq=seq,
            hash=short(start.carried.chain_head),
        )
        return Said(StepKind.RUN, words)
    if above := started.parent_workflow_execution.workflow_id:
        by = telling.register(above)
        return Said(StepKind.RUN, _("Sổ theo dõi của %(unit)s bắt đầu, do sổ của %(by)s mở.", unit=unit, by=by))
    return Said(StepKind.RUN, _("Sổ theo dõi của %(unit)s bắt đầu.", unit=unit))


@says(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED)
def _accepted(event: HistoryEvent, telling: Telling) -> Said:
    request = event.workflow_execution_update_accepted_event_attributes.accepted_request
    command: Command | None = plain(request.input.args, Command)
    if command is None:
        words = _("Nhận lệnh «%(name)s» mà nội dung không đọc được.", name=request.input.name)
        return Said(StepKind.COMMAND, words)
    said = _brought(StepKind.COMMAND, command, telling)
    if said is None:
        telling.asked[request.meta.update_id] = command
        return Said(StepKind.COMMAND, f"{_asked(command, telling)}.")
    return said


@says(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED)
def _completed(event: HistoryEvent, telling: Telling) -> Said | None:
    """Only where the command brought nothing: a receipt says no more than the step before it."""
    completed = event.workflow_execution_update_completed_event_attributes
    command = telling.asked.pop(completed.meta.update_id, None)
    if completed.outcome.HasField("failure"):
        asked = _asked(command, telling) if command else _("Lệnh")
        why = reason(completed.outcome.failure)
        return Said(StepKind.COMMAND, _("%(asked)s: bị từ chối. %(why)s", asked=asked, why=why))
    if command is None or telling.account is None:
        return None
    return Said(StepKind.COMMAND, _("%(asked)s: không có hiệu lực, sổ không ghi gì.", asked=_asked(command, telling)))


@says(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)
def _signaled(event: HistoryEvent, telling: Telling) -> Said:
    signal = event.workflow_execution_signaled_event_attributes
    if signal.signal_name == "set_clock":
        clock: Clock | None = plain(signal.input, Clock)
        if clock is not None:
            telling.clock = clock
            speed = f"{clock.speed:.10g}"
            return Said(StepKind.SIGNAL, _("Đồng hồ tập dượt chạy bằng %(speed)s lần giờ thật.", speed=speed))
    command: Command | None = plain(signal.input, Command)
    if command is None:
        return Said(StepKind.SIGNAL, _("Nhận tín hiệu «%(name)s».", name=signal.signal_name))
    said = _brought(StepKind.SIGNAL, command, telling)
    if said is not None:
        return said
    asked = _asked(command, telling)
    if telling.account is None:
        return Said(StepKind.SIGNAL, f"{asked}.")
    if refused := telling.account.refusal(command, telling.recorded):
        return Said(StepKind.SIGNAL, _("%(asked)s: bị từ chối. %(why)s", asked=asked, why=_(WORDS[Reason(refused)])))
    return Said(StepKind.SIGNAL, _("%(asked)s: không có hiệu lực, sổ không ghi gì.", asked=asked))


@says(EventType.EVENT_TYPE_MARKER_RECORDED)
def _marker(event: HistoryEvent, telling: Telling) -> Said:
    marker = event.marker_recorded_event_attributes
    data: dict[str, Any] = plain(marker.details["data"]) if "data" in marker.details else {}
    match marker.marker_name, (data or {}).get("activity_type"):
        case "core_local_activity", "record":
            return _recorded(marker, telling)
        case "core_local_activity", "load_plan":
            return _loaded(marker)
    return Said(StepKind.OTHER, _("Đánh dấu «%(name)s»: %(data)s.", name=marker.marker_name, data=json.dumps(data)))


@says(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW)
def _renewed(event: HistoryEvent, telling: Telling) -> Said:
    renewed = event.workflow_execution_continued_as_new_event_attributes
    start: CascadeStart | None = plain(renewed.input, CascadeStart)
    seq = start.carried.state.seq if start and start.carried else telling.recorded
    words = _(
        "Chuyển sang lần chạy mới %(run)s, mang theo sổ đến sự kiện %(seq)s.",
        run=renewed.new_execution_run_id,
        seq=seq,
    )
    return Said(StepKind.RUN, words)


@says(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED)
def _ended(event: HistoryEvent, telling: Telling) -> Said:  # noqa: ARG001 - every sayer gets it
    outcome = plain(event.workflow_execution_completed_event_attributes.result, CascadeOutcome)
    if outcome is None:
        return Said(StepKind.RUN, _("Luồng việc kết thúc."))
    words = ngettext(
        "Sổ theo dõi kết thúc với %(num)s sự kiện, mã băm cuối %(hash)s.",
        "Sổ theo dõi kết thúc với %(num)s sự kiện, mã băm cuối %(hash)s.",
        outcome.events,
        hash=short(outcome.chain_head),
    )
    return Said(StepKind.RUN, words)


def reason(failure: Failure) -> str:
    """Why something failed: a refusal of the rules in their words, everything else as it was said."""
    known = failure.application_failure_info.type
    if known in list(Reason):
        return _(WORDS[Reason(known)])
    inner = f" ({failure.cause.message})" if failure.HasField("cause") else ""
    return f"{failure.message.removesuffix('.')}{inner}."


def _brought(kind: StepKind, command: Command, telling: Telling) -> Said | None:
    """What a command brought, in the words of its events; None where it brought nothing that is known."""
    if telling.account is None:
        return None
    told = telling.account.of(command.id)
    if told:
        first, *more = (one.words for one in told)
        return Said(kind, first, tuple(more), tuple(one.entry.seq for one in told))
    if known := telling.account.seqs(command.id):
        asked = _asked(command, telling)
        words = _("%(asked)s: việc này đã ghi sổ (sự kiện %(seq)s), không ghi lại.", asked=asked, seq=known[0])
        return Said(kind, words)
    return None


def _asked(command: Command, telling: Telling) -> str:
    """Who asks what, as the beginning of a sentence."""
    unit = telling.unit(command.actor.unit)
    by = _("sổ theo dõi của %(unit)s", unit=unit) if command.actor.kind is ActorKind.CASCADE else unit
    return capital(_("%(who)s gửi lệnh %(what)s", who=by, what=command_words(command.kind)))


def _recorded(marker: MarkerRecordedEventAttributes, telling: Telling) -> Said:
    recorded: Recorded | None = plain(marker.details["result"], Recorded) if "result" in marker.details else None
    if recorded is None:
        why = reason(marker.failure) if marker.HasField("failure") else _("Không đọc được kết quả.")
        return Said(StepKind.RECORD, _("Chưa ghi được vào sổ, sẽ thử lại: %(why)s", why=why))
    first, telling.recorded = telling.recorded + 1, max(telling.recorded, recorded.seq)
    told = telling.account.until(recorded.seq) if telling.account else ()
    numbers = str(first) if first >= recorded.seq else f"{first}–{recorded.seq}"
    place = {"numbers": numbers, "hash": short(recorded.chain_head)}
    if recorded.earlier:
        words = _("Nhận lại sự kiện %(numbers)s do một lần ghi bị ngắt để lại, mã băm %(hash)s.", **place)
    else:
        words = _("Đã ghi vào sổ sự kiện %(numbers)s, mã băm %(hash)s.", **place)
    more = tuple(one.words for one in told)
    return Said(StepKind.RECORD, words, more, tuple(range(min(first, recorded.seq), recorded.seq + 1)))


def _loaded(marker: MarkerRecordedEventAttributes) -> Said:
    plan: CascadePlan | None = plain(marker.details["result"], CascadePlan) if "result" in marker.details else None
    if plan is None:
        why = reason(marker.failure) if marker.HasField("failure") else _("Không đọc được kết quả.")
        return Said(StepKind.RECORD, _("Chưa nhận được kế hoạch theo dõi, sẽ thử lại: %(why)s", why=why))
    words = _(
        "Nhận kế hoạch theo dõi văn bản %(number)s: %(duties)s nhiệm vụ của %(units)s đơn vị.",
        number=plan.number,
        duties=len(plan.duties),
        units=len({duty.unit for duty in plan.duties}),
    )
    return Said(StepKind.RECORD, words)
