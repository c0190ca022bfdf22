"""What every register of a directive is told when units are reorganised, and in which order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from models.actor import Actor
from models.base import Instant, Wire
from models.succession import Keeping, Reorganise, Succession
from rules.reforming.duties import deciding_now
from rules.reforming.heirs import Heirs
from rules.reforming.moving import Moving
from rules.reforming.registers import Directive, Register, Standing


class Order(Wire):
    """A command for one register, and how many registers stand above it."""

    cascade_id: str
    depth: int
    successions: tuple[Succession, ...] = ()
    keeping: Keeping | None = None


@dataclass(frozen=True)
class Orders:
    """What a reform means for one directive. Worked out from what the registers are now, so that what is left of a
    reform that was interrupted comes out the same; nothing comes out once it is done."""

    directive: Directive
    heirs: Heirs

    @cached_property
    def standing(self) -> Standing:
        return Standing(self.directive, self.heirs)

    @cached_property
    def moving(self) -> Moving:
        return Moving(self.standing)

    @cached_property
    def all(self) -> tuple[Order, ...]:
        """The orders, from the bottom: a register knows its new place before the ones above it stop waiting for it."""
        if self.directive.root.closed:
            return ()
        found = (order for register in self.directive.registers.values() for order in self._order(register))
        return tuple(sorted(found, key=lambda order: (-order.depth, order.cascade_id)))

    def _order(self, register: Register) -> Iterator[Order]:
        if register.closed:
            return
        keeping, successions = self._keeping(register), self.moving.successions(register)
        if keeping is not None or successions:
            key = register.plan.cascade_id
            yield Order(cascade_id=key, depth=self._depths[key], successions=successions, keeping=keeping)

    def _keeping(self, register: Register) -> Keeping | None:
        """What changes of the keeping; None where nothing does."""
        plan, standing = register.plan, self.standing
        key, keeper = plan.cascade_id, standing.keepers[plan.cascade_id]
        decide = deciding_now(self.heirs, {item.key: item for item in plan.requirements}, plan.duties)
        if keeper != plan.issuer:
            decide[plan.issuer] = keeper
        keeping = Keeping(
            issuer=keeper,
            issuer_name=plan.issuer_name if keeper == plan.issuer else self.heirs.units[keeper].short_name,
            parent=standing.parent(key),
            children=standing.children[key],
            kept_by=standing.kept_by(key),
            passes_down=self._passed_down[key],
            duties=self.moving.staying(register),
            reviewers=decide,
            ends=key in standing.ending,
        )
        as_it_is = Keeping(
            issuer=plan.issuer,
            issuer_name=plan.issuer_name,
            parent=plan.parent,
            children=plan.children,
            kept_by=plan.kept_by,
            passes_down=plan.passes_down,
            reviewers=decide,
        )
        return None if keeping == as_it_is else keeping

    @cached_property
    def _depths(self) -> Mapping[str, int]:
        """How many registers stand above each, as they stand now."""
        registers = self.directive.registers
        found: dict[str, int] = {}
        for key in registers:
            depth, above = 0, registers[key].plan.parent
            while above is not None:
                depth, above = depth + 1, registers[above].plan.parent
            found[key] = depth
        return found

    @cached_property
    def _passed_down(self) -> Mapping[str, tuple[str, ...]]:
        """What each register tells those below it: also what those told that hand over to it."""
        found = {key: set(register.plan.passes_down) for key, register in self.directive.registers.items()}
        for key in self.standing.ending:
            found[self.standing.instead_of(key)] |= set(self.directive.registers[key].plan.passes_down)
        plans = {key: register.plan.passes_down for key, register in self.directive.registers.items()}
        return {key: plans[key] if set(plans[key]) == keys else tuple(sorted(keys)) for key, keys in found.items()}


def command(order: Order, heirs: Heirs, at: Instant, actor: Actor, reason: str) -> Reorganise:
    """The command that an order becomes. Its id says what it brings, so that one given again has one effect."""
    said = sha256(order.model_dump_json().encode()).hexdigest()[:24]
    return Reorganise(
        id=f"reform:{heirs.file.on}:{said}",
        at=at,
        actor=actor,
        on=heirs.file.on,
        basis=heirs.file.basis,
        reason=reason,
        successions=order.successions,
        keeping=order.keeping,
    )
