"""What a reader may see as the registry stands, and what units are called."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from models.reader import Reader
from models.tables import UnitRow
from rules.reading import Sight, sight

_MANY = 1_000
"""Units from which on all are read at once."""


def sight_of(session: Session, reader: Reader) -> Sight:
    """What a reader may see as the registry stands today. Of units that were there before, too: whoever stood above
    them still answers for what they did."""
    query = select(UnitRow.code, UnitRow.superior, UnitRow.also_under)
    rows = session.exec(query).all() if reader.unit else ()
    return sight(reader, {code: [*filter(None, [first]), *others] for code, first, others in rows})


def unit_names(session: Session, codes: Iterable[str]) -> dict[str, str]:
    """The short names of units by code; those of all where many are asked for."""
    wanted = set(codes)
    query = select(UnitRow.code, UnitRow.short_name)
    if len(wanted) < _MANY:
        query = query.where(col(UnitRow.code).in_(wanted))
    return {code: name for code, name in session.exec(query) if code in wanted}
