"""The mail outbox: what waits, what is on its way, what is done or refused for good."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from models.link import Purpose
from models.mail import Letter, Outgoing
from models.notice import NoticeKind
from models.plan import CascadePlan, DirectiveHead
from models.register import ObligationLine
from models.tables import CascadeRow, OutboxRow
from models.unit import Role, Unit
from store.directives import clock_of, head_of, plan_of
from store.engine import writing
from store.lines import cascade_lines
from store.links import make_link
from store.units import units_in

LINK_LIFE_AFTER_CLOSING = timedelta(days=90)

WAITING = ("queued", "sending")
_REGISTER_KINDS = frozenset({NoticeKind.REGISTER, NoticeKind.ESCALATION})
_PATHS = {Purpose.OFFICER: "v", Purpose.REGISTER: "s"}


class Outbox:
    """The port `activities.ports.Outbox` on SQL. `base_url` is where the pages are reached from outside."""

    def __init__(self, engine: Engine, base_url: str, mail_domain: str) -> None:
        self._engine = engine
        self._base_url = base_url.rstrip("/")
        self._domain = mail_domain

    def claim(self, cascade_id: str, limit: int) -> tuple[Outgoing, ...]:
        """The next mails of a cascade that wait, oldest first, each with a link of its own.

        A mail found `sending` was cut off between the server's answer and our note of it: it comes again under the same
        Message-ID, marked `resent`. A unit without an address is noted as failed and left out.
        """
        with writing(self._engine) as session:
            query = select(OutboxRow).where(OutboxRow.cascade_id == cascade_id, col(OutboxRow.status).in_(WAITING))
            rows = session.exec(query.order_by(col(OutboxRow.id)).limit(limit)).all()
            return _Composer(session, cascade_id, self._base_url, self._domain).compose(rows) if rows else ()

    def sending(self, mail: int) -> None:
        """Note that a mail is on its way: from here until `sent` its delivery is uncertain."""
        with writing(self._engine) as session:
            row = session.get_one(OutboxRow, mail)
            row.status, row.attempts = "sending", row.attempts + 1

    def sent(self, mail: int) -> None:
        """Note that the server took a mail."""
        with writing(self._engine) as session:
            row = session.get_one(OutboxRow, mail)
            row.status, row.finished_at, row.error = "sent", datetime.now(UTC), ""

    def refused(self, mail: int, error: str) -> None:
        """Note that the server refused a mail for good."""
        with writing(self._engine) as session:
            _fail(session.get_one(OutboxRow, mail), error)

    def put_back(self, mail: int, error: str) -> None:
        """Note that a mail was certainly not taken this time and waits again."""
        with writing(self._engine) as session:
            row = session.get_one(OutboxRow, mail)
            row.status, row.error = "queued", error


def mail_counts(session: Session, directive_id: str) -> dict[str, int]:
    """Mails of a directive by status."""
    query = (
        select(OutboxRow.status, func.count())
        .join(CascadeRow, col(CascadeRow.id) == OutboxRow.cascade_id)
        .where(CascadeRow.directive_id == directive_id)
        .group_by(OutboxRow.status)
    )
    return dict(session.exec(query).all())


def refused_mails(session: Session, directive_id: str) -> list[dict[str, str]]:
    """The mails of a directive that were refused for good: unit, kind, address and the server's words."""
    query = (
        select(OutboxRow)
        .join(CascadeRow, col(CascadeRow.id) == OutboxRow.cascade_id)
        .where(CascadeRow.directive_id == directive_id, OutboxRow.status == "failed")
        .order_by(col(OutboxRow.id))
    )
    return [
        {"unit": row.unit, "kind": row.kind, "to": row.recipient, "error": row.error} for row in session.exec(query)
    ]


def _fail(row: OutboxRow, error: str) -> None:
    row.status, row.error, row.finished_at = "failed", error, datetime.now(UTC)


class _Composer:
    """Turns outbox rows of one cascade into letters."""

    def __init__(self, session: Session, cascade_id: str, base_url: str, domain: str) -> None:
        self._session = session
        self._plan: CascadePlan = plan_of(session, cascade_id)
        self._head: DirectiveHead = head_of(session, self._plan.directive_id)
        self._clock = clock_of(session, self._plan.directive_id)
        self._base_url = base_url
        self._domain = domain

    def compose(self, rows: Sequence[OutboxRow]) -> tuple[Outgoing, ...]:
        units = units_in(self._session, {self._plan.issuer, *(row.unit for row in rows)})
        now = self._clock.business(datetime.now(UTC))
        keys = {key for row in rows for key in row.obligations}
        lines = {line.key: line for line in cascade_lines(self._session, self._plan, now, keys=keys)} if keys else {}
        found = []
        for row in rows:
            mail = self._mail(row, units[row.unit], units[self._plan.issuer], lines)
            if mail is None:
                _fail(row, "đơn vị chưa có địa chỉ thư điện tử")
            else:
                found.append(mail)
        return tuple(found)

    def _mail(self, row: OutboxRow, unit: Unit, issuer: Unit, lines: dict[str, ObligationLine]) -> Outgoing | None:
        role, kind = Role(row.role), NoticeKind(row.kind)
        address = unit.email(role)
        if address is None or row.id is None:
            return None
        purpose = Purpose.REGISTER if kind in _REGISTER_KINDS else Purpose.OFFICER
        token = make_link(
            self._session,
            purpose=purpose,
            directive_id=self._plan.directive_id,
            cascade_id=self._plan.cascade_id,
            unit=row.unit,
            role=role,
            expires_at=self._clock.real(self._plan.closing) + LINK_LIFE_AFTER_CLOSING,
        )
        row.recipient = address
        row.message_id = self._id(row.cascade_id, row.unit, row.role, row.kind, row.step)
        return Outgoing(
            id=row.id,
            to=address,
            message_id=row.message_id,
            thread_id=self._id(self._plan.directive_id, row.unit, row.role),
            resent=row.status == "sending",
            letter=Letter(
                kind=kind,
                head=self._head,
                receiver=unit,
                role=role,
                issuer=issuer,
                lines=tuple(lines[key] for key in row.obligations),
                url=f"{self._base_url}/{_PATHS[purpose]}/{token}",
                at=row.at,
            ),
        )

    def _id(self, *parts: str) -> str:
        """A Message-ID that is the same whenever the same mail is composed again."""
        digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
        return f"<{digest}@{self._domain}>"
