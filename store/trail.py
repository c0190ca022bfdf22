"""Reads of the trail: events and journal entries of a directive, a register or a unit, merged in the order of time."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from heapq import merge
from typing import Any, NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import BindParameter, ColumnElement, Row, and_, bindparam, or_, select
from sqlmodel import Session, SQLModel, col

from models.event import Event
from models.journal import Entry
from models.tables import CascadeRow, DirectiveRow, EventRow, UnitRow
from models.trail_tables import EventUnitRow, JournalRow

_EVENT = SQLModel.metadata.tables[str(EventRow.__tablename__)].columns
_ABOUT = SQLModel.metadata.tables[str(EventUnitRow.__tablename__)].columns
_REGISTER = SQLModel.metadata.tables[str(CascadeRow.__tablename__)].columns
_DIRECTIVE = SQLModel.metadata.tables[str(DirectiveRow.__tablename__)].columns
_JOURNAL = SQLModel.metadata.tables[str(JournalRow.__tablename__)].columns
"""Plain columns: objects of the mapper would take most of the time."""
_UNIT = SQLModel.metadata.tables[str(UnitRow.__tablename__)].columns
_UNITS_TOO = SQLModel.metadata.tables[str(UnitRow.__tablename__)].alias().columns
_EVENTS = TypeAdapter(Event).validator
_ENTRIES = TypeAdapter(Entry).validator
_OF_A_KEY = re.compile(r'@([^@"/\\]+)["/]')
"""The unit of an obligation's key, or of an id that begins with one, in JSON; what else it finds is no unit's code."""
_ALL_UNITS = select(_UNIT.code, _UNIT.short_name)
_UNITS = _ALL_UNITS.where(_UNIT.code.in_(bindparam("codes", expanding=True)))
_FACES = (
    select(
        _REGISTER.id,
        _REGISTER.directive_id,
        _DIRECTIVE.number,
        _REGISTER.issuer,
        _REGISTER.plan["issuer_name"].as_string(),
        _REGISTER.plan["requirements"],
        _REGISTER.first_plan["requirements"],
        _REGISTER.plan["triggers"],
        _REGISTER.plan["closing"].as_string(),
        _UNIT.short_name,
        select(_UNITS_TOO.short_name).where(_UNITS_TOO.code == bindparam("about")).scalar_subquery(),
    )
    .outerjoin_from(_REGISTER.id.table, _UNIT.code.table, _REGISTER.issuer == _UNIT.code)
    .where(_REGISTER.directive_id == _DIRECTIVE.id)
    .where(_REGISTER.id.in_(bindparam("chains", expanding=True)))
)


class Line(NamedTuple):
    """One entry of the trail with its place and hash: of a register's events, or of the journal `chain`."""

    chain: str
    hash: str
    entry: Event | Entry


@dataclass(frozen=True)
class Trail:
    """Entries in the order of time, those of one chain in the order of the chain, each read where it is come to; `rows`
    are chain, hash and body of all of them as they are stored."""

    lines: Iterator[Line]
    rows: Sequence[Row[str, str, str]]

    def chains(self) -> set[str]:
        return {row[0] for row in self.rows}

    def units(self) -> set[str]:
        """Codes among which are those of all units whose obligations the entries name."""
        return {code for row in self.rows for code in _OF_A_KEY.findall(row[2])}


@dataclass(frozen=True)
class Wanted:
    """Which entries: of one directive, of these chains, of one unit (None: all), of these kinds, and from `first` to
    before `until` (business time). Events of the kinds in `always` come besides, from before `first` too, for who reads
    them needs to know what they changed; `all_notes`: of the journals also what is about other units."""

    directive_id: str | None = None
    chains: Collection[str] | None = None
    unit: str | None = None
    kinds: Collection[str] = ()
    first: datetime | None = None
    until: datetime | None = None
    always: Collection[str] = ()
    all_notes: bool = False

    def values(self) -> dict[str, Any]:
        """What was set, by name."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in found.items() if value not in (None, (), frozenset(), False)}

    def shape(self) -> frozenset[str]:
        """The names of what was set, which is what a query depends on."""
        return frozenset(self.values())


@dataclass(frozen=True)
class Face:
    """What a register is called, with the requirements of its plan in force and of the one with which it began, as they
    are stored. `names` are those of its keeper and of the unit that was asked about, by code: with them most stories of
    one unit need no further query."""

    id: str
    directive_id: str
    number: str
    issuer: str
    issuer_name: str
    requirements: Sequence[Mapping[str, Any]]
    first_requirements: Sequence[Mapping[str, Any]]
    triggers: Mapping[str, str]
    closing: datetime
    names: Mapping[str, str]


def trail(session: Session, wanted: Wanted) -> Trail:
    """The entries that are wanted."""
    shape, values = wanted.shape(), wanted.values()
    connection = session.connection()
    events = connection.execute(_event_query(shape), values).all()
    notes = connection.execute(_journal_query(shape), values).all()
    event, note = _EVENTS.validate_json, _ENTRIES.validate_json
    lines = (Line(chain, digest, event(body)) for chain, digest, body in events)
    if notes:
        noted = (Line(chain, digest, note(body)) for chain, digest, body in notes)
        lines = merge(lines, noted, key=lambda line: line.entry.at)
    return Trail(lines, [*events, *notes])


def requirements_of(session: Session, directive_id: str) -> dict[str, str]:
    """The keys of all requirements of a directive's registers, each with the one that it has in the file."""
    plan = col(CascadeRow.plan)["requirements"]
    found = session.connection().execute(select(plan).where(col(CascadeRow.directive_id) == directive_id))
    return {item["key"]: item.get("series") or item["key"] for (items,) in found for item in items}


def registers_about(session: Session, directive_id: str, unit: str | None = None) -> set[str]:
    """The registers of a directive whose trail has an entry about a unit; without one all of them."""
    values = {"unit": unit, "directive_id": directive_id}
    queries = [select(_REGISTER.id).where(_REGISTER.directive_id == bindparam("directive_id"))]
    if unit is not None:
        queries = [
            select(_ABOUT.cascade_id).where(_ABOUT.unit == bindparam("unit"), *_of_directive(_ABOUT.cascade_id)),
            select(_JOURNAL.chain).where(_JOURNAL.unit == bindparam("unit"), *_of_directive(_JOURNAL.chain)),
        ]
    return {row[0] for query in queries for row in session.connection().execute(query.distinct(), values)}


def units_of(session: Session, directive_id: str) -> set[str]:
    """The codes of all units that events of a directive are about."""
    query = select(_ABOUT.unit).where(*_of_directive(_ABOUT.cascade_id)).distinct()
    return {row[0] for row in session.connection().execute(query, {"directive_id": directive_id})}


class UnitNames(dict[str, str]):
    """What units are called, by code. Those that are not known yet are all read when the first of them is asked for:
    finding out which they are takes time, and many stories name none."""

    def __init__(self, session: Session, known: Mapping[str, str] | None, others: Callable[[], set[str]]) -> None:
        """`known` None: those of all units are read; `others` finds out which may be asked for besides."""
        super().__init__(_names_of(session, None) if known is None else known)
        self._session, self._others = session, others

    def __missing__(self, code: str) -> str:
        """Raises `KeyError` for what is no unit's code."""
        self.update(_names_of(self._session, {code, *self._others()}))
        self._others = set
        if code not in self:
            raise KeyError(code)
        return self[code]


def _names_of(session: Session, codes: Collection[str] | None) -> dict[str, str]:
    connection = session.connection()
    found = connection.execute(_ALL_UNITS) if codes is None else connection.execute(_UNITS, {"codes": list(codes)})
    return {row.code: row.short_name for row in found.all()}


def faces(session: Session, chains: Collection[str], about: str | None = None) -> dict[str, Face]:
    """Registers by id; what is no register is left out. `about` is a unit whose name will be needed."""
    rows = session.connection().execute(_FACES, {"chains": list(chains), "about": about}).all()
    return {row[0]: _face(tuple(row), about) for row in rows}


def _face(row: Sequence[Any], about: str | None) -> Face:
    id_, directive, number, issuer, issuer_name, asked, first, triggers, closing, keeper, unit = row
    names = {code: name for code, name in ((issuer, keeper), (about, unit)) if code and name}
    return Face(
        id_,
        directive,
        number,
        issuer,
        issuer_name or issuer,
        asked,
        first or asked,
        triggers or {},
        datetime.fromisoformat(closing),
        names,
    )


@cache
def _event_query(shape: frozenset[str]) -> Any:
    """Made once for each shape of a question, because making takes longer than asking for a few rows."""
    query, chain = select(_EVENT.cascade_id, _EVENT.hash, _EVENT.body), _EVENT.cascade_id
    if "unit" in shape:
        query, chain = query.where(_ABOUT.seq == _EVENT.seq, chain == _ABOUT.cascade_id), _ABOUT.cascade_id
        query = query.where(_ABOUT.unit == bindparam("unit"))
    chosen = [_EVENT.at >= bindparam("first")] if "first" in shape else []
    chosen += [_EVENT.kind.in_(_several("kinds"))] if "kinds" in shape else []
    if chosen:
        query = query.where(or_(and_(*chosen), _EVENT.kind.in_(_several("always"))))
    query = query.where(*_of(chain, shape), *_until(_EVENT.at, shape))
    return query.order_by(_EVENT.at, _EVENT.recorded_at, _EVENT.cascade_id, _EVENT.seq)


@cache
def _journal_query(shape: frozenset[str]) -> Any:
    query = select(_JOURNAL.chain, _JOURNAL.hash, _JOURNAL.body)
    query = query.where(*_of(_JOURNAL.chain, shape), *_until(_JOURNAL.at, shape))
    if "first" in shape:
        query = query.where(_JOURNAL.at >= bindparam("first"))
    if "unit" in shape and "all_notes" not in shape:
        query = query.where(_JOURNAL.unit == bindparam("unit"))
    if "kinds" in shape:
        query = query.where(_JOURNAL.kind.in_(_several("kinds")))
    return query.order_by(_JOURNAL.at, _JOURNAL.recorded_at, _JOURNAL.chain, _JOURNAL.seq)


def _of(chain: ColumnElement[str], shape: Collection[str]) -> list[ColumnElement[bool]]:
    named = [chain.in_(_several("chains"))] if "chains" in shape else []
    return [*named, *(_of_directive(chain) if "directive_id" in shape else ())]


def _of_directive(chain: ColumnElement[str]) -> list[ColumnElement[bool]]:
    """Each row looks its register up: a national directive has hundreds, of which a unit is in one or two."""
    return [chain == _REGISTER.id, _REGISTER.directive_id == bindparam("directive_id")]


def _until(at: ColumnElement[datetime], shape: Collection[str]) -> list[ColumnElement[bool]]:
    return [at < bindparam("until")] if "until" in shape else []


def _several(name: str) -> BindParameter[Any]:
    return bindparam(name, expanding=True)
