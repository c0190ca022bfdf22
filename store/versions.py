"""Directives that change while they run: versions of their files, registers that are added, and how all stand now."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

import sqlalchemy
from sqlalchemy import Engine, insert
from sqlmodel import Session, SQLModel, col, select

from models.answer import Answer, Selected
from models.document import DocumentRef
from models.event import DocumentRegistered, Event
from models.ledger import LedgerState
from models.obligation import DONE, ObligationState
from models.plan import CascadePlan, DirectiveHead
from models.stepped_in import Amended
from models.tables import CascadeRow, DirectiveRow, EventRow, ObligationRow, VersionRow
from rules.amending import ENLISTED
from rules.catching_up import Kept
from store.directives import new_cascade
from store.engine import reading, writing
from store.read_tables import STATE_FIELDS

_ROW = SQLModel.metadata.tables[str(ObligationRow.__tablename__)].columns
_READ = [_ROW[name] for name in ("cascade_id", "key", "answer", *STATE_FIELDS)]


class ChangedMeanwhile(Exception):
    """The directive has another version than the one that was looked at."""


def kept_registers(engine: Engine, directive_id: str, now: datetime) -> dict[str, Kept]:
    """All registers of a directive as they stand, by id; `now` is business time."""
    with reading(engine) as session:
        rows = session.exec(select(CascadeRow).where(CascadeRow.directive_id == directive_id)).all()
        obligations, selected = _obligations(session, directive_id)
        arrived = _arrived(session, directive_id)
    found: dict[str, Kept] = {}
    for row in rows:
        plan = CascadePlan.model_validate(row.plan)
        state = LedgerState(
            seq=row.last_seq,
            now=max(now, plan.starts),
            obligations=obligations[row.id],
            registered=tuple(arrived.get(row.id, {})),
            closed=row.closed,
        )
        found[row.id] = Kept(plan, state, arrived.get(row.id, {}), selected[row.id])
    return found


def enlisted(engine: Engine, directive_id: str) -> dict[str, tuple[str, ...]]:
    """The units that were enlisted late, by the key that their requirement has in the file: what the registers have on
    record."""
    found: dict[str, dict[str, None]] = {}
    with reading(engine) as session:
        series = {
            item["key"]: item["series"] or item["key"]
            for plan in session.exec(select(CascadeRow.plan).where(CascadeRow.directive_id == directive_id))
            for item in plan["requirements"]
        }
        for _, event in _events(session, directive_id, "amended"):
            if isinstance(event.fact, Amended) and event.cause.startswith(ENLISTED):
                for duty in event.fact.amendment.duties:
                    found.setdefault(series[duty.requirement], {})[duty.unit] = None
    return {key: tuple(units) for key, units in found.items()}


def listed_by(engine: Engine, directive_id: str, cause: str) -> tuple[tuple[str, str], ...]:
    """What one command has made late addressees owe, as the registers have it on record: requirements and units."""
    with reading(engine) as session:
        facts = [event.fact for _, event in _events(session, directive_id, "amended") if event.cause == cause]
    amendments = [fact.amendment for fact in facts if isinstance(fact, Amended)]
    return tuple((duty.requirement, duty.unit) for item in amendments for duty in item.duties)


def ordered(engine: Engine, directive_id: str, version: int) -> tuple[str, DocumentRef | None]:
    """Why the version before was replaced by this one, and the document that ordered it, as far as a register has it on
    record. Raises `sqlalchemy.exc.NoResultFound` for the first version."""
    with reading(engine) as session:
        reason = session.get_one(VersionRow, (directive_id, version - 1)).reason
        facts = (event.fact for _, event in _events(session, directive_id, "amended"))
        found = (fact.document for fact in facts if isinstance(fact, Amended) and fact.amendment.version == version)
        return reason, next(filter(None, found), None)


def versions_in_force(engine: Engine, directive_id: str) -> tuple[int, ...]:
    """The version by which each register that is open runs."""
    query = select(CascadeRow.plan).where(CascadeRow.directive_id == directive_id, col(CascadeRow.closed).is_(False))
    with reading(engine) as session:
        return tuple(plan["version"] for plan in session.exec(query))


def source_of(engine: Engine, directive_id: str, version: int) -> str:
    """The file of a version as it was written. Raises `sqlalchemy.exc.NoResultFound` for one that there never was."""
    with reading(engine) as session:
        row = session.get_one(DirectiveRow, directive_id)
        if row.version == version:
            return row.source
        return session.get_one(VersionRow, (directive_id, version)).source


def replace_source(
    engine: Engine,
    head: DirectiveHead,
    source: str,
    version: int,
    reason: str,
    added: Collection[CascadePlan],
    now: datetime,
) -> None:
    """Put version `version` in the place of the one before, which is kept with the reason, and add the registers that
    begin with it, so that they are there when they are started. Raises `ChangedMeanwhile` and changes nothing where the
    directive is not at the version before."""
    with writing(engine) as session:
        query = select(DirectiveRow).where(DirectiveRow.id == head.directive_id).with_for_update()
        row = session.exec(query).one()
        if row.version != version - 1:
            raise ChangedMeanwhile
        session.add(
            VersionRow(directive_id=row.id, version=row.version, source=row.source, replaced_at=now, reason=reason)
        )
        row.source, row.version = source, version
        row.title, row.head = head.document.title, head.model_dump(mode="json")
        session.flush()
        _add(session, added)


def add_registers(engine: Engine, added: Collection[CascadePlan]) -> None:
    """Add registers that begin while the directive runs; those that are there already are left alone."""
    with writing(engine) as session:
        _add(session, added)


def _add(session: Session, added: Collection[CascadePlan]) -> None:
    ids = [plan.cascade_id for plan in added]
    known = set(session.exec(select(CascadeRow.id).where(col(CascadeRow.id).in_(ids))))
    if fresh := [new_cascade(plan) for plan in added if plan.cascade_id not in known]:
        session.exec(insert(CascadeRow), params=fresh)


def _arrived(session: Session, directive_id: str) -> dict[str, dict[str, DocumentRef]]:
    """The documents that each register has noted as arrived."""
    found: dict[str, dict[str, DocumentRef]] = {}
    for cascade_id, event in _events(session, directive_id, "document_registered"):
        if isinstance(event.fact, DocumentRegistered):
            found.setdefault(cascade_id, {})[event.fact.trigger] = event.fact.document
    return found


def _events(session: Session, directive_id: str, kind: str) -> Iterable[tuple[str, Event]]:
    query = select(EventRow.cascade_id, EventRow.body).join(CascadeRow).where(CascadeRow.directive_id == directive_id)
    query = query.where(EventRow.kind == kind).order_by(col(EventRow.cascade_id), col(EventRow.seq))
    for cascade_id, body in session.exec(query):
        yield cascade_id, Event.model_validate_json(body)


def _obligations(
    session: Session, directive_id: str
) -> tuple[Mapping[str, dict[str, ObligationState]], Mapping[str, dict[str, tuple[Selected, ...]]]]:
    """The obligations of a directive and what was selected in answers that count, by register and key. Read in one go
    and as plain columns: a directive has tens of thousands."""
    obligations: dict[str, dict[str, ObligationState]] = defaultdict(dict)
    selected: dict[str, dict[str, tuple[Selected, ...]]] = defaultdict(dict)
    query = sqlalchemy.select(*_READ).where(_ROW.directive_id == directive_id).order_by(_ROW.cascade_id, _ROW.position)
    for cascade_id, key, answer, *state in session.connection().execute(query):
        item = ObligationState.model_validate(dict(zip(STATE_FIELDS, state, strict=True)))
        obligations[cascade_id][key] = item
        if item.state in DONE and answer and answer.get("selected"):
            selected[cascade_id][key] = Answer.model_validate(answer).selected
    return obligations, selected
