"""What an operator looks at: the version of the schema, mail that lies about, registers that should be running."""

from datetime import datetime
from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from models.tables import CascadeRow, DirectiveRow, OutboxRow
from store.engine import reading
from store.mailbag import SENDING
from store.outbox import QUEUED


def revisions(engine: Engine) -> tuple[str | None, str | None]:
    """The revision that the schema of a database has, None where it has none, and the newest there is.

    Raises `Unreachable`.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with reading(engine) as session:
        current = MigrationContext.configure(session.connection()).get_current_revision()
    return current, ScriptDirectory.from_config(config).get_current_head()


def open_directives(session: Session) -> list[DirectiveRow]:
    """The directives that run, by id."""
    query = select(DirectiveRow).where(col(DirectiveRow.closed_at).is_(None))
    return list(session.exec(query.order_by(col(DirectiveRow.id))))


def open_registers(session: Session) -> dict[str, str]:
    """The registers of directives that run which are not closed: id -> what the directive is called by."""
    query = (
        select(CascadeRow.id, DirectiveRow.number)
        .join(DirectiveRow, col(DirectiveRow.id) == CascadeRow.directive_id)
        .where(col(CascadeRow.closed).is_(False), col(DirectiveRow.closed_at).is_(None))
    )
    return dict(session.exec(query.order_by(col(CascadeRow.id))).all())


def notices_waiting(session: Session, directive_id: str, due_by: datetime) -> int:
    """How much there is to tell that should have left by a business instant; several notices may go as one mail."""
    query = (
        select(func.count())
        .select_from(OutboxRow)
        .join(CascadeRow, col(CascadeRow.id) == OutboxRow.cascade_id)
        .where(CascadeRow.directive_id == directive_id)
        .where(col(OutboxRow.status).in_((QUEUED, SENDING)), col(OutboxRow.send_at) < due_by)
    )
    return session.exec(query).one()
