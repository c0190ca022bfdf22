"""Register lines as people read them: obligation rows with the names from plan and registry."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models.command import Answer
from models.obligation import ObligationState
from models.plan import CascadePlan, RequirementPlan
from models.register import ObligationLine
from models.tables import CascadeRow, ObligationRow
from models.unit import Unit
from rules.timeliness import timeliness
from store.units import units_in

_STATE_FIELDS = tuple(ObligationState.model_fields)
_LINE_STATE_FIELDS = tuple(set(_STATE_FIELDS) & set(ObligationLine.model_fields) - {"requirement", "document", "due"})
_REQUIREMENT_FIELDS = tuple(set(RequirementPlan.model_fields) & set(ObligationLine.model_fields) - {"key", "due"})
_ANSWER_FIELDS = tuple(set(Answer.model_fields) & set(ObligationLine.model_fields) - {"existing"})


def directive_lines(session: Session, directive_id: str, now: datetime) -> tuple[ObligationLine, ...]:
    """All lines of a directive, register by register from the top, judged at a business instant."""
    query = select(ObligationRow).where(ObligationRow.directive_id == directive_id)
    rows = session.exec(query.order_by(col(ObligationRow.cascade_id), col(ObligationRow.position))).all()
    cascades = select(CascadeRow).where(CascadeRow.directive_id == directive_id)
    plans = [CascadePlan.model_validate(row.plan) for row in session.exec(cascades)]
    order = {plan.cascade_id: (plan.parent is not None, plan.issuer) for plan in plans}
    return _lines(session, sorted(rows, key=lambda row: order[row.cascade_id]), plans, now)


def cascade_lines(
    session: Session, plan: CascadePlan, now: datetime, *, unit: str | None = None, keys: Iterable[str] | None = None
) -> tuple[ObligationLine, ...]:
    """The lines of one register: all, of one unit, or those named."""
    query = select(ObligationRow).where(ObligationRow.cascade_id == plan.cascade_id)
    if unit is not None:
        query = query.where(ObligationRow.unit == unit)
    if keys is not None:
        query = query.where(col(ObligationRow.key).in_(list(keys)))
    return _lines(session, session.exec(query.order_by(col(ObligationRow.position))).all(), [plan], now)


def _lines(
    session: Session, rows: Sequence[ObligationRow], plans: Sequence[CascadePlan], now: datetime
) -> tuple[ObligationLine, ...]:
    units = units_in(session, {row.unit for row in rows})
    requirements = {(plan.cascade_id, item.key): item for plan in plans for item in plan.requirements}
    by_id = {plan.cascade_id: plan for plan in plans}
    return tuple(
        _line(row, by_id[row.cascade_id], requirements[row.cascade_id, row.requirement], units[row.unit], now)
        for row in rows
    )


def _line(row: ObligationRow, plan: CascadePlan, item: RequirementPlan, unit: Unit, now: datetime) -> ObligationLine:
    obligation = ObligationState.model_validate({name: getattr(row, name) for name in _STATE_FIELDS})
    fields: dict[str, Any] = {name: getattr(item, name) for name in _REQUIREMENT_FIELDS}
    fields |= {name: getattr(obligation, name) for name in _LINE_STATE_FIELDS}
    if row.answer is not None:
        answer = Answer.model_validate(row.answer)
        fields |= {name: getattr(answer, name) for name in _ANSWER_FIELDS}
    return ObligationLine(
        **fields,
        cascade_id=row.cascade_id,
        key=row.key,
        requirement=item.key,
        due=obligation.due,
        unit_name=unit.short_name,
        level=unit.level,
        issuer=plan.issuer,
        issuer_name=plan.issuer_name,
        timeliness=timeliness(obligation, now),
    )
