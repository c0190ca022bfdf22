"""The mail outbox: what waits, what is on its way, what is done or refused for good."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, Engine, Row, String, bindparam, cast, distinct, or_, update
from sqlmodel import Session, col, func, select

from models.clock import Clock
from models.delivery import HandedOver, OnItsWay, Refusal
from models.mail import Outgoing
from models.notice import NoticeKind
from models.obligation import unit_of
from models.plan import CascadePlan
from models.tables import CascadeRow, OutboxRow
from models.unit import Role
from rules.calendar import local_day
from rules.dispatch import Contacts
from rules.posting import next_try, unnoted
from rules.sending import GATHERED, MailHours, in_hours
from store.directives import FixedParts
from store.engine import connected, reading, writing
from store.holders import cascade_holders
from store.letters import Composer
from store.mail_notes import TOLD, note_delayed, note_failed, note_needless, note_sent
from store.mailbag import SENDING, Mailbag
from store.units import units_in

QUEUED, SENT, FAILED, UNREACHABLE, NEEDLESS = "queued", "sent", "failed", "unreachable", "needless"
"""States of a row beside `sending`. Unreachable: its address is refused for good, or there is none; needless: nobody
has to be told any more."""

_ROWS = col(OutboxRow.id).in_(bindparam("ids", expanding=True))
_SET_OUT = (
    update(OutboxRow)
    .where(_ROWS, col(OutboxRow.status).in_((QUEUED, SENDING)))
    .values({"status": SENDING, "attempts": col(OutboxRow.attempts) + 1})
    .returning(col(OutboxRow.id))
)
_FINISH = update(OutboxRow).where(_ROWS)
_TELL = sqlalchemy.select(*TOLD).where(_ROWS)
_NO_ADDRESS = "đơn vị chưa có địa chỉ thư điện tử"


class Outbox:
    """The port `activities.ports.Outbox` on SQL. `base_url` is where the pages are reached from outside; `hours` are
    those between which mail leaves, None: always.

    A mail is named by the ids of its rows, which go through all states together. `now` is business time. What becomes
    of each is noted in the journal of its register.
    """

    def __init__(self, engine: Engine, base_url: str, mail_domain: str, hours: MailHours | None) -> None:
        self._engine = engine
        self._base_url = base_url.rstrip("/")
        self._domain = mail_domain
        self._hours = hours
        self._fixed = FixedParts()

    def due(self, cascade_id: str, now: datetime) -> bool:
        """Whether a mail of a cascade is to leave by now."""
        with reading(self._engine) as session:
            query = select(OutboxRow.id).where(_leaving(cascade_id, now)).limit(1)
            return session.exec(query).first() is not None

    def claim(self, cascade_id: str, limit: int, now: datetime) -> tuple[Outgoing, ...]:
        """The next mails of a cascade whose time has come, oldest first, each with a link of its own.

        Whom they go to is looked up now, so that nobody who has left gets any. A mail found `sending` was cut off
        between the server's answer and our note of it: it comes again as it was put together, under the same
        Message-ID, marked `resent`. What nobody can get, or needs, is noted as such and left out.
        """
        with writing(self._engine) as session:
            rows = _next_rows(session, cascade_id, now, limit)
            if not rows:
                return ()
            plan, head = self._fixed.of(session, cascade_id)
            contacts = _contacts(session, plan, rows)
            bag = Mailbag(session, plan, contacts, local_day(now))
            bundles = [bundle for bundle in bag.bundles(rows) if any(_leaves(row, now) for row in bundle.rows)][:limit]
            for row in (row for bundle in bundles for row in bundle.rows):
                row.send_at = min(row.send_at, now)
            mails = Composer(session, plan, head, contacts, now, self._base_url, self._domain).compose(bundles)
            told = {row for mail in mails for row in mail.ids}
            empty = [row for bundle in bundles for row in bundle.rows if row.id not in told]
            for row in bag.unreached:
                row.recipient = ""
                _finish(row, UNREACHABLE, _NO_ADDRESS)
            for row in (*bag.needless, *empty):
                _finish(row, NEEDLESS)
            note_failed(session, bag.unreached, _NO_ADDRESS, unreachable=True)
            note_needless(session, (*bag.needless, *empty))
            return mails

    def note(self, notes: Sequence[OnItsWay | HandedOver]) -> list[bool]:
        """Note of mails that they are on their way, or that the server took them, in one transaction. False where
        another delivery at the same time is done with one already."""
        leaving = [row for note in notes if isinstance(note, OnItsWay) for row in note.mail]
        taken = [note for note in notes if isinstance(note, HandedOver)]
        with writing(self._engine) as session:
            left = _set_out(session, leaving) if leaving else set()
            if taken:
                note_sent(session, _sent(session, taken))
        return [isinstance(note, HandedOver) or not left.isdisjoint(note.mail) for note in notes]

    def refused(self, mail: Sequence[int], error: str) -> None:
        """Note that the server refused a mail for good."""
        with writing(self._engine) as session:
            note_failed(session, _finished(session, mail, FAILED, error), error)

    def unreachable(self, mail: Sequence[int], error: str) -> None:
        """Note that the server refused the address of a mail for good."""
        with writing(self._engine) as session:
            note_failed(session, _finished(session, mail, UNREACHABLE, error), error, unreachable=True)

    def put_back(self, mail: Sequence[int], error: str) -> None:
        """Note that a mail was certainly not taken this time and waits again."""
        with writing(self._engine) as session:
            rows = _rows(session, mail)
            for row in rows:
                row.status, row.error = QUEUED, error
            note_delayed(session, rows, error)

    def postpone(self, mail: Sequence[int], error: str, clock: Clock, real_now: datetime) -> None:
        """The same of a mail that the server does not take yet: it waits a while of real time, longer each time, then
        for the hours of mail, and is given up after some days."""
        with writing(self._engine) as session:
            rows = _rows(session, mail)
            for row in rows:
                wait = next_try(row.attempts)
                if wait is None:
                    _finish(row, FAILED, error)
                else:
                    row.status, row.error = QUEUED, error
                    row.send_at = self._in_hours(session, row.cascade_id, row.kind, clock.business(real_now + wait))
            note_failed(session, [row for row in rows if row.status == FAILED], error)
            note_delayed(session, [row for row in rows if row.status == QUEUED], error)

    def hold(self, cascade_id: str, now: datetime) -> None:
        """Let all that was to leave by now wait for the hours of mail, where these are over."""
        table = OutboxRow
        ready = (col(table.cascade_id) == cascade_id) & (col(table.status) == QUEUED) & (col(table.send_at) <= now)
        with writing(self._engine) as session:
            for kind in NoticeKind:
                leaves = self._in_hours(session, cascade_id, kind, now)
                if leaves > now:
                    session.execute(update(table).where(ready, col(table.kind) == kind).values(send_at=leaves))

    def next_at(self, cascade_id: str) -> datetime | None:
        """The business instant at which the next mail that waits is to leave, which may have passed."""
        waiting = col(OutboxRow.status).in_((QUEUED, SENDING))
        with reading(self._engine) as session:
            query = select(func.min(OutboxRow.send_at)).where(OutboxRow.cascade_id == cascade_id, waiting)
            return session.exec(query).one()

    def refusals(self, cascade_id: str, now: datetime) -> tuple[Refusal, ...]:
        """The addresses refused for good, and the people without one, of which the register does not know yet.

        They are read from what stands in the outbox, so that none is lost where a delivery was cut off.
        """
        with reading(self._engine) as session:
            query = select(OutboxRow).where(OutboxRow.cascade_id == cascade_id, OutboxRow.status == UNREACHABLE)
            rows = session.exec(query.order_by(col(OutboxRow.id))).all()
            if not rows:
                return ()
            plan, _ = self._fixed.of(session, cascade_id)
            contacts = _contacts(session, plan, rows)
            day = local_day(now)
            found: dict[tuple[str, str], Refusal] = {}
            for row in rows:
                for person in unnoted(Role(row.role), row.holder, row.recipient, *contacts.of(row.unit), day):
                    found[row.unit, person.holder] = Refusal(
                        unit=row.unit, holder=person.holder, role=person.role, email=person.email, words=row.error
                    )
            return tuple(found.values())

    def _in_hours(self, session: Session, cascade_id: str, kind: str, ready: datetime) -> datetime:
        plan, _ = self._fixed.of(session, cascade_id)
        return in_hours(NoticeKind(kind), ready, self._hours, plan.follow_up.days_off)


def mail_counts(
    session: Session,
    directive_id: str,
    registers: Collection[str] | None = None,
    until: datetime | None = None,
) -> dict[str, int]:
    """Mails of a directive by status, those to addresses that do not exist among the failed; of some registers, and of
    those that were to leave before a business instant, where these are given. Several rows that went as one mail are
    one; what nobody had to be told is none."""
    mail = func.coalesce(func.nullif(OutboxRow.message_id, ""), cast(OutboxRow.id, String))
    query = (
        select(OutboxRow.status, func.count(distinct(mail)))
        .join(CascadeRow, col(CascadeRow.id) == OutboxRow.cascade_id)
        .where(CascadeRow.directive_id == directive_id, OutboxRow.status != NEEDLESS)
        .group_by(OutboxRow.status)
    )
    if registers is not None:
        query = query.where(col(OutboxRow.cascade_id).in_(registers))
    if until is not None:
        query = query.where(col(OutboxRow.send_at) < until)
    counts = dict(session.exec(query).all())
    if unreachable := counts.pop(UNREACHABLE, 0):
        counts[FAILED] = counts.get(FAILED, 0) + unreachable
    return counts


def refused_mails(session: Session, directive_id: str) -> list[dict[str, str]]:
    """The mails of a directive that were refused for good: unit, kind, address and the server's words."""
    query = (
        select(OutboxRow)
        .join(CascadeRow, col(CascadeRow.id) == OutboxRow.cascade_id)
        .where(CascadeRow.directive_id == directive_id, col(OutboxRow.status).in_((FAILED, UNREACHABLE)))
        .order_by(col(OutboxRow.id))
    )
    return [
        {"unit": row.unit, "kind": row.kind, "to": row.recipient, "error": row.error} for row in session.exec(query)
    ]


def _leaving(cascade_id: str, now: datetime) -> ColumnElement[bool]:
    """What is to leave by a business instant, and what was cut off on its way."""
    ready = (col(OutboxRow.status) == QUEUED) & (col(OutboxRow.send_at) <= now)
    return (col(OutboxRow.cascade_id) == cascade_id) & or_(col(OutboxRow.status) == SENDING, ready)


def _leaves(row: OutboxRow, now: datetime) -> bool:
    return row.status == SENDING or row.send_at <= now


def _next_rows(session: Session, cascade_id: str, now: datetime, limit: int) -> Sequence[OutboxRow]:
    """The oldest rows that leave, with all others of the same units and what these may take along: what goes as one
    mail is found together."""
    leaving, table = _leaving(cascade_id, now), OutboxRow
    oldest = session.exec(select(OutboxRow.unit).where(leaving).order_by(col(OutboxRow.id)).limit(limit)).all()
    waiting = (col(table.cascade_id) == cascade_id) & (col(table.status) == QUEUED)
    along = waiting & col(table.kind).in_(tuple(GATHERED))
    query = select(OutboxRow).where(or_(leaving, along), col(OutboxRow.unit).in_(set(oldest)))
    return session.exec(query.order_by(col(OutboxRow.id))).all() if oldest else ()


def _contacts(session: Session, plan: CascadePlan, rows: Iterable[OutboxRow]) -> Contacts:
    """Those who answer for the units that rows go to or speak of."""
    codes = {code for row in rows for code in (row.unit, *map(unit_of, row.obligations))}
    return Contacts(units_in(session, codes), cascade_holders(session, plan.cascade_id, codes))


def _rows(session: Session, mail: Sequence[int]) -> Sequence[OutboxRow]:
    return session.exec(select(OutboxRow).where(col(OutboxRow.id).in_(mail))).all()


def _set_out(session: Session, rows: Collection[int]) -> set[int]:
    """Rows of mails go out; returns those that still wait."""
    gone = connected(session).execute(_SET_OUT, {"ids": list(rows)}).scalars()
    return {row for row in gone if row is not None}


def _sent(session: Session, taken: Sequence[HandedOver]) -> list[tuple[HandedOver, list[Row[Any]]]]:
    """Rows of mails are done with; returns those of each mail."""
    ids = [row for note in taken for row in note.mail]
    connection = connected(session)
    values = {"status": SENT, "error": "", "finished_at": datetime.now(UTC)}
    connection.execute(_FINISH, {"ids": ids} | values)
    rows = {row.id: row for row in connection.execute(_TELL, {"ids": ids})}
    return [(note, [rows[row] for row in note.mail]) for note in taken]


def _finished(session: Session, mail: Sequence[int], status: str, error: str = "") -> Sequence[OutboxRow]:
    rows = _rows(session, mail)
    for row in rows:
        _finish(row, status, error)
    return rows


def _finish(row: OutboxRow, status: str, error: str = "") -> None:
    row.status, row.error, row.finished_at = status, error, datetime.now(UTC)
