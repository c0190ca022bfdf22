"""A compiled plan, obligation by obligation: what `dondoc check` tells, lists and puts into calendars."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from commands.errors import CommandError, Exit
from models.plan import CascadePlan, Duty, Plan, RequirementPlan
from models.unit import Level
from rules.deciding import recipients


@dataclass(frozen=True)
class Owed:
    """One obligation: the register it stands in, what is asked, and of whom."""

    register: CascadePlan
    requirement: RequirementPlan
    duty: Duty

    @property
    def recurs(self) -> bool:
        """Whether it is one occurrence of several: its key ends with a period, not with a level."""
        item = self.requirement
        return item.key != item.series and item.key.removeprefix(f"{item.series}.") not in set(Level)

    @property
    def recipients(self) -> tuple[str, ...]:
        """The names of those who decide on the answer."""
        register, further = self.register, {reviewer.unit: reviewer.name for reviewer in self.duty.reviewers}
        names = {register.issuer: register.issuer_name} | further
        return tuple(names[unit] for unit in recipients(register.issuer, self.duty.unit, list(further)))


def owed(plan: Plan) -> Iterator[Owed]:
    """Every obligation of a plan, register by register."""
    for register in plan.cascades:
        requirements = {item.key: item for item in register.requirements}
        for duty in register.duties:
            yield Owed(register, requirements[duty.requirement], duty)


def owed_by(plan: Plan, unit: str) -> tuple[Owed, ...]:
    """What one unit will owe. Raises `CommandError` NOT_FOUND where it is asked nothing."""
    found = tuple(item for item in owed(plan) if item.duty.unit == unit)
    if not found:
        raise CommandError(Exit.NOT_FOUND, f"{plan.head.label} asks nothing of {unit!r}")
    return found


@dataclass(frozen=True)
class Group:
    """What belongs together in print: one requirement, or all occurrences of one that recurs."""

    items: tuple[Owed, ...]

    @property
    def first(self) -> Owed:
        return self.items[0]

    @property
    def occurrences(self) -> tuple[RequirementPlan, ...]:
        """The requirement's occurrences in order; the requirement alone where it does not recur."""
        return tuple({item.requirement.key: item.requirement for item in self.items}.values())

    @property
    def key(self) -> str:
        """The key as the file has it, for one date per level with the level."""
        return self.first.requirement.series if self.first.recurs else self.first.requirement.key

    @property
    def title(self) -> str:
        """The title, of what recurs without the period."""
        item = self.first.requirement
        return item.title.removesuffix(f" ({item.period.label})") if self.first.recurs and item.period else item.title


def grouped(items: Iterable[Owed]) -> tuple[Group, ...]:
    """Obligations by requirement, in order; the occurrences of a recurring one count as one requirement."""
    found: dict[str, list[Owed]] = {}
    for item in items:
        found.setdefault(item.requirement.series if item.recurs else item.requirement.key, []).append(item)
    return tuple(Group(tuple(group)) for group in found.values())
