"""Words for registers that open and close, and for what comes to be owed or is not owed after all."""

from collections.abc import Iterable, Iterator, Sequence

from audit.story.people import who
from audit.story.scene import Scene, document_words
from audit.story.sentence import sentence
from models.event import (
    AboveAccepted,
    AboveExcluded,
    AboveReinstated,
    BelowClosed,
    CascadeClosed,
    CascadeOpened,
    DocumentRegistered,
    Excluded,
    Lapsed,
    ObligationsOpened,
    SummaryIssued,
    Withdrawn,
)
from models.obligation import unit_of
from rules.calendar import WorkingCalendar, last_day
from rules.figures import figure
from rules.words import due_day
from texts.language import gettext as _
from texts.language import mark, ngettext

SHOWN_OF_A_HASH = 12
_CALENDAR = WorkingCalendar()
_WHY_OPEN = {
    "start": mark("từ khi mở sổ"),
    "at_latest": mark("đến ngày phải bắt đầu"),
    "added": mark("do văn bản được sửa đổi, bổ sung"),
    "registered": mark("khi có văn bản được chờ"),
    "held": mark("sau khi đơn vị nộp kết quả nội dung trước"),
    "accepted_above": mark("sau khi văn bản của cấp trên được xác nhận"),
}
_WHY_NOT = {
    "not_selected": mark("đơn vị không được chọn"),
    "not_applicable_above": mark("nội dung của cấp trên mà nhiệm vụ căn cứ không áp dụng"),
}


@sentence.register
def _opened(fact: CascadeOpened, scene: Scene) -> str:
    words = _("%(issuer)s mở sổ theo dõi thực hiện %(number)s", issuer=scene.issuer, number=scene.register.number)
    if scene.about is not None:
        return words
    units = ngettext("%(num)s đơn vị", "%(num)s đơn vị", fact.units)
    owed = ngettext("%(num)s nhiệm vụ", "%(num)s nhiệm vụ", fact.obligations)
    return f"{words}: {units}, {owed}"


@sentence.register
def _owed(fact: ObligationsOpened, scene: Scene) -> str:
    parts = [_("giao %(things)s", things=scene.things(fact.obligations, dated=fact.due is None))]
    if fact.due is not None:
        parts.append(_("hạn %(day)s", day=due_day(fact.due)))
    if fact.reason in _WHY_OPEN and fact.reason != "start":
        parts.append(_(_WHY_OPEN[fact.reason]))
    if fact.basis is not None:
        parts.append(_("căn cứ %(document)s", document=document_words(fact.basis)))
    return ", ".join(parts)


@sentence.register
def _excluded(fact: Excluded, scene: Scene) -> str:
    why = _(_WHY_NOT.get(fact.reason, fact.reason))
    return _("không áp dụng %(things)s: %(why)s", things=scene.things(fact.obligations), why=why)


@sentence.register
def _lapsed(fact: Lapsed, scene: Scene) -> str:
    return _(
        "%(things)s không còn thực hiện được: đã có %(document)s",
        things=scene.things(fact.obligations),
        document=document_words(fact.basis),
    )


@sentence.register
def _withdrawn(fact: Withdrawn, scene: Scene) -> str:
    by = document_words(fact.by)
    if not fact.obligations:
        return _("%(who)s ghi nhận %(document)s thay thế", who=who(scene), document=by)
    things = scene.things(fact.obligations)
    return _("%(who)s rút %(things)s, thay bằng %(document)s", who=who(scene), things=things, document=by)


@sentence.register
def _above_accepted(fact: AboveAccepted, scene: Scene) -> str:
    unit, asked = scene.unit(fact.unit), scene.asked(fact.requirement)
    parts = [_("cấp trên xác nhận %(asked)s của %(unit)s", asked=asked, unit=unit)]
    if fact.document is not None:
        parts.append(document_words(fact.document))
    if fact.selected:
        chosen = scene.units([item.unit for item in fact.selected])
        parts.append(_("chọn %(units)s", units=chosen))
    return ", ".join(parts)


@sentence.register
def _above_excluded(fact: AboveExcluded, scene: Scene) -> str:
    unit, asked = scene.unit(fact.unit), scene.asked(fact.requirement)
    return _("cấp trên ghi %(asked)s không áp dụng đối với %(unit)s", asked=asked, unit=unit)


@sentence.register
def _above_reinstated(fact: AboveReinstated, scene: Scene) -> str:
    unit, asked = scene.unit(fact.unit), scene.asked(fact.requirement)
    return _("cấp trên ghi %(asked)s lại áp dụng đối với %(unit)s", asked=asked, unit=unit)


@sentence.register
def _document(fact: DocumentRegistered, scene: Scene) -> str:
    title = scene.register.triggers.get(fact.trigger, fact.trigger)
    document = document_words(fact.document)
    return _("%(who)s đăng ký văn bản đến «%(title)s»: %(document)s", who=who(scene), title=title, document=document)


@sentence.register
def _below_closed(fact: BelowClosed, scene: Scene) -> str:
    return _(
        "sổ theo dõi của %(unit)s đã khóa với %(events)s sự kiện, mã băm cuối %(hash)s…",
        unit=scene.unit(fact.unit),
        events=figure(fact.events),
        hash=fact.chain_head[:SHOWN_OF_A_HASH],
    )


@sentence.register
def _closed(fact: CascadeClosed, scene: Scene) -> str:
    words = _("%(issuer)s khóa sổ theo dõi %(number)s", issuer=scene.issuer, number=scene.register.number)
    mine = [key for key in fact.unfulfilled if scene.about in {None, scene.register.issuer, unit_of(key)}]
    if not mine:
        return words
    told = "; ".join(_undone(keys, days, scene) for days, keys in _by_lateness(scene.mine(mine), scene))
    return _("%(closed)s; không hoàn thành: %(things)s", closed=words, things=told)


def _by_lateness(keys: Iterable[str], scene: Scene) -> Iterator[tuple[int, list[str]]]:
    """What was never handed in, the most working days late at the end of the register first; 0: it was not due yet."""
    found: dict[int, list[str]] = {}
    end = last_day(min(scene.at, scene.register.closing or scene.at))
    for key in keys:
        due = scene.due(key)
        days = max(0, _CALENDAR.count(last_day(due), end)) if due else 0
        found.setdefault(days, []).append(key)
    return iter(sorted(found.items(), reverse=True))


def _undone(keys: Sequence[str], days: int, scene: Scene) -> str:
    things = scene.things(keys)
    if not days:
        return things
    late = ngettext("quá hạn %(num)s ngày làm việc", "quá hạn %(num)s ngày làm việc", days)
    return f"{things}, {late}"


@sentence.register
def _summary(fact: SummaryIssued, _scene: Scene) -> str:
    files = ngettext("%(num)s tệp", "%(num)s tệp", len(fact.files))
    if fact.as_of is not None:
        until = due_day(fact.as_of)
        told = {"title": fact.title, "day": until, "files": files}
        return _("hệ thống lập báo cáo «%(title)s», số liệu đến hết ngày %(day)s (%(files)s)", **told)
    return _("hệ thống lập báo cáo tổng hợp (%(files)s)", files=files)
