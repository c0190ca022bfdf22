"""What the reading room shows, as far as each reader may see it: what he may not is not there for him."""

from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models.clock import Clock
from models.document import FileRef
from models.obligation import unit_of
from models.plan import DirectiveHead
from models.reader import Reader
from models.reading import (
    Counts,
    DirectiveEntry,
    DirectiveSheet,
    Findings,
    HandedIn,
    ObligationSheet,
    Search,
    TechnicalEntry,
    UnitPart,
    UnitSheet,
)
from models.register import ObligationLine
from models.tables import CascadeRow, DirectiveRow, ObligationRow, SubmissionRow
from rules.delay import explained
from rules.register_tree import RegisterFace, shortened, tree
from rules.rollup_tally import added, tally
from store.directives import FixedParts, clock_of, head_of
from store.engine import reading
from store.lines import cascade_lines, spoken_of
from store.reading_counts import counts_by_directive, counts_by_unit
from store.reading_search import find
from store.reading_sight import sight_of
from store.reporting import issued_reports
from store.technical import technical
from store.units import unit_names, units_in


class ReadingRoom:
    """The port `web.reading.ports.Room` on SQL. Each read raises `Unreachable` when the database is away."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._fixed = FixedParts()

    def find(self, reader: Reader, search: Search) -> Findings:
        """What fits a search, of what the reader may see."""
        with reading(self._engine) as session:
            return find(session, self._fixed, sight_of(session, reader), search)

    def technical(self, reader: Reader) -> tuple[TechnicalEntry, ...] | None:
        """How every directive's registers and mails are doing, the newest first; None for whom that is not for."""
        with reading(self._engine) as session:
            return technical(session) if sight_of(session, reader).technical else None

    def directives(self, reader: Reader) -> tuple[DirectiveEntry, ...]:
        """The directives in which the reader may see anything, the newest first."""
        real = datetime.now(UTC)
        with reading(self._engine) as session:
            seen = sight_of(session, reader)
            rows = session.exec(select(DirectiveRow).order_by(col(DirectiveRow.started_at).desc())).all()
            clocks = {row.id: Clock.model_validate(row.clock).business(real) for row in rows}
            counts = counts_by_directive(session, clocks, seen.units)
            names = unit_names(session, {row.issuer for row in rows})
            return tuple(
                DirectiveEntry(
                    head=DirectiveHead.model_validate(row.head),
                    issuer_name=names.get(row.issuer, row.issuer),
                    closed=row.closed_at is not None,
                    counts=counts.get(row.id, Counts()),
                )
                for row in rows
                if row.id in counts or seen.units is None
            )

    def directive(self, reader: Reader, directive_id: str, chosen: str = "") -> DirectiveSheet | None:
        """One directive with the tree of its registers; of a large one, with the units of the register `chosen`."""
        with reading(self._engine) as session:
            row = session.get(DirectiveRow, directive_id)
            if row is None:
                return None
            seen = sight_of(session, reader)
            at = clock_of(session, directive_id).business(datetime.now(UTC))
            counts = counts_by_unit(session, directive_id, at, seen.units)
            if not counts and seen.units is not None:
                return None
            columns = select(CascadeRow.id, CascadeRow.issuer, CascadeRow.parent)
            found = session.exec(columns.where(CascadeRow.directive_id == directive_id).order_by(col(CascadeRow.id)))
            registers = [RegisterFace(*columns) for columns in found]
            codes = {row.issuer, *(face.issuer for face in registers), *(unit for _, unit in counts)}
            names = unit_names(session, codes)
            mine = [face for face in registers if seen.units is None or face.issuer in seen.units]
            shown = next((face for face in mine if chosen == face.id or not (chosen or face.parent)), None)
            whole = tree(registers, counts, names)
            return DirectiveSheet(
                head=DirectiveHead.model_validate(row.head),
                issuer_name=names.get(row.issuer, row.issuer),
                closed=row.closed_at is not None,
                counts=Counts.added(node.whole for node in whole),
                tree=shortened(whole, chosen),
                reports=issued_reports(session, directive_id, shown.id) if shown else (),
                at=at,
            )

    def unit(self, reader: Reader, code: str) -> UnitSheet | None:
        """The record of one unit over all directives."""
        with reading(self._engine) as session:
            unit = units_in(session, {code}).get(code)
            if unit is None or not sight_of(session, reader).sees(code):
                return None
            parts = _parts(session, self._fixed, code)
            superior = unit_names(session, {unit.superior}) if unit.superior else {}
            return UnitSheet(
                unit=unit,
                superior_name=next(iter(superior.values()), ""),
                parts=parts,
                tally=added(part.tally for part in parts),
            )

    def obligation(self, reader: Reader, cascade_id: str, key: str) -> ObligationSheet | None:
        """One obligation with everything that was handed in for it."""
        with reading(self._engine) as session:
            if not _is_seen(session, reader, cascade_id, key):
                return None
            plan, head = self._fixed.of(session, cascade_id)
            at = clock_of(session, plan.directive_id).business(datetime.now(UTC))
            (line,) = cascade_lines(session, plan, at, keys=[key])
            names = unit_names(session, {line.unit, line.issuer, *spoken_of(line)})
            return ObligationSheet(
                head=head,
                line=line,
                delay=explained(line, min(at, head.closing)),
                answers=_answers(session, cascade_id, key),
                names=names,
                at=at,
            )

    def file(self, reader: Reader, cascade_id: str, key: str, sha256: str) -> FileRef | None:
        """A file that was handed in for an obligation, or stands beside it as evidence from elsewhere."""
        with reading(self._engine) as session:
            if not _is_seen(session, reader, cascade_id, key):
                return None
            for table in (SubmissionRow, ObligationRow):
                for answer in session.exec(
                    select(table.answer).where(table.cascade_id == cascade_id, table.key == key)
                ):
                    for file in answer["files"] if answer else ():
                        if file["sha256"] == sha256:
                            return FileRef.model_validate(file)
        return None

    def directive_file(self, reader: Reader, directive_id: str, sha256: str) -> FileRef | None:
        """A file of the directive itself, for whoever may see anything of it."""
        if self.directive(reader, directive_id) is None:
            return None
        with reading(self._engine) as session:
            files = head_of(session, directive_id).files
        return next((file for file in files if file.sha256 == sha256), None)


def _parts(session: Session, fixed: FixedParts, unit: str) -> tuple[UnitPart, ...]:
    """What a unit owes in each directive, over all registers in which it stands; the newest directive first."""
    query = (
        select(ObligationRow.cascade_id, ObligationRow.directive_id)
        .join(DirectiveRow, col(DirectiveRow.id) == ObligationRow.directive_id)
        .where(ObligationRow.unit == unit)
        .order_by(col(DirectiveRow.started_at).desc(), col(ObligationRow.cascade_id))
    )
    lines: dict[str, list[ObligationLine]] = {}
    at: dict[str, datetime] = {}
    for cascade_id, directive_id in dict.fromkeys(session.exec(query).all()):
        plan, _ = fixed.of(session, cascade_id)
        at[directive_id] = clock_of(session, directive_id).business(datetime.now(UTC))
        lines.setdefault(directive_id, []).extend(cascade_lines(session, plan, at[directive_id], unit=unit))
    return tuple(
        UnitPart(
            head=head_of(session, directive_id),
            lines=tuple(found),
            tally=tally((line for line in found if not line.coordinating), at[directive_id]),
            at=at[directive_id],
        )
        for directive_id, found in lines.items()
    )


def _is_seen(session: Session, reader: Reader, cascade_id: str, key: str) -> bool:
    """Whether an obligation is there, and for this reader."""
    return session.get(ObligationRow, (cascade_id, key)) is not None and sight_of(session, reader).sees(unit_of(key))


def _answers(session: Session, cascade_id: str, key: str) -> tuple[HandedIn, ...]:
    query = select(SubmissionRow).where(SubmissionRow.cascade_id == cascade_id, SubmissionRow.key == key)
    rows = session.exec(query.order_by(col(SubmissionRow.number)))
    return tuple(HandedIn.model_validate({"number": row.number, "at": row.at, "answer": row.answer}) for row in rows)
