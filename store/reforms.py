"""What a reform changes in the registry, and what runs while it does."""

from datetime import date

from sqlalchemy import Engine, insert
from sqlmodel import Session, col, delete, func, select

from models.base import Wire
from models.clock import Clock
from models.obligation import ObligationState, State
from models.plan import DirectiveHead
from models.recommendation import PENDING
from models.request import RequestStatus
from models.tables import CascadeRow, DirectiveRow, LinkRow, ObligationRow, RecommendationRow, RequestRow, SuccessorRow
from models.unit import Unit
from rules.reforming.heirs import Heirs
from rules.reforming.registers import Directive, Register, on_the_way
from store.engine import reading, writing
from store.units import save_units_in, units_in
from store.versions import kept_registers


class Successor(Wire):
    """A unit that has something since a day of what another had; `function` is empty for what is not named."""

    unit: Unit
    function: str
    change: str
    since: date
    basis: str


def save_reform(engine: Engine, heirs: Heirs) -> tuple[int, int]:
    """Put the units of a reform into the registry, end those of before, and note who follows whom; all of it or
    nothing. Harmless to repeat. Returns how many units are new and how many have ended."""
    written = {**heirs.ended, **heirs.made}
    rows = [
        {"unit": unit, "function": function, "heir": heir, "change": fate.change, "since": heirs.file.on}
        | {"basis": heirs.file.basis}
        for unit, function, fate, found in heirs.successors()
        for heir in found
    ]
    with writing(engine) as session:
        added, _ = save_units_in(session, written.values())
        session.flush()
        session.exec(delete(SuccessorRow).where(col(SuccessorRow.unit).in_(list(heirs.ended))))
        if rows:
            session.exec(insert(SuccessorRow), params=rows)
    return added, len(heirs.ended)


def successors_of(engine: Engine, unit: str) -> tuple[Successor, ...]:
    """Who has something now of what a unit had; none of one that is there still."""
    with reading(engine) as session:
        query = select(SuccessorRow).where(SuccessorRow.unit == unit)
        rows = session.exec(query.order_by(col(SuccessorRow.function), col(SuccessorRow.heir))).all()
        units = units_in(session, {row.heir for row in rows})
        return tuple(
            Successor(unit=units[row.heir], function=row.function, change=row.change, since=row.since, basis=row.basis)
            for row in rows
        )


def heirs_since(engine: Engine, day: date) -> set[tuple[str, str, str]]:
    """Who has something since a day of what others had: the unit of before, the function, and the heir."""
    query = select(SuccessorRow.unit, SuccessorRow.function, SuccessorRow.heir).where(SuccessorRow.since == day)
    with reading(engine) as session:
        return {(unit, function, heir) for unit, function, heir in session.exec(query)}


def running(engine: Engine, row: DirectiveRow, clock: Clock) -> Directive:
    """A directive that runs, with all its registers as they stand."""
    kept = kept_registers(engine, row.id, clock.origin_business)
    with reading(engine) as session:
        requests = _waiting(session, row.id, RequestRow, [RequestStatus.ASKED])
        words = _waiting(session, row.id, RecommendationRow, list(PENDING))
    return Directive(
        DirectiveHead.model_validate(row.head),
        {
            key: Register(
                plan=found.plan,
                obligations=found.state.obligations,
                closed=found.state.closed,
                requests=tuple(requests.get(key, ())),
                recommendations=tuple(words.get(key, ())),
            )
            for key, found in kept.items()
        },
    )


def still_on_the_way(engine: Engine, directive_id: str) -> tuple[str, ...]:
    """The obligations of a directive that have left a register and are in no other yet, by key: looked at again and
    again while they move, so that no more is read than that takes."""
    columns = select(ObligationRow.requirement, ObligationRow.unit, ObligationRow.state, ObligationRow.moved_to)
    with reading(engine) as session:
        rows = session.exec(columns.where(ObligationRow.directive_id == directive_id)).all()
    return on_the_way(
        [
            ObligationState(requirement=requirement, unit=unit, state=State(state), moved_to=tuple(moved_to))
            for requirement, unit, state, moved_to in rows
        ]
    )


def links_of(engine: Engine, directive_id: str, units: set[str]) -> int:
    """How many links of a directive that were sent to some units still hold."""
    with reading(engine) as session:
        query = select(LinkRow.unit, func.count()).where(LinkRow.directive_id == directive_id)
        found = session.exec(query.where(col(LinkRow.revoked_at).is_(None)).group_by(col(LinkRow.unit))).all()
        return sum(count for unit, count in found if unit in units)


def _waiting(
    session: Session, directive_id: str, table: type[RequestRow | RecommendationRow], status: list[str]
) -> dict[str, list[str]]:
    """The obligations for which something waits for a word, by register."""
    query = (
        select(table.cascade_id, table.obligation)
        .join(CascadeRow, col(CascadeRow.id) == table.cascade_id)
        .where(CascadeRow.directive_id == directive_id, col(table.status).in_(status))
    )
    found: dict[str, list[str]] = {}
    for cascade_id, obligation in session.exec(query):
        found.setdefault(cascade_id, []).append(obligation)
    return found
