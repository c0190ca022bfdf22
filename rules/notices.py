"""Who is told what because of events: each unit and role of a kind once in a wave (DESIGN section 3)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from models.correspondence import (
    AddressRefused,
    Chased,
    DecisionsAwaited,
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
from models.notice import Notice, NoticeKind
from models.obligation import obligation_key, unit_of
from models.plan import RECEIVERS, CascadePlan, StepKind
from models.recommendation import Handling, obligation_of, recommendation_id
from models.request import requested_for
from models.unit import Role
from rules import citation

_STEP_NOTICES = {
    StepKind.REMINDER: NoticeKind.REMINDER,
    StepKind.OVERDUE: NoticeKind.OVERDUE,
    StepKind.CHASE: NoticeKind.CHASE,
    StepKind.ESCALATION: NoticeKind.ESCALATION,
    StepKind.SILENCE: NoticeKind.SILENCE,
}

_SAYS_SOMETHING = frozenset({Handling.ANSWER, Handling.TAKE_ON_BOARD, Handling.REFER, Handling.REPLY})


def notices(plan: CascadePlan, events: Iterable[Event]) -> tuple[Notice, ...]:
    """What units are told because of events.

    Events with one cause at one instant are one wave: each unit is told of a kind once for it.
    """
    lines = _ReportLines(plan)
    merged: dict[tuple[str, datetime, NoticeKind, str, Role, str], Notice] = {}
    for event in events:
        for told in _called_for(lines, event):
            wave = (event.cause, event.at, told.kind, told.unit, told.role, told.holder)
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
            replaced = f"{citation.handed_in(document)} {citation.subject(document.title)}".strip()
            for unit, mine in _by_unit(keys):
                yield tell(NoticeKind.WITHDRAWN, unit, mine, words=replaced)
        case StepFired(step_kind=kind, obligations=keys):
            for unit, mine in _followed_up(lines, kind, keys):
                for role in RECEIVERS[kind]:
                    yield tell(_STEP_NOTICES[kind], unit, mine, role)
        case Chased(obligations=keys, words=words):
            for unit, mine in _by_unit(keys):
                for role in RECEIVERS[StepKind.CHASE]:
                    yield tell(NoticeKind.CHASE, unit, mine, role, words=words)
        case RequestAnswered(request=request):
            key = requested_for(request)
            yield tell(NoticeKind.DECIDED, unit_of(key), [key], requests=(request,))
        case DecisionsAwaited(submissions=submissions, requests=requests):
            for unit in dict.fromkeys((*submissions, *requests)):
                asked = requests.get(unit, ())
                keys = (*submissions.get(unit, ()), *map(requested_for, asked))
                yield tell(NoticeKind.REVIEW, unit, dict.fromkeys(keys), requests=asked)
        case HolderNamed(unit=unit, obligations=keys):
            yield tell(NoticeKind.HANDOVER, unit, keys, holder=f"h{event.seq}")
        case HolderLeft(obligations=keys) | AddressRefused(obligations=keys):
            yield tell(NoticeKind.UNREACHABLE, lines.issuer, keys)
        case SummaryIssued():
            for role in Role:
                yield tell(NoticeKind.SUMMARY, lines.issuer, role=role)
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


def _followed_up(lines: _ReportLines, kind: StepKind, keys: Iterable[str]) -> Iterable[tuple[str, list[str]]]:
    """Obligations by the unit that is told when a step is reached: their own, or at an escalation the one above."""
    if kind is not StepKind.ESCALATION:
        return _by_unit(keys)
    return _grouped((unit, key) for key in keys for unit in lines.above(key))


def _grouped(told: Iterable[tuple[str, str]]) -> Iterable[tuple[str, list[str]]]:
    units: dict[str, list[str]] = {}
    for unit, key in told:
        units.setdefault(unit, []).append(key)
    return units.items()
