"""How a whole directive stands, counted from a few plain columns in one pass: a national directive has tens of
thousands of obligations, and what people read of each would take most of the time."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import String, cast, select
from sqlmodel import Session, SQLModel, col

from models.obligation import DONE, NOT_ASKED, OWING, ObligationState, State, Timeliness
from models.tables import CascadeRow, ObligationRow
from rules.calendar import last_day, local_day
from rules.requests import MAY_ASK
from rules.succeeding import awaits_heir
from store.reading_counts import before_due, judge_at
from store.units import ended_units, unit_names, units_in

_ROW = SQLModel.metadata.tables[str(ObligationRow.__tablename__)].columns
_UNANSWERED = OWING | {State.UNFULFILLED}
_NOTHING = "[]"


@dataclass(frozen=True)
class Overview:
    """Counts of obligations of lead units, of `units` that are asked for something and are there, and of those that
    have handed in something. `overdue` are counts by the unit's short name; `awaiting_heirs` are keys of obligations
    that wait for somebody who takes them over, those of units that only take part last; both register by register from
    the top. `asking` are the keys of chosen obligations for which something may be asked."""

    units: int
    answered_units: int
    obligations: int
    submissions: int
    returned: int
    escalations: int
    extensions: int
    by_state: dict[State, int]
    by_timeliness: dict[Timeliness, int]
    overdue: dict[str, int]
    awaiting_heirs: tuple[str, ...]
    asking: frozenset[str]


class _Row(NamedTuple):
    """What is read of an obligation: its place, what its standing follows from, and what is added up."""

    register: str
    position: int
    key: str
    unit: str
    coordinating: bool
    state: str
    due: datetime | None
    submitted: int | None
    suspended: int | None
    laid_aside: str | None
    submissions: int
    returned: int
    escalations: int
    extensions: int
    moved_to: str


@dataclass
class _Counted:
    """What is added up while rows pass by."""

    states: Counter[State] = field(default_factory=Counter)
    times: Counter[Timeliness] = field(default_factory=Counter)
    sums: Counter[str] = field(default_factory=Counter)
    asked: set[str] = field(default_factory=set)
    heard: set[str] = field(default_factory=set)
    overdue: list[_Row] = field(default_factory=list)
    suspended: list[tuple[_Row, ObligationState]] = field(default_factory=list)


def load_overview(session: Session, directive_id: str, at: datetime, chosen: Collection[str] = ()) -> Overview:
    """How a directive stands at a business instant; `chosen` are keys of obligations for which something was asked."""
    counted, judge = _Counted(), judge_at(at)
    asking: set[str] = set()
    for row in _rows(session, directive_id):
        example, standing = judge((row.state, row.due, row.submitted, row.suspended, row.laid_aside))
        if example.state is State.SUSPENDED:
            counted.suspended.append((row, example))
        if row.key in chosen and example.state in MAY_ASK:
            asking.add(row.key)
        if not row.coordinating:
            _count(counted, row, example.state, standing)
    there = counted.asked - ended_units(session, last_day(at))
    places = _places(session, directive_id)
    late = _in_order(counted.overdue, places)
    names = unit_names(session, {row.unit for row in late})
    units, today = units_in(session, {row.unit for row, _ in counted.suspended}), local_day(at)
    orphaned = [row for row, example in counted.suspended if awaits_heir(example, units[row.unit], today)]
    return Overview(
        units=len(there),
        answered_units=len(there & counted.heard),
        obligations=counted.states.total() - counted.states[State.TRANSFERRED],
        by_state=dict(sorted(counted.states.items())),
        by_timeliness=dict(sorted(counted.times.items())),
        overdue=Counter(names[row.unit] for row in late),
        awaiting_heirs=tuple(row.key for row in _in_order(orphaned, places)),
        asking=frozenset(asking),
        **{name: counted.sums[name] for name in ("submissions", "returned", "escalations", "extensions")},
    )


def _count(counted: _Counted, row: _Row, state: State, standing: Timeliness) -> None:
    """Count an obligation of a lead unit; what was transferred counts where it went."""
    counted.states[state] += 1
    if state is not State.TRANSFERRED:
        for name in ("submissions", "returned", "escalations", "extensions"):
            if number := getattr(row, name):
                counted.sums[name] += number
    if state in NOT_ASKED:
        return
    counted.times[standing] += 1
    counted.asked.add(row.unit)
    if row.submissions or state in DONE:
        counted.heard.add(row.unit)
        if row.moved_to != _NOTHING:
            counted.heard.update(json.loads(row.moved_to))
    if standing is Timeliness.OVERDUE and state in _UNANSWERED:
        counted.overdue.append(row)


def _rows(session: Session, directive_id: str) -> Iterator[_Row]:
    alike = (_ROW.state, _ROW.due, before_due(_ROW.submitted_at), before_due(_ROW.suspended_at), _ROW.laid_aside)
    sums = (_ROW.submissions, _ROW.returned, _ROW.escalations, _ROW.extensions)
    place = (_ROW.cascade_id, _ROW.position, _ROW.key, _ROW.unit, _ROW.coordinating)
    query = select(*place, *alike, *sums, cast(_ROW.moved_to, String)).where(_ROW.directive_id == directive_id)
    return (_Row._make(row) for row in session.connection().execute(query))


def _places(session: Session, directive_id: str) -> dict[str, tuple[bool, str]]:
    """The order of registers: the first one on top, the others by who keeps them."""
    columns = col(CascadeRow.id), col(CascadeRow.parent), col(CascadeRow.issuer)
    found = session.connection().execute(select(*columns).where(col(CascadeRow.directive_id) == directive_id))
    return {register: (parent is not None, issuer) for register, parent, issuer in found}


def _in_order(rows: Iterable[_Row], places: dict[str, tuple[bool, str]]) -> list[_Row]:
    return sorted(rows, key=lambda row: (row.coordinating, *places[row.register], row.register, row.position))
