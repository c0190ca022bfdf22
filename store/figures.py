"""All tallies of a report from a few plain columns: a national directive has tens of thousands of obligations, and what
people read of each would take most of the time."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import String, select, type_coerce
from sqlmodel import Session, SQLModel

from models.tables import ObligationRow, UnitRow
from rules.calendar import last_day
from rules.rollup_figures import Counting, Entry, Figures
from rules.rollup_tally import columns
from store.reading_counts import Alike, before_due, judge_at

_ROW = SQLModel.metadata.tables[str(ObligationRow.__tablename__)].columns
_UNIT = SQLModel.metadata.tables[str(UnitRow.__tablename__)].columns
_DUE = type_coerce(_ROW.due, String)
"""As the database has it: made an instant once for all that are due together."""


def load_figures(
    session: Session, directive_id: str, at: datetime, branches: Mapping[str, str], registers: Collection[str]
) -> Figures:
    """The tallies of some registers of a directive as things stand at a business instant; `branches` say in whose
    branch a register lies. Obligations that are judged alike are judged once."""
    return Figures(_entries(session, directive_id, at, registers), branches)


def _entries(session: Session, directive_id: str, at: datetime, registers: Collection[str]) -> Iterator[Entry]:
    here = _ROW.directive_id == directive_id
    found = session.connection().execute(select(_DUE, _ROW.due).where(here).distinct())
    dues = {row[0]: row[1] for row in found}
    judge, today = judge_at(at), last_day(at)

    @cache
    def counted(state: str, raw: Any, *rest: Any) -> Counting:
        alike: Alike = (state, dues[raw], *rest[:3])
        example, standing = judge(alike)
        return Counting(columns(example, standing, today), *rest[3:])

    places = [_ROW.cascade_id, _ROW.requirement, _UNIT.level, _ROW.unit]
    alike = [_ROW.state, _DUE, before_due(_ROW.submitted_at), before_due(_ROW.suspended_at), _ROW.laid_aside]
    numbers = [_ROW.returned, _ROW.escalations, _ROW.extensions]
    query = select(*places, *alike, *numbers).join(UnitRow, _UNIT.code == _ROW.unit)
    for row in session.connection().execute(query.where(here, _ROW.coordinating.is_(False))):
        if row[0] in registers:
            yield row[0], row[1], row[2], row[3], counted(*row[4:])
