"""What becomes of mails, noted in the journal of their register within the transaction in which their rows change."""

import gzip
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, select

from models.actor import Actor, ActorKind
from models.journal import MailDelayed, MailFailed, MailNeedless, MailRow, MailSent, Note
from models.notice import NoticeKind
from models.tables import CascadeRow, OutboxRow
from models.trail_tables import MailTextRow
from models.unit import Role
from store.journal import append

_INSERTS: Mapping[str, Callable[[type[MailTextRow]], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


def note_sent(session: Session, rows: Sequence[OutboxRow], words: str, *, resent: bool) -> None:
    """The server took the mail of these rows; its `words` are kept. `resent`: an earlier delivery is uncertain."""
    if rows:
        text, first = _kept(session, words), rows[0]
        sent = MailSent(rows=_told(rows), to=first.recipient, message_id=first.message_id, text=text, resent=resent)
        _note(session, rows, sent)


def note_delayed(session: Session, rows: Sequence[OutboxRow], error: str) -> None:
    """The server did not take the mail of these rows this time."""
    if rows:
        _note(session, rows, MailDelayed(rows=_told(rows), to=rows[0].recipient, error=error))


def note_failed(session: Session, rows: Iterable[OutboxRow], error: str, *, unreachable: bool = False) -> None:
    """The mails of these rows, one for each unit, will not be delivered; `unreachable`: for want of an address."""
    for mine in _by_unit(rows):
        _note(
            session,
            mine,
            MailFailed(rows=_told(mine), to=mine[0].recipient, error=error, unreachable=unreachable),
        )


def note_needless(session: Session, rows: Iterable[OutboxRow]) -> None:
    """Nobody has to be told what these rows say any more."""
    for mine in _by_unit(rows):
        _note(session, mine, MailNeedless(rows=_told(mine)))


def _note(session: Session, rows: Sequence[OutboxRow], note: Note) -> None:
    """Rows are changed before the journal is held, always in this order, so that two deliveries do not wait for each
    other."""
    session.flush()
    register = rows[0].cascade_id
    issuer = session.exec(select(CascadeRow.issuer).where(CascadeRow.id == register)).one()
    causes = dict.fromkeys(row.step for row in sorted(rows, key=lambda row: row.id or 0))
    append(session, register, Actor(kind=ActorKind.POSTMAN, unit=issuer), ", ".join(causes), [(rows[0].unit, note)])


def _by_unit(rows: Iterable[OutboxRow]) -> list[list[OutboxRow]]:
    found: dict[tuple[str, str], list[OutboxRow]] = defaultdict(list)
    for row in rows:
        found[row.cascade_id, row.unit].append(row)
    return list(found.values())


def _told(rows: Iterable[OutboxRow]) -> tuple[MailRow, ...]:
    return tuple(
        MailRow(unit=row.unit, role=Role(row.role), holder=row.holder, kind=NoticeKind(row.kind), step=row.step)
        for row in rows
    )


def _kept(session: Session, words: str) -> str:
    """Keep the words of a mail, each text once; returns their SHA-256 (hex)."""
    content = words.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    row = {"sha256": sha256, "content": gzip.compress(content, mtime=0)}
    statement = _INSERTS[session.get_bind().dialect.name](MailTextRow).values(row)
    session.execute(statement.on_conflict_do_nothing())
    return sha256
