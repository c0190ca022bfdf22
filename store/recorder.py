"""Records events: the chain, the read tables and the mail outbox, all in one transaction."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import Engine, insert, update
from sqlmodel import Session, col, select

from models.event import Event
from models.plan import CascadePlan
from models.recorded import Recorded
from models.tables import CascadeRow, DirectiveRow, EventRow, OutboxRow
from rules.chain import canonical, link
from rules.notices import notices
from store.directives import FixedParts
from store.engine import reading, writing
from store.read_tables import write_state

_NEW_MAIL = {"status": "queued", "recipient": "", "message_id": "", "attempts": 0, "error": ""}


class Recorder:
    """The port `activities.ports.Register` on SQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._fixed = FixedParts()

    def load_plan(self, cascade_id: str) -> CascadePlan:
        """The slice of a cascade. Raises `sqlalchemy.exc.NoResultFound` for an unknown one."""
        with reading(self._engine) as session:
            return self._fixed.of(session, cascade_id)[0]

    def record(self, cascade_id: str, events: Sequence[Event]) -> Recorded:
        """Write events that follow what is recorded; those that are there already are left alone.

        Idempotent by (cascade, event number): the same events recorded twice are written once.
        """
        with writing(self._engine) as session, session.no_autoflush:
            plan, _ = self._fixed.of(session, cascade_id)
            query = select(CascadeRow.last_seq, CascadeRow.chain_head).where(CascadeRow.id == cascade_id)
            last_seq, chain_head = session.exec(query.with_for_update()).one()
            fresh = [event for event in events if event.seq > last_seq]
            if fresh:
                chain_head = _write_chain(session, cascade_id, last_seq, chain_head, fresh)
                last_seq = fresh[-1].seq
                closed = write_state(session, plan, fresh)
                _queue_mail(session, plan, fresh)
                values = {"last_seq": last_seq, "chain_head": chain_head} | ({"closed": True} if closed else {})
                session.exec(update(CascadeRow).where(col(CascadeRow.id) == cascade_id).values(values))
            return Recorded(seq=last_seq, chain_head=chain_head, mails=len(notices(plan, events)))

    def close_directive(self, directive_id: str) -> None:
        """Note that all registers of a directive are closed."""
        with writing(self._engine) as session:
            row = session.get_one(DirectiveRow, directive_id)
            row.closed_at = row.closed_at or datetime.now(UTC)


def _write_chain(session: Session, cascade_id: str, seq: int, head: str, events: Iterable[Event]) -> str:
    """Append events to the chain; returns its new head."""
    now = datetime.now(UTC)
    for event in events:
        if event.seq != seq + 1:
            raise ValueError(f"{cascade_id}: event {event.seq} does not follow event {seq}")
        seq, head = event.seq, link(head, event)
        session.add(
            EventRow(
                cascade_id=cascade_id,
                seq=seq,
                at=event.at,
                kind=event.fact.kind,
                unit=event.actor.unit,
                body=canonical(event),
                hash=head,
                recorded_at=now,
            )
        )
    return head


def _queue_mail(session: Session, plan: CascadePlan, events: Sequence[Event]) -> None:
    waiting = [
        {
            "cascade_id": plan.cascade_id,
            "unit": notice.unit,
            "role": notice.role,
            "kind": notice.kind,
            "step": notice.step,
            "at": notice.at,
            "obligations": list(notice.obligations),
        }
        | _NEW_MAIL
        for notice in notices(plan, events)
    ]
    if waiting:
        session.exec(insert(OutboxRow), params=waiting)
