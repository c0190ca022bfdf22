"""What the database has of registers that are not archived and that no history has: directives, registry, journals."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Engine, func, or_
from sqlmodel import Session, SQLModel, col, select

from models.journal import INSTALLATION
from models.tables import CascadeRow, DirectiveRow, SuccessorRow, UnitRow, VersionRow
from models.trail_tables import ArchiveRow, JournalRow
from store.archiving import Link
from store.engine import reading


@dataclass(frozen=True)
class RunningDirective:
    """A directive with a register that is not archived: its row and its earlier versions as JSON by column, and the ids
    of all its registers."""

    row: dict[str, Any]
    versions: tuple[dict[str, Any], ...]
    registers: tuple[str, ...]


class RunningRecords:
    """Reads on SQL. Each raises `Unreachable` when the database is away."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def directives(self) -> list[RunningDirective]:
        """All directives that have a register which is not archived, by id."""
        ids = select(CascadeRow.directive_id).where(_not_archived())
        query = select(DirectiveRow).where(col(DirectiveRow.id).in_(ids)).order_by(col(DirectiveRow.id))
        with reading(self._engine) as session:
            return [_directive(session, row) for row in session.exec(query).all()]

    def registry(self) -> dict[str, list[dict[str, Any]]]:
        """All units with who follows them, as JSON by column."""
        with reading(self._engine) as session:
            return {"units": _all(session, UnitRow), "successors": _all(session, SuccessorRow)}

    def ends(self) -> dict[str, int]:
        """The last entry of the installation's journal, and of that of each register that is not archived; without
        those that have none."""
        running = select(CascadeRow.id).where(_not_archived())
        chains = or_(col(JournalRow.chain) == INSTALLATION, col(JournalRow.chain).in_(running))
        query = select(JournalRow.chain, func.max(JournalRow.seq)).where(chains).group_by(JournalRow.chain)
        with reading(self._engine) as session:
            return dict(session.exec(query.order_by(col(JournalRow.chain))).all())

    def journal(self, chain: str, first: int) -> tuple[Link, ...]:
        """The entries of a journal from a number on."""
        query = select(JournalRow).where(JournalRow.chain == chain, JournalRow.seq >= first)
        with reading(self._engine) as session:
            rows = session.exec(query.order_by(col(JournalRow.seq)))
            return tuple((row.seq, row.body, row.hash, row.unit) for row in rows)


def _not_archived() -> ColumnElement[bool]:
    """Of registers those that are not archived."""
    return ~select(ArchiveRow.cascade_id).where(ArchiveRow.cascade_id == CascadeRow.id).exists()


def _directive(session: Session, row: DirectiveRow) -> RunningDirective:
    versions = select(VersionRow).where(VersionRow.directive_id == row.id).order_by(col(VersionRow.version))
    registers = select(CascadeRow.id).where(CascadeRow.directive_id == row.id).order_by(col(CascadeRow.id))
    return RunningDirective(
        row=row.model_dump(mode="json"),
        versions=tuple(version.model_dump(mode="json") for version in session.exec(versions)),
        registers=tuple(session.exec(registers)),
    )


def _all(session: Session, table: type[SQLModel]) -> list[dict[str, Any]]:
    """All rows of a table by its key."""
    key = SQLModel.metadata.tables[str(table.__tablename__)].primary_key.columns
    return [row.model_dump(mode="json") for row in session.exec(select(table).order_by(*key))]
