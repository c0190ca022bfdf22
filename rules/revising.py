"""The plan in force: the plan with which a register began, and what has changed it since (docs/decisions/0013)."""

from collections.abc import Iterable
from typing import Any

from models.event import Event
from models.obligation import obligation_key
from models.plan import Amendment, CascadePlan, Duty, RequirementPlan
from models.stepped_in import Amended
from models.succession import Handover, Keeping, KeepingChanged, TakenIn


def revised(plan: CascadePlan, events: Iterable[Event]) -> CascadePlan:
    """The plan in force after some more events; the same one where none of them changes it."""
    for event in events:
        match event.fact:
            case Amended(amendment=amendment):
                plan = _amended(plan, amendment)
            case TakenIn(handover=handover):
                plan = _joined(plan, handover.requirements, _duties(handover))
            case KeepingChanged(keeping=keeping):
                plan = _kept(plan, keeping)
    return plan


def _amended(plan: CascadePlan, amendment: Amendment) -> CascadePlan:
    """What is gone stays in the plan, because what was owed under it stays on record."""
    names = ("passes_down", "triggers", "follow_up", "reports", "title", "closing")
    changes: dict[str, Any] = {name: value for name in names if (value := getattr(amendment, name)) is not None}
    changes["version"] = max(plan.version, amendment.version)
    changes["children"] = tuple(dict.fromkeys((*plan.children, *amendment.children)))
    return _joined(plan.model_copy(update=changes), amendment.requirements, amendment.duties, anew=True)


def _joined(
    plan: CascadePlan, requirements: Iterable[RequirementPlan], duties: Iterable[Duty], *, anew: bool = False
) -> CascadePlan:
    """The plan with further requirements and duties; those that it has already are replaced only where they are made
    `anew`."""
    known = {item.key: item for item in plan.requirements}
    owed = {obligation_key(duty.requirement, duty.unit): duty for duty in plan.duties}
    for item in requirements:
        known[item.key] = item if anew else known.get(item.key, item)
    for duty in duties:
        key = obligation_key(duty.requirement, duty.unit)
        owed[key] = duty if anew else owed.get(key, duty)
    return plan.model_copy(update={"requirements": tuple(known.values()), "duties": tuple(owed.values())})


def _duties(handover: Handover) -> tuple[Duty, ...]:
    return tuple(arrival.duty for arrival in handover.arrivals if not arrival.evidence)


def _kept(plan: CascadePlan, keeping: Keeping) -> CascadePlan:
    names = ("issuer", "issuer_name", "parent", "children", "kept_by", "passes_down")
    changes = {name: getattr(keeping, name) for name in names}
    return _joined(plan.model_copy(update=changes), (), keeping.duties, anew=True)
