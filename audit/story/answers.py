"""Words for answers and what is decided on them."""

from audit.story.people import who
from audit.story.scene import Scene, because, said
from audit.story.sentence import sentence
from models.answer import Answer
from models.event import (
    Accepted,
    Acknowledged,
    Endorsed,
    EvidenceShared,
    FiguresCompleted,
    Returned,
    Submitted,
    TakenOver,
)
from models.obligation import Outcome, unit_of
from rules.calendar import WorkingCalendar, last_day, local_day
from rules.words import OUTCOMES, day
from texts.language import gettext as _
from texts.language import ngettext

_CALENDAR = WorkingCalendar()


@sentence.register
def _acknowledged(fact: Acknowledged, scene: Scene) -> str:
    owed = ngettext("%(num)s nhiệm vụ", "%(num)s nhiệm vụ", len(fact.obligations))
    return _("%(who)s xác nhận đã nhận văn bản (%(owed)s)", who=who(scene), owed=owed)


@sentence.register
def _submitted(fact: Submitted, scene: Scene) -> str:
    key, unit = fact.obligation, unit_of(fact.obligation)
    values = {"who": who(scene), "what": _what(scene, key, fact.answer), "number": fact.submission}
    values["thing"] = scene.asked(key.rpartition("@")[0])
    if fact.received_at is not None:
        on = day(local_day(fact.received_at))
        words = _(
            "%(who)s ghi thay %(unit)s văn bản giấy nhận ngày %(day)s: nộp %(what)s cho yêu cầu %(thing)s "
            "(lần %(number)s)",
            unit=scene.unit(unit),
            day=on,
            **values,
        )
        return words + _lateness(fact, scene) + because(fact.reason)
    if fact.answer.existing:
        words = _("%(who)s khai báo đã có %(what)s cho yêu cầu %(thing)s (lần %(number)s)", **values)
    else:
        words = _("%(who)s nộp %(what)s cho yêu cầu %(thing)s (lần %(number)s)", **values)
    return words + _lateness(fact, scene)


def late_by(fact: Submitted, scene: Scene) -> int | None:
    """By how many working days an answer came after its due day as that held then; None where it came in time."""
    due, came = scene.due(fact.obligation), fact.received_at or scene.at
    if due is None or came < due:
        return None
    return max(0, _CALENDAR.count(last_day(due), local_day(came)))


def _lateness(fact: Submitted, scene: Scene) -> str:
    days = late_by(fact, scene)
    if days is None:
        return ""
    if not days:
        return _(", quá hạn, trước ngày làm việc tiếp theo")
    return ngettext(", quá hạn %(num)s ngày làm việc", ", quá hạn %(num)s ngày làm việc", days)


def _what(scene: Scene, key: str, answer: Answer) -> str:
    """What was handed in: the document, or the result with its figures and files."""
    if answer.document is not None:
        named = scene.paper(key, answer.document)
    elif answer.held is not None:
        named = _("kết quả «%(event)s» ngày %(day)s", event=answer.held.name, day=day(answer.held.date))
    elif answer.no_comment:
        named = _("ý kiến: không có nội dung góp ý, kiến nghị")
    else:
        named = _("kết quả")
    parts = [_people(answer), _number_of_files(answer)]
    details = ", ".join(filter(None, parts))
    return f"{named} [{details}]" if details else named


def _people(answer: Answer) -> str:
    if answer.total is None:
        return ""
    if answer.men is None or answer.women is None:
        return ngettext("%(num)s người", "%(num)s người", answer.total)
    return _("%(total)s người: %(men)s nam, %(women)s nữ", total=answer.total, men=answer.men, women=answer.women)


def _number_of_files(answer: Answer) -> str:
    return ngettext("%(num)s tệp", "%(num)s tệp", len(answer.files)) if answer.files else ""


@sentence.register
def _taken_over(fact: TakenOver, scene: Scene) -> str:
    return _(
        "kết quả đã nộp ngày %(day)s theo %(number)s được tính cho %(thing)s",
        day=day(local_day(fact.submitted_at)),
        number=fact.number,
        thing=scene.thing(fact.obligation),
    )


@sentence.register
def _shared(fact: EvidenceShared, scene: Scene) -> str:
    unit = scene.unit(unit_of(fact.source))
    return _("sự kiện do %(unit)s báo cáo được tính cho %(thing)s", unit=unit, thing=scene.thing(fact.obligation))


@sentence.register
def _completed(fact: FiguresCompleted, scene: Scene) -> str:
    people = _people(fact.answer)
    thing = scene.asked(fact.obligation.rpartition("@")[0])
    return _("%(who)s bổ sung số liệu nam, nữ của %(thing)s: %(people)s", who=who(scene), thing=thing, people=people)


@sentence.register
def _endorsed(fact: Endorsed, scene: Scene) -> str:
    values = {"who": who(scene), "thing": scene.thing(fact.obligation), "number": fact.submission}
    words = _("%(who)s xác nhận %(thing)s (lần %(number)s), còn chờ nơi nhận khác", **values)
    return words + _outcome(fact.outcome) + said(fact.comment)


@sentence.register
def _accepted(fact: Accepted, scene: Scene) -> str:
    values = {"who": who(scene), "thing": scene.thing(fact.obligation), "number": fact.submission}
    words = _("%(who)s xác nhận hoàn thành %(thing)s (lần %(number)s)", **values)
    if fact.selected:
        words += _(", chọn %(units)s", units=scene.units([item.unit for item in fact.selected]))
    return words + _outcome(fact.outcome) + said(fact.comment)


@sentence.register
def _returned(fact: Returned, scene: Scene) -> str:
    values = {"who": who(scene), "thing": scene.thing(fact.obligation), "number": fact.submission}
    return _("%(who)s trả lại %(thing)s (lần %(number)s) để bổ sung", **values) + said(fact.comment)


def _outcome(outcome: Outcome | None) -> str:
    return _(", kết quả xử lý: %(outcome)s", outcome=_(OUTCOMES[outcome]).lower()) if outcome else ""
