"""The timeline of one unit in a trail of a million events, beside one indexed SELECT of the same rows."""

import gc
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import Engine, select
from sqlmodel import col

from audit.story.timeline import Question, timeline
from audit.verify.shown import check_shown
from bench.compiling import DIRECTIVE
from bench.countries import country
from bench.databases import DATABASES
from bench.result import Result
from bench.trail import fill
from models.plan import Plan
from models.tables import EventRow
from models.trail_tables import EventUnitRow
from models.unit import Level
from rules.calendar import WorkingCalendar
from rules.compiler import compile_directive
from store.engine import reading
from store.snapshot import Snapshots
from store.trail import registers_about

EVENTS = 1_000_000
_ROUNDS = 9
_LEVELS = (Level.COMMUNE, Level.DISTRICT)
_UNITS = 12
"""How many units of a level are looked at in a round."""


def measure_timeline() -> list[Result]:
    """Medians of the time for all that a unit's timeline tells, words included, and for the SELECT; both in turn for
    each of some units, round after round, on SQLite and on PostgreSQL."""
    units = country()
    plan = compile_directive(DIRECTIVE.encode(), units, WorkingCalendar()).plan
    if plan is None:
        raise ValueError("the directive of the benchmark does not compile")
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for name, database in DATABASES.items():
            with database(Path(folder)) as found:
                fill(found.engine, plan, units.values(), EVENTS)
                for level in _LEVELS:
                    results += _measured(found.engine, plan, name, level)
    return results


def _measured(engine: Engine, plan: Plan, name: str, level: Level) -> list[Result]:
    """The story; and what the command does before it tells it: the chains of the unit's registers are checked whole."""
    codes = [unit.code for unit in country().values() if unit.level is level]
    looked_at = codes[:: len(codes) // _UNITS][:_UNITS]
    ours: list[float] = []
    checks: list[float] = []
    floors: list[float] = []
    rows = 0
    for round_ in range(_ROUNDS + 1):
        gc.collect()
        for code in looked_at:
            floor, found = _seconds_of_select(engine, code)
            seconds = _seconds_of_timeline(engine, plan.head.directive_id, code)
            checked = _seconds_of_check(engine, plan.head.directive_id, code)
            if round_:  # the first one warms all up
                ours.append(seconds)
                checks.append(checked)
                floors.append(floor)
                rows = max(rows, found)
    what = f"timeline of a {level}, {EVENTS:,} events, {name}"
    beside = f"one indexed SELECT of its up to {rows:,} rows"
    return [
        Result(what, beside, median(ours), median(floors), "<= 3"),
        Result("the chains that it is told from checked", beside, median(checks), median(floors), ""),
    ]


def _seconds_of_timeline(engine: Engine, directive_id: str, unit: str) -> float:
    began = perf_counter()
    with reading(engine) as session:
        for told in timeline(session, Question(directive_id=directive_id, unit=unit)):
            told.words  # noqa: B018 - they are made when they are asked for
    return perf_counter() - began


def _seconds_of_check(engine: Engine, directive_id: str, unit: str) -> float:
    began = perf_counter()
    with reading(engine) as session:
        registers = registers_about(session, directive_id, unit)
    if check_shown(Snapshots(engine), registers):
        raise ValueError(f"the trail of {unit} does not fit itself")
    return perf_counter() - began


def _seconds_of_select(engine: Engine, unit: str) -> tuple[float, int]:
    query = (
        select(EventRow.__table__)  # type: ignore[attr-defined]
        .where(col(EventUnitRow.unit) == unit)
        .where(col(EventRow.cascade_id) == col(EventUnitRow.cascade_id), col(EventRow.seq) == col(EventUnitRow.seq))
        .order_by(col(EventRow.at))
    )
    began = perf_counter()
    with reading(engine) as session:
        found = session.connection().execute(query).all()
    return perf_counter() - began, len(found)
