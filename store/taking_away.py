"""All that the database has of one directive at one moment, register by register and row by row: a national one is
never in memory as a whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models.anchor import Head
from models.plan import CascadePlan
from models.register import ObligationLine
from models.tables import CascadeRow, DirectiveRow, EventRow, OutboxRow, UnitRow, VersionRow
from models.trail_tables import JournalRow, MailTextRow
from rules.chain import GENESIS
from store.archiving import Link, codes_of, successor_rows, unit_rows
from store.lines import cascade_lines

_STREAMED = {"yield_per": 500}
"""So many rows are fetched together."""


@dataclass(frozen=True)
class RegisterNow:
    """A register as its row has it. `unit` keeps it; `first_plan` is the one with which it began, `plan` the one in
    force."""

    cascade_id: str
    unit: str
    unit_name: str
    parent: str | None
    closed: bool
    events: Head
    journal: Head
    first_plan: dict[str, Any]
    plan: dict[str, Any]


class DirectiveRecords:
    """Reads of one directive in a session, which should see one moment (`store.engine.one_moment`)."""

    def __init__(self, session: Session, directive_id: str) -> None:
        self._session = session
        self._directive_id = directive_id

    def directive(self) -> dict[str, Any]:
        """The directive's row as JSON by column. Raises `sqlalchemy.exc.NoResultFound`."""
        return self._session.get_one(DirectiveRow, self._directive_id).model_dump(mode="json")

    def versions(self) -> list[dict[str, Any]]:
        """Earlier versions of its file, and why each was replaced."""
        query = select(VersionRow).where(VersionRow.directive_id == self._directive_id)
        return [row.model_dump(mode="json") for row in self._session.exec(query.order_by(col(VersionRow.version)))]

    def cascade_ids(self) -> list[str]:
        """Its registers, the first of all before the others."""
        query = select(CascadeRow.id, CascadeRow.parent).where(CascadeRow.directive_id == self._directive_id)
        return [id_ for id_, _ in sorted(self._session.exec(query), key=lambda row: (row[1] is not None, row[0]))]

    def register(self, cascade_id: str) -> RegisterNow:
        """One register. Raises `sqlalchemy.exc.NoResultFound`."""
        row = self._session.get_one(CascadeRow, cascade_id)
        last = select(JournalRow.seq, JournalRow.hash).where(JournalRow.chain == cascade_id)
        note = self._session.exec(last.order_by(col(JournalRow.seq).desc()).limit(1)).first()
        unit = self._session.get(UnitRow, row.issuer)
        return RegisterNow(
            cascade_id=row.id,
            unit=row.issuer,
            unit_name=unit.name if unit else row.issuer,
            parent=row.parent,
            closed=row.closed,
            events=Head(seq=row.last_seq, hash=row.chain_head),
            journal=Head(seq=note[0], hash=note[1]) if note else Head(seq=0, hash=GENESIS),
            first_plan=row.first_plan or row.plan,
            plan=row.plan,
        )

    def events(self, cascade_id: str) -> Iterator[Link]:
        """The links of a register's chain, in order."""
        row = EventRow
        query = select(row.seq, row.body, row.hash).where(row.cascade_id == cascade_id).order_by(col(row.seq))
        found = self._session.exec(query, execution_options=_STREAMED)
        return ((seq, body, hash_, "") for seq, body, hash_ in found)

    def journal(self, cascade_id: str) -> Iterator[Link]:
        """The links of a register's journal, in order."""
        row = JournalRow
        query = select(row.seq, row.body, row.hash, row.unit).where(row.chain == cascade_id).order_by(col(row.seq))
        return (
            (seq, body, hash_, unit)
            for seq, body, hash_, unit in self._session.exec(query, execution_options=_STREAMED)
        )

    def outbox(self, cascade_id: str) -> Iterator[dict[str, Any]]:
        """The rows of a register's outbox as JSON by column, the oldest first."""
        query = select(OutboxRow).where(OutboxRow.cascade_id == cascade_id).order_by(col(OutboxRow.id))
        for row in self._session.exec(query, execution_options=_STREAMED):
            yield row.model_dump(mode="json")
            self._session.expunge(row)

    def lines(self, cascade_id: str, as_of: datetime) -> tuple[ObligationLine, ...]:
        """The obligations of a register, judged at a business instant."""
        plan = CascadePlan.model_validate(self._session.get_one(CascadeRow, cascade_id).plan)
        return cascade_lines(self._session, plan, as_of)

    def registry(self) -> dict[str, Any]:
        """The registry's rows of all units that the directive is about, and of who follows them."""
        codes: set[str] = set()
        for cascade_id in self.cascade_ids():
            row = self._session.get_one(CascadeRow, cascade_id)
            codes |= codes_of(self._session, row)
            self._session.expunge(row)
        successors = successor_rows(self._session, codes)
        units = unit_rows(self._session, codes | {row["heir"] for row in successors})
        return {"units": units, "successors": successors}

    def mail_text(self, sha256: str) -> bytes | None:
        """The words of a mail (gzip) by their SHA-256 (hex); None where they are not kept."""
        return self._session.exec(select(MailTextRow.content).where(MailTextRow.sha256 == sha256)).first()
