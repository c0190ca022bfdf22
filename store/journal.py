"""Journals: what happens around registers, each entry linked to the one before."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Engine, bindparam, func, insert
from sqlmodel import Session, col, select

from models.actor import Actor
from models.clock import Clock
from models.journal import INSTALLATION, Entry, Note
from models.tables import CascadeRow, DirectiveRow
from models.trail_tables import JournalRow
from rules.chain import GENESIS, canonical, link
from store.engine import connected, writing

_LAST = (
    select(JournalRow.seq, JournalRow.hash)
    .where(col(JournalRow.chain) == bindparam("journal"))
    .order_by(col(JournalRow.seq).desc())
    .limit(1)
)
_CLOCK = (
    select(DirectiveRow.clock)
    .join(CascadeRow, col(CascadeRow.directive_id) == DirectiveRow.id)
    .where(col(CascadeRow.id) == bindparam("register"))
)
_NEW = insert(JournalRow)


class Journal:
    """The port `web.ports.Journal` on SQL: notes that stand for themselves."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def note(self, chain: str, actor: Actor, cause: str, note: Note, unit: str = "") -> None:
        """Add one note to the journal of a register, or of the installation. Raises `Unreachable`."""
        with writing(self._engine) as session:
            append(session, chain, actor, cause, [(unit, note)])


class Noted(NamedTuple):
    """One note, with what caused it and the unit that it is about."""

    cause: str
    unit: str
    note: Note


def append(session: Session, chain: str, actor: Actor, cause: str, notes: Sequence[tuple[str, Note]]) -> None:
    """Add notes to a journal, each with the unit that it is about, in the transaction of what they tell of."""
    append_each(session, chain, actor, [Noted(cause, unit, note) for unit, note in notes])


def append_each(session: Session, chain: str, actor: Actor, notes: Sequence[Noted]) -> None:
    """The same of notes that have causes of their own."""
    if not notes:
        return
    real = datetime.now(UTC)
    at = hold(session, chain).business(real)
    connection = connected(session)
    seq, head = connection.execute(_LAST, {"journal": chain}).one_or_none() or (0, GENESIS)
    rows = []
    for cause, unit, note in notes:
        seq += 1
        body = canonical(Entry(seq=seq, at=at, recorded_at=real, actor=actor, cause=cause, note=note))
        head = link(head, body)
        rows.append(
            {
                "chain": chain,
                "seq": seq,
                "at": at,
                "recorded_at": real,
                "kind": note.kind,
                "unit": unit,
                "body": body,
                "hash": head,
            }
        )
    connection.execute(_NEW, rows)


def hold(session: Session, chain: str) -> Clock:
    """Keep others from adding to a journal until this transaction ends, and say what clock its register goes by.

    SQLite has one writer at a time; PostgreSQL locks the name of the chain.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(chain, 0))))
    if chain == INSTALLATION:
        return Clock.ordinary(datetime.now(UTC))
    return Clock.model_validate(connected(session).execute(_CLOCK, {"register": chain}).scalar_one())
