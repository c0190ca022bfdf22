"""The heads of all chains, and the note that they were written down."""

from collections.abc import Callable
from functools import partial

from sqlalchemy import Engine, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.actor import Actor, ActorKind
from models.anchor import Head, Heads, RegisterHeads, SheetName, Written
from models.journal import INSTALLATION, Anchored, Entry
from models.tables import CascadeRow, DirectiveRow, UnitRow
from models.trail_tables import JournalRow
from rules.chain import GENESIS
from store.engine import writing
from store.journal import append, hold

WriteDown = Callable[[Callable[[], Heads], Written | None], Written | None]
"""Writes down all heads, which it is given when it asks for them; told the sheet that was noted last, it returns the
new one, or None where that one is to stay the last."""


class AnchorRecords:
    """The heads of all chains on SQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def anchor(self, write_down: WriteDown) -> Written:
        """Have all heads written down, and note that they were; returns the last sheet, whether or not it is new.

        Nobody else can anchor at the same time. Raises `Unreachable`, and what `write_down` raises; then nothing is
        noted.
        """
        with writing(self._engine) as session:
            hold(session, INSTALLATION)
            last = _last(session)
            fresh = write_down(partial(_heads, session), last)
            if fresh is None and last is not None:
                return last
            if fresh is None:
                raise ValueError("no sheet was written, and none is noted")
            note = Anchored(day=str(fresh.name), file=fresh.sha256)
            actor = Actor(kind=ActorKind.OPERATOR, unit="")
            append(session, INSTALLATION, actor, f"anchor {note.day}", [("", note)])
            return fresh


def _last(session: Session) -> Written | None:
    """The sheet that was noted last."""
    query = select(JournalRow.body).where(JournalRow.chain == INSTALLATION, JournalRow.kind == "anchored")
    body = session.exec(query.order_by(col(JournalRow.seq).desc()).limit(1)).first()
    note = Entry.model_validate_json(body).note if body else None
    return Written(name=SheetName.parse(note.day), sha256=note.file) if isinstance(note, Anchored) else None


def _heads(session: Session) -> Heads:
    last = aliased(JournalRow)
    newest = select(func.max(last.seq)).where(last.chain == CascadeRow.id).correlate(CascadeRow).scalar_subquery()
    query = (
        select(CascadeRow.id, CascadeRow.issuer, CascadeRow.last_seq, CascadeRow.chain_head)
        .add_columns(col(DirectiveRow.number), col(UnitRow.name), col(JournalRow.seq), col(JournalRow.hash))
        .join(DirectiveRow, col(DirectiveRow.id) == CascadeRow.directive_id)
        .join(UnitRow, col(UnitRow.code) == CascadeRow.issuer, isouter=True)
        .join(
            JournalRow,
            (col(JournalRow.chain) == CascadeRow.id) & (col(JournalRow.seq) == newest),
            isouter=True,
        )
        .order_by(col(DirectiveRow.number), col(CascadeRow.directive_id), col(CascadeRow.id))
    )
    return Heads(
        journal=_journal(session),
        registers=tuple(
            RegisterHeads(
                cascade_id=cascade_id,
                number=number,
                unit=issuer,
                unit_name=name or issuer,
                events=Head(seq=last_seq, hash=chain_head),
                journal=Head(seq=seq or 0, hash=hash_ or GENESIS),
            )
            for cascade_id, issuer, last_seq, chain_head, number, name, seq, hash_ in session.execute(query)
        ),
    )


def _journal(session: Session) -> Head:
    """The head of the installation's journal."""
    query = select(JournalRow.seq, JournalRow.hash).where(JournalRow.chain == INSTALLATION)
    found = session.exec(query.order_by(col(JournalRow.seq).desc()).limit(1)).first()
    return Head(seq=found[0], hash=found[1]) if found else Head(seq=0, hash=GENESIS)
