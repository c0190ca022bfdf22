"""What units ask for, as people read it: in the order in which it was asked."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from models.request import Request
from models.tables import CascadeRow, RequestRow

_FIELDS = tuple(Request.model_fields)


def request_of(row: RequestRow) -> Request:
    """A request as its row has it."""
    return Request.model_validate({name: getattr(row, name) for name in _FIELDS})


def cascade_requests(
    session: Session, cascade_id: str, *, unit: str | None = None, obligations: Iterable[str] | None = None
) -> tuple[Request, ...]:
    """The requests of one register, answered ones too: all, of one unit, or about some obligations."""
    query = select(RequestRow).where(RequestRow.cascade_id == cascade_id)
    if unit is not None:
        query = query.where(RequestRow.unit == unit)
    if obligations is not None:
        query = query.where(col(RequestRow.obligation).in_(list(obligations)))
    return tuple(sorted(map(request_of, session.exec(query)), key=_order))


def directive_requests(session: Session, directive_id: str) -> tuple[Request, ...]:
    """The requests in all registers of a directive, answered ones too."""
    query = select(RequestRow).join(CascadeRow, col(CascadeRow.id) == RequestRow.cascade_id)
    rows = session.exec(query.where(CascadeRow.directive_id == directive_id))
    return tuple(sorted(map(request_of, rows), key=_order))


def _order(request: Request) -> tuple[datetime | int, ...]:
    """By instant and by the number of the event that made it: an id ends in `/r<number>`; of one that came along with
    an obligation, in the number of the event that brought it and its places there."""
    return (request.asked_at, *map(int, request.id.rpartition("/r")[2].split(".")))
