"""What becomes of mails, noted in the journal of their register within the transaction in which their rows change."""

import gzip
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from models.actor import Actor, ActorKind
from models.delivery import HandedOver
from models.journal import MailDelayed, MailFailed, MailNeedless, MailRow, MailSent, Note
from models.notice import NoticeKind
from models.tables import CascadeRow, OutboxRow
from models.trail_tables import MailTextRow
from models.unit import Role
from store.engine import connected
from store.journal import Noted, append_each

_INSERTS: Mapping[str, Callable[[type[MailTextRow]], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


_OF_A_ROW = ("id", "cascade_id", "unit", "role", "holder", "kind", "step", "recipient", "message_id")
TOLD = tuple(getattr(OutboxRow, name) for name in _OF_A_ROW)
"""What the journal tells of a row."""
_Row = OutboxRow | Row[Any]
_ISSUERS = select(CascadeRow.id, CascadeRow.issuer).where(
    col(CascadeRow.id).in_(bindparam("registers", expanding=True))
)


def note_sent(session: Session, mails: Iterable[tuple[HandedOver, Sequence[_Row]]]) -> None:
    """The server took mails, each of some rows; their words are kept."""
    texts: dict[str, bytes] = {}
    notes: list[tuple[Sequence[_Row], Note]] = []
    for mail, rows in mails:
        content, first = mail.words.encode(), rows[0]
        text = hashlib.sha256(content).hexdigest()
        texts[text] = content
        sent = MailSent(
            rows=_told(rows), to=first.recipient, message_id=first.message_id, text=text, resent=mail.resent
        )
        notes.append((rows, sent))
    _keep(session, texts)
    _note(session, notes)


def note_delayed(session: Session, rows: Sequence[OutboxRow], error: str) -> None:
    """The server did not take the mail of these rows this time."""
    if rows:
        _note(session, [(rows, MailDelayed(rows=_told(rows), to=rows[0].recipient, error=error))])


def note_failed(session: Session, rows: Iterable[OutboxRow], error: str, *, unreachable: bool = False) -> None:
    """The mails of these rows, one for each unit, will not be delivered; `unreachable`: for want of an address."""
    _note(
        session,
        [
            (mine, MailFailed(rows=_told(mine), to=mine[0].recipient, error=error, unreachable=unreachable))
            for mine in _by_unit(rows)
        ],
    )


def note_needless(session: Session, rows: Iterable[OutboxRow]) -> None:
    """Nobody has to be told what these rows say any more."""
    _note(session, [(mine, MailNeedless(rows=_told(mine))) for mine in _by_unit(rows)])


def _note(session: Session, notes: Sequence[tuple[Sequence[_Row], Note]]) -> None:
    """Rows are changed before a journal is held, and journals one after the other by name, so that two deliveries do
    not wait for each other."""
    registers: dict[str, list[Noted]] = defaultdict(list)
    for rows, note in notes:
        causes = dict.fromkeys(row.step for row in sorted(rows, key=lambda row: row.id or 0))
        registers[rows[0].cascade_id].append(Noted(", ".join(causes), rows[0].unit, note))
    if not registers:
        return
    for register, issuer in sorted(connected(session).execute(_ISSUERS, {"registers": list(registers)})):
        append_each(session, register, Actor(kind=ActorKind.POSTMAN, unit=issuer), registers[register])


def _by_unit(rows: Iterable[OutboxRow]) -> list[list[OutboxRow]]:
    found: dict[tuple[str, str], list[OutboxRow]] = defaultdict(list)
    for row in rows:
        found[row.cascade_id, row.unit].append(row)
    return list(found.values())


def _told(rows: Iterable[_Row]) -> tuple[MailRow, ...]:
    return tuple(
        MailRow(unit=row.unit, role=Role(row.role), holder=row.holder, kind=NoticeKind(row.kind), step=row.step)
        for row in rows
    )


def _keep(session: Session, texts: Mapping[str, bytes]) -> None:
    """Keep the words of mails by their SHA-256, each text once."""
    rows = [{"sha256": sha256, "content": gzip.compress(texts[sha256], mtime=0)} for sha256 in sorted(texts)]
    connected(session).execute(_INSERTS[session.get_bind().dialect.name](MailTextRow).on_conflict_do_nothing(), rows)
