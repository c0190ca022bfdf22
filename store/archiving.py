"""Everything that the database has of a closed register, and the notes of what is archived."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from models.actor import Actor, ActorKind
from models.journal import Archived, Entry, RunsKept
from models.tables import CascadeRow, DirectiveRow, EventRow, OutboxRow, SuccessorRow, UnitRow, VersionRow
from models.trail_tables import ArchiveRow, EventUnitRow, JournalRow, MailTextRow
from models.upkeep import ArchivedSo, Standing
from rules.archiving import LOOKS
from store.engine import reading, writing
from store.journal import append

_AT_ONCE = 500
"""So many values in one query; SQLite takes no more than some thousand."""

Link = tuple[int, str, str, str]
"""A link of a chain: number, body, hash; of a journal also the unit that it is about."""


@dataclass(frozen=True)
class ClosedRegister:
    """What the database has of a closed register. `last_seq`, `chain_head` are what its row says; rows of tables are
    JSON by column; `units` are the registry's rows, `successors` who follows them. `kinds` are those of the journal's
    entries."""

    cascade_id: str
    directive_id: str
    issuer: str
    parent: str | None
    last_seq: int
    chain_head: str
    first_plan: dict[str, Any]
    events: tuple[Link, ...]
    journal: tuple[Link, ...]
    kinds: tuple[str, ...]
    outbox: tuple[dict[str, Any], ...]
    directive: dict[str, Any]
    versions: tuple[dict[str, Any], ...]
    units: tuple[dict[str, Any], ...]
    successors: tuple[dict[str, Any], ...]


class ArchivingRecords:
    """Reads and notes for archiving on SQL. Each raises `Unreachable` when the database is away."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def standings(self, directive_id: str | None = None) -> list[Standing]:
        """All closed registers, of one directive or of all, by id."""
        later = select(func.max(JournalRow.seq)).where(
            JournalRow.chain == CascadeRow.id, JournalRow.seq > func.coalesce(ArchiveRow.journal_seq, 0)
        )
        noted = later.where(col(JournalRow.kind).not_in(LOOKS))
        query = (
            select(  # type: ignore[call-overload]  # subqueries, which the overloads do not know
                CascadeRow.id,
                CascadeRow.last_seq,
                func.coalesce(later.correlate(CascadeRow, ArchiveRow).scalar_subquery(), 0),
                func.coalesce(noted.correlate(CascadeRow, ArchiveRow).scalar_subquery(), 0),
                ArchiveRow,
            )
            .join(ArchiveRow, col(ArchiveRow.cascade_id) == CascadeRow.id, isouter=True)
            .where(col(CascadeRow.closed).is_(True))
            .order_by(col(CascadeRow.id))
        )
        if directive_id is not None:
            query = query.where(CascadeRow.directive_id == directive_id)
        with reading(self._engine) as session:
            return [
                Standing(
                    cascade_id=cascade_id,
                    last_seq=last_seq,
                    journal_seq=journal_seq,
                    noted_seq=noted_seq,
                    archived=_so(row) if row else None,
                )
                for cascade_id, last_seq, journal_seq, noted_seq, row in session.exec(query)
            ]

    def register(self, cascade_id: str) -> ClosedRegister:
        """A register as it stands. Raises `sqlalchemy.exc.NoResultFound` for an unknown one."""
        with reading(self._engine) as session:
            row = session.get_one(CascadeRow, cascade_id)
            events = select(EventRow).where(EventRow.cascade_id == cascade_id, EventRow.seq <= row.last_seq)
            notes = select(JournalRow).where(JournalRow.chain == cascade_id).order_by(col(JournalRow.seq))
            journal = session.exec(notes).all()
            outbox = select(OutboxRow).where(OutboxRow.cascade_id == cascade_id).order_by(col(OutboxRow.id))
            versions = select(VersionRow).where(VersionRow.directive_id == row.directive_id)
            successors = successor_rows(session, codes := codes_of(session, row))
            return ClosedRegister(
                cascade_id=row.id,
                directive_id=row.directive_id,
                issuer=row.issuer,
                parent=row.parent,
                last_seq=row.last_seq,
                chain_head=row.chain_head,
                first_plan=row.first_plan or row.plan,
                events=tuple(
                    (item.seq, item.body, item.hash, "") for item in session.exec(events.order_by(col(EventRow.seq)))
                ),
                journal=tuple(map(_link, journal)),
                kinds=tuple(item.kind for item in journal),
                outbox=tuple(item.model_dump(mode="json") for item in session.exec(outbox)),
                directive=session.get_one(DirectiveRow, row.directive_id).model_dump(mode="json"),
                versions=tuple(
                    item.model_dump(mode="json") for item in session.exec(versions.order_by(col(VersionRow.version)))
                ),
                units=tuple(unit_rows(session, codes | {item["heir"] for item in successors})),
                successors=tuple(successors),
            )

    def mail_texts(self, texts: Sequence[str]) -> dict[str, bytes]:
        """The words of mails as they are kept (gzip), by their SHA-256 (hex), as far as they are there."""
        found: dict[str, bytes] = {}
        with reading(self._engine) as session:
            for part in _parts(texts):
                rows = session.exec(select(MailTextRow).where(col(MailTextRow.sha256).in_(part)))
                found |= {row.sha256: row.content for row in rows}
        return found

    def journal_since_archived(self, cascade_id: str) -> tuple[Link, ...]:
        """The entries of a register's journal that its manifest does not list. Raises `sqlalchemy.exc.NoResultFound`
        for a register that is not archived."""
        with reading(self._engine) as session:
            seq = session.get_one(ArchiveRow, cascade_id).journal_seq
            query = select(JournalRow).where(JournalRow.chain == cascade_id, JournalRow.seq > seq)
            return tuple(map(_link, session.exec(query.order_by(col(JournalRow.seq)))))

    def archived_as(self, cascade_id: str) -> str | None:
        """By which manifest (SHA-256, hex) a register is archived; None where it is not."""
        with reading(self._engine) as session:
            row = session.get(ArchiveRow, cascade_id)
            return row.manifest if row else None

    def note_archived(self, cascade_id: str, manifest: str, last_seq: int, journal_seq: int, *, complete: bool) -> bool:
        """Note how far a register is archived, in its journal too where the manifest is another than before; returns
        whether it is. The journal's later entries count as not kept yet."""
        with writing(self._engine) as session:
            row = session.get(ArchiveRow, cascade_id)
            new = row is None or row.manifest != manifest
            session.merge(
                ArchiveRow(
                    cascade_id=cascade_id,
                    manifest=manifest,
                    archived_at=datetime.now(UTC),
                    last_seq=last_seq,
                    journal_seq=journal_seq,
                    later_seq=journal_seq,
                    complete=complete,
                )
            )
            if new:
                issuer = session.get_one(CascadeRow, cascade_id).issuer
                actor = Actor(kind=ActorKind.OPERATOR, unit=issuer)
                append(session, cascade_id, actor, str(last_seq), [(issuer, Archived(manifest=manifest))])
            return new

    def not_archived(self, cascade_ids: Collection[str], directive_id: str | None = None) -> set[str]:
        """Which of some registers are on record, of one directive or of all, and not archived."""
        found: set[str] = set()
        with reading(self._engine) as session:
            for part in _parts(sorted(cascade_ids)):
                query = select(CascadeRow.id).where(col(CascadeRow.id).in_(part))
                query = query.where(col(CascadeRow.id).not_in(select(ArchiveRow.cascade_id)))
                if directive_id is not None:
                    query = query.where(CascadeRow.directive_id == directive_id)
                found.update(session.exec(query))
        return found

    def runs_kept_as(self, cascade_id: str) -> str | None:
        """By which list (SHA-256, hex) ended runs of a register were kept while it ran; None where none were."""
        with reading(self._engine) as session:
            return _runs_kept_as(session, cascade_id)

    def note_runs_kept(self, cascade_id: str, kept: str) -> None:
        """Note in the journal of a register by which list ended runs of it are kept, where that is another than
        before."""
        with writing(self._engine) as session:
            row = session.get_one(CascadeRow, cascade_id)
            if _runs_kept_as(session, cascade_id) != kept:
                actor = Actor(kind=ActorKind.OPERATOR, unit=row.issuer)
                append(session, cascade_id, actor, str(row.last_seq), [(row.issuer, RunsKept(kept=kept))])

    def note_later(self, cascade_id: str, seq: int) -> None:
        """Note up to which entry the journal is kept beside the manifest."""
        with writing(self._engine) as session:
            session.get_one(ArchiveRow, cascade_id).later_seq = seq


def _runs_kept_as(session: Session, cascade_id: str) -> str | None:
    kind: str = RunsKept.model_fields["kind"].default
    query = select(JournalRow.body).where(JournalRow.chain == cascade_id, JournalRow.kind == kind)
    body = session.exec(query.order_by(col(JournalRow.seq).desc())).first()
    note = Entry.model_validate_json(body).note if body else None
    return note.kept if isinstance(note, RunsKept) else None


def _so(row: ArchiveRow) -> ArchivedSo:
    return ArchivedSo(
        at=row.archived_at,
        last_seq=row.last_seq,
        journal_seq=row.journal_seq,
        later_seq=row.later_seq,
        complete=row.complete,
    )


def _link(row: JournalRow) -> Link:
    return row.seq, row.body, row.hash, row.unit


def codes_of(session: Session, row: CascadeRow) -> set[str]:
    """The codes of all units that a register is about: those of its plans and of its events."""
    query = select(EventUnitRow.unit).where(EventUnitRow.cascade_id == row.id).distinct()
    codes = {row.issuer, *session.exec(query)}
    for plan in (row.plan, row.first_plan or {}):
        for duty in plan.get("duties", ()):
            codes |= {duty["unit"], *(reviewer["unit"] for reviewer in duty.get("reviewers", ()))}
        codes |= {plan.get("issuer", row.issuer), *plan.get("children", ())}
    return codes


def unit_rows(session: Session, codes: set[str]) -> list[dict[str, Any]]:
    """The registry's rows of units, by code."""
    found: list[UnitRow] = []
    for part in _parts(sorted(codes)):
        found += session.exec(select(UnitRow).where(col(UnitRow.code).in_(part)))
    return [unit.model_dump(mode="json") for unit in sorted(found, key=lambda unit: unit.code)]


def successor_rows(session: Session, codes: set[str]) -> list[dict[str, Any]]:
    """Who follows units, and who follows these."""
    found: dict[tuple[str, str, str], SuccessorRow] = {}
    fresh = codes
    while fresh:
        heirs: set[str] = set()
        for part in _parts(sorted(fresh)):
            for row in session.exec(select(SuccessorRow).where(col(SuccessorRow.unit).in_(part))):
                found[row.unit, row.function, row.heir] = row
                heirs.add(row.heir)
        fresh = heirs - codes - {unit for unit, *_ in found}
    return [found[key].model_dump(mode="json") for key in sorted(found)]


def _parts(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))
