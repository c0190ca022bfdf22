"""Reads for the record of units: all directives, and the registers as they began, with their events."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.clock import Clock
from models.event import Event
from models.plan import CascadePlan, DirectiveHead
from models.tables import CascadeRow, DirectiveRow, EventRow


@dataclass(frozen=True)
class Judged:
    """A directive and the business instant up to which it is judged: now, or its end where that has passed."""

    id: str
    number: str
    as_of: datetime


def judged_directives(session: Session, now: datetime) -> list[Judged]:
    """All directives, the oldest first; `now` is real time (UTC)."""
    query = select(DirectiveRow).order_by(col(DirectiveRow.started_at))
    return [
        Judged(
            row.id,
            row.number,
            min(Clock.model_validate(row.clock).business(now), DirectiveHead.model_validate(row.head).closing),
        )
        for row in session.exec(query)
    ]


def begun_plans(session: Session, cascade_ids: Collection[str]) -> Iterator[CascadePlan]:
    """The plans with which registers began, one after the other."""
    for key in sorted(cascade_ids):
        row = session.get_one(CascadeRow, key)
        yield CascadePlan.model_validate(row.first_plan or row.plan)


def events_of(session: Session, cascade_id: str) -> Iterator[Event]:
    """The events of one register, in order."""
    query = select(EventRow.body).where(EventRow.cascade_id == cascade_id).order_by(col(EventRow.seq))
    return map(Event.model_validate_json, session.exec(query))
