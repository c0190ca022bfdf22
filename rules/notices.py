"""Which mails a change calls for: one per unit, role and kind in one wave (DESIGN section 3)."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from models.event import CascadeOpened, Event, ObligationsOpened, Returned, StepFired
from models.notice import Notice, NoticeKind
from models.obligation import unit_of
from models.plan import RECEIVERS, CascadePlan, StepKind
from models.unit import Role

_STEP_NOTICES = {
    StepKind.REMINDER: NoticeKind.REMINDER,
    StepKind.OVERDUE: NoticeKind.OVERDUE,
    StepKind.CHASE: NoticeKind.CHASE,
    StepKind.ESCALATION: NoticeKind.ESCALATION,
}


def notices(plan: CascadePlan, events: Iterable[Event]) -> tuple[Notice, ...]:
    """The mails that events call for.

    Events with one cause at one instant are one wave: each receiver gets one mail of a kind for it.
    """
    merged: dict[tuple[str, datetime, NoticeKind, str, Role], Notice] = {}
    for event in events:
        for kind, unit, role, keys in _called_for(plan, event):
            wave = (event.cause, event.at, kind, unit, role)
            if earlier := merged.get(wave):
                merged[wave] = earlier.model_copy(update={"obligations": earlier.obligations + keys})
            else:
                merged[wave] = Notice(
                    kind=kind, unit=unit, role=role, step=str(event.seq), at=event.at, obligations=keys
                )
    return tuple(merged.values())


def _called_for(plan: CascadePlan, event: Event) -> Iterator[tuple[NoticeKind, str, Role, tuple[str, ...]]]:
    match event.fact:
        case CascadeOpened():
            yield NoticeKind.REGISTER, plan.issuer, Role.FOCAL, ()
        case ObligationsOpened(obligations=keys):
            for unit, mine in _by_unit(keys):
                yield NoticeKind.ASSIGNMENT, unit, Role.FOCAL, mine
        case Returned(obligation=key):
            yield NoticeKind.RETURNED, unit_of(key), Role.FOCAL, (key,)
        case StepFired(step_kind=StepKind.ESCALATION, obligations=keys):
            for role in RECEIVERS[StepKind.ESCALATION]:
                yield NoticeKind.ESCALATION, plan.issuer, role, keys
        case StepFired(step_kind=kind, obligations=keys):
            for unit, mine in _by_unit(keys):
                for role in RECEIVERS[kind]:
                    yield _STEP_NOTICES[kind], unit, role, mine


def _by_unit(keys: Iterable[str]) -> Iterable[tuple[str, tuple[str, ...]]]:
    units: dict[str, tuple[str, ...]] = {}
    for key in keys:
        units[unit_of(key)] = (*units.get(unit_of(key), ()), key)
    return units.items()
