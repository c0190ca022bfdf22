"""The unit registry in SQL."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Engine, Row, bindparam, insert
from sqlmodel import Session, col, select

from models.tables import SuccessorRow, UnitRow
from models.unit import Unit
from rules.reforming.heirs import Change
from store.changes import change
from store.engine import connected, reading, writing

_ALL = select(UnitRow)
_SOME = _ALL.where(col(UnitRow.code).in_(bindparam("codes", expanding=True)))


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
