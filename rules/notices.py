"""Who is told what because of events: each unit and role of a kind once in a wave (DESIGN section 3)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from models.correspondence import (
    AddressRefused,
    Chased,
    DecisionsAwaited,
    EscalationHeard,
    HolderLeft,
    HolderNamed,
    ObstacleRaised,
    RecommendationHandled,
    RepliesOverdue,
    RequestAnswered,
)
from models.event import (
    Accepted,
    CascadeOpened,
    Event,
    EvidenceShared,
    ObligationsOpened,
    Returned,
    StepFired,
    SummaryIssued,
    Withdrawn,
)
from models.follow_up import Audience, StepKind, Track
from models.notice import Notice, NoticeKind
from models.obligation import OWING, obligation_key, unit_of
from models.plan import CascadePlan
from models.recommendation import Handling, obligation_of, recommendation_id
from models.request import requested_for
from models.stepped_in import Amended, DueSet, Ended, Reinstated, Released, Resumed, Suspended
from models.succession import Handover, KeepingChanged, TakenIn, Transferred
from models.unit import Role
from rules import citation
from rules.calendar import last_day
from rules.deciding import recipients
from rules.ladder import AUDIENCES, rungs, step_name
from rules.words import day

_OF_UNITS = {
    Track.UNACKNOWLEDGED: NoticeKind.UNACKNOWLEDGED,
    Track.RETURNED: NoticeKind.NOT_RESUBMITTED,
    Track.REVIEW: NoticeKind.REVIEW_OVERDUE,
    Track.SILENCE: NoticeKind.SILENCE,
}
"""What a unit is told on a track, whatever the step."""
_DUE_NOTICES = {
    StepKind.REMINDER: NoticeKind.REMINDER,
    StepKind.OVERDUE: NoticeKind.OVERDUE,
    StepKind.CHASE: NoticeKind.CHASE,
    StepKind.ESCALATION: NoticeKind.OVERDUE,
    StepKind.SILENCE: NoticeKind.SILENCE,
}
_ROLES = {
    Audience.FOCAL: Role.FOCAL,
    Audience.TRACKER: Role.FOCAL,
    Audience.HEAD: Role.HEAD,
    Audience.TRACKER_HEAD: Role.HEAD,
    Audience.ABOVE: Role.HEAD,
    Audience.ISSUER: Role.HEAD,
}

_SAYS_SOMETHING = frozenset({Handling.ANSWER, Handling.TAKE_ON_BOARD, Handling.REFER, Handling.REPLY})


def notices(plan: CascadePlan, events: Iterable[Event]) -> tuple[Notice, ...]:
    """What units are told because of events.

    Events with one cause at one instant are one wave: each unit is told of a kind once for it.
    """
    lines = _ReportLines(plan)
    merged: dict[tuple[str, datetime, NoticeKind, str, Role, str, str], Notice] = {}
    for event in events:
        for told in _called_for(lines, event):
            wave = (event.cause, event.at, told.kind, told.unit, told.role, told.holder, told.register_id)
            earlier = merged.get(wave)
            merged[wave] = _joined(earlier, told) if earlier else told
    return tuple(merged.values())


def _joined(earlier: Notice, later: Notice) -> Notice:
    """Two notices of one wave as one: everything once, in order."""
    both = {
        name: tuple(dict.fromkeys((*getattr(earlier, name), *getattr(later, name))))
        for name in ("obligations", "recommendations", "requests")
    }
    return earlier.model_copy(update=both)


class _ReportLines:
    """Who stands above whom in one register, and who takes part in it; looked up only where an event asks for it."""

    def __init__(self, plan: CascadePlan) -> None:
        self.issuer = plan.issuer
        self._plan = plan

    @cached_property
    def reviewers(self) -> Mapping[str, tuple[str, ...]]:
        """Further recipients by obligation, where there are any."""
        return {
            obligation_key(duty.requirement, duty.unit): tuple(reviewer.unit for reviewer in duty.reviewers)
            for duty in self._plan.duties
            if duty.reviewers
        }

    @property
    def reviewing(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(unit for units in self.reviewers.values() for unit in units))

    @property
    def units(self) -> frozenset[str]:
        return frozenset((*(duty.unit for duty in self._plan.duties), *self.reviewing))

    @property
    def first(self) -> bool:
        """Whether the unit that issued the directive keeps this register."""
        return self._plan.parent is None

    def chases(self, fact: StepFired) -> bool:
        """Whether a step is a chase of those who owe, or stands for one, so that a letter is to be drafted."""
        ladder = rungs(fact.track, self._plan.follow_up)
        kinds = {step_name(fact.track, rung.days): rung.kind for rung in ladder}
        passed = (kinds.get(name) for name in fact.passed)
        return fact.track is not Track.REVIEW and StepKind.CHASE in {fact.step_kind, *passed}

    def deciding(self, key: str) -> tuple[str, ...]:
        """Those who decide on the answer to an obligation."""
        return recipients(self.issuer, unit_of(key), self.reviewers.get(key, ()))

    def above(self, key: str) -> tuple[str, ...]:
        """To whom an obligation is escalated: the register's unit, or the recipients of what that unit owes itself."""
        own = unit_of(key) == self.issuer
        return self.reviewers.get(key, (self.issuer,)) if own else (self.issuer,)


def _called_for(  # noqa: C901 - one case per fact
    lines: _ReportLines, event: Event
) -> Iterator[Notice]:
    def tell(kind: NoticeKind, unit: str, keys: Iterable[str] = (), role: Role = Role.FOCAL, **about: Any) -> Notice:
        return Notice(
            kind=kind, unit=unit, role=role, step=str(event.seq), at=event.at, obligations=tuple(keys), **about
        )

    def each(kind: NoticeKind, keys: Iterable[str], **about: Any) -> Iterator[Notice]:
        for unit, mine in _by_unit(keys):
            yield tell(kind, unit, mine, **about)

    match event.fact:
        case CascadeOpened():
            for unit in dict.fromkeys((lines.issuer, *lines.reviewing)):
                yield tell(NoticeKind.REGISTER, unit)
        case ObligationsOpened(obligations=keys):
            for unit, mine in _by_unit(keys):
                yield tell(NoticeKind.ASSIGNMENT, unit, mine)
        case Accepted(obligation=key) | EvidenceShared(obligation=key):
            yield tell(NoticeKind.ACCEPTED, unit_of(key), [key])
        case Returned(obligation=key):
            yield tell(NoticeKind.RETURNED, unit_of(key), [key])
        case Withdrawn(opened=keys, by=document):
            replaced = f"được thay thế bằng văn bản {citation.handed_in(document)} {citation.subject(document.title)}"
            yield from each(NoticeKind.WITHDRAWN, keys, words=replaced.strip())
        case StepFired(obligations=keys) as fact:
            for kind, unit, role, mine in _followed_up(lines, fact):
                yield tell(kind, unit, mine, role)
            if lines.chases(fact):
                yield tell(NoticeKind.LETTER, lines.issuer, keys)
        case Chased(obligations=keys, words=words):
            for unit, mine in _by_unit(keys):
                for audience in AUDIENCES[StepKind.CHASE]:
                    yield tell(NoticeKind.CHASE, unit, mine, _ROLES[audience], words=words)
            yield tell(NoticeKind.LETTER, lines.issuer, keys, words=words)
        case EscalationHeard(register_id=register_id, obligations=keys, to=to):
            if Audience.ABOVE in to or lines.first:
                yield tell(NoticeKind.ESCALATION_BELOW, lines.issuer, keys, Role.HEAD, register_id=register_id)
        case DueSet(opened=keys, reason=reason):
            yield from each(NoticeKind.DUE_SET, keys, words=reason)
        case Released(opened=keys, reason=reason):
            yield from each(NoticeKind.WITHDRAWN, keys, words=reason)
        case Ended(opened=keys, reason=reason):
            yield from each(NoticeKind.WITHDRAWN, keys, words=f"hủy bỏ việc thực hiện văn bản: {reason}")
        case Reinstated(opened=keys, reason=reason) | Resumed(opened=keys, reason=reason):
            yield from each(NoticeKind.RESUMED, keys, words=reason)
        case Suspended(opened=keys, reason=reason):
            yield from each(NoticeKind.SUSPENDED, keys, words=reason)
        case Amended(opened=known, withdrawn=gone, dues=dues, reworded=reworded, reason=reason):
            yield from each(NoticeKind.WITHDRAWN, [key for key in gone if key in known], words=reason)
            yield from each(NoticeKind.DUE_SET, [key for key in dues if key in known], words=reason)
            yield from each(NoticeKind.AMENDED, reworded, words=reason)
        case Transferred(moves=moves, reason=reason):
            yield from each(NoticeKind.TRANSFERRED, [move.obligation for move in moves], words=reason)
        case TakenIn(handover=handover, reason=reason):
            yield from each(NoticeKind.ASSIGNMENT, _come_open(handover), words=reason)
        case KeepingChanged(keeping=keeping, before=before):
            if keeping.issuer != before:
                yield tell(NoticeKind.REGISTER, keeping.issuer)
        case RequestAnswered(request=request):
            key = requested_for(request)
            yield tell(NoticeKind.DECIDED, unit_of(key), [key], requests=(request,))
        case DecisionsAwaited(submissions=submissions, requests=requests):
            for unit in dict.fromkeys((*submissions, *requests)):
                asked = requests.get(unit, ())
                keys = (*submissions.get(unit, ()), *map(requested_for, asked))
                yield tell(NoticeKind.REVIEW, unit, dict.fromkeys(keys), requests=asked)
        case HolderNamed(unit=unit, obligations=keys, reason=reason):
            kind = NoticeKind.REGISTER if unit == lines.issuer and not keys else NoticeKind.HANDOVER
            yield tell(kind, unit, keys, holder=f"h{event.seq}", words=reason)
        case HolderLeft(obligations=keys) | AddressRefused(obligations=keys):
            yield tell(NoticeKind.UNREACHABLE, lines.issuer, keys)
        case SummaryIssued(title=title, as_of=as_of):
            words = f"{title}, số liệu đến hết ngày {day(last_day(as_of))}" if as_of else ""
            for role in Role:
                yield tell(NoticeKind.SUMMARY, lines.issuer, role=role, words=words)
        case ObstacleRaised(obligation=key):
            obstacle = recommendation_id(key, 0, event.seq)
            yield tell(NoticeKind.OBSTACLE, lines.issuer, [key], recommendations=(obstacle,))
        case RecommendationHandled(recommendation=recommendation, handling=handling) if handling in _SAYS_SOMETHING:
            key = obligation_of(recommendation)
            yield tell(NoticeKind.ANSWERED, unit_of(key), [key], recommendations=(recommendation,))
        case RepliesOverdue(recommendations=recommendations, body=body):
            about = dict.fromkeys(obligation_of(key) for key in recommendations)
            for unit in dict.fromkeys((lines.issuer, body) if body in lines.units else (lines.issuer,)):
                yield tell(NoticeKind.REPLY_OVERDUE, unit, about, recommendations=recommendations)


def _by_unit(keys: Iterable[str]) -> Iterable[tuple[str, list[str]]]:
    """Obligations by the unit that owes them."""
    return _grouped((unit_of(key), key) for key in keys)


def _followed_up(lines: _ReportLines, fact: StepFired) -> Iterator[tuple[NoticeKind, str, Role, list[str]]]:
    """What a step tells whom: a kind of notice, unit and role, and the obligations it is about."""
    for audience in fact.to:
        role = _ROLES[audience]
        if audience in {Audience.FOCAL, Audience.HEAD}:
            kind = _DUE_NOTICES[fact.step_kind] if fact.track is Track.DUE else _OF_UNITS[fact.track]
            for unit, mine in _by_unit(fact.obligations):
                yield kind, unit, role, mine
        elif audience in {Audience.TRACKER, Audience.TRACKER_HEAD}:
            kind = NoticeKind.REVIEW_OVERDUE if fact.track is Track.REVIEW else NoticeKind.ESCALATION
            above = lines.deciding if fact.track is Track.REVIEW else lines.above
            for unit, mine in _grouped((unit, key) for key in fact.obligations for unit in above(key)):
                yield kind, unit, role, mine
        elif lines.first and audience is Audience.ISSUER:
            yield NoticeKind.ESCALATION, lines.issuer, role, list(fact.obligations)


def _come_open(handover: Handover) -> list[str]:
    """The obligations that a handover brings and of which their units have to know."""
    found = (
        obligation_key(arrival.duty.requirement, arrival.duty.unit)
        for arrival in handover.arrivals
        if arrival.before.state in OWING and not arrival.waiting and arrival.duty.unit != arrival.before.unit
    )
    return list(dict.fromkeys(found))


def _grouped(told: Iterable[tuple[str, str]]) -> Iterable[tuple[str, list[str]]]:
    units: dict[str, list[str]] = {}
    for unit, key in told:
        units.setdefault(unit, []).append(key)
    return units.items()
