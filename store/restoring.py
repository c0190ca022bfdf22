"""Puts the rows of archived and running registers into an empty database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Engine, delete, func, insert, select, text, update
from sqlmodel import Session, SQLModel, col

from models.journal import Entry
from models.tables import CascadeRow, DirectiveRow, EventRow, OutboxRow, SuccessorRow, UnitRow, VersionRow
from models.trail_tables import ArchiveRow, JournalRow, MailTextRow
from rules.sending import MailHours
from store.engine import reading, writing
from store.rebuild import Origin, write_again
from store.snapshot import Row

_REGISTRY = {str(UnitRow.__tablename__), str(SuccessorRow.__tablename__)}
HELD = "failed"
"""The status of mails of which nobody knows whether they were sent: they are not sent again."""


@dataclass(frozen=True)
class ArchivedRows:
    """What an archive has of one register beyond what its events say: links with body and hash, of its journal also the
    unit; rows of its outbox, the words of mails (gzip) by SHA-256; `kept` is the row that says how it is archived."""

    cascade_id: str
    events: Sequence[tuple[int, str, str]]
    journal: Sequence[tuple[int, str, str, str]]
    outbox: Sequence[Row]
    mail_texts: Mapping[str, bytes]
    kept: Row


@dataclass(frozen=True)
class DirectiveRows:
    """A directive as the archive has it: its row, its earlier versions, and the registry's rows."""

    row: Row
    versions: Sequence[Row]
    units: Sequence[Row]
    successors: Sequence[Row]
    registers: Sequence[Origin] = field(default_factory=tuple)
    archived: Sequence[ArchivedRows] = field(default_factory=tuple)


def is_empty(engine: Engine) -> bool:
    """Whether a database, migrated, has nothing but perhaps a registry of units. Raises `Unreachable`."""
    with reading(engine) as session:
        return not any(
            session.connection().execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in SQLModel.metadata.tables.items()
            if name not in _REGISTRY
        )


def restore(engine: Engine, directive: DirectiveRows, hours: MailHours | None) -> int:
    """Put one directive into a database; returns how many mails are held back, because nobody knows whether they were
    sent. Raises what recording raises where events do not fit their plans."""
    with writing(engine) as session:
        _put(session, UnitRow, _unknown(session, UnitRow, directive.units, ("code",)))
        session.flush()
        _put(session, SuccessorRow, _unknown(session, SuccessorRow, directive.successors, ("unit", "function", "heir")))
    write_again(engine, _typed(DirectiveRow, directive.row), directive.registers, hours)
    known = {rows.cascade_id for rows in directive.archived}
    running = [each.first_plan.cascade_id for each in directive.registers if each.first_plan.cascade_id not in known]
    with writing(engine) as session:
        _put(session, VersionRow, directive.versions)
        for rows in directive.archived:
            _as_archived(session, rows)
        return _held(session, running)


def finish(engine: Engine) -> None:
    """Let PostgreSQL number what comes next after what was put in with its number."""
    if engine.dialect.name == "postgresql":
        with writing(engine) as session:
            session.connection().execute(
                text(
                    "SELECT setval(pg_get_serial_sequence('outbox', 'id'), "
                    "(SELECT COALESCE(MAX(id), 0) + 1 FROM outbox), false)"
                )
            )


def _as_archived(session: Session, rows: ArchivedRows) -> None:
    """Bodies, hashes, journal and outbox to the letter as they were."""
    events = col(EventRow.cascade_id) == rows.cascade_id
    for seq, body, hash_ in rows.events:
        session.execute(update(EventRow).where(events, col(EventRow.seq) == seq).values(body=body, hash=hash_))
    if rows.events:
        here = col(CascadeRow.id) == rows.cascade_id
        session.execute(update(CascadeRow).where(here).values(chain_head=rows.events[-1][2]))
    session.execute(delete(OutboxRow).where(col(OutboxRow.cascade_id) == rows.cascade_id))
    taken = set(session.connection().execute(select(col(OutboxRow.id))).scalars())
    _put(session, OutboxRow, (row for row in rows.outbox if row["id"] not in taken))
    _put(session, OutboxRow, (_unnumbered(row) for row in rows.outbox if row["id"] in taken))
    entries = [(unit, body, hash_, Entry.model_validate_json(body)) for _, body, hash_, unit in rows.journal]
    _put(
        session,
        JournalRow,
        [
            {"chain": rows.cascade_id, "seq": entry.seq, "at": entry.at, "recorded_at": entry.recorded_at}
            | {"kind": entry.note.kind, "unit": unit, "body": body, "hash": hash_}
            for unit, body, hash_, entry in entries
        ],
    )
    _put(session, ArchiveRow, [rows.kept])
    texts = [{"sha256": sha256, "content": content} for sha256, content in rows.mail_texts.items()]
    _put(session, MailTextRow, _unknown(session, MailTextRow, texts, ("sha256",)))


def _unnumbered(row: Row) -> Row:
    """A mail whose number another one has by now."""
    return {name: value for name, value in row.items() if name != "id"}


def _held(session: Session, running: Sequence[str]) -> int:
    """Hold back all mail of registers of whose mails nothing is known."""
    rows = col(OutboxRow.cascade_id).in_(running)
    why = "sổ được lập lại, không rõ thư đã gửi hay chưa"
    done = {"status": HELD, "error": why, "finished_at": datetime.now(UTC)}
    count = session.connection().execute(select(func.count()).select_from(OutboxRow).where(rows)).scalar_one()
    session.execute(update(OutboxRow).where(rows).values(done))
    return int(count)


def _put(session: Session, table: type[SQLModel], rows: Iterable[Row]) -> None:
    if found := [_typed(table, row) for row in rows]:
        session.connection().execute(insert(table), found)


def _typed(table: type[SQLModel], row: Row) -> dict[str, Any]:
    """A row of JSON with instants and days as the database takes them."""
    columns = SQLModel.metadata.tables[str(table.__tablename__)].columns
    found = {name: value for name, value in row.items() if name in columns}
    return {name: _value(table, name, value) for name, value in found.items()}


def _value(table: type[SQLModel], name: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    kind: Any = table.model_fields[name].annotation
    return TypeAdapter[object](kind).validate_python(value)


def _unknown(session: Session, table: type[SQLModel], rows: Iterable[Row], key: Sequence[str]) -> list[Row]:
    """Those rows that are not there yet."""
    columns = SQLModel.metadata.tables[str(table.__tablename__)].columns
    there = {tuple(row) for row in session.connection().execute(select(*(columns[name] for name in key)))}
    fresh = {tuple(row[name] for name in key): row for row in rows}
    return [row for found, row in fresh.items() if found not in there]
