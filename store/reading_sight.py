"""What a reader may see as the registry stands."""

from sqlmodel import Session, select

from models.reader import Reader
from models.tables import UnitRow
from rules.reading import Sight, sight


def sight_of(session: Session, reader: Reader) -> Sight:
    """What a reader may see as the registry stands today. Of units that were there before, too: whoever stood above
    them still answers for what they did."""
    query = select(UnitRow.code, UnitRow.superior, UnitRow.also_under)
    rows = session.exec(query).all() if reader.unit else ()
    return sight(reader, {code: [*filter(None, [first]), *others] for code, first, others in rows})
