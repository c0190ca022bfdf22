"""Silent days: working days at whose end a unit owed something, and on which it gave no sign of life.

A sign is whatever the unit itself does in the register, and a paper of its that came in. What waits for a review, is
suspended or released is not owed then; nobody is silent on a day off.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from models.actor import ActorKind
from models.event import Event, Submitted
from models.obligation import OWING, ObligationState, unit_of
from models.plan import CascadePlan
from rules.calendar import Calendar, last_day, local_day
from rules.fold import empty, fold
from rules.revising import revised

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Owed:
    """Something was owed from `first` to before `end`; late from the day after `due` on (None: no due date)."""

    first: date
    end: date
    due: date | None


@dataclass
class Standing:
    """What one unit owed when, and on which days it gave signs of life."""

    owed: list[Owed] = field(default_factory=list)
    signs: set[date] = field(default_factory=set)

    def add(self, other: "Standing") -> None:
        """Take in what the unit owed elsewhere."""
        self.owed += other.owed
        self.signs |= other.signs


def standings(plan: CascadePlan, events: Iterable[Event], until: datetime) -> dict[str, Standing]:
    """What each unit of a register owed up to an instant; `plan` is the one with which the register began. Coordinating
    units owe nothing that is counted."""
    found: dict[str, Standing] = {}
    since: dict[str, tuple[date, ObligationState]] = {}
    state = empty(plan)
    for event in events:
        before, state = state.obligations, fold(plan, state, (event,))
        plan = revised(plan, (event,))
        for unit, day in _signs(event):
            found.setdefault(unit, Standing()).signs.add(day)
        for key, item in state.obligations.items():
            if item is not before.get(key):
                _follow(found, since, item, local_day(event.at))
    for item_since, item in since.values():
        _end(found, item_since, item, local_day(until) + _ONE_DAY)
    return found


def silent_days(
    standing: Standing, calendar: Calendar, first: date | None = None, last: date | None = None
) -> Mapping[date, bool]:
    """The silent days of a unit between two days, both included, each with whether something was overdue on it. Several
    obligations make no day count twice."""
    found: dict[date, bool] = {}
    for owed in standing.owed:
        for day in _days(max(owed.first, first or owed.first), owed.end):
            if last is not None and day > last:
                break
            if day not in standing.signs and calendar.is_working_day(day):
                found[day] = found.get(day, False) or (owed.due is not None and day > owed.due)
    return found


def _days(first: date, end: date) -> Iterator[date]:
    return (first + _ONE_DAY * number for number in range((end - first).days))


def _signs(event: Event) -> Iterator[tuple[str, date]]:
    if event.actor.kind is ActorKind.OFFICER:
        yield event.actor.unit, local_day(event.at)
    if isinstance(event.fact, Submitted) and event.fact.received_at is not None:
        yield unit_of(event.fact.obligation), local_day(event.fact.received_at)


def _follow(
    found: dict[str, Standing], since: dict[str, tuple[date, ObligationState]], item: ObligationState, day: date
) -> None:
    """An obligation has changed on a day."""
    owing = item.state in OWING and not item.coordinating
    began = since.get(item.key)
    if began is not None and (not owing or began[1].due != item.due):
        _end(found, *since.pop(item.key), day)
        began = None
    if owing and began is None:
        since[item.key] = (day, item)


def _end(found: dict[str, Standing], first: date, item: ObligationState, end: date) -> None:
    due = last_day(item.due) if item.due is not None else None
    found.setdefault(item.unit, Standing()).owed.append(Owed(first, end, due))
