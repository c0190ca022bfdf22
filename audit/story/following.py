"""Words for what follows up: steps of the ladders, chases, escalations, what waits for decisions and replies."""

from audit.story.people import who
from audit.story.scene import Scene, said
from audit.story.sentence import sentence
from models.correspondence import Chased, DecisionsAwaited, EscalationHeard, RepliesOverdue
from models.event import StepFired
from models.follow_up import Audience, StepKind, Track
from models.recommendation import obligation_of
from texts.language import gettext as _
from texts.language import mark, ngettext

_STEPS = {
    StepKind.REMINDER: mark("nhắc (bước %(step)s): %(things)s"),
    StepKind.OVERDUE: mark("thông báo quá hạn (bước %(step)s): %(things)s"),
    StepKind.CHASE: mark("đôn đốc (bước %(step)s): %(things)s"),
    StepKind.ESCALATION: mark("báo cáo cấp trên (bước %(step)s): %(things)s"),
    StepKind.SILENCE: mark("đôn đốc vì chưa có thông tin (bước %(step)s): %(things)s"),
}
_STATES = {
    Track.UNACKNOWLEDGED: mark("chưa xác nhận đã nhận văn bản"),
    Track.RETURNED: mark("đã trả lại, chưa nộp lại"),
    Track.REVIEW: mark("đã nộp, chưa được xem xét"),
}
AUDIENCES = {
    Audience.FOCAL: mark("cán bộ đầu mối"),
    Audience.HEAD: mark("lãnh đạo đơn vị"),
    Audience.TRACKER: mark("cán bộ theo dõi"),
    Audience.TRACKER_HEAD: mark("lãnh đạo đơn vị theo dõi"),
    Audience.ABOVE: mark("lãnh đạo đơn vị theo dõi cấp trên"),
    Audience.ISSUER: mark("lãnh đạo cơ quan ban hành"),
}


@sentence.register
def _step(fact: StepFired, scene: Scene) -> str:
    words = _(_STEPS[fact.step_kind], step=fact.step, things=scene.things(fact.obligations))
    parts = [words]
    if fact.track in _STATES:
        parts.append(_(_STATES[fact.track]))
    if fact.to:
        parts.append(_("gửi %(audience)s", audience=_audience(fact.to)))
    if fact.passed:
        parts.append(_("gộp các bước đã qua %(steps)s", steps=" ".join(fact.passed)))
    return ", ".join(parts)


def _audience(to: tuple[Audience, ...]) -> str:
    return _(" và ").join(_(AUDIENCES[item]) for item in to)


@sentence.register
def _chased(fact: Chased, scene: Scene) -> str:
    words = _("%(who)s đôn đốc thêm %(things)s", who=who(scene), things=scene.things(fact.obligations))
    return words + said(fact.words)


@sentence.register
def _heard(fact: EscalationHeard, scene: Scene) -> str:
    return _(
        "sổ theo dõi của %(unit)s báo cáo lên (bước %(step)s): %(things)s, gửi %(audience)s",
        unit=scene.unit(fact.unit),
        step=fact.step,
        things=scene.things(fact.obligations),
        audience=_audience(fact.to),
    )


@sentence.register
def _awaited(fact: DecisionsAwaited, scene: Scene) -> str:
    units = sorted({*fact.submissions, *fact.requests})
    deciding = [unit for unit in units if unit == scene.about] or units
    results = sum(len(fact.submissions.get(unit, ())) for unit in deciding)
    requests = sum(len(fact.requests.get(unit, ())) for unit in deciding)
    counted = [ngettext("%(num)s kết quả", "%(num)s kết quả", results)] if results else []
    counted += [ngettext("%(num)s đề nghị", "%(num)s đề nghị", requests)] if requests else []
    return _("nhắc %(units)s còn %(waiting)s chờ xem xét", units=scene.units(deciding), waiting=", ".join(counted))


@sentence.register
def _replies(fact: RepliesOverdue, scene: Scene) -> str:
    things = scene.things(dict.fromkeys(map(obligation_of, fact.recommendations)))
    count = ngettext("%(num)s kiến nghị", "%(num)s kiến nghị", len(fact.recommendations))
    body = scene.unit(fact.body)
    return _("%(body)s quá ngày trả lời %(count)s: %(things)s", body=body, count=count, things=things)
