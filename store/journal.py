"""Journals: what happens around registers, each entry linked to the one before."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from models.actor import Actor
from models.clock import Clock
from models.journal import INSTALLATION, Entry, Note
from models.tables import CascadeRow, DirectiveRow
from models.trail_tables import JournalRow
from rules.chain import GENESIS, canonical, link
from store.engine import writing


class Journal:
    """The port `web.ports.Journal` on SQL: notes that stand for themselves."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def note(self, chain: str, actor: Actor, cause: str, note: Note, unit: str = "") -> None:
        """Add one note to the journal of a register, or of the installation. Raises `Unreachable`."""
        with writing(self._engine) as session:
            append(session, chain, actor, cause, [(unit, note)])


def append(session: Session, chain: str, actor: Actor, cause: str, notes: Sequence[tuple[str, Note]]) -> None:
    """Add notes to a journal, each with the unit that it is about, in the transaction of what they tell of."""
    if not notes:
        return
    real = datetime.now(UTC)
    at = hold(session, chain).business(real)
    last = select(JournalRow).where(JournalRow.chain == chain).order_by(col(JournalRow.seq).desc()).limit(1)
    before = session.exec(last).first()
    seq, head = (before.seq, before.hash) if before else (0, GENESIS)
    for unit, note in notes:
        seq += 1
        entry = Entry(seq=seq, at=at, recorded_at=real, actor=actor, cause=cause, note=note)
        body = canonical(entry)
        head = link(head, body)
        session.add(
            JournalRow(chain=chain, seq=seq, at=at, recorded_at=real, kind=note.kind, unit=unit, body=body, hash=head)
        )
    session.flush()


def hold(session: Session, chain: str) -> Clock:
    """Keep others from adding to a journal until this transaction ends, and say what clock its register goes by.

    SQLite has one writer at a time; PostgreSQL locks the name of the chain.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(chain, 0))))
    if chain == INSTALLATION:
        return Clock.ordinary(datetime.now(UTC))
    query = select(DirectiveRow.clock).join(CascadeRow, col(CascadeRow.directive_id) == DirectiveRow.id)
    return Clock.model_validate(session.exec(query.where(CascadeRow.id == chain)).one())
