"""The unit registry in SQL."""

from collections.abc import Iterable

from sqlalchemy import Engine
from sqlmodel import Session, select

from models.tables import UnitRow
from models.unit import Unit
from store.engine import reading, writing


def unit_of(row: UnitRow) -> Unit:
    return Unit.model_validate(row.model_dump())


def save_units(engine: Engine, units: Iterable[Unit]) -> tuple[int, int]:
    """Insert new units and update known ones by code; returns (added, updated)."""
    added = updated = 0
    with writing(engine) as session:
        known = set(session.exec(select(UnitRow.code)).all())
        for unit in units:
            session.merge(UnitRow(**unit.model_dump(mode="python") | {"tags": list(unit.tags)}))
            added += unit.code not in known
            updated += unit.code in known
    return added, updated


def load_units(engine: Engine, codes: Iterable[str] | None = None) -> dict[str, Unit]:
    """Units by code: all, or those asked for."""
    with reading(engine) as session:
        return units_in(session, codes)


def units_in(session: Session, codes: Iterable[str] | None = None) -> dict[str, Unit]:
    query = select(UnitRow)
    if codes is not None:
        query = query.where(UnitRow.code.in_(set(codes)))  # type: ignore[attr-defined]  # SQLModel types columns as values
    return {row.code: unit_of(row) for row in session.exec(query)}
