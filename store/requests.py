"""What units ask for, as people read it: in the order in which it was asked."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam
from sqlmodel import Session, col, select

from models.request import Request
from models.tables import CascadeRow, RequestRow
from store.engine import connected

_FIELDS = tuple(Request.model_fields)
_OF_REGISTER = select(RequestRow).where(col(RequestRow.cascade_id) == bindparam("register"))
_OF_UNIT = _OF_REGISTER.where(col(RequestRow.unit) == bindparam("of"))
_ABOUT = _OF_REGISTER.where(col(RequestRow.obligation).in_(bindparam("keys", expanding=True)))


def request_of(row: Row[Any] | RequestRow) -> Request:
    """A request as its row has it."""
    return Request.model_validate({name: getattr(row, name) for name in _FIELDS})


def cascade_requests(
    session: Session, cascade_id: str, *, unit: str | None = None, obligations: Iterable[str] | None = None
) -> tuple[Request, ...]:
    """The requests of one register, answered ones too: all, of one unit, or about some obligations."""
    connection, values = connected(session), {"register": cascade_id}
    if unit is not None:
        rows = connection.execute(_OF_UNIT, values | {"of": unit})
    elif obligations is not None:
        rows = connection.execute(_ABOUT, values | {"keys": list(obligations)})
    else:
        rows = connection.execute(_OF_REGISTER, values)
    return tuple(sorted(map(request_of, rows), key=_order))


def directive_requests(session: Session, directive_id: str) -> tuple[Request, ...]:
    """The requests in all registers of a directive, answered ones too."""
    query = select(RequestRow).join(CascadeRow, col(CascadeRow.id) == RequestRow.cascade_id)
    rows = session.exec(query.where(CascadeRow.directive_id == directive_id))
    return tuple(sorted(map(request_of, rows), key=_order))


def _order(request: Request) -> tuple[datetime | int, ...]:
    """By instant and by the number of the event that made it: an id ends in `/r<number>`; of one that came along with
    an obligation, in the number of the event that brought it and its places there."""
    return (request.asked_at, *map(int, request.id.rpartition("/r")[2].split(".")))
