"""Who answers for units in a register, and which units no mail reaches."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlmodel import Session, col, select

from models.holder import Holder
from models.tables import CascadeRow, HolderRow, ObligationRow, OutboxRow
from models.unit import Unit
from rules.holders import unheard
from store.units import units_in

_FIELDS = tuple(Holder.model_fields)


def holder_of(row: HolderRow) -> Holder:
    """A holder as his row has him."""
    return Holder.model_validate({name: getattr(row, name) for name in _FIELDS})


def cascade_holders(
    session: Session, cascade_id: str, units: Collection[str] | None = None
) -> dict[str, tuple[Holder, ...]]:
    """What one register knows of those who answer, by unit: of all units, or of some. Units of which it knows no more
    than the registry does are left out; of one unit the contacts of the registry come first, then others as named."""
    query = select(HolderRow).where(HolderRow.cascade_id == cascade_id)
    if units is not None:
        query = query.where(col(HolderRow.unit).in_(set(units)))
    return _by_unit(session.exec(query))


def unreached(units: Iterable[Unit], holders: Mapping[str, tuple[Holder, ...]], day: date) -> dict[str, str]:
    """Why no mail reaches those who answer for units on a day, by unit; without those whom it does reach."""
    found = {unit.code: unheard(unit, holders.get(unit.code, ()), day) for unit in units}
    return {code: why for code, why in found.items() if why}


def unreachable_units(session: Session, directive_id: str, day: date) -> list[tuple[str, str]]:
    """The units of a directive that no mail reaches on a business day, by code, each with the reason.

    Units that owe something are looked at, and those that were ever written to. One that is unreachable in several
    registers for one reason stands there once.
    """
    members: dict[str, set[str]] = defaultdict(set)
    for table in (ObligationRow, OutboxRow):
        query = (
            select(table.cascade_id, table.unit)
            .join(CascadeRow, col(CascadeRow.id) == table.cascade_id)
            .where(CascadeRow.directive_id == directive_id)
            .distinct()
        )
        for cascade_id, code in session.exec(query):
            members[cascade_id].add(code)
    units = units_in(session, {code for codes in members.values() for code in codes})
    known = _directive_holders(session, directive_id)
    return sorted(
        {
            item
            for cascade_id, codes in members.items()
            for item in unreached((units[code] for code in codes), known.get(cascade_id, {}), day).items()
        }
    )


def _directive_holders(session: Session, directive_id: str) -> dict[str, dict[str, tuple[Holder, ...]]]:
    """By register and unit."""
    query = select(HolderRow).join(CascadeRow, col(CascadeRow.id) == HolderRow.cascade_id)
    found: dict[str, list[HolderRow]] = defaultdict(list)
    for row in session.exec(query.where(CascadeRow.directive_id == directive_id)):
        found[row.cascade_id].append(row)
    return {cascade_id: _by_unit(rows) for cascade_id, rows in found.items()}


def _by_unit(rows: Iterable[HolderRow]) -> dict[str, tuple[Holder, ...]]:
    found: dict[str, list[Holder]] = defaultdict(list)
    for row in rows:
        found[row.unit].append(holder_of(row))
    return {unit: tuple(sorted(holders, key=_order)) for unit, holders in sorted(found.items())}


def _order(holder: Holder) -> tuple[int, str]:
    """The number of the event that named somebody; nobody named the contacts of the registry."""
    number = holder.id.removeprefix("h")
    return (int(number) if number.isdigit() else 0, holder.id)
