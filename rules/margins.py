"""What the rules look for in a register again and again, read from the margins of its sheets: to look at every
obligation for each command would take longer the larger the register is."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import NamedTuple, TypeVar

from models.obligation import OWING, ObligationState, State
from models.sheets import Look, Sheet, Sheets

_Found = TypeVar("_Found")
_Thing = TypeVar("_Thing")


def stepping(obligations: Sheets, at: datetime) -> Iterator[tuple[str, ObligationState]]:
    """Obligations whose next step has come by an instant."""
    for sheet in _where(obligations, _TIMES, lambda times: times.first is not None and times.first <= at):
        for key, item in sheet.items():
            if item.next_step_at is not None and item.next_step_at <= at:
                yield key, item


def waking(obligations: Sheets, latest: Mapping[str, datetime | None]) -> Iterator[datetime]:
    """Instants among which is the first at which an obligation takes its next step or, if it is dormant, opens at the
    `latest`, by requirement."""
    times = obligations.noted(_TIMES)
    if times.awake is not None:
        yield times.awake
    for requirement in times.dormant:
        if (at := latest.get(requirement)) is not None:
            yield at


def dormant(obligations: Sheets, requirements: Mapping[str, object]) -> Iterator[tuple[str, ObligationState]]:
    """Dormant obligations of some requirements."""
    for sheet in _where(obligations, _TIMES, lambda times: not requirements.keys().isdisjoint(times.dormant)):
        for key, item in sheet.items():
            if item.state is State.DORMANT and item.requirement in requirements:
                yield key, item


def submitted(obligations: Sheets) -> Iterator[tuple[str, ObligationState]]:
    """What was handed in and waits for a decision."""
    for sheet in _where(obligations, _STATES, lambda states: states[State.SUBMITTED] > 0):
        for key, item in sheet.items():
            if item.state is State.SUBMITTED:
                yield key, item


def keys_of(obligations: Sheets, unit: str) -> Iterator[str]:
    """The keys of all that a unit owes."""
    for sheet in _where(obligations, _UNITS, lambda units: unit in units):
        yield from (key for key, item in sheet.items() if item.unit == unit)


def first_came(obligations: Sheets, since: datetime | None) -> datetime | None:
    """When the first submission came in that waits, of those that came at an instant or later."""
    waiting = (volume.noted(_CAME) for volume in obligations.volumes)
    places = ((came, bisect_left(came, since) if since else 0) for came in waiting)
    return min((came[place] for came, place in places if place < len(came)), default=None)


def states(obligations: Sheets) -> Counter[State]:
    """How many obligations are in each state; units that only take part apart."""
    return obligations.noted(_LEAD_STATES)


def overdue(obligations: Sheets, at: datetime) -> int:
    """How many obligations are owed and past their due instant; units that only take part apart."""
    return sum(number for due, number in obligations.noted(_DUES).items() if due <= at)


def here_since(item: ObligationState, came: datetime) -> datetime:
    """What was handed in or asked for before another unit took over is new to those who decide now."""
    return max(came, item.heard_at) if item.inherited and item.heard_at is not None else came


def _where(obligations: Sheets, look: Look[_Found], chosen: Callable[[_Found], bool]) -> Iterator[Sheet]:
    """The sheets on which something is to be found."""
    for volume in obligations.volumes:
        if chosen(volume.noted(look)):
            yield from (sheet for sheet in volume.sheets if chosen(sheet.noted(look)))


class _Times(NamedTuple):
    """The first next step, the first of those that are awake, and the requirements of those that are dormant."""

    first: datetime | None
    awake: datetime | None
    dormant: frozenset[str]


def _times(sheet: Sheet) -> _Times:
    steps = [(item.next_step_at, item.state) for item in sheet.values() if item.next_step_at is not None]
    return _Times(
        min((at for at, _ in steps), default=None),
        min((at for at, state in steps if state is not State.DORMANT), default=None),
        frozenset(item.requirement for item in sheet.values() if item.state is State.DORMANT),
    )


def _first_times(found: Iterable[_Times]) -> _Times:
    times = list(found)
    return _Times(
        min((each.first for each in times if each.first is not None), default=None),
        min((each.awake for each in times if each.awake is not None), default=None),
        frozenset().union(*(each.dormant for each in times)),
    )


def _came(item: ObligationState) -> datetime | None:
    """When a submission that waits came into this register; what was taken over came in when it opened."""
    if item.state is not State.SUBMITTED or item.submitted_at is None:
        return None
    return here_since(item, max(item.submitted_at, item.opened_at or item.submitted_at))


def _summed(found: Iterable[Counter[_Thing]]) -> Counter[_Thing]:
    whole: Counter[_Thing] = Counter()
    for counts in found:
        whole.update(counts)
    return whole


_TIMES = Look(_times, _first_times)
_UNITS = Look[frozenset[str]](
    lambda sheet: frozenset(item.unit for item in sheet.values()), lambda found: frozenset().union(*found)
)
_CAME = Look[list[datetime]](
    lambda sheet: sorted(at for item in sheet.values() if (at := _came(item)) is not None),
    lambda found: sorted(chain.from_iterable(found)),
)
_STATES = Look[Counter[State]](lambda sheet: Counter(item.state for item in sheet.values()), _summed)
_LEAD_STATES = Look[Counter[State]](
    lambda sheet: Counter(item.state for item in sheet.values() if not item.coordinating), _summed
)
_DUES = Look[Counter[datetime]](
    lambda sheet: Counter(
        item.due for item in sheet.values() if item.state in OWING and not item.coordinating and item.due is not None
    ),
    _summed,
)
