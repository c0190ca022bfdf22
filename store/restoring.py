"""Puts the rows of archived and running registers into an empty database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Engine, bindparam, delete, func, insert, select, text, update
from sqlmodel import Session, SQLModel, col

from models.journal import INSTALLATION, Entry
from models.tables import CascadeRow, DirectiveRow, EventRow, OutboxRow, SuccessorRow, UnitRow, VersionRow
from models.trail_tables import ArchiveRow, JournalRow, MailTextRow
from rules.sending import MailHours
from store.archiving import Link
from store.engine import reading, writing
from store.journal import hold
from store.rebuild import Origin, write_again
from store.snapshot import Row
from store.told import hold_back, tell

_REGISTRY = {str(UnitRow.__tablename__), str(SuccessorRow.__tablename__)}


@dataclass(frozen=True)
class KeptRows:
    """What is kept of one register beyond what its events say: the links of its journal, the words of mails (gzip) by
    SHA-256."""

    cascade_id: str
    journal: Sequence[Link]
    mail_texts: Mapping[str, bytes]


@dataclass(frozen=True)
class ArchivedRows(KeptRows):
    """Of an archived one also the links of its chain and the rows of its outbox; `archive` is the row that says how it
    is archived."""

    events: Sequence[Link]
    outbox: Sequence[Row]
    archive: Row


@dataclass(frozen=True)
class DirectiveRows:
    """A directive: its row, its earlier versions, and its registers, archived or running."""

    row: Row
    versions: Sequence[Row]
    registers: Sequence[Origin]
    archived: Sequence[ArchivedRows]
    running: Sequence[KeptRows]


@dataclass(frozen=True)
class InstallationRows:
    """All that can be put back: the registry, the directives, and the links of the installation's journal."""

    units: Sequence[Row]
    successors: Sequence[Row]
    directives: Sequence[DirectiveRows]
    journal: Sequence[Link]


def is_empty(engine: Engine) -> bool:
    """Whether a database, migrated, has nothing but perhaps a registry of units; until the transaction ends nobody else
    is told so. Raises `Unreachable`."""
    with reading(engine) as session:
        hold(session, INSTALLATION)
        return not any(
            session.connection().execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in SQLModel.metadata.tables.items()
            if name not in _REGISTRY
        )


def restore(engine: Engine, rows: InstallationRows, hours: MailHours | None) -> int:
    """Put all into a database, in several transactions: all or nothing with `store.engine.together`. Returns how many
    mails are held back, because nobody knows whether they were sent. Raises what recording raises where events do not
    fit their plans, `KeyError` for a unit that is not there."""
    with writing(engine) as session:
        _put(session, UnitRow, _unknown(session, UnitRow, rows.units, ("code",)))
        session.flush()
        _put(session, SuccessorRow, _unknown(session, SuccessorRow, rows.successors, ("unit", "function", "heir")))
    for directive in rows.directives:
        write_again(engine, _typed(DirectiveRow, directive.row), directive.registers, hours)
    with writing(engine) as session:
        _put_journal(session, INSTALLATION, rows.journal)
        _make_room(session, [row["id"] for each in rows.directives for kept in each.archived for row in kept.outbox])
        _put(session, VersionRow, (version for directive in rows.directives for version in directive.versions))
        registers: list[KeptRows] = [kept for each in rows.directives for kept in (*each.archived, *each.running)]
        texts = {sha256: content for register in registers for sha256, content in register.mail_texts.items()}
        _put(session, MailTextRow, [{"sha256": sha256, "content": content} for sha256, content in texts.items()])
        taken: set[int] = set()
        for archived in (archived for directive in rows.directives for archived in directive.archived):
            _as_archived(session, archived, taken)
        held = sum(_as_told(session, running) for directive in rows.directives for running in directive.running)
        _number_on(session)
        return held


def _make_room(session: Session, numbers: Iterable[int]) -> None:
    """Number all mails that are there after those that are archived with their numbers."""
    last = session.connection().execute(select(func.max(OutboxRow.id))).scalar_one() or 0
    session.execute(update(OutboxRow).values(id=col(OutboxRow.id) + max([last, *numbers])))


def _number_on(session: Session) -> None:
    """Let PostgreSQL number what comes next after what was put in with its number."""
    if session.get_bind().dialect.name == "postgresql":
        session.flush()
        last = "(SELECT COALESCE(MAX(id), 0) + 1 FROM outbox)"
        session.execute(text(f"SELECT setval(pg_get_serial_sequence('outbox', 'id'), {last}, false)"))


def _as_archived(session: Session, rows: ArchivedRows, taken: set[int]) -> None:
    """Bodies, hashes, journal and outbox to the letter as they were. A mail whose number (`taken`) another archive has
    too, from before the database was made anew, gets one of today."""
    _write_out(session, rows)
    session.execute(delete(OutboxRow).where(col(OutboxRow.cascade_id) == rows.cascade_id))
    _put(session, OutboxRow, (row for row in rows.outbox if row["id"] not in taken))
    again = [row for row in rows.outbox if row["id"] in taken]
    _put(session, OutboxRow, ({name: row[name] for name in row if name != "id"} for row in again))
    taken.update(row["id"] for row in rows.outbox)
    _put_journal(session, rows.cascade_id, rows.journal)
    _put(session, ArchiveRow, [rows.archive])


def _write_out(session: Session, rows: ArchivedRows) -> None:
    """The bodies of events with their hashes, as an older version may have written them."""
    if not rows.events:
        return
    table = SQLModel.metadata.tables[str(EventRow.__tablename__)]
    here = (table.c.cascade_id == rows.cascade_id) & (table.c.seq == bindparam("number"))
    values = [{"number": seq, "body": body, "hash": hash_} for seq, body, hash_, _unit in rows.events]
    session.connection().execute(update(table).where(here), values)
    register = col(CascadeRow.id) == rows.cascade_id
    session.execute(update(CascadeRow).where(register).values(chain_head=rows.events[-1][2]))


def _as_told(session: Session, rows: KeptRows) -> int:
    """The outbox as the journal tells of it, with that journal; returns how many mails are held back."""
    _put_journal(session, rows.cascade_id, rows.journal)
    tell(session, rows.cascade_id, (Entry.model_validate_json(body) for _, body, _, _ in rows.journal))
    return hold_back(session, rows.cascade_id)


def _put_journal(session: Session, chain: str, links: Iterable[Link]) -> None:
    entries = [(link, Entry.model_validate_json(link[1])) for link in links]
    _put(
        session,
        JournalRow,
        [
            {"chain": chain, "seq": entry.seq, "at": entry.at, "recorded_at": entry.recorded_at}
            | {"kind": entry.note.kind, "unit": unit, "body": body, "hash": hash_}
            for (_, body, hash_, unit), entry in entries
        ],
    )


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
