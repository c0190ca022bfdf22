"""Two versions of a directive, compared register by register: what an amendment changes (docs/decisions/0013)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import naming
from models.obligation import obligation_key, unit_of
from models.plan import Amendment, CascadePlan, Duty, Plan, RequirementPlan

_PLAIN = ("passes_down", "triggers", "follow_up", "reports", "title", "closing")
"""What is replaced as a whole where it is other than before."""


def difference(
    before: Plan, after: Plan, version: int, in_force: Mapping[str, CascadePlan] | None = None
) -> dict[str, Amendment]:
    """What `version` changes in each register of the version before, by the register's id; an amendment that changes
    nothing where nothing does.

    Only what the file changes is compared: what has happened to registers since (units that succeeded others, late
    addressees) stays. A requirement that is changed or gone is so in every register that has it `in_force`, too.
    """
    afterwards = {register.cascade_id: register for register in after.cascades}
    known, asked = requirements(before), requirements(after)
    changed = {key: item for key, item in asked.items() if key in known and item != known[key]}
    return {
        register.cascade_id: _amendment(
            register,
            afterwards.get(register.cascade_id) or _emptied(register, after),
            (in_force or {}).get(register.cascade_id, register),
            changed,
            frozenset(known.keys() - asked.keys()),
            version,
        )
        for register in before.cascades
    }


def opened(before: Plan, after: Plan) -> tuple[CascadePlan, ...]:
    """The registers that a new version brings, from the top."""
    known = {register.cascade_id for register in before.cascades}
    return tuple(register for register in after.cascades if register.cascade_id not in known)


def requirements(plan: Plan) -> dict[str, RequirementPlan]:
    """All requirements of a plan by key, in order."""
    return {item.key: item for register in plan.cascades for item in register.requirements}


def without(before: Plan, after: Plan, ended: Collection[str]) -> tuple[Plan, frozenset[str]]:
    """The new version without what it newly asks of units that do not exist any more, and those units."""
    begun = {register.cascade_id for register in before.cascades}
    known = {key for register in before.cascades for key in _duties(register)}
    lost: set[str] = set()
    left_out: set[str] = set()
    kept = []
    for register in after.cascades:
        if register.cascade_id not in begun and (register.issuer in ended or register.parent in lost):
            lost.add(register.cascade_id)
            left_out |= {register.issuer, *(duty.unit for duty in register.duties)} & set(ended)
            continue
        gone = {key for key, duty in _duties(register).items() if key not in known and duty.unit in ended}
        left_out |= {unit_of(key) for key in gone}
        duties = tuple(duty for key, duty in _duties(register).items() if key not in gone)
        asked = {duty.requirement for duty in duties}
        wanted = tuple(item for item in register.requirements if item.key in asked)
        kept.append(register.model_copy(update={"duties": duties, "requirements": wanted}))
    cascades = [
        register.model_copy(
            update={"children": tuple(code for code in register.children if _id(register, code) not in lost)}
        )
        for register in kept
    ]
    return after.model_copy(update={"cascades": tuple(cascades)}), frozenset(left_out)


@dataclass(frozen=True)
class Enlisted:
    """What late addressees bring: to each register by its id, as an amendment of the version that runs; and registers
    that begin with it, which are empty at first, from the top."""

    changes: Mapping[str, Amendment]
    begun: tuple[CascadePlan, ...]


def enlisting(
    after: Plan, in_force: Mapping[str, CascadePlan], units: Collection[str], keys: Collection[str]
) -> Enlisted:
    """What is missing in the registers of what units are to owe of requirements, by the keys of the file, as `after`
    has it, where they are listed too."""
    root = after.cascades[0]
    kept = {root.cascade_id} | {_id(plan, code) for plan in in_force.values() for code in plan.children}
    empty = {"requirements": (), "duties": (), "version": in_force[root.cascade_id].version}
    begun = tuple(item.model_copy(update=empty) for item in after.cascades if item.cascade_id not in kept)
    begins = {register.cascade_id: register for register in begun}
    changes: dict[str, Amendment] = {}
    for register in after.cascades:
        plan = in_force.get(register.cascade_id) if register.cascade_id in kept else begins[register.cascade_id]
        if plan is None:
            continue
        asked = {item.key: item for item in register.requirements if (item.series or item.key) in keys}
        known = _duties(plan)
        duties = [
            duty
            for key, duty in _duties(register).items()
            if duty.unit in units and duty.requirement in asked and key not in known
        ]
        wanted = {duty.requirement for duty in duties}
        here = {item.key for item in plan.requirements}
        found = Amendment(
            version=plan.version,
            requirements=tuple(item for key, item in asked.items() if key in wanted - here),
            duties=tuple(duties),
            children=tuple(code for code in register.children if _id(register, code) in begins),
            passes_down=_more(plan.passes_down, register.passes_down),
        )
        if found != Amendment(version=plan.version):
            changes[register.cascade_id] = found
    return Enlisted(changes, begun)


def _more(before: Collection[str], after: Collection[str]) -> tuple[str, ...] | None:
    """What is passed down before and after; None where nothing is added."""
    return tuple(sorted({*before, *after})) if set(after) - set(before) else None


def _id(register: CascadePlan, code: str) -> str:
    return naming.cascade_id(register.directive_id, code)


def _amendment(
    before: CascadePlan,
    after: CascadePlan,
    in_force: CascadePlan,
    changed: Mapping[str, RequirementPlan],
    gone: Collection[str],
    version: int,
) -> Amendment:
    had, has = ({item.key: item for item in plan.requirements} for plan in (before, after))
    holds = [item.key for item in in_force.requirements]
    touched = dict.fromkeys(
        (*(key for key in (*had, *holds) if key in changed), *(key for key in has if key not in had))
    )
    owed, owes = _duties(before), _duties(after)
    removed = tuple(key for key in dict.fromkeys((*had, *holds)) if key in gone)
    dropped = [
        key
        for key, duty in owed.items()
        if duty.requirement not in gone and duty.applicable and not (key in owes and owes[key].applicable)
    ]
    left_out = {key for key in _duties(in_force) if not (key in owed and owed[key].applicable)}
    again = [key for key, duty in owes.items() if duty.applicable and key in left_out]
    replaced: dict[str, Any] = {
        name: getattr(after, name) for name in _PLAIN if getattr(after, name) != getattr(before, name)
    }
    return Amendment(
        version=version,
        requirements=tuple(changed.get(key) or has[key] for key in touched),
        removed=removed,
        duties=tuple(duty for key, duty in owes.items() if owed.get(key) != duty),
        dropped=tuple(dropped),
        again=tuple(again),
        children=tuple(code for code in after.children if code not in before.children),
        **replaced,
    )


def _emptied(register: CascadePlan, after: Plan) -> CascadePlan:
    """A register of which the new version asks nothing."""
    root = after.cascades[0]
    common = {name: getattr(root, name) for name in ("triggers", "title", "closing")}
    follow_up = register.follow_up.model_copy(update={"days_off": root.follow_up.days_off})
    nothing = {"requirements": (), "duties": (), "passes_down": (), "reports": ()}
    return register.model_copy(update=nothing | common | {"follow_up": follow_up})


def _duties(register: CascadePlan) -> dict[str, Duty]:
    return {obligation_key(duty.requirement, duty.unit): duty for duty in register.duties}
