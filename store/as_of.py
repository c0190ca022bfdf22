"""A directive as it stood before an instant of business time, however much came later."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, func
from sqlmodel import Session, SQLModel, col, select

from models.event import Event
from models.plan import CascadePlan
from models.tables import CascadeRow, DirectiveRow, EventRow
from store.directives import cascade_rows
from store.engine import one_moment
from store.rebuild import Origin, beside, write_again
from store.snapshot import Snapshots


@contextmanager
def stood(engine: Engine, directive_id: str, at: datetime) -> Iterator[Engine]:
    """A database in which a directive stands as it stood before a business instant: the same one where nothing has
    happened since, else one in memory with the events until then folded anew. Of what is no event, units and the head
    are as they are today, and no mail has been sent. Raises `Unreachable`, and what recording raises where events do
    not fit their plans."""
    with one_moment(engine) as session:
        since = _since(session, directive_id, at)
        rows = cascade_rows(session, directive_id) if since else []
        registers = {row.id: _origin(session, row, since.get(row.id)) for row in rows}
        directive = _row(session, directive_id)
    if not since:
        yield engine
        return
    memory = beside(engine)
    try:
        for group in Snapshots(engine).groups(directive_id):
            write_again(memory, directive, [registers[key] for key in group if key in registers], None)
        yield memory
    finally:
        memory.dispose()


def _since(session: Session, directive_id: str, at: datetime) -> dict[str, int]:
    """The number of the first event at or after an instant, by register; registers without any are left out."""
    query = (
        select(EventRow.cascade_id, func.min(EventRow.seq))
        .join(CascadeRow, col(CascadeRow.id) == EventRow.cascade_id)
        .where(CascadeRow.directive_id == directive_id, col(EventRow.at) >= at)
        .group_by(EventRow.cascade_id)
    )
    return dict(session.exec(query).all())


def _origin(session: Session, register: CascadeRow, until: int | None) -> Origin:
    """The plan with which a register began, and its events before a number."""
    query = select(EventRow.body).where(EventRow.cascade_id == register.id)
    if until is not None:
        query = query.where(col(EventRow.seq) < until)
    bodies = session.exec(query.order_by(col(EventRow.seq)))
    plan = CascadePlan.model_validate(register.first_plan or register.plan)
    return Origin(plan, [Event.model_validate_json(body) for body in bodies])


def _row(session: Session, directive_id: str) -> dict[str, Any]:
    columns = SQLModel.metadata.tables[str(DirectiveRow.__tablename__)].columns
    row = session.get_one(DirectiveRow, directive_id)
    return {name: getattr(row, name) for name in columns.keys()}  # noqa: SIM118 - the collection's own names
