"""Which registers of a directive go on, who keeps them, and where they stand among each other after a reform."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import naming
from models.obligation import ObligationState, State, obligation_key
from models.plan import CascadePlan, DirectiveHead
from rules.addressing import Registry, Tree
from rules.reforming.heirs import Heirs, ReformError


@dataclass(frozen=True)
class Register:
    """One register as it is now: its plan in force, its obligations by key, and the keys of those for which requests
    and recommendations wait for a word, as many times as there are."""

    plan: CascadePlan
    obligations: Mapping[str, ObligationState]
    closed: bool = False
    requests: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()

    @property
    def begun_with(self) -> str:
        """The unit with whose code the register began."""
        return naming.cascade_parts(self.plan.cascade_id)[1]


def on_the_way(obligations: Collection[ObligationState]) -> tuple[str, ...]:
    """Of the obligations of all registers of a directive, those that have left one and are in no other yet, by key."""
    names = Counter(item.key for item in obligations)
    found: list[str] = []
    for item in obligations:
        if item.state is State.TRANSFERRED:
            heirs = [obligation_key(item.requirement, unit) for unit in item.moved_to]
            arrived = all(name in names for name in heirs) if heirs else names[item.key] > 1
            found += [] if arrived else [item.key]
    return tuple(found)


@dataclass(frozen=True)
class Directive:
    """A directive that runs, with all its registers by id."""

    head: DirectiveHead
    registers: Mapping[str, Register]

    @property
    def on_the_way(self) -> tuple[str, ...]:
        """The obligations that have left a register and are in no other yet, by key."""
        return on_the_way([item for register in self.registers.values() for item in register.obligations.values()])

    @property
    def root(self) -> Register:
        return next(register for register in self.registers.values() if register.plan.parent is None)


@dataclass(frozen=True)
class Standing:
    """The registers of one directive after a reform. A register goes on in place where one unit takes over from its
    keeper; of several whose keepers become one, one goes on and the others hand over to it; where nobody takes over,
    the register hands everything to the one above the new units. Registers that are closed stay as they are."""

    directive: Directive
    heirs: Heirs

    @cached_property
    def keepers(self) -> Mapping[str, str]:
        """Who keeps each register from now on, by its id; of one that ends or is closed, who keeps it now."""
        going_on = {register: unit for unit, register in self._kept_by.items()}
        return {key: going_on.get(key, register.plan.issuer) for key, register in self.directive.registers.items()}

    @cached_property
    def ending(self) -> frozenset[str]:
        """The ids of registers that end."""
        going_on = set(self._kept_by.values())
        return frozenset(
            key for key, found in self.directive.registers.items() if not found.closed and key not in going_on
        )

    @cached_property
    def tree(self) -> Tree:
        """Who stands below the unit that keeps the first register from now on."""
        head, keeper = self.directive.head, self.keepers[self.directive.root.plan.cascade_id]
        before = self.heirs.before.get(self.directive.root.plan.issuer)
        line = self.heirs.units[keeper].line if before is not None and head.line == before.line else head.line
        return Registry(self.heirs.units).tree(keeper, line, self.heirs.file.on)

    def register_of(self, unit: str, left: str, *, beside: bool = False) -> str:
        """The register that follows up what a unit takes over out of the register `left`: that of the nearest unit
        above it which keeps one, or the first. For one that stands `beside` the line, or outside the tree, the same
        register, or what has come in its place."""
        if unit == self.tree.issuer:
            return self.directive.root.plan.cascade_id
        if beside or unit not in self.tree:
            return self.instead_of(left)
        return self._above(unit)

    def instead_of(self, register: str) -> str:
        """Where what is in a register goes on if nothing else says so: there, in the register with which its keeper's
        has become one, or in the one above."""
        first, seen = self.directive.root.plan.cascade_id, {register}
        while register != first and (register in self.ending or self.directive.registers[register].closed):
            heir = self._final[register]
            found = self._kept_by.get(heir or "") or self.directive.registers[register].plan.parent or first
            register = first if found in seen else found
            seen.add(register)
        return register

    def common(self, registers: Iterable[str]) -> str:
        """The nearest open register that stands above several, or is one of them and above the others."""
        first, *others = ([key, *self._up(key)] for key in registers)
        known = self.directive.registers
        return next(key for key in first if not known[key].closed and all(key in path for path in others))

    def parent(self, register: str) -> str | None:
        """The register above one, from now on. A closed one that waits for it stays there: it is told nothing more of
        a reform, and would wait for ever."""
        found = self.directive.registers[register]
        parent, keeper = found.plan.parent, self.keepers[register]
        if parent is None or found.closed:
            return parent
        if (waits := self._waiting_for.get(found.begun_with)) is not None:
            return waits
        if register in self.ending:
            return parent
        if keeper == found.plan.issuer and keeper not in self.heirs.made and parent not in self.ending:
            return parent
        return self._above(keeper) if keeper in self.tree else self.instead_of(parent)

    @cached_property
    def _waiting_for(self) -> Mapping[str, str]:
        """The closed registers that wait for others below them to close, by the units with whose code those began."""
        closed = ((key, register) for key, register in self.directive.registers.items() if register.closed)
        return {child: key for key, register in closed for child in register.plan.children}

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """The registers below each, by the units with whose code they began; first those that stood there before."""
        found: dict[str, dict[str, None]] = {key: {} for key in self.directive.registers}
        begun = {register.begun_with: key for key, register in self.directive.registers.items()}
        for key, register in self.directive.registers.items():
            for child in register.plan.children:
                if child not in begun or self.parent(begun[child]) == key:
                    found[key][child] = None
        for child, register_id in begun.items():
            if (parent := self.parent(register_id)) is not None:
                found[parent][child] = None
        return {key: tuple(children) for key, children in found.items()}

    def kept_by(self, register: str) -> dict[str, str]:
        """Of the registers below one, those that another unit keeps than the one they began with."""
        below = {child: naming.cascade_id(self.directive.head.directive_id, child) for child in self.children[register]}
        keepers = {child: self.keepers.get(key, child) for child, key in below.items()}
        return {keeper: child for child, keeper in keepers.items() if keeper != child}

    def _up(self, register: str) -> Iterator[str]:
        """The registers above one, the nearest first."""
        above = self.parent(register)
        while above is not None:
            yield above
            above = self.parent(above)

    def _above(self, unit: str) -> str:
        path = (self._kept_by.get(code) for code in self.tree.path(unit)[1:])
        return next((register for register in path if register), self.directive.root.plan.cascade_id)

    @cached_property
    def _final(self) -> Mapping[str, str | None]:
        """The unit that takes over each register; None where nobody of its level does."""
        function = self.directive.head.function
        found: dict[str, str | None] = {}
        for key, register in self.directive.registers.items():
            fate = self.heirs.of(register.plan.issuer, function)
            found[key] = register.plan.issuer if fate is None else fate.heir
        return found

    @cached_property
    def _kept_by(self) -> Mapping[str, str]:
        """The register that each unit keeps from now on. Raises `ReformError` where nobody keeps the first one."""
        root = self.directive.root
        first, plan = root.plan.cascade_id, root.plan
        fate = self.heirs.of(plan.issuer, self.directive.head.function)
        keeper = plan.issuer if fate is None else fate.heir or fate.up
        if keeper is None:
            message = f"nobody takes over the register of {plan.issuer} for {plan.number}: name who does under `units`"
            raise ReformError(message)
        found = {keeper: first}
        by_unit: dict[str, list[Register]] = {}
        for key, unit in self._final.items():
            register = self.directive.registers[key]
            if unit is not None and unit != keeper and key != first and not register.closed:
                by_unit.setdefault(unit, []).append(register)
        return found | {unit: self._going_on(unit, registers) for unit, registers in by_unit.items()}

    def _going_on(self, unit: str, registers: Iterable[Register]) -> str:
        """Of the registers that one unit takes over, the one that goes on: its own, else that of the unit which stood
        on the territory of the same code, else the first."""
        here = self.heirs.units[unit].territory

        def distance(register: Register) -> tuple[int, str]:
            issuer = register.plan.issuer
            same = issuer in self.heirs.units and self.heirs.units[issuer].territory == here
            return (0 if issuer == unit else 1 if same else 2, register.plan.cascade_id)

        return min(registers, key=distance).plan.cascade_id
