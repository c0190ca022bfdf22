"""The unit registry in SQL."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Engine, Row, bindparam, insert
from sqlmodel import Session, col, select

from models.tables import SuccessorRow, UnitRow
from models.unit import Unit
from rules.reforming.heirs import Change
from store.changes import change
from store.engine import connected, reading, writing

_MANY = 1_000
"""Units from which on all are read at once."""
_ALL = select(UnitRow)
_ASKED = col(UnitRow.code).in_(bindparam("codes", expanding=True))
_SOME = _ALL.where(_ASKED)
_CALLED = select(UnitRow.code, UnitRow.short_name, UnitRow.level)
_SOME_CALLED = _CALLED.where(_ASKED)


class Called(NamedTuple):
    """What a line says of its unit: to read all of it takes ten times as long."""

    short_name: str
    level: str


def unit_of(row: Row[Any]) -> Unit:
    return Unit.model_validate(dict(row._mapping))


def save_units(engine: Engine, units: Iterable[Unit]) -> tuple[int, int]:
    """Insert new units and update known ones by code; returns (added, updated)."""
    with writing(engine) as session:
        return save_units_in(session, units)


def save_units_in(session: Session, units: Iterable[Unit]) -> tuple[int, int]:
    """The same within a transaction."""
    written = {unit.code: _values(unit) for unit in units}
    known = {row.code: row for row in session.exec(select(UnitRow))}
    new = [values for code, values in written.items() if code not in known]
    if new:
        session.execute(insert(UnitRow), new)
    for code in written.keys() & known.keys():
        change(known[code], written[code])
    return len(new), len(written) - len(new)


def _values(unit: Unit) -> dict[str, Any]:
    return unit.model_dump(mode="python") | {"tags": list(unit.tags), "also_under": list(unit.also_under)}


def load_units(engine: Engine, codes: Iterable[str] | None = None) -> dict[str, Unit]:
    """Units by code: all, or those asked for."""
    with reading(engine) as session:
        return units_in(session, codes)


def units_in(session: Session, codes: Iterable[str] | None = None) -> dict[str, Unit]:
    if codes is None:
        return _by_code(connected(session).execute(_ALL))
    wanted = sorted(set(codes))
    return _by_code(connected(session).execute(_SOME, {"codes": wanted})) if wanted else {}


def called(session: Session, codes: Iterable[str]) -> dict[str, Called]:
    """What units are called, by code."""
    wanted = set(codes)
    every = len(wanted) >= _MANY
    rows = connected(session).execute(_CALLED if every else _SOME_CALLED, {} if every else {"codes": sorted(wanted)})
    return {code: Called(name, level) for code, name, level in rows if code in wanted}


def unit_names(session: Session, codes: Iterable[str]) -> dict[str, str]:
    """The short names of units by code."""
    return {code: unit.short_name for code, unit in called(session, codes).items()}


def units_under(session: Session, code: str) -> dict[str, Unit]:
    """The units that stand under one in their first line of authority."""
    return _by_code(connected(session).execute(_ALL.where(col(UnitRow.superior) == code)))


def _by_code(rows: Iterable[Row[Any]]) -> dict[str, Unit]:
    return {row.code: unit_of(row) for row in rows}


def ended_units(session: Session, day: date) -> frozenset[str]:
    """The codes of units that are not there any more on a day."""
    return frozenset(session.exec(select(UnitRow.code).where(col(UnitRow.valid_to) < day)))


def divided_units(session: Session) -> frozenset[str]:
    """The codes of units of which several others have a part now."""
    query = select(SuccessorRow.unit).where(SuccessorRow.change == Change.SPLIT)
    return frozenset(session.exec(query.distinct()))
