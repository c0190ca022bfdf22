"""Where every obligation of a directive goes in a reform."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from models.obligation import DONE, ObligationState, State, obligation_key
from models.plan import Duty, RequirementPlan
from models.reform import DissolvedFile, Way
from models.succession import Succession
from rules.inheriting import moves_on
from rules.reforming.duties import inherited_duty, up_to_date
from rules.reforming.heirs import Change, Heirs
from rules.reforming.registers import Register, Standing


def way(rules: DissolvedFile, asked: RequirementPlan) -> Way:
    """Where an obligation goes whose unit is dissolved: by its requirement, else as a consolidating report, else by its
    kind."""
    for key in (asked.key, asked.series):
        if key in rules.requirements:
            return rules.requirements[key]
    return rules.consolidating if asked.consolidates else rules.kinds.get(asked.kind, Way.WAIT)


def heirs_of(heirs: Heirs, asked: RequirementPlan, unit: str) -> tuple[str, ...]:
    """The units that take over what a unit owes; none where it waits. What was divided goes to the part that is the
    default, because nobody can say which share of a figure lies where."""
    fate = heirs.of(unit, asked.function)
    if fate is None:
        return (unit,)
    if fate.heir is not None:
        return (fate.heir,)
    if fate.change is Change.SPLIT:
        return ()
    match way(heirs.file.dissolved, asked):
        case Way.DOWN:
            return fate.down
        case Way.UP:
            return (fate.up,) if fate.up is not None else ()
        case Way.WAIT:
            return ()


@dataclass(frozen=True)
class Goes:
    """Where an obligation goes: the register that follows it up, and the units that owe it there."""

    register: str
    units: tuple[str, ...]


@dataclass(frozen=True)
class Moving:
    """What moves between the registers of one directive."""

    standing: Standing

    def goes(self, register: str, key: str) -> Goes:
        """Where an obligation of a register goes, by its key."""
        return self._ways[register, key]

    def successions(self, register: Register) -> tuple[Succession, ...]:
        """Where the obligations of a register go that have to go: what is not done, and what was done, for evidence."""
        here = register.plan.cascade_id
        found = ((duty, self._ways[here, _key(duty)]) for duty in register.plan.duties)
        return tuple(
            Succession(
                obligation=_key(duty),
                cascade_id=goes.register,
                duties=tuple(self._duties[duty.requirement, unit] for unit in goes.units),
            )
            for duty, goes in found
            if goes != Goes(here, (duty.unit,)) and _concerns(here, goes, register.obligations.get(_key(duty)))
        )

    def staying(self, register: Register) -> tuple[Duty, ...]:
        """The duties of units that stay in a register which are not what they were: others decide or issue now, or may
        be chosen."""
        here, asked = register.plan.cascade_id, _asked(register)
        stays = (duty for duty in register.plan.duties if self._ways[here, _key(duty)] == Goes(here, (duty.unit,)))
        found = ((duty, up_to_date(self.standing.heirs, asked[duty.requirement], duty)) for duty in stays)
        return tuple(now for duty, now in found if now is not duty)

    @cached_property
    def _ways(self) -> Mapping[tuple[str, str], Goes]:
        return {
            (key, _key(duty)): self._way(key, duty, asked[duty.requirement])
            for key, register in self.standing.directive.registers.items()
            for asked in (_asked(register),)
            for duty in register.plan.duties
        }

    def _way(self, here: str, duty: Duty, asked: RequirementPlan) -> Goes:
        heirs, standing = self.standing.heirs, self.standing
        units = heirs_of(heirs, asked, duty.unit)
        stays = units == (duty.unit,) and here not in standing.ending and duty.unit not in heirs.made
        if not stays and units == (standing.tree.issuer,) and not self._others_decide(duty, asked):
            units = ()  # nobody hands in to himself what was handed in to him
        if stays or not units:
            return Goes(standing.instead_of(here), units)
        registers = dict.fromkeys(standing.register_of(unit, here, beside=duty.coordinating) for unit in units)
        return Goes(standing.common(registers), units)

    def _others_decide(self, duty: Duty, asked: RequirementPlan) -> bool:
        """Whether an answer has further recipients than the unit that keeps the first register."""
        now = up_to_date(self.standing.heirs, asked, duty).reviewers
        return any(reviewer.unit != self.standing.tree.issuer for reviewer in now)

    @cached_property
    def _duties(self) -> Mapping[tuple[str, str], Duty]:
        """The duties of those who take over, by requirement and unit: one for all that they take over of it."""
        before: dict[tuple[str, str], list[Duty]] = {}
        asked: dict[str, RequirementPlan] = {}
        for key, register in self.standing.directive.registers.items():
            asked |= _asked(register)
            for duty in register.plan.duties:
                for unit in self._ways[key, _key(duty)].units:
                    before.setdefault((duty.requirement, unit), []).append(duty)
        return {
            (requirement, unit): inherited_duty(self.standing.heirs, asked[requirement], unit, duties)
            for (requirement, unit), duties in before.items()
        }


def _concerns(here: str, goes: Goes, item: ObligationState | None) -> bool:
    """Whether a register is told of where an obligation goes: what waits in it already is there."""
    if item is None:
        return False
    if item.state in DONE:
        return bool(goes.units) and goes.units != (item.unit,) and not item.moved_to
    waits_here = goes == Goes(here, ()) and item.state is State.SUSPENDED
    return moves_on(item) and not waits_here


def _asked(register: Register) -> Mapping[str, RequirementPlan]:
    return {item.key: item for item in register.plan.requirements}


def _key(duty: Duty) -> str:
    return obligation_key(duty.requirement, duty.unit)
