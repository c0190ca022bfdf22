"""What a reform does to a directive, told beforehand: to every obligation, register, receiver, request and
recommendation."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from models.base import Wire
from models.obligation import ObligationState, obligation_key
from models.unit import Level, Role
from rules.inheriting import moves_on
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
    """`told` registers have something to do. `silent` are units that take something over or keep a register and have no
    address; `requests` and `recommendations` wait for a word and go along."""

    directive_id: str
    number: str
    told: int
    tallies: tuple[Tally, ...]
    waiting: tuple[Waiting, ...]
    keepers: tuple[Keeper, ...]
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
        reached: dict[Place, set[Place]] = defaultdict(set)
        found: dict[Place, Account] = {}
        for place, item, goes in self.obligations():
            if goes is None:
                found[place] = Account.CLOSED
            elif goes == Goes(place[0], (item.unit,)):
                found[place] = Account.STAYS
                reached[place].add(place)
            elif not goes.units:
                found[place] = Account.WAITING
            else:
                found[place] = Account.MOVED
                for unit in goes.units:
                    reached[goes.register, obligation_key(item.requirement, unit)].add(place)
        shared = {place for places in reached.values() if len(places) > 1 for place in places}
        return {
            place: Account.MERGED if account is Account.MOVED and place in shared else account
            for place, account in found.items()
        }

    def obligations(self) -> Iterator[tuple[Place, ObligationState, Goes | None]]:
        """All obligations, with where each goes; None for what is closed."""
        for key, register in self.registers.items():
            for name, item in register.obligations.items():
                live = moves_on(item) and not register.closed
                yield (key, name), item, self.orders.moving.goes(key, name) if live else None

    def tallies(self) -> Iterable[Tally]:
        counts: dict[tuple[Level, str], Counter[Account]] = defaultdict(Counter)
        for place, item, _ in self.obligations():
            counts[self.heirs.units[item.unit].level, item.requirement][self.accounts[place]] += 1
        for level, requirement in sorted(counts, key=lambda found: (list(Level).index(found[0]), found[1])):
            yield Tally(level=level, requirement=requirement, counts=dict(counts[level, requirement]))

    def waiting(self) -> Iterable[Waiting]:
        asked = {key: {item.key: item for item in found.plan.requirements} for key, found in self.registers.items()}
        for place, item, _ in self.obligations():
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
        hearing = [unit for _, _, goes in self.obligations() if goes is not None for unit in goes.units]
        hearing += [keeper.now for keeper in self.keepers() if keeper.now]
        new = dict.fromkeys(unit for unit in hearing if unit in self.heirs.made or unit not in self.heirs.before)
        return (unit for unit in new if self.heirs.units[unit].email(Role.FOCAL) is None)

    def going_along(self, keys: str) -> int:
        return sum(
            self.accounts.get((key, name)) in {Account.MOVED, Account.MERGED}
            for key, register in self.registers.items()
            for name in getattr(register, keys)
        )


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
        silent=tuple(look.silent()),
        requests=look.going_along("requests"),
        recommendations=look.going_along("recommendations"),
    )
