"""Registers as the database has them at one moment, row by row, for who compares them with what proves them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, select
from sqlmodel import Session, SQLModel, col

import naming
from models.event import BelowClosed
from models.journal import INSTALLATION
from models.succession import TakenIn
from models.tables import (
    CascadeRow,
    DirectiveRow,
    EventRow,
    HolderRow,
    ObligationRow,
    OutboxRow,
    RecommendationRow,
    RequestRow,
    SubmissionRow,
    UnitRow,
    VersionRow,
)
from models.trail_tables import ArchiveRow, EventUnitRow, JournalRow
from store.engine import one_moment, reading

Row = Mapping[str, Any]
FOLDED: Mapping[type[SQLModel], tuple[str, ...]] = {
    ObligationRow: ("key",),
    RecommendationRow: ("id",),
    RequestRow: ("id",),
    HolderRow: ("unit", "id"),
    SubmissionRow: ("key", "number"),
    EventUnitRow: ("unit", "seq"),
}
"""The tables that are folded from events, and what names a row of one register in them."""


@dataclass(frozen=True)
class RegisterRows:
    """One register: its row, the links of its chain and its journal in order, folded rows by table and key, its outbox,
    and how it is archived."""

    cascade: Row
    events: Sequence[Row]
    journal: Sequence[Row]
    folded: Mapping[str, Mapping[tuple[Any, ...], Row]]
    outbox: Sequence[Row]
    archive: Row | None


@dataclass(frozen=True)
class Chains:
    """What one register, or a journal that is no register's (`cascade` None), has of chains at one moment; `obligation`
    is the row of the one that was asked for."""

    cascade: Row | None
    events: Sequence[Row]
    journal: Sequence[Row]
    obligation: Row | None = None


@dataclass(frozen=True)
class Snapshot:
    """Some registers of one directive at one moment. `below` are the hashes of those events of registers below with
    which these say that they closed, by register and number."""

    directive: Row
    versions: Sequence[Row]
    registers: Mapping[str, RegisterRows]
    below: Mapping[tuple[str, int], str]


class Snapshots:
    """Reads on SQL. Each raises `Unreachable` when the database is away."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def directives(self) -> list[str]:
        """All directives, the oldest first."""
        with reading(self._engine) as session:
            query = select(col(DirectiveRow.id)).order_by(col(DirectiveRow.started_at), col(DirectiveRow.id))
            return list(session.connection().execute(query).scalars())

    def groups(self, directive_id: str) -> list[list[str]]:
        """The registers of a directive, those together of which one took something in from another; the first register
        comes first."""
        registers = select(col(CascadeRow.id), col(CascadeRow.parent))
        taken = select(col(EventRow.cascade_id), col(EventRow.body)).join(
            CascadeRow, col(CascadeRow.id) == col(EventRow.cascade_id)
        )
        here, kind = col(CascadeRow.directive_id) == directive_id, TakenIn.model_fields["kind"].default
        with reading(self._engine) as session:
            rows = session.connection().execute(registers.where(here)).all()
            joined = session.connection().execute(taken.where(here, col(EventRow.kind) == kind))
            links = [(cascade_id, _source(body)) for cascade_id, body in joined]
        ordered = [row[0] for row in sorted(rows, key=lambda row: (row[1] is not None, row[0]))]
        return _together(ordered, links)

    def ends(self, directive_id: str) -> list[tuple[str, int]]:
        """The registers of a directive, each with the number of its last event."""
        query = select(col(CascadeRow.id), col(CascadeRow.last_seq)).where(col(CascadeRow.directive_id) == directive_id)
        with reading(self._engine) as session:
            return [(row[0], row[1]) for row in session.connection().execute(query.order_by(col(CascadeRow.id)))]

    def chains(self, chain: str, obligation: str | None = None) -> Chains:
        """Both chains of a register, or a journal alone, with the row of one obligation (its key)."""
        with one_moment(self._engine) as session:
            cascades = _rows(session, CascadeRow, CascadeRow.id, chain)
            rows = _rows(session, ObligationRow, ObligationRow.key, obligation) if obligation is not None else []
            return Chains(
                cascade=cascades[0] if cascades else None,
                events=_rows(session, EventRow, EventRow.cascade_id, chain, "seq"),
                journal=_rows(session, JournalRow, JournalRow.chain, chain, "seq"),
                obligation=next((row for row in rows if row["cascade_id"] == chain), None),
            )

    def keepers(self) -> dict[str, str]:
        """What the units are called that keep registers, by register."""
        query = select(col(CascadeRow.id), col(UnitRow.short_name)).join(
            UnitRow, col(UnitRow.code) == col(CascadeRow.issuer)
        )
        with reading(self._engine) as session:
            return {row[0]: row[1] for row in session.connection().execute(query)}

    def events_naming(self, sha256: str) -> list[tuple[str, str, str, str]]:
        """The events that name a content: register, what its directive is called by, body and hash."""
        query = (
            select(col(EventRow.cascade_id), col(DirectiveRow.number), col(EventRow.body), col(EventRow.hash))
            .join(CascadeRow, col(CascadeRow.id) == col(EventRow.cascade_id))
            .join(DirectiveRow, col(DirectiveRow.id) == col(CascadeRow.directive_id))
            .where(col(EventRow.body).contains(sha256))
            .order_by(col(EventRow.cascade_id), col(EventRow.seq))
        )
        with reading(self._engine) as session:
            return [(row[0], row[1], row[2], row[3]) for row in session.connection().execute(query)]

    def take(self, directive_id: str, cascade_ids: Sequence[str]) -> Snapshot:
        """Some registers of a directive as they stand at one moment. Raises `sqlalchemy.exc.NoResultFound`."""
        with one_moment(self._engine) as session:
            registers = {cascade_id: _register(session, cascade_id) for cascade_id in cascade_ids}
            (directive,) = _rows(session, DirectiveRow, DirectiveRow.id, directive_id)
            return Snapshot(
                directive=directive,
                versions=_rows(session, VersionRow, VersionRow.directive_id, directive_id, "version"),
                registers=registers,
                below=_below(session, directive_id, registers.values()),
            )

    def journal(self, chain: str = INSTALLATION) -> list[Row]:
        """The entries of a journal in order."""
        with reading(self._engine) as session:
            return _rows(session, JournalRow, JournalRow.chain, chain, "seq")


def folded_rows(session: Session, cascade_id: str) -> dict[str, dict[tuple[Any, ...], Row]]:
    """The rows of one register in the tables that are folded from events, by table and key."""
    found: dict[str, dict[tuple[Any, ...], Row]] = {}
    for table, key in FOLDED.items():
        rows = _rows(session, table, table.cascade_id, cascade_id)  # type: ignore[attr-defined]  # each has one
        found[str(table.__tablename__)] = {tuple(row[name] for name in key): row for row in rows}
    return found


def outbox_rows(session: Session, cascade_id: str) -> list[Row]:
    """The outbox of one register, the oldest row first."""
    return _rows(session, OutboxRow, OutboxRow.cascade_id, cascade_id, "id")


def cascade_row(session: Session, cascade_id: str) -> Row:
    """The row of one register. Raises `ValueError` for an unknown one."""
    (row,) = _rows(session, CascadeRow, CascadeRow.id, cascade_id)
    return row


def _together(ids: Iterable[str], links: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Those that are linked in groups, each in the order of the first of its members."""
    group = {cascade_id: [cascade_id] for cascade_id in ids}
    for one, other in links:
        if one in group and other in group and group[one] is not group[other]:
            joined, left = group[one], group[other]
            joined.extend(left)
            group.update(dict.fromkeys(left, joined))
    return list({id(found): found for found in group.values()}.values())


def closings(directive_id: str, events: Iterable[Row]) -> dict[tuple[str, int], tuple[int, str]]:
    """The last events of registers below as the events of the one above have them: (register, number) -> (event above,
    hash). A register is known by the unit it began with, whoever keeps it now."""
    kind, found = BelowClosed.model_fields["kind"].default, dict[tuple[str, int], tuple[int, str]]()
    for row in events:
        if row["kind"] != kind:
            continue
        try:
            fact = json.loads(row["body"])["fact"]
            found[naming.cascade_id(directive_id, fact["unit"]), int(fact["events"])] = row["seq"], fact["chain_head"]
        except (ValueError, KeyError, TypeError):
            continue  # the chain shows that this event was tampered with
    return found


def _register(session: Session, cascade_id: str) -> RegisterRows:
    archived = _rows(session, ArchiveRow, ArchiveRow.cascade_id, cascade_id)
    return RegisterRows(
        cascade=cascade_row(session, cascade_id),
        events=_rows(session, EventRow, EventRow.cascade_id, cascade_id, "seq"),
        journal=_rows(session, JournalRow, JournalRow.chain, cascade_id, "seq"),
        folded=folded_rows(session, cascade_id),
        outbox=outbox_rows(session, cascade_id),
        archive=archived[0] if archived else None,
    )


def _rows(session: Session, table: type[SQLModel], column: Any, value: object, order: str = "") -> list[Row]:
    """Rows as plain dictionaries: objects of the mapper would take most of the time."""
    columns = SQLModel.metadata.tables[str(table.__tablename__)].columns
    query = select(*columns).where(col(column) == value)
    if order:
        query = query.order_by(columns[order])
    return [dict(row) for row in session.connection().execute(query).mappings()]


def _below(session: Session, directive_id: str, registers: Iterable[RegisterRows]) -> dict[tuple[str, int], str]:
    """The hashes of events that registers name as the last of those below them; nothing for events that are gone."""
    found: dict[tuple[str, int], str] = {}
    for cascade_id, seq in sorted({key for register in registers for key in closings(directive_id, register.events)}):
        query = select(col(EventRow.hash)).where(col(EventRow.cascade_id) == cascade_id, col(EventRow.seq) == seq)
        hash_ = session.connection().execute(query).scalar_one_or_none()
        if hash_ is not None:
            found[cascade_id, seq] = hash_
    return found


def _source(body: str) -> str:
    """From which register something was taken in."""
    try:
        return str(json.loads(body)["fact"]["source"])
    except (ValueError, KeyError, TypeError):
        return ""
