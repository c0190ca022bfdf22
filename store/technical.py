"""How the machinery of each directive is doing: registers, recorded events, mails by what became of them."""

from collections import defaultdict

from sqlalchemy import case
from sqlmodel import Session, col, func, select

from models.reading import TechnicalEntry
from models.tables import CascadeRow, DirectiveRow, EventRow, OutboxRow
from models.trail_tables import ArchiveRow


def technical(session: Session) -> tuple[TechnicalEntry, ...]:
    """Every directive, the newest first."""
    closed = func.sum(case((col(CascadeRow.closed).is_(True), 1), else_=0))
    columns = select(CascadeRow.directive_id, func.count(), closed, func.sum(CascadeRow.last_seq))
    registers = {row[0]: row[1:] for row in session.exec(columns.group_by(CascadeRow.directive_id))}
    last = select(CascadeRow.directive_id, func.max(EventRow.recorded_at)).join(EventRow)
    recorded = dict(session.exec(last.group_by(CascadeRow.directive_id)).all())
    kept = select(CascadeRow.directive_id, func.count()).join(ArchiveRow, col(ArchiveRow.cascade_id) == CascadeRow.id)
    archived = dict(session.exec(kept.group_by(CascadeRow.directive_id)).all())
    mails = _mails(session)
    rows = session.exec(select(DirectiveRow).order_by(col(DirectiveRow.started_at).desc()))
    return tuple(
        TechnicalEntry(
            label=row.number,
            directive_id=row.id,
            closed=row.closed_at is not None,
            registers=registers[row.id][0],
            closed_registers=registers[row.id][1],
            archived=archived.get(row.id, 0),
            events=registers[row.id][2],
            recorded_at=recorded.get(row.id),
            mails=mails[row.id],
        )
        for row in rows
    )


def _mails(session: Session) -> dict[str, dict[str, int]]:
    """How many rows of the outbox are in each state, by directive."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    query = select(CascadeRow.directive_id, OutboxRow.status, func.count())
    joined = query.join(OutboxRow, col(OutboxRow.cascade_id) == CascadeRow.id)
    grouped = joined.group_by(CascadeRow.directive_id, OutboxRow.status).order_by(OutboxRow.status)
    for directive, status, number in session.exec(grouped):
        found[directive][status] = number
    return found
