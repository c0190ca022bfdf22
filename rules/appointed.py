"""How facts change what a register knows of the people who answer for its units."""

from collections.abc import Mapping
from datetime import datetime

from models.correspondence import AddressRefused, HolderLeft, HolderNamed
from models.holder import Arrangement, Holder, holder_key
from models.unit import Role


def named(known: Mapping[str, Holder], fact: HolderNamed, seq: int, at: datetime) -> dict[str, Holder]:
    """The person named by event number `seq`, and the one whom he follows where he takes over for good."""
    before = known.get(holder_key(fact.unit, fact.by))
    person = Holder(
        id=f"h{seq}",
        unit=fact.unit,
        role=before.role if before else Role(fact.by),
        name=fact.name,
        email=fact.email,
        arrangement=fact.arrangement,
        by=fact.by,
        by_email=fact.by_email,
        first=fact.first,
        last=fact.last,
    )
    found = {holder_key(fact.unit, person.id): person}
    if fact.arrangement is Arrangement.SUCCESSOR:
        gone = _at(before, fact.unit, fact.by, person.role, fact.by_email)
        found[holder_key(fact.unit, fact.by)] = gone.model_copy(update={"left_at": at})
    return found


def left(known: Mapping[str, Holder], fact: HolderLeft, at: datetime) -> dict[str, Holder]:
    """Somebody who does not answer for his unit any more."""
    key = holder_key(fact.unit, fact.holder)
    before = _at(known.get(key), fact.unit, fact.holder, fact.role, fact.email)
    return {key: before.model_copy(update={"left_at": at})}


def refused(known: Mapping[str, Holder], fact: AddressRefused, at: datetime) -> dict[str, Holder]:
    """Somebody whose address is gone."""
    key = holder_key(fact.unit, fact.holder)
    before = _at(known.get(key), fact.unit, fact.holder, fact.role, fact.email)
    return {key: before.model_copy(update={"refused_at": at, "refused": fact.words})}


def _at(before: Holder | None, unit: str, holder: str, role: Role, email: str) -> Holder:
    """Somebody at an address: what was known of a contact of the registry at another one is over."""
    if before is not None and (before.arrangement is not None or before.email == email):
        return before
    return Holder(id=holder, unit=unit, role=role, email=email)
