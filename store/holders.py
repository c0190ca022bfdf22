"""Who answers for units in a register, and which units no mail reaches."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam
from sqlmodel import Session, col, func, select

from models.holder import Holder
from models.tables import CascadeRow, HolderRow, ObligationRow, OutboxRow, UnitRow
from models.unit import Unit
from rules.holders import unheard
from store.engine import connected
from store.units import units_in

_FIELDS = tuple(Holder.model_fields)
_MANY = 1_000
"""Units from which on the rows of all are read and those of others left out."""
_ALL = select(HolderRow).where(col(HolderRow.cascade_id) == bindparam("register"))
_SOME = _ALL.where(col(HolderRow.unit).in_(bindparam("units", expanding=True)))


def holder_of(row: Row[Any] | HolderRow) -> Holder:
    """A holder as his row has him."""
    return Holder.model_validate({name: getattr(row, name) for name in _FIELDS})


def cascade_holders(
    session: Session, cascade_id: str, units: Collection[str] | None = None
) -> dict[str, tuple[Holder, ...]]:
    """What one register knows of those who answer, by unit: of all units, or of some. Units of which it knows no more
    than the registry does are left out; of one unit the contacts of the registry come first, then others as named."""
    connection, values = connected(session), {"register": cascade_id}
    if units is None:
        return _by_unit(connection.execute(_ALL, values))
    return _by_unit(connection.execute(_SOME, values | {"units": sorted(set(units))})) if units else {}


def unreached(units: Iterable[Unit], holders: Mapping[str, tuple[Holder, ...]], day: date) -> dict[str, str]:
    """Why no mail reaches those who answer for units on a day, by unit; without those whom it does reach."""
    found = {unit.code: unheard(unit, holders.get(unit.code, ()), day) for unit in units}
    return {code: why for code, why in found.items() if why}


def unreachable_units(session: Session, directive_id: str, day: date) -> list[tuple[str, str]]:
    """The units of a directive that no mail reaches on a business day, by code, each with the reason.

    Units that owe something are looked at, and those that were ever written to. One that is unreachable in several
    registers for one reason stands there once.
    """
    known = _directive_holders(session, directive_id)
    doubtful = _without_address(session) | {unit for holders in known.values() for unit in holders}
    if not doubtful:
        return []
    members: dict[str, set[str]] = defaultdict(set)
    for table in (ObligationRow, OutboxRow):
        query = (
            select(table.cascade_id, table.unit)
            .join(CascadeRow, col(CascadeRow.id) == table.cascade_id)
            .where(CascadeRow.directive_id == directive_id)
            .distinct()
        )
        if len(doubtful) < _MANY:
            query = query.where(col(table.unit).in_(sorted(doubtful)))
        for cascade_id, code in session.exec(query):
            if code in doubtful:
                members[cascade_id].add(code)
    units = units_in(session, {code for codes in members.values() for code in codes})
    return sorted(
        {
            item
            for cascade_id, codes in members.items()
            for item in unreached((units[code] for code in codes), known.get(cascade_id, {}), day).items()
        }
    )


def _without_address(session: Session) -> set[str]:
    """The codes of units whose focal point the registry has no address of. Whoever has one and is not known otherwise
    is reached at it (rules/holders.py)."""
    return set(session.exec(select(UnitRow.code).where(func.coalesce(UnitRow.focal_email, "") == "")))


def _directive_holders(session: Session, directive_id: str) -> dict[str, dict[str, tuple[Holder, ...]]]:
    """By register and unit."""
    query = select(HolderRow).join(CascadeRow, col(CascadeRow.id) == HolderRow.cascade_id)
    found: dict[str, list[HolderRow]] = defaultdict(list)
    for row in session.exec(query.where(CascadeRow.directive_id == directive_id)):
        found[row.cascade_id].append(row)
    return {cascade_id: _by_unit(rows) for cascade_id, rows in found.items()}


def _by_unit(rows: Iterable[Row[Any] | HolderRow]) -> dict[str, tuple[Holder, ...]]:
    found: dict[str, list[Holder]] = defaultdict(list)
    for row in rows:
        found[row.unit].append(holder_of(row))
    return {unit: tuple(sorted(holders, key=_order)) for unit, holders in sorted(found.items())}


def _order(holder: Holder) -> tuple[int, str]:
    """The number of the event that named somebody; nobody named the contacts of the registry."""
    number = holder.id.removeprefix("h")
    return (int(number) if number.isdigit() else 0, holder.id)
