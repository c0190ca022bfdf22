"""What registers below have escalated to a register, from its own trail."""

from collections import defaultdict
from datetime import datetime

from sqlmodel import Session, col, select

from models.correspondence import EscalationHeard
from models.event import Event
from models.pages import Escalated
from models.register import ObligationLine
from models.tables import EventRow
from store.directives import FixedParts
from store.lines import cascade_lines
from store.units import unit_names

MOST = 30
"""How many escalations are read, the latest first."""


def escalated_to(session: Session, fixed: FixedParts, cascade_id: str, now: datetime) -> tuple[Escalated, ...]:
    """The escalations that a register has heard of, the latest first, with their lines judged at a business instant."""
    kind = EscalationHeard.model_fields["kind"].default
    query = select(EventRow.body).where(EventRow.cascade_id == cascade_id, EventRow.kind == kind)
    bodies = session.exec(query.order_by(col(EventRow.seq).desc()).limit(MOST))
    heard = [(event, event.fact) for event in map(Event.model_validate_json, bodies)]
    told = [(event, fact) for event, fact in heard if isinstance(fact, EscalationHeard)]
    keys: dict[str, set[str]] = defaultdict(set)
    for _event, fact in told:
        keys[fact.register_id].update(fact.obligations)
    lines: dict[str, dict[str, ObligationLine]] = {}
    for register, wanted in keys.items():
        plan, _head = fixed.of(session, register)
        lines[register] = {line.key: line for line in cascade_lines(session, plan, now, keys=wanted)}
    names = unit_names(session, {fact.unit for _event, fact in told})
    return tuple(
        Escalated(
            at=event.at,
            keeper=fact.unit,
            keeper_name=names[fact.unit],
            lines=tuple(lines[fact.register_id][key] for key in fact.obligations if key in lines[fact.register_id]),
        )
        for event, fact in told
    )
