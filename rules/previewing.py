"""A change of a whole directive as it is shown before it is made, and the seal by which a confirmation says what was
shown."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.fault import Fault
from models.obligation import ObligationState
from rules.foreseeing import Foreseen


class Becomes(StrEnum):
    """What becomes of an obligation. It stays as it is where it is done, or has a date of its own."""

    ADDED = "added"
    REDATED = "redated"
    WITHDRAWN = "withdrawn"
    AGAIN = "again"
    DONE = "done"
    OWN_DATE = "own_date"


@dataclass(frozen=True)
class Becoming:
    """One obligation: as it is afterwards where it is `ADDED`, else as it stands; `due` is its due instant
    afterwards."""

    becomes: Becomes
    item: ObligationState
    unit_name: str
    due: datetime | None


@dataclass(frozen=True)
class Group:
    """The obligations of one requirement of which something becomes."""

    requirement: str
    title: str
    items: tuple[Becoming, ...]

    @property
    def counts(self) -> Mapping[Becomes, int]:
        """How many become what, in the order of `Becomes`."""
        found = Counter(item.becomes for item in self.items)
        return {becomes: found[becomes] for becomes in Becomes if found[becomes]}


@dataclass(frozen=True)
class Preview:
    """`registers` is how many change, `past` how many of the new dates have passed already, `answered` how many answers
    that are in are kept, `unchanged` how many obligations are not concerned. `ended` are units that are asked nothing
    new because they are not there any more, `closed` the keepers of registers in which nothing changes because they
    have closed, by name. `stored` says that the version runs already and only has to be told."""

    seal: str
    groups: tuple[Group, ...]
    registers: int
    past: int
    answered: int
    unchanged: int
    version: int = 0
    ended: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    warnings: tuple[Fault, ...] = ()
    stored: bool = False


def preview(
    foreseen: Sequence[Foreseen], said: str, names: Mapping[str, str], titles: Mapping[str, str], at: datetime
) -> Preview:
    """What a change would do as it is shown: `said` is all that was asked for, `names` are those of units by code,
    `titles` those of requirements by key, `at` is the business instant."""
    grouped: dict[str, list[Becoming]] = {key: [] for key in titles}
    for found in foreseen:
        for becomes, item, due in _becoming(found):
            became = Becoming(becomes, item, names.get(item.unit, item.unit), due)
            grouped.setdefault(item.requirement, []).append(became)
    groups = tuple(Group(key, titles.get(key, key), tuple(items)) for key, items in grouped.items() if items)
    dues = [item.due for group in groups for item in group.items if item.becomes in {Becomes.ADDED, Becomes.REDATED}]
    return Preview(
        seal=_seal(said, groups),
        groups=groups,
        registers=sum(bool(item.added or item.withdrawn or item.again or item.redated) for item in foreseen),
        past=sum(due is not None and due <= at for due in dues),
        answered=sum(item.answered for item in foreseen),
        unchanged=sum(item.unchanged for item in foreseen),
    )


def _becoming(found: Foreseen) -> Iterator[tuple[Becomes, ObligationState, datetime | None]]:
    yield from ((Becomes.ADDED, item, item.due) for item in found.added)
    yield from ((Becomes.REDATED, pair.before, pair.after.due) for pair in found.redated)
    for becomes in (Becomes.WITHDRAWN, Becomes.AGAIN, Becomes.DONE, Becomes.OWN_DATE):
        items: tuple[ObligationState, ...] = getattr(found, becomes)
        yield from ((becomes, item, item.due) for item in items)


def _seal(said: str, groups: Sequence[Group]) -> str:
    digest = hashlib.sha256(said.encode())
    for line in sorted(f"{item.becomes} {item.item.key} {item.due}" for group in groups for item in group.items):
        digest.update(f"\n{line}".encode())
    return digest.hexdigest()
