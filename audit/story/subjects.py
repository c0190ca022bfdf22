"""Which obligations a fact or note is about, and whether it tells of lateness or goes to those above."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from audit.story.answers import late_by
from audit.story.scene import Scene
from models.base import Wire
from models.correspondence import DecisionsAwaited, EscalationHeard, RepliesOverdue, RequestAnswered
from models.event import CascadeClosed, Fact, StepFired, Submitted
from models.follow_up import StepKind, Track
from models.journal import MailDelayed, MailFailed, MailNeedless, MailSent, Note
from models.notice import NoticeKind
from models.obligation import unit_of
from models.recommendation import obligation_of
from models.request import requested_for
from models.stepped_in import Amended
from models.succession import TakenIn, Transferred

_KEYS = ("obligation", "obligations", "unfulfilled", "withdrawn", "source")
_RECOMMENDATIONS = ("recommendation", "recommendations")
_LATE_STEPS = {StepKind.OVERDUE, StepKind.CHASE, StepKind.ESCALATION}
_LATE_MAILS = {
    NoticeKind.OVERDUE,
    NoticeKind.CHASE,
    NoticeKind.ESCALATION,
    NoticeKind.ESCALATION_BELOW,
    NoticeKind.REVIEW_OVERDUE,
    NoticeKind.REPLY_OVERDUE,
    NoticeKind.NOT_RESUBMITTED,
    NoticeKind.LETTER,
}
_UPWARD = {NoticeKind.ESCALATION, NoticeKind.ESCALATION_BELOW}
_TO_OTHERS = {Track.UNACKNOWLEDGED}
_MAILED = (MailSent, MailDelayed, MailFailed, MailNeedless)


def subjects(said: Fact | Note) -> tuple[str, ...]:
    """The keys of the obligations that it is about, each once."""
    return tuple(dict.fromkeys(_subjects(said)))


def late(said: Fact | Note, scene: Scene) -> bool:
    """Whether it tells that something is, was or will remain late: an answer after its due day, a step of a ladder
    after it, what stayed unfulfilled, replies overdue; or is a mail about such."""
    match said:
        case Submitted():
            return late_by(said, scene) is not None
        case StepFired(step_kind=kind, track=track):
            return kind in _LATE_STEPS and track not in _TO_OTHERS
        case EscalationHeard() | RepliesOverdue():
            return True
        case CascadeClosed(unfulfilled=keys):
            return any(scene.about in {None, scene.register.issuer, unit_of(key)} for key in keys)
        case MailSent() | MailDelayed() | MailFailed() | MailNeedless():
            return any(row.kind in _LATE_MAILS for row in said.rows)
    return False


def escalated(said: Fact | Note) -> bool:
    """Whether it goes to those above, or comes from below."""
    match said:
        case StepFired(step_kind=kind):
            return kind is StepKind.ESCALATION
        case EscalationHeard():
            return True
        case MailSent() | MailDelayed() | MailFailed() | MailNeedless():
            return any(row.kind in _UPWARD for row in said.rows)
    return False


def waves(said: Fact | Note) -> frozenset[int]:
    """The numbers of the events that a mail tells of; none for what is no mail."""
    rows = said.rows if isinstance(said, _MAILED) else ()
    return frozenset(int(row.step) for row in rows if row.step.isdecimal())


def _subjects(said: Fact | Note) -> Iterator[str]:
    keys, recommendations = _named_in(type(said))
    for name in keys:
        yield from _keys(getattr(said, name))
    for name in recommendations:
        yield from map(obligation_of, _keys(getattr(said, name)))
    match said:
        case RequestAnswered(request=request):
            yield requested_for(request)
        case DecisionsAwaited(submissions=submissions, requests=requests):
            yield from (key for keys in submissions.values() for key in keys)
            yield from (requested_for(key) for keys in requests.values() for key in keys)
        case Amended(amendment=amendment, dues=dues, followed=followed):
            yield from (f"{duty.requirement}@{duty.unit}" for duty in amendment.duties)
            yield from (*dues, *followed)
        case Transferred(moves=moves, bequeathed=bequeathed):
            yield from (move.obligation for move in moves)
            yield from (f"{move.obligation.rpartition('@')[0]}@{unit}" for move in moves for unit in move.units)
            yield from bequeathed
        case TakenIn(handover=handover):
            for arrival in handover.arrivals:
                yield from (arrival.before.key, f"{arrival.duty.requirement}@{arrival.duty.unit}")


@cache
def _named_in(kind: type[Wire]) -> tuple[list[str], list[str]]:
    """The fields in which facts and notes of a kind name obligations, and recommendations."""
    fields = kind.model_fields
    return [name for name in _KEYS if name in fields], [name for name in _RECOMMENDATIONS if name in fields]


def _keys(value: Any) -> tuple[str, ...]:
    """One key or several: a register's id or a number may bear the same name."""
    found = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
    return tuple(key for key in found if "@" in key)
