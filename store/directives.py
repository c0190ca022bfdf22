"""Directives and their cascades: written once at the start, then read."""

from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.clock import Clock
from models.plan import CascadePlan, DirectiveHead, Plan
from models.tables import CascadeRow, DirectiveRow
from rules.chain import GENESIS
from store.engine import reading, writing


class AlreadyStarted(Exception):
    """The directive is in the database; carries since when (real, UTC)."""

    def __init__(self, since: datetime) -> None:
        super().__init__(str(since))
        self.since = since


def add_directive(engine: Engine, plan: Plan, clock: Clock, source: str, now: datetime) -> None:
    """Store a compiled directive with its slices. Raises `AlreadyStarted` and changes nothing if it is there."""
    try:
        with writing(engine) as session:
            if earlier := session.get(DirectiveRow, plan.head.directive_id):
                raise AlreadyStarted(earlier.started_at)
            session.add(
                DirectiveRow(
                    id=plan.head.directive_id,
                    number=plan.head.document.number,
                    issuer=plan.head.issuer,
                    title=plan.head.document.title,
                    head=plan.head.model_dump(mode="json"),
                    clock=clock.model_dump(mode="json"),
                    source=source,
                    started_at=now,
                )
            )
            session.flush()
            for cascade in plan.cascades:
                session.add(
                    CascadeRow(
                        id=cascade.cascade_id,
                        directive_id=cascade.directive_id,
                        issuer=cascade.issuer,
                        parent=cascade.parent,
                        plan=cascade.model_dump(mode="json"),
                        chain_head=GENESIS,
                    )
                )
    except IntegrityError as error:  # two people started it at the same moment
        raise AlreadyStarted(now) from error


def remove_unstarted(engine: Engine, directive_id: str) -> None:
    """Take back a directive whose workflow never started, so that it can be started again."""
    with writing(engine) as session:
        for cascade in session.exec(select(CascadeRow).where(CascadeRow.directive_id == directive_id)):
            session.delete(cascade)
        session.flush()
        if row := session.get(DirectiveRow, directive_id):
            session.delete(row)


def find_directives(engine: Engine, number: str, issuer: str | None = None) -> list[DirectiveRow]:
    """Directives by id or by number in normal form, of one issuer or of any; newest first."""
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


def head_of(session: Session, directive_id: str) -> DirectiveHead:
    return DirectiveHead.model_validate(session.get_one(DirectiveRow, directive_id).head)


def clock_of(session: Session, directive_id: str) -> Clock:
    return Clock.model_validate(session.get_one(DirectiveRow, directive_id).clock)


def plan_of(session: Session, cascade_id: str) -> CascadePlan:
    """The slice of a cascade, which never changes."""
    return CascadePlan.model_validate(session.get_one(CascadeRow, cascade_id).plan)
