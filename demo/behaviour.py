"""How the simulated people behave: a plan made from a seed before anything starts."""

from dataclasses import dataclass
from datetime import date
from random import Random

from models.notice import NoticeKind
from models.plan import CascadePlan, Plan, RequirementPlan

TRIGGER_DAY = date(2020, 10, 1)
"""When the simulated supervisor registers the documents that the directive awaits."""


@dataclass(frozen=True)
class Behaviour:
    """What a unit does about one obligation.

    It answers when a mail of the kind `answers_to` tells of the obligation, `unhurried` or at once; never where that is
    None. `returned` says that the reviewer returns the first answer, `existing` that a document exists already.
    """

    answers_to: NoticeKind | None
    unhurried: float = 0.0
    returned: bool = False
    existing: bool = False


@dataclass(frozen=True)
class Behaviours:
    """Behaviour by (cascade id, obligation key), and the units that acknowledge receipt with a click."""

    obligations: dict[tuple[str, str], Behaviour]
    acknowledging: frozenset[str]


_HABITS: tuple[tuple[NoticeKind | None, int], ...] = (
    (NoticeKind.ASSIGNMENT, 50),
    (NoticeKind.REMINDER, 22),
    (NoticeKind.OVERDUE, 10),
    (NoticeKind.CHASE, 8),
    (None, 10),
)
"""Weights: half answer early, most of the rest when reminded, some late, some only when chased, some never."""

_RETURNED_SHARE = 0.15
_EXISTING_SHARE = 0.3
_ACKNOWLEDGING_SHARE = 0.85


def plan_behaviour(plan: Plan, seed: int) -> Behaviours:
    """A behaviour for every obligation; the same seed gives the same plan."""
    obligations = {}
    units: set[str] = set()
    for cascade in plan.cascades:
        for duty in cascade.duties:
            units.add(duty.unit)
            key = f"{duty.requirement}@{duty.unit}"
            item = next(found for found in cascade.requirements if found.key == duty.requirement)
            # a random source of its own for each obligation, not for secrets
            obligations[cascade.cascade_id, key] = _behaviour(Random(f"{seed}/{cascade.cascade_id}/{key}"), item)  # noqa: S311
    clicking = frozenset(unit for unit in sorted(units) if Random(f"{seed}/{unit}").random() < _ACKNOWLEDGING_SHARE)  # noqa: S311
    return Behaviours(obligations, clicking)


def _behaviour(random: Random, item: RequirementPlan) -> Behaviour:
    answers_to = random.choices([kind for kind, _ in _HABITS], [weight for _, weight in _HABITS])[0]
    if item.due is None and answers_to not in {NoticeKind.ASSIGNMENT, None}:
        answers_to = NoticeKind.ASSIGNMENT  # without a date nobody is ever reminded
    prompt = answers_to is NoticeKind.ASSIGNMENT
    returned = prompt and random.random() < _RETURNED_SHARE
    return Behaviour(
        answers_to=answers_to,
        unhurried=0.0 if returned or not prompt else random.random(),
        returned=returned,
        existing=prompt and item.accepts_existing and random.random() < _EXISTING_SHARE,
    )


def triggers_at(cascade: CascadePlan) -> tuple[str, ...]:
    """The documents that the supervisor registers: those that the first register awaits."""
    return tuple(cascade.triggers) if cascade.parent is None else ()
