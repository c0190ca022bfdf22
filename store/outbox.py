"""The mail outbox: what waits, what is on its way, what is done or refused for good."""

from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from models.mail import Outgoing
from models.tables import CascadeRow, OutboxRow
from store.engine import writing
from store.letters import Composer, fail

WAITING = ("queued", "sending")


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
            return Composer(session, cascade_id, self._base_url, self._domain).compose(rows) if rows else ()

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
            fail(session.get_one(OutboxRow, mail), error)

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
