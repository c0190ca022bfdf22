"""Late addressees: units that were listed while the directive ran, beside its file (docs/decisions/0013)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

import naming
from models.directive import DirectiveFile, RequirementFile
from models.plan import CascadePlan, DirectiveHead
from models.unit import Unit
from rules.addressing import Registry
from rules.calendar import local_day


def with_enlisted(written: DirectiveFile, enlisted: Mapping[str, Collection[str]]) -> DirectiveFile:
    """The file as if it listed these units, by requirement, too. Requirements that it does not have are passed over."""
    requirements = {key: _listing(item, enlisted.get(key, ())) for key, item in written.requirements.items()}
    return written.model_copy(update={"requirements": requirements})


def joining(
    codes: Iterable[str],
    units: Mapping[str, Unit],
    head: DirectiveHead,
    registers: Collection[CascadePlan],
    today: date,
) -> dict[str, str]:
    """Of late addressees, those that were not there on the day of issue and are today, each with the unit whose code
    the register began with that follows it up: that of the nearest unit above which keeps one of the `registers` in
    force. Units that nobody in the directive stands above are left out."""
    root = next(plan for plan in registers if plan.parent is None)
    begun = {plan.issuer: naming.cascade_parts(plan.cascade_id)[1] for plan in registers}
    first, keeper = (units[code].line for code in (begun[root.issuer], root.issuer))
    tree = Registry(units).tree(root.issuer, keeper if head.line == first else head.line, today)
    issued = local_day(head.starts)
    return {
        code: next(begun[above] for above in tree.path(code)[1:] if above in begun)
        for code in codes
        if code in tree.parent and not units[code].valid_on(issued)
    }


def enlistable(units: Mapping[str, Unit], head: DirectiveHead, first: CascadePlan, today: date) -> tuple[Unit, ...]:
    """The units that late addressees may be chosen among, in registry order: of those that stood below the issuer on
    the day of issue, those that there are today; and those that have arisen since below the unit that keeps the first
    register now, of which `first` is the plan in force."""
    stood = Registry(units).tree(head.issuer, head.line, local_day(head.starts)).parent
    arisen = joining(units, units, head, [first], today)
    return tuple(unit for code, unit in units.items() if code in arisen or (code in stood and unit.valid_on(today)))


def _listing(item: RequirementFile, units: Collection[str]) -> RequirementFile:
    if not units:
        return item
    listed = tuple(dict.fromkeys((*item.to.units, *units)))
    left_out = tuple(code for code in item.to.excluding if code not in units)
    return item.model_copy(update={"to": item.to.model_copy(update={"units": listed, "excluding": left_out})})
