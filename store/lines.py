"""Register lines as people read them: obligation rows with the names from plan and registry."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy
from sqlalchemy import Select, bindparam
from sqlmodel import Session, SQLModel, col, select

from models.answer import Answer
from models.obligation import ObligationState, unit_of
from models.plan import CascadePlan, Duty, RequirementPlan
from models.register import ObligationLine
from models.tables import CascadeRow, ObligationRow
from rules.timeliness import timeliness
from rules.unheeded import unheeded
from store.engine import connected
from store.units import Called, called

_Row = dict[str, Any]
_LINE_FIELDS = frozenset(ObligationLine.model_fields)
_STATE_FIELDS = _LINE_FIELDS & set(ObligationState.model_fields) - {"document"}
_REQUIREMENT_FIELDS = _LINE_FIELDS & set(RequirementPlan.model_fields) - {"key", "due"}
_DUTY_FIELDS = _LINE_FIELDS & set(Duty.model_fields) - {"requirement", "unit", "coordinating"}
_ANSWER_FIELDS = _LINE_FIELDS & set(Answer.model_fields) - {"existing"}
"""What a line takes over by name: the rest is the obligation's own, so that nothing is taken from two places."""

_ROW = SQLModel.metadata.tables[str(ObligationRow.__tablename__)].columns
_READ = [_ROW[name] for name in ("cascade_id", "key", "answer", "climbed", *sorted(_STATE_FIELDS))]
"""Plain columns: a directive has tens of thousands of lines, and objects of the mapper would take most of the time."""
_LINES = sqlalchemy.select(*_READ).order_by(_ROW.cascade_id, _ROW.position)
_OF_DIRECTIVE = _LINES.where(_ROW.directive_id == bindparam("directive"))
_OF_REGISTER = _LINES.where(_ROW.cascade_id == bindparam("register"))
_OF_UNIT = _OF_REGISTER.where(_ROW.unit == bindparam("of"))
_NAMED = _OF_REGISTER.where(_ROW.key.in_(bindparam("keys", expanding=True)))


def directive_lines(
    session: Session, directive_id: str, now: datetime, registers: Collection[str] | None = None
) -> tuple[ObligationLine, ...]:
    """The lines of all registers of a directive, or of some, register by register from the top, judged at a business
    instant. Rows and plans are taken up one register after the other and let go, because lines alone are many."""
    asked = sqlalchemy.select(_ROW.unit).where(_ROW.directive_id == directive_id).distinct()
    units = called(session, session.connection().execute(asked).scalars())
    columns = col(CascadeRow.id), col(CascadeRow.plan)
    plans = iter(session.exec(select(*columns).where(CascadeRow.directive_id == directive_id).order_by(columns[0])))
    found: dict[tuple[bool, str], list[ObligationLine]] = {}
    every = _read(session, _OF_DIRECTIVE, {"directive": directive_id})
    for cascade_id, rows in groupby(every, itemgetter("cascade_id")):
        if registers is None or cascade_id in registers:
            plan = CascadePlan.model_validate(next(plan for id_, plan in plans if id_ == cascade_id))
            lines = found.setdefault((plan.parent is not None, plan.issuer), [])
            lines.extend(map(_maker(plan, units, now), rows))
    return tuple(line for place in sorted(found) for line in found[place])


def cascade_lines(
    session: Session, plan: CascadePlan, now: datetime, *, unit: str | None = None, keys: Iterable[str] | None = None
) -> tuple[ObligationLine, ...]:
    """The lines of one register: all, of one unit, or those named."""
    register = {"register": plan.cascade_id}
    if unit is not None:
        rows = list(_read(session, _OF_UNIT, register | {"of": unit}))
    elif keys is not None:
        rows = list(_read(session, _NAMED, register | {"keys": list(keys)}))
    else:
        rows = list(_read(session, _OF_REGISTER, register))
    return tuple(map(_maker(plan, called(session, {row["unit"] for row in rows}), now), rows))


def spoken_of(line: ObligationLine) -> set[str]:
    """The codes of the units that a line speaks of: those that held the event too, those selected and those that chose
    them, the one whose evidence counts, and those that owed it before or owe it now."""
    held = line.held.with_units if line.held else ()
    chosen = (code for item in line.selected for code in (item.unit, item.origin))
    before = (item.unit for item in line.inherited)
    return {unit_of(line.shared_from), *held, *chosen, *before, *line.moved_to}


def _read(session: Session, query: Select[Any], values: Mapping[str, Any]) -> Iterator[_Row]:
    found = connected(session).execute(query, values)
    names = tuple(found.keys())
    return (dict(zip(names, row, strict=True)) for row in found)


def _maker(plan: CascadePlan, units: dict[str, Called], now: datetime) -> Callable[[_Row], ObligationLine]:
    """Makes the lines of one register. What is the same for many is looked up, and parts that are stored as JSON are
    parsed once, by the line itself."""
    requirements = {item.key: _fields(item, _REQUIREMENT_FIELDS) for item in plan.requirements}
    register = {"issuer": plan.issuer, "issuer_name": plan.issuer_name}

    def line(row: _Row) -> ObligationLine:
        answer = row.pop("answer") or {}
        unit = units[row["unit"]]
        judged = ObligationState(
            requirement=row["requirement"],
            unit=row["unit"],
            state=row["state"],
            due=row["due"],
            submitted_at=row["submitted_at"],
            suspended_at=row["suspended_at"],
            laid_aside=row["laid_aside"],
            climbed=row.pop("climbed"),
            coordinating=row["coordinating"],
        )
        return ObligationLine.model_validate(
            register
            | requirements[row["requirement"]]
            | _fields(plan.duty_of[row["key"]], _DUTY_FIELDS)
            | row
            | {name: value for name, value in answer.items() if name in _ANSWER_FIELDS}
            | {"unit_name": unit.short_name, "level": unit.level, "timeliness": timeliness(judged, now)}
            | {"unheeded": unheeded(judged, plan.follow_up)}
        )

    return line


def _fields(part: RequirementPlan | Duty, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(part, name) for name in names}
