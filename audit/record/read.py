"""The record of units read from the database: all lines as they stood, and what was owed when."""

from datetime import datetime

from sqlalchemy import Engine

from audit.record.units import Days, UnitRecord, unit_records
from models.register import ObligationLine
from models.unit import Level
from rules.silence import Standing, standings
from store.engine import reading
from store.lines import directive_lines
from store.record import begun_plans, events_of, judged_directives


def read_records(
    engine: Engine, now: datetime, days: Days, level: Level | None = None, unit: str | None = None
) -> list[UnitRecord]:
    """The record of all units, of those of a level or of one, across all directives; `now` is real time (UTC). What
    runs is judged as it stands, what has closed as it stood at its end."""
    lines: list[tuple[str, ObligationLine]] = []
    found: dict[str, Standing] = {}
    with reading(engine) as session:
        judged = judged_directives(session, now)
        for directive in judged:
            asked = [
                line
                for line in directive_lines(session, directive.id, directive.as_of)
                if (level is None or line.level is level) and (unit is None or line.unit == unit)
            ]
            lines += ((directive.id, line) for line in asked)
            units = {line.unit for line in asked}
            for plan in begun_plans(session, {line.cascade_id for line in asked}):
                stood = standings(plan, events_of(session, plan.cascade_id), directive.as_of)
                for code in units & stood.keys():
                    found.setdefault(code, Standing()).add(stood[code])
    return unit_records(lines, found, days, {directive.id: directive.as_of for directive in judged})
