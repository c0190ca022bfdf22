"""Where a chain breaks, and what was done to it: from the chain itself, then against what proves it from outside."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audit.verify.finding import Tampering
from rules.chain import GENESIS, link


@dataclass(frozen=True, slots=True)
class Linked:
    """One link of a chain as its table has it; `value` is what its body says, empty where it is no JSON object."""

    seq: int
    body: str
    hash: str
    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Break:
    """The first link that does not fit, by number."""

    seq: int
    tampering: Tampering
    expected: object
    found: object


def linked(seq: int, body: str, hash_: str) -> Linked:
    """A link with its body read."""
    try:
        value = json.loads(body)
    except ValueError:
        value = {}
    return Linked(seq, body, hash_, value if isinstance(value, dict) else {})


def broken(chain: Sequence[Linked]) -> Break | None:
    """Where the links of a chain do not follow one another; None where they do."""
    previous = GENESIS
    for number, item in enumerate(chain, start=1):
        said = item.value.get("seq")
        if item.seq != number or said != number or link(previous, item.body) != item.hash:
            return _explained(chain, number, previous)
        previous = item.hash
    return None


def departs(chain: Sequence[Linked], proven: Sequence[str]) -> Break | None:
    """Where a chain that fits itself is another than the one that is proven: that one's bodies, from the first on. It
    may go further than these."""
    for number, (item, body) in enumerate(zip(chain, proven, strict=False), start=1):
        if item.body != body:
            return Break(number, kind_of_departure([each.body for each in chain], proven, number), body, item.body)
    if len(chain) < len(proven):
        return Break(len(chain) + 1, Tampering.TRUNCATED, proven[len(chain)], None)
    return None


def as_it_shows(chain: Sequence[Linked], departure: Break) -> Break:
    """A departure from what is proven, with what the chain itself shows was done, where it does not fit itself."""
    inside = broken(chain)
    if inside is None:
        return departure
    nearby = abs(inside.seq - departure.seq) <= 1
    kind = inside.tampering if nearby else Tampering.EDITED
    return Break(departure.seq, kind, departure.expected, departure.found)


def kind_of_departure(chain: Sequence[object], proven: Sequence[object], number: int) -> Tampering:
    """What was done to a chain that fits itself, where it departs from what is proven at a number; both without what
    tells only of their place (numbers, hashes) where that was written anew."""
    here, there = _without_places(chain[number - 1 :]), _without_places(proven[number - 1 :])
    if not there:
        return Tampering.INSERTED
    if here[0] in there[1:] and there[0] in here[1:]:
        return Tampering.REORDERED
    if _begins(here, there[1:]):
        return Tampering.DELETED
    if _begins(here[1:], there):
        return Tampering.INSERTED
    return Tampering.RE_HASHED


def _without_places(bodies: Sequence[object]) -> list[object]:
    return [_without_place(body) for body in bodies]


def _without_place(body: object) -> object:
    if not isinstance(body, str):
        return body
    try:
        value = json.loads(body)
    except ValueError:
        return body
    if isinstance(value, dict):
        value.pop("seq", None)
    return json.dumps(value, sort_keys=True)


def _begins(one: Sequence[object], other: Sequence[object]) -> bool:
    """Whether two sequences are the same as far as both go, which is some way."""
    shared = min(len(one), len(other))
    return shared > 0 and list(one[:shared]) == list(other[:shared])


def _explained(chain: Sequence[Linked], number: int, previous: str) -> Break:
    """What was done where a chain first breaks."""
    item, rest = chain[number - 1], chain[number - 1 :]
    said, at_hand = item.value.get("seq"), {each.value.get("seq") for each in rest}
    if item.seq != number:
        return Break(number, Tampering.DELETED, number, item.seq)
    if isinstance(said, int) and said != number:
        if said > number and number in at_hand:
            return Break(number, Tampering.REORDERED, number, said)
        if said > number:
            return Break(number, Tampering.DELETED, number, said)
        before = chain[number - 3].hash if number > 2 else GENESIS
        inserted = number - 1 if link(before, item.body) == item.hash else number
        return Break(inserted, Tampering.INSERTED, None, chain[inserted - 1].body)
    if any(each.value.get("seq") == number for each in rest[1:]):
        return Break(number, Tampering.INSERTED, None, item.body)
    expected = link(previous, item.body)
    before = chain[number - 3].hash if number > 2 else GENESIS
    if number > 1 and link(before, item.body) == item.hash:
        return Break(number - 1, Tampering.INSERTED, None, chain[number - 2].body)
    if any(link(previous, other.body) == item.hash for other in rest[1:]):
        return Break(number, Tampering.REORDERED, expected, item.hash)
    return Break(number, Tampering.EDITED, expected, item.hash)
