"""The compiled plan, one slice for each unit that follows up others."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import naming
from models.follow_up import FollowUp
from models.plan import CascadePlan, DirectiveHead, Duty, Earlier, OpeningMode, RequirementPlan, Reviewer
from models.unit import Unit
from rules.addressing import Tree
from rules.compiling.desk import Desk
from rules.compiling.following_up import at_the_top
from rules.compiling.schedule import Variant
from rules.compiling.scope import Scope

_FROM_ABOVE = frozenset({OpeningMode.WHEN_ACCEPTED, OpeningMode.WHEN_SELECTED})


@dataclass(frozen=True)
class Compiled:
    """One requirement, worked out: its variants as plans, and who has to do with it."""

    variants: tuple[tuple[Variant, RequirementPlan], ...]
    scope: Scope

    def owing(self, variant: Variant) -> tuple[Unit, ...]:
        """The units that owe one variant."""
        return tuple(unit for unit in self.scope.units if variant.level in {None, unit.level})


def make_slices(
    desk: Desk, tree: Tree, head: DirectiveHead, found: Mapping[str, Compiled], follow_up: FollowUp
) -> tuple[CascadePlan, ...]:
    """The registers from the top; linear in the number of duties and registers."""
    duties: dict[str, list[Duty]] = defaultdict(list, {head.issuer: []})
    plans: dict[str, RequirementPlan] = {}
    carried = _carried(desk, head)
    for key, compiled in found.items():
        for variant, plan in compiled.variants:
            plans[plan.key] = plan
            for register, duty in _duties(desk, tree, head, key, compiled, variant, carried):
                duties[register].append(duty)
    depth = _registers(tree, duties)
    passing = _passing(tree, found)
    children: dict[str, list[str]] = defaultdict(list)
    ordered = sorted(depth, key=lambda code: (depth[code], code))
    for code in ordered:
        if code in tree.parent:
            children[tree.parent[code]].append(code)
    return tuple(
        CascadePlan(
            cascade_id=naming.cascade_id(head.directive_id, register),
            directive_id=head.directive_id,
            number=head.label,
            title=head.document.title,
            issuer=register,
            issuer_name=desk.registry.units[register].short_name,
            parent=naming.cascade_id(head.directive_id, tree.parent[register]) if register in tree.parent else None,
            children=tuple(children[register]),
            requirements=_used(plans, duties[register]),
            duties=tuple(duties[register]),
            triggers=desk.written.awaits,
            passes_down=tuple(sorted(passing[register])),
            follow_up=follow_up if register in tree.parent else at_the_top(follow_up),
            starts=head.starts,
            closing=head.closing,
        )
        for register in ordered
    )


def _duties(
    desk: Desk,
    tree: Tree,
    head: DirectiveHead,
    key: str,
    compiled: Compiled,
    variant: Variant,
    carried: Mapping[tuple[str, str], Earlier],
) -> Iterable[tuple[str, Duty]]:
    scope, tag = compiled.scope, desk.requirements[key].only_tag
    for unit in compiled.owing(variant):
        duty = Duty(
            requirement=variant.key,
            unit=unit.code,
            applicable=tag is None or tag in unit.tags,
            reviewers=_others(scope, unit, tree, head),
            advised=scope.advised.get(unit.code),
            candidates=scope.candidates.get(unit.code, {}),
            earlier=carried.get((key, unit.code)) if variant.since is None else None,
        )
        yield tree.parent.get(unit.code, head.issuer), duty
    for unit in scope.coordinators:
        if variant.level in {None, unit.level}:
            yield head.issuer, Duty(requirement=variant.key, unit=unit.code, coordinating=True)


def _others(scope: Scope, unit: Unit, tree: Tree, head: DirectiveHead) -> tuple[Reviewer, ...]:
    """The reviewers beside the unit that keeps the register."""
    keeper = tree.parent.get(unit.code, head.issuer)
    return tuple(reviewer for reviewer in scope.reviewers.get(unit.code, ()) if reviewer.unit != keeper)


def _carried(desk: Desk, head: DirectiveHead) -> dict[tuple[str, str], Earlier]:
    """Answers to earlier directives that count here, by (requirement here, unit)."""
    found: dict[tuple[str, str], Earlier] = {}
    for replaced in head.replaces:
        earlier = desk.references.earlier(replaced.directive_id)
        for (old, unit), answer in earlier.answers.items() if earlier else ():
            if old in replaced.keeps:
                found[replaced.keeps[old], unit] = answer
    return found


def _registers(tree: Tree, duties: Mapping[str, list[Duty]]) -> dict[str, int]:
    """The units that keep a register, those in between too, with their distance from the top."""
    depth: dict[str, int] = {}
    for register in duties:
        path = tree.path(register)
        depth |= {code: distance for distance, code in enumerate(reversed(path))}
    return depth


def _passing(tree: Tree, found: Mapping[str, Compiled]) -> dict[str, set[str]]:
    """Registers that must tell those below them of a requirement answered above or by a unit of theirs that stands more
    than one level above the units that wait."""
    passing: dict[str, set[str]] = defaultdict(set)
    known = {plan.key: (compiled, variant) for compiled in found.values() for variant, plan in compiled.variants}
    for waiting, variant, opening in (
        (compiled, variant, plan.opening) for compiled in found.values() for variant, plan in compiled.variants
    ):
        if opening.mode not in _FROM_ABOVE or opening.key not in known:
            continue
        above, source = known[opening.key]
        owing = above.scope.answering(tree, above.owing(source))
        for register in {tree.parent[unit.code] for unit in waiting.owing(variant) if unit.code in tree.parent}:
            code = register
            while code not in owing and code in tree.parent:
                code = tree.parent[code]
                if opening.key in passing[code]:
                    break
                passing[code].add(opening.key)
    return passing


def _used(plans: Mapping[str, RequirementPlan], duties: Iterable[Duty]) -> tuple[RequirementPlan, ...]:
    used = {duty.requirement for duty in duties}
    return tuple(plan for key, plan in plans.items() if key in used)
