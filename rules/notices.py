"""Which mails a change calls for: one per unit, role and kind in one wave (DESIGN section 3)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property

from models.event import (
    CascadeOpened,
    Event,
    ObligationsOpened,
    ObstacleRaised,
    RecommendationHandled,
    RepliesOverdue,
    Returned,
    StepFired,
    Submitted,
)
from models.notice import Notice, NoticeKind
from models.obligation import obligation_key, unit_of
from models.plan import RECEIVERS, CascadePlan, StepKind
from models.recommendation import Handling, obligation_of
from models.unit import Role

_STEP_NOTICES = {
    StepKind.REMINDER: NoticeKind.REMINDER,
    StepKind.OVERDUE: NoticeKind.OVERDUE,
    StepKind.CHASE: NoticeKind.CHASE,
    StepKind.ESCALATION: NoticeKind.ESCALATION,
    StepKind.SILENCE: NoticeKind.SILENCE,
}

_SAYS_SOMETHING = frozenset({Handling.ANSWER, Handling.TAKE_ON_BOARD, Handling.REFER, Handling.REPLY})

_Told = tuple[NoticeKind, str, Role, tuple[str, ...]]


def notices(plan: CascadePlan, events: Iterable[Event]) -> tuple[Notice, ...]:
    """The mails that events call for.

    Events with one cause at one instant are one wave: each receiver gets one mail of a kind for it.
    """
    lines = _ReportLines(plan)
    merged: dict[tuple[str, datetime, NoticeKind, str, Role], Notice] = {}
    for event in events:
        for kind, unit, role, keys in _called_for(lines, event):
            wave = (event.cause, event.at, kind, unit, role)
            if earlier := merged.get(wave):
                more = tuple(key for key in keys if key not in earlier.obligations)
                merged[wave] = earlier.model_copy(update={"obligations": earlier.obligations + more})
            else:
                merged[wave] = Notice(
                    kind=kind, unit=unit, role=role, step=str(event.seq), at=event.at, obligations=keys
                )
    return tuple(merged.values())


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
) -> Iterator[_Told]:
    match event.fact:
        case CascadeOpened():
            for unit in dict.fromkeys((lines.issuer, *lines.reviewing)):
                yield NoticeKind.REGISTER, unit, Role.FOCAL, ()
        case ObligationsOpened(obligations=keys):
            for unit, mine in _grouped((unit_of(key), key) for key in keys):
                yield NoticeKind.ASSIGNMENT, unit, Role.FOCAL, mine
        case Submitted(obligation=key):
            for unit in lines.reviewers.get(key, ()):
                yield NoticeKind.RECEIVED, unit, Role.FOCAL, (key,)
        case Returned(obligation=key):
            yield NoticeKind.RETURNED, unit_of(key), Role.FOCAL, (key,)
        case StepFired(step_kind=kind, obligations=keys):
            yield from _step(lines, kind, keys)
        case ObstacleRaised(obligation=key):
            yield NoticeKind.OBSTACLE, lines.issuer, Role.FOCAL, (key,)
        case RecommendationHandled(recommendation=recommendation, handling=handling) if handling in _SAYS_SOMETHING:
            key = obligation_of(recommendation)
            yield NoticeKind.ANSWERED, unit_of(key), Role.FOCAL, (key,)
        case RepliesOverdue(recommendations=recommendations, body=body):
            about = tuple(dict.fromkeys(obligation_of(key) for key in recommendations))
            for unit in dict.fromkeys((lines.issuer, body) if body in lines.units else (lines.issuer,)):
                yield NoticeKind.REPLY_OVERDUE, unit, Role.FOCAL, about


def _step(lines: _ReportLines, kind: StepKind, keys: Iterable[str]) -> Iterator[_Told]:
    rises = kind is StepKind.ESCALATION
    told = ((unit, key) for key in keys for unit in (lines.above(key) if rises else (unit_of(key),)))
    for unit, mine in _grouped(told):
        for role in RECEIVERS[kind]:
            yield _STEP_NOTICES[kind], unit, role, mine


def _grouped(told: Iterable[tuple[str, str]]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Obligations by the unit that is told of them."""
    units: dict[str, list[str]] = {}
    for unit, key in told:
        units.setdefault(unit, []).append(key)
    return ((unit, tuple(keys)) for unit, keys in units.items())
