"""How many obligations stand how, counted by the database: a national directive has sixty thousand."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, case, func, select
from sqlmodel import Session, SQLModel

from models.obligation import ObligationState, State, Timeliness
from models.reading import Counts, Light
from models.tables import ObligationRow
from rules.reading import counted, glance
from rules.timeliness import timeliness

_ROW = SQLModel.metadata.tables[str(ObligationRow.__tablename__)].columns
_EARLIER = timedelta(seconds=1)
Alike = tuple[str, datetime | None, int | None, int | None, str | None]
"""What obligations that are judged alike have in common: state, due instant, whether they came in and stood still
before that (1), after (0) or never (None), and the state in which they stood still."""

MANY: Final = 1_000
"""Units from which on the rows of all are read and those of others left out, which is quicker than naming each."""


def counts_by_directive(
    session: Session, clocks: Mapping[str, datetime], units: Collection[str] | None
) -> dict[str, Counts]:
    """By directive, as things stand at the business instant of each; of all units, or of some. Directives in which
    these owe nothing are left out."""
    found: dict[str, list[tuple[Alike, int]]] = defaultdict(list)
    for (directive, *_), alike, number in _groups(session, [_ROW.directive_id], [], units):
        found[directive].append((alike, number))
    return {
        directive: _counts(found[directive], _glance_at(clocks[directive]))
        for directive in clocks.keys() & found.keys()
    }


def counts_by_unit(
    session: Session, directive_id: str, at: datetime, units: Collection[str] | None
) -> dict[tuple[str, str], Counts]:
    """Of one directive, by register and unit."""
    found: dict[tuple[str, str], list[tuple[Alike, int]]] = defaultdict(list)
    groups = _groups(session, [_ROW.cascade_id, _ROW.unit], [_ROW.directive_id == directive_id], units)
    for (register, unit, *_), alike, number in groups:
        found[register, unit].append((alike, number))
    look = _glance_at(at)
    return {key: _counts(groups, look) for key, groups in found.items()}


def among(units: Collection[str] | None) -> list[ColumnElement[bool]]:
    """The condition that obligations are of some units; of many none, so that what is read has to be filtered."""
    return [] if units is None or len(units) > MANY else [_ROW.unit.in_(sorted(units))]


def _groups(
    session: Session,
    by: list[ColumnElement[Any]],
    wanted: list[ColumnElement[bool]],
    units: Collection[str] | None,
) -> Iterator[tuple[tuple[Any, ...], Alike, int]]:
    """By these columns: obligations that are judged alike, and how many they are."""
    alike = [_ROW.state, _ROW.due, before_due(_ROW.submitted_at), before_due(_ROW.suspended_at), _ROW.laid_aside]
    filtered = units is not None and len(units) > MANY
    keys = [*by, _ROW.unit] if filtered else by
    query = select(*keys, *alike, func.count()).where(_ROW.coordinating.is_(False), *wanted, *among(units))
    rows = session.connection().execute(query.group_by(*keys, *alike))
    for *key, state, due, submitted, suspended, aside, number in rows:
        if units is None or not filtered or key[-1] in units:
            yield tuple(key), (state, due, submitted, suspended, aside), number


def before_due(instant: ColumnElement[Any]) -> ColumnElement[Any]:
    """Whether an instant is before the due instant (1) or not (0); None where there is none."""
    return case((instant.is_(None), None), (instant < _ROW.due, 1), else_=0)


def _counts(groups: list[tuple[Alike, int]], look: Callable[[Alike], tuple[Light, bool]]) -> Counts:
    return counted((*look(alike), number) for alike, number in groups)


def _glance_at(at: datetime) -> Callable[[Alike], tuple[Light, bool]]:
    judge = judge_at(at)
    return cache(lambda alike: glance(*judge(alike)))


def judge_at(at: datetime) -> Callable[[Alike], tuple[ObligationState, Timeliness]]:
    """Judges at a business instant, each kind of obligation once: an example stands for all that are alike."""

    @cache
    def judge(alike: Alike) -> tuple[ObligationState, Timeliness]:
        state, due, submitted, suspended, aside = alike
        example = ObligationState(
            requirement="",
            unit="",
            state=State(state),
            due=due,
            submitted_at=_example(due, submitted, at),
            suspended_at=_example(due, suspended, at),
            laid_aside=State(aside) if aside else None,
        )
        return example, timeliness(example, at)

    return judge


def _example(due: datetime | None, before: int | None, at: datetime) -> datetime | None:
    if before is None:
        return None
    if due is None:
        return at
    return due - _EARLIER if before else due
