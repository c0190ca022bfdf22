"""Directives and their cascades: written once at the start, then read."""

from collections import OrderedDict
from datetime import datetime
from threading import Lock
from typing import Any

from sqlalchemy import Engine, bindparam, insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.clock import Clock
from models.plan import CascadePlan, DirectiveHead, Plan
from models.tables import CascadeRow, DirectiveRow
from rules.chain import GENESIS
from store.engine import connected, reading, writing

_VERSIONS = (
    select(CascadeRow.revision, DirectiveRow.version)
    .join(DirectiveRow)
    .where(col(CascadeRow.id) == bindparam("register"))
)
_CLOCK = select(DirectiveRow.clock).where(col(DirectiveRow.id) == bindparam("directive"))
_MOST_KEPT = 1_000
"""Slices that one process keeps parsed: as many as a worker keeps workflows (the SDK's default), so all of a country's
755 registers."""


class AlreadyStarted(Exception):
    """The directive is in the database: since when (real, UTC), and on which clock."""

    def __init__(self, since: datetime, clock: Clock) -> None:
        super().__init__(str(since))
        self.since = since
        self.clock = clock


def add_directive(engine: Engine, plan: Plan, clock: Clock, source: str, now: datetime) -> None:
    """Store a compiled directive with its slices. Raises `AlreadyStarted` and changes nothing if it is there."""
    try:
        with writing(engine) as session:
            if earlier := session.get(DirectiveRow, plan.head.directive_id):
                raise AlreadyStarted(earlier.started_at, Clock.model_validate(earlier.clock))
            session.add(
                DirectiveRow(
                    id=plan.head.directive_id,
                    number=plan.head.label,
                    issuer=plan.head.issuer,
                    title=plan.head.document.title,
                    head=plan.head.model_dump(mode="json"),
                    clock=clock.model_dump(mode="json"),
                    source=source,
                    started_at=now,
                )
            )
            session.flush()
            session.exec(insert(CascadeRow), params=[new_cascade(cascade) for cascade in plan.cascades])
    except IntegrityError as error:  # two people started it at the same moment
        raise AlreadyStarted(now, clock) from error


def new_cascade(plan: CascadePlan) -> dict[str, Any]:
    """The row of a register in which nothing has happened."""
    return {
        "id": plan.cascade_id,
        "directive_id": plan.directive_id,
        "issuer": plan.issuer,
        "parent": plan.parent,
        "plan": plan.model_dump(mode="json"),
        "first_plan": None,
        "revision": 0,
        "last_seq": 0,
        "chain_head": GENESIS,
        "closed": False,
    }


def find_directives(engine: Engine, number: str, issuer: str | None = None) -> list[DirectiveRow]:
    """Directives by id or by what they are called (a number in normal form), of one issuer or of any; newest first."""
    query = select(DirectiveRow).where((DirectiveRow.number == number) | (DirectiveRow.id == number))
    if issuer:
        query = query.where(DirectiveRow.issuer == issuer)
    with reading(engine) as session:
        return list(session.exec(query.order_by(col(DirectiveRow.started_at).desc())))


def all_directives(engine: Engine) -> list[DirectiveRow]:
    """All directives, newest first."""
    with reading(engine) as session:
        return list(session.exec(select(DirectiveRow).order_by(col(DirectiveRow.started_at).desc())))


def cascade_rows(session: Session, directive_id: str) -> list[CascadeRow]:
    return list(session.exec(select(CascadeRow).where(CascadeRow.directive_id == directive_id)))


class FixedParts:
    """What seldom changes of running directives: slices and heads, parsed once per process and version. Those that were
    not asked for the longest make room for others."""

    def __init__(self) -> None:
        self._parts: OrderedDict[str, tuple[tuple[int, int], CascadePlan, DirectiveHead]] = OrderedDict()
        self._lock = Lock()

    def of(self, session: Session, cascade_id: str) -> tuple[CascadePlan, DirectiveHead]:
        """The slice of a cascade that is in force, and the head of its directive. Raises
        `sqlalchemy.exc.NoResultFound` for an unknown cascade."""
        revision, version = connected(session).execute(_VERSIONS, {"register": cascade_id}).one()
        known = self._parts.get(cascade_id)
        if known is None or known[0] != (revision, version):
            plan = plan_of(session, cascade_id)
            known = (revision, version), plan, head_of(session, plan.directive_id)
        with self._lock:
            self._parts[cascade_id] = known
            self._parts.move_to_end(cascade_id)
            if len(self._parts) > _MOST_KEPT:
                self._parts.popitem(last=False)
        return known[1], known[2]


def head_of(session: Session, directive_id: str) -> DirectiveHead:
    return DirectiveHead.model_validate(session.get_one(DirectiveRow, directive_id).head)


def clock_of(session: Session, directive_id: str) -> Clock:
    return Clock.model_validate(connected(session).execute(_CLOCK, {"directive": directive_id}).scalar_one())


def set_clock(engine: Engine, directive_id: str, clock: Clock) -> list[str]:
    """Put a directive on another clock; returns the ids of its cascades, which must be told."""
    with writing(engine) as session:
        session.get_one(DirectiveRow, directive_id).clock = clock.model_dump(mode="json")
        return [cascade.id for cascade in cascade_rows(session, directive_id)]


def plan_of(session: Session, cascade_id: str) -> CascadePlan:
    """The slice of a cascade that is in force."""
    return CascadePlan.model_validate(session.get_one(CascadeRow, cascade_id).plan)
