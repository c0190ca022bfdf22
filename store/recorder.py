"""Records events: the chain, the read tables and the mail outbox, all in one transaction."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Engine, bindparam, insert, update
from sqlmodel import Session, col, select

from models.event import Event
from models.notice import Notice
from models.obligation import unit_of
from models.plan import CascadePlan
from models.recorded import Recorded
from models.tables import CascadeRow, DirectiveRow, EventRow, OutboxRow
from models.trail_tables import EventUnitRow
from rules.calendar import local_day
from rules.chain import canonical, link
from rules.concerned import concerned
from rules.dispatch import Addressed, Contacts, dispatch
from rules.notices import notices
from rules.revising import revised
from rules.sending import MailHours, leaves_at
from store.directives import FixedParts
from store.drafts import drop_sent
from store.engine import connected, reading, writing
from store.holders import cascade_holders
from store.read_tables import write_state
from store.units import units_in

_QUEUED = {"status": "queued", "recipient": "", "message_id": "", "attempts": 0, "error": ""}
_THIS = col(CascadeRow.id) == bindparam("register")
_LAST = select(CascadeRow.last_seq, CascadeRow.chain_head).where(_THIS).with_for_update()
_ADVANCE = update(CascadeRow).where(_THIS)
_NEW_EVENT, _NEW_EVENT_UNIT, _NEW_MAIL = insert(EventRow), insert(EventUnitRow), insert(OutboxRow)


class Recorder:
    """The port `activities.ports.Register` on SQL. `hours` are those between which mail leaves, None: always."""

    def __init__(self, engine: Engine, hours: MailHours | None) -> None:
        self._engine = engine
        self._hours = hours
        self._fixed = FixedParts()

    def load_plan(self, cascade_id: str) -> CascadePlan:
        """The slice of a cascade. Raises `sqlalchemy.exc.NoResultFound` for an unknown one."""
        with reading(self._engine) as session:
            return self._fixed.of(session, cascade_id)[0]

    def record(self, cascade_id: str, events: Sequence[Event]) -> Recorded:
        """Write events that follow what is recorded; the same events recorded twice are written once.

        Where others stand in their place, nothing is written, and these are returned as `earlier`. Raises `ValueError`
        for events that leave a gap.
        """
        with writing(self._engine) as session, session.no_autoflush:
            plan, _ = self._fixed.of(session, cascade_id)
            last_seq, chain_head = connected(session).execute(_LAST, {"register": cascade_id}).one()
            earlier = _in_their_place(session, cascade_id, events) if events and events[0].seq <= last_seq else ()
            if earlier:
                leaves = self._leaves_at(plan, earlier)
                return Recorded(seq=last_seq, chain_head=chain_head, leaves_at=leaves, earlier=earlier)
            fresh = [event for event in events if event.seq > last_seq]
            if fresh:
                chain_head = _write_chain(session, cascade_id, last_seq, chain_head, fresh)
                last_seq = fresh[-1].seq
                closed = write_state(session, plan, fresh)
                drop_sent(session, cascade_id, fresh)
                in_force = revised(plan, fresh)
                _note_units(session, in_force, fresh)
                _queue_mail(session, in_force, fresh, self._hours)
                values: dict[str, Any] = {"last_seq": last_seq, "chain_head": chain_head}
                values |= {"closed": True} if closed else {}
                if in_force is not plan:
                    values |= _revision(session, in_force, last_seq)
                connected(session).execute(_ADVANCE, {"register": cascade_id} | values)
            return Recorded(seq=last_seq, chain_head=chain_head, leaves_at=self._leaves_at(plan, events))

    def _leaves_at(self, plan: CascadePlan, events: Sequence[Event]) -> datetime | None:
        told, hours, follow_up = notices(plan, events), self._hours, plan.follow_up
        return min((leaves_at(notice.kind, notice.at, hours, follow_up) for notice in told), default=None)

    def close_directive(self, directive_id: str) -> None:
        """Note that all registers of a directive are closed."""
        with writing(self._engine) as session:
            row = session.get_one(DirectiveRow, directive_id)
            row.closed_at = row.closed_at or datetime.now(UTC)


def _in_their_place(session: Session, cascade_id: str, events: Sequence[Event]) -> tuple[Event, ...]:
    """What is on record from the number of the first event on; nothing where it is the beginning of these events."""
    query = select(EventRow.body).where(EventRow.cascade_id == cascade_id, col(EventRow.seq) >= events[0].seq)
    bodies = session.exec(query.order_by(col(EventRow.seq))).all()
    if bodies == [canonical(event) for event in events][: len(bodies)]:
        return ()
    return tuple(map(Event.model_validate_json, bodies))


def _revision(session: Session, plan: CascadePlan, seq: int) -> dict[str, Any]:
    """What changes of a cascade with its plan; the plan with which it began is kept."""
    row = session.get_one(CascadeRow, plan.cascade_id)
    return {
        "plan": plan.model_dump(mode="json"),
        "first_plan": row.first_plan or row.plan,
        "revision": seq,
        "issuer": plan.issuer,
        "parent": plan.parent,
    }


def _write_chain(session: Session, cascade_id: str, seq: int, head: str, events: Iterable[Event]) -> str:
    """Append events to the chain; returns its new head."""
    now = datetime.now(UTC)
    rows = []
    for event in events:
        if event.seq != seq + 1:
            raise ValueError(f"{cascade_id}: event {event.seq} does not follow event {seq}")
        body = canonical(event)
        seq, head = event.seq, link(head, body)
        rows.append(
            {
                "cascade_id": cascade_id,
                "seq": seq,
                "at": event.at,
                "kind": event.fact.kind,
                "unit": event.actor.unit,
                "body": body,
                "hash": head,
                "recorded_at": event.recorded_at or now,
            }
        )
    connected(session).execute(_NEW_EVENT, rows)
    return head


def _note_units(session: Session, plan: CascadePlan, events: Iterable[Event]) -> None:
    """Note which units events are about."""
    rows = [
        {"unit": unit, "cascade_id": plan.cascade_id, "seq": event.seq}
        for event in events
        for unit in concerned(plan, event)
    ]
    if rows:
        connected(session).execute(_NEW_EVENT_UNIT, rows)


def _queue_mail(session: Session, plan: CascadePlan, events: Sequence[Event], hours: MailHours | None) -> None:
    """One row of a kind for each person who is told of a wave."""
    called_for = notices(plan, events)
    if not called_for:
        return
    session.flush()  # somebody who was named just now may be told already
    contacts = _contacts(session, plan, called_for)
    waiting = [
        _row(plan, mail, hours)
        for day, told in groupby(called_for, key=lambda notice: local_day(notice.at))
        for mail in dispatch(plan, told, contacts, day)
    ]
    if waiting:
        connected(session).execute(_NEW_MAIL, waiting)


def _contacts(session: Session, plan: CascadePlan, called_for: Iterable[Notice]) -> Contacts:
    """Those who answer for the units that are told something or spoken of, and for the one that keeps the register."""
    codes = {plan.issuer}
    for notice in called_for:
        codes |= {notice.unit, *map(unit_of, notice.obligations)}
    return Contacts(units_in(session, codes), cascade_holders(session, plan.cascade_id, codes))


def _row(plan: CascadePlan, mail: Addressed, hours: MailHours | None) -> dict[str, Any]:
    notice = mail.notice
    return {
        "cascade_id": plan.cascade_id,
        "unit": notice.unit,
        "role": mail.role,
        "holder": mail.holder,
        "kind": notice.kind,
        "step": notice.step,
        "at": notice.at,
        "send_at": leaves_at(notice.kind, notice.at, hours, plan.follow_up),
        "obligations": list(notice.obligations),
        "recommendations": list(notice.recommendations),
        "requests": list(notice.requests),
        "words": notice.words,
        "register_id": notice.register_id,
    } | _QUEUED
