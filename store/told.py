"""What a register's journal says became of its mails, for an outbox that was made anew."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session, SQLModel, col, select

from models.journal import Entry, MailDelayed, MailFailed, MailNeedless, MailSent
from models.tables import OutboxRow
from store.mail_notes import note_failed
from store.outbox import FAILED, NEEDLESS, QUEUED, SENT, UNREACHABLE

_NAMES = ("unit", "role", "holder", "kind", "step")
_WHY = "sổ được lập lại, không rõ thư đã gửi hay chưa"

_Key = tuple[str, ...]


def tell(session: Session, cascade_id: str, journal: Iterable[Entry]) -> None:
    """Give the rows of a register's outbox what its journal last said of each."""
    rows = [
        {f"of_{name}": value for name, value in zip(_NAMES, key, strict=True)} | values
        for key, values in _fates(journal).items()
    ]
    if rows:
        table = SQLModel.metadata.tables[str(OutboxRow.__tablename__)]
        here = [table.c[name] == bindparam(f"of_{name}") for name in _NAMES]
        session.connection().execute(update(table).where(table.c.cascade_id == cascade_id, *here), rows)


def hold_back(session: Session, cascade_id: str) -> int:
    """Give up the mails of a register of which its journal says nothing: nobody knows whether they were sent. Noted in
    the journal; returns how many."""
    rows = session.exec(
        select(OutboxRow)
        .where(OutboxRow.cascade_id == cascade_id, OutboxRow.status == QUEUED)
        .order_by(col(OutboxRow.id))
    ).all()
    for row in rows:
        row.status, row.error, row.finished_at = FAILED, _WHY, datetime.now(UTC)
    note_failed(session, rows, _WHY)
    return len(rows)


def _fates(journal: Iterable[Entry]) -> dict[_Key, dict[str, Any]]:
    """What became of rows, as columns of the outbox. What was only put off still waits, as far as is known."""
    found: dict[_Key, dict[str, Any]] = {}
    for entry in journal:
        note = entry.note
        done: dict[str, Any] = {"error": "", "finished_at": entry.recorded_at, "recipient": "", "message_id": ""}
        match note:
            case MailSent():
                done |= {"status": SENT, "recipient": note.to, "message_id": note.message_id}
            case MailFailed():
                status = UNREACHABLE if note.unreachable else FAILED
                done |= {"status": status, "recipient": note.to, "error": note.error}
            case MailNeedless():
                done |= {"status": NEEDLESS}
            case MailDelayed():
                pass
            case _:
                continue
        for row in note.rows:
            key = tuple(str(getattr(row, name)) for name in _NAMES)
            found.pop(key, None)
            if "status" in done:
                found[key] = done
    return found
