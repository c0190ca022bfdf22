"""What became of every obligation, counted from the tables as they are before and after a reform."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import select

from models.obligation import GONE, LIVE, State, obligation_key, requirement_of, unit_of
from models.tables import ObligationRow
from rules.reforming.forecast import Account
from store.engine import reading

Place = tuple[str, str]
"""A register and the key of an obligation in it."""


@dataclass(frozen=True)
class Stands:
    """How an obligation stands, and who owes it instead."""

    state: State
    moved_to: tuple[str, ...]


def obligations(engine: Engine) -> dict[Place, Stands]:
    """All obligations in the database."""
    row = ObligationRow
    with reading(engine) as session:
        found = session.exec(select(row.cascade_id, row.key, row.state, row.moved_to)).all()
    return {(register, key): Stands(State(state), tuple(moved_to)) for register, key, state, moved_to in found}


def accounts(before: dict[Place, Stands], after: dict[Place, Stands]) -> Counter[Account]:
    """How many obligations of `before` have which account. Raises `RuntimeError` for one that has none, or more than
    one."""
    there: dict[str, list[Place]] = defaultdict(list)
    for place, stands in after.items():
        if stands.state not in GONE:
            there[place[1]].append(place)
    reached: dict[Place, list[Place]] = defaultdict(list)
    found: Counter[Account] = Counter()
    for place, was in before.items():
        now = after.get(place)
        if now is None or (was.state not in LIVE and now.state is not was.state):
            raise RuntimeError(f"{place} was {was} and is {now}")
        if was.state not in LIVE:
            found[Account.CLOSED] += 1
        elif now.state is not State.TRANSFERRED:
            waits = now.state is State.SUSPENDED and was.state is not State.SUSPENDED
            found[Account.WAITING if waits else Account.STAYS] += 1
        else:
            for unit in now.moved_to or (unit_of(place[1]),):
                owed = there[obligation_key(requirement_of(place[1]), unit)]
                if len(owed) != 1:
                    raise RuntimeError(f"{place} went to {unit}, where it stands {len(owed)} times")
                reached[owed[0]].append(place)
    merged = {place for places in reached.values() if len(places) > 1 for place in places}
    moved = {place for places in reached.values() for place in places}
    found[Account.MERGED], found[Account.MOVED] = len(merged), len(moved - merged)
    if found.total() != len(before):
        raise RuntimeError(f"{len(before)} obligations have {found.total()} accounts: {found}")
    return found
