"""The summary reports that registers have issued, as their events tell."""

from sqlmodel import Session, col, select

from models.event import Event, SummaryIssued
from models.reporting import IssuedReport
from models.tables import CascadeRow, EventRow, UnitRow


def issued_reports(
    session: Session, directive_id: str, register_id: str = "", at_most: int | None = None
) -> tuple[IssuedReport, ...]:
    """Those of a directive, or of one of its registers, the latest first."""
    query = (
        select(EventRow.cascade_id, EventRow.body, UnitRow.short_name)
        .join(CascadeRow, col(CascadeRow.id) == EventRow.cascade_id)
        .join(UnitRow, col(UnitRow.code) == CascadeRow.issuer)
        .where(CascadeRow.directive_id == directive_id, EventRow.kind == "summary_issued")
        .order_by(col(EventRow.at).desc(), col(EventRow.cascade_id), col(EventRow.seq).desc())
        .limit(at_most)
    )
    if register_id:
        query = query.where(EventRow.cascade_id == register_id)
    found = ((cascade, Event.model_validate_json(body), name) for cascade, body, name in session.exec(query))
    return tuple(
        IssuedReport(
            register_id=cascade,
            keeper_name=name,
            key=event.fact.report,
            title=event.fact.title,
            issued_at=event.at,
            as_of=event.fact.as_of,
            files=event.fact.files,
        )
        for cascade, event, name in found
        if isinstance(event.fact, SummaryIssued)
    )
