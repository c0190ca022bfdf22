"""What a reform does to a directive, told beforehand: to every obligation, register, receiver, request and
recommendation."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from models.base import Wire
from models.obligation import DONE, GONE, ObligationState, obligation_key
from models.unit import Level, Role
from rules.inheriting import answered_itself, moves_on
from rules.reforming.heirs import Change, Heirs
from rules.reforming.moving import Goes
from rules.reforming.orders import Orders
from rules.reforming.registers import Register

Place = tuple[str, str]
"""A register and the key of an obligation in it."""


class Account(StrEnum):
    """What becomes of one obligation: it stays, goes to another unit, becomes one with others, waits for somebody who
    takes it over (chờ phân công lại), or is closed already and keeps its old name."""

    STAYS = "stays"
    MOVED = "moved"
    MERGED = "merged"
    WAITING = "waiting"
    CLOSED = "closed"


class Tally(Wire):
    """Obligations of units of one level, of one requirement, by what becomes of them."""

    level: Level
    requirement: str
    counts: dict[Account, int]


class Waiting(Wire):
    """An obligation that nobody takes over; `parts` are the units that have something of its unit now."""

    obligation: str
    unit: str
    change: Change
    parts: tuple[str, ...] = ()


class Keeper(Wire):
    """A register that another unit keeps; where that is None, it ends, and `follows` says where its matters go."""

    register_id: str
    before: str
    now: str | None
    follows: str = ""
    moved: bool = False


class Forecast(Wire):
    """`told` registers have something to do. `answered` obligations become one with what the unit that takes them over
    has answered itself, so that nothing more is asked. `silent` are units that take something over or keep a register
    and have no address; `requests` and `recommendations` wait for a word and go along."""

    directive_id: str
    number: str
    told: int
    tallies: tuple[Tally, ...]
    waiting: tuple[Waiting, ...]
    keepers: tuple[Keeper, ...]
    answered: int
    silent: tuple[str, ...]
    requests: int
    recommendations: int

    def total(self, account: Account) -> int:
        return sum(tally.counts.get(account, 0) for tally in self.tallies)


@dataclass(frozen=True)
class _Look:
    orders: Orders

    @property
    def heirs(self) -> Heirs:
        return self.orders.heirs

    @property
    def registers(self) -> Mapping[str, Register]:
        return self.orders.directive.registers

    @cached_property
    def accounts(self) -> Mapping[Place, Account]:
        return {place: self._account(place, item, goes) for place, item, goes in self.obligations}

    @cached_property
    def obligations(self) -> tuple[tuple[Place, ObligationState, Goes | None], ...]:
        """All obligations, with where each goes; None for what is closed."""
        return tuple(
            ((key, name), item, self._goes(register, name, item))
            for key, register in self.registers.items()
            for name, item in register.obligations.items()
        )

    def _goes(self, register: Register, name: str, item: ObligationState) -> Goes | None:
        """What is done goes along only where somebody still waits for a word on it, and somebody takes it over."""
        words = item.state in DONE and name in register.recommendations and not item.moved_to
        if register.closed or not (moves_on(item) or words):
            return None
        goes = self.orders.moving.goes(register.plan.cascade_id, name)
        return goes if moves_on(item) or goes.units not in {(), (item.unit,)} else None

    @cached_property
    def _together(self) -> Mapping[Place, frozenset[Place]]:
        """What comes together in each place: what stands there and stays, done or not, and what goes there."""
        found: dict[Place, set[Place]] = defaultdict(set)
        for place, item, goes in self.obligations:
            if goes is not None:
                for there in _places(item, goes):
                    found[there].add(place)
            elif item.state not in GONE:
                found[place].add(place)
        return {place: frozenset(places) for place, places in found.items()}

    def _account(self, place: Place, item: ObligationState, goes: Goes | None) -> Account:
        if goes is None:
            return Account.CLOSED
        if not goes.units:
            return Account.WAITING
        if goes == Goes(place[0], (item.unit,)):
            return Account.STAYS
        merges = any(len(self._together[there]) > 1 for there in _places(item, goes))
        return Account.MERGED if merges else Account.MOVED

    def answered(self) -> int:
        own = {place for place, item, _ in self.obligations if answered_itself(item)}

        def meets(there: Place) -> bool:
            return any(other in own and other[1] == there[1] for other in self._together[there])

        return sum(
            bool(goes.units) and all(map(meets, _places(item, goes)))
            for _, item, goes in self.obligations
            if goes is not None and goes.units != (item.unit,)
        )

    def tallies(self) -> Iterable[Tally]:
        counts: dict[tuple[Level, str], Counter[Account]] = defaultdict(Counter)
        for place, item, _ in self.obligations:
            counts[self.heirs.units[item.unit].level, item.requirement][self.accounts[place]] += 1
        for level, requirement in sorted(counts, key=lambda found: (list(Level).index(found[0]), found[1])):
            yield Tally(level=level, requirement=requirement, counts=dict(counts[level, requirement]))

    def waiting(self) -> Iterable[Waiting]:
        asked = {key: {item.key: item for item in found.plan.requirements} for key, found in self.registers.items()}
        for place, item, _ in self.obligations:
            if self.accounts[place] is Account.WAITING:
                fate = self.heirs.of(item.unit, asked[place[0]][item.requirement].function)
                change, parts = (fate.change, fate.parts) if fate else (Change.DISSOLVED, ())
                yield Waiting(obligation=place[1], unit=item.unit, change=change, parts=parts)

    def keepers(self) -> Iterable[Keeper]:
        standing = self.orders.standing
        for key, register in self.registers.items():
            before, now, ends = register.plan.issuer, standing.keepers[key], key in standing.ending
            moved = standing.parent(key) != register.plan.parent
            if ends or moved or before != now:
                follows = standing.keepers[standing.instead_of(key)] if ends else ""
                yield Keeper(register_id=key, before=before, now=None if ends else now, follows=follows, moved=moved)

    def silent(self) -> Iterable[str]:
        """Those who are to hear of something new."""
        hearing = [unit for _, _, goes in self.obligations if goes is not None for unit in goes.units]
        hearing += [keeper.now for keeper in self.keepers() if keeper.now]
        new = dict.fromkeys(unit for unit in hearing if unit in self.heirs.made or unit not in self.heirs.before)
        return (unit for unit in new if self.heirs.units[unit].email(Role.FOCAL) is None)

    def going_along(self, keys: str) -> int:
        leaving = {place for place, item, goes in self.obligations if goes is not None and _leaves(place, item, goes)}
        return sum(
            (key, name) in leaving for key, register in self.registers.items() for name in getattr(register, keys)
        )


def _places(item: ObligationState, goes: Goes) -> tuple[Place, ...]:
    """Where an obligation is owed from then on."""
    return tuple((goes.register, obligation_key(item.requirement, unit)) for unit in goes.units)


def _leaves(place: Place, item: ObligationState, goes: Goes) -> bool:
    """Whether an obligation leaves its unit or its register; what waits may stay where it is."""
    return goes.register != place[0] or goes.units not in {(), (item.unit,)}


def forecast(orders: Orders) -> Forecast:
    """What the orders of a reform will do to a directive."""
    look = _Look(orders)
    return Forecast(
        directive_id=orders.directive.head.directive_id,
        number=orders.directive.head.label,
        told=len(orders.all),
        tallies=tuple(look.tallies()),
        waiting=tuple(look.waiting()),
        keepers=tuple(look.keepers()),
        answered=look.answered(),
        silent=tuple(look.silent()),
        requests=look.going_along("requests"),
        recommendations=look.going_along("recommendations"),
    )
