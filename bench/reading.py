"""What people read of a whole country, each beside one aggregate SELECT over the same rows: how a directive stands, the
tree of its registers, the page of the largest register, and timelines of units; on SQLite and on PostgreSQL."""

import gc
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import ColumnElement, Select, and_, case, func, insert, select
from sqlmodel import SQLModel

from audit.story.timeline import Question, timeline
from bench.answered import AS_OF, TWO_TIERS, fill
from bench.countries import country, two_tiers
from bench.databases import DATABASES, Database
from bench.result import Result
from bench.trail import write
from bench.visitor import Visitor
from commands.lists import status
from models.notice import NoticeKind
from models.obligation import DONE, OWING, State
from models.plan import Plan
from models.tables import EventRow, ObligationRow, OutboxRow
from models.trail_tables import EventUnitRow
from models.unit import Level, Role, Unit
from services.memory import settle
from store.engine import reading, writing
from store.outbox import SENT
from store.pages import Pages
from store.reading_room import ReadingRoom

_EVENTS_EACH = 4
"""Events and mails of an obligation and of a unit: about as many as a year brings."""
_ROUNDS = 5
_LEAST_SECONDS = 0.5
"""So long something is done again and again for one figure: the clock of other processes ticks a hundred times a
second."""
_UNITS = 4
"""How many units of a level have their timelines told."""
_ROW = SQLModel.metadata.tables[str(ObligationRow.__tablename__)].columns
_EVENT = SQLModel.metadata.tables[str(EventRow.__tablename__)].columns
_ABOUT = SQLModel.metadata.tables[str(EventUnitRow.__tablename__)].columns


def measure_reading() -> list[Result]:
    """Medians of several rounds of processor time, that of the database included; each in turn with its floor. What the
    measurement itself needs has settled before, as what the web process has loaded does."""
    results: list[Result] = []
    for name, database in DATABASES.items():
        with tempfile.TemporaryDirectory() as folder, database(Path(folder)) as found:
            results += _whole_tree(found, Path(folder), name)
        with tempfile.TemporaryDirectory() as folder, database(Path(folder)) as found:
            results += _largest_register(found, Path(folder), name)
    return results


def _whole_tree(database: Database, folder: Path, name: str) -> list[Result]:
    units = country()
    plan = fill(database.engine, units)
    _follow_up(database, plan)
    directive = plan.head.directive_id
    rows = sum(len(register.duties) for register in plan.cascades)
    visitor, room = Visitor(database.engine, folder), ReadingRoom(database.engine)
    settle()
    counts = _counts(_ROW.directive_id == directive)
    beside = f"one aggregate SELECT over {rows:,} obligations"

    def stands() -> object:
        return status(database.engine, directive, None)

    def tree() -> object:
        return room.directive(visitor.reader, directive)

    return [
        _beside(database, f"dondoc status, {name}", beside, stands, counts),
        _beside(database, f"tree of {len(plan.cascades)} registers, {name}", beside, tree, counts),
        _beside(database, f"the page with it, {name}", beside, visitor.directive(directive), counts),
        *(_timelines(database, directive, units.values(), level, name) for level in (Level.COMMUNE, Level.DISTRICT)),
    ]


def _largest_register(database: Database, folder: Path, name: str) -> list[Result]:
    """Of the country after 01/7/2025, where a province has up to 168 communes."""
    units = two_tiers()
    plan = fill(database.engine, units, TWO_TIERS)
    register = max(plan.cascades, key=lambda register: len(register.duties))
    pages = Pages(database.engine)
    link, page = Visitor(database.engine, folder).link(register, units[register.issuer])
    settle()
    counts = _counts(_ROW.cascade_id == register.cascade_id)
    what, beside = f"register of {len(register.duties)} obligations", "one aggregate SELECT over them"
    return [
        _beside(database, f"{what}, {name}", beside, lambda: pages.register_page(link), counts),
        _beside(database, f"the page with it, {name}", beside, page, counts),
    ]


def _timelines(database: Database, directive: str, units: Iterable[Unit], level: Level, name: str) -> Result:
    codes = [unit.code for unit in units if unit.level is level]
    chosen = codes[:: len(codes) // _UNITS][:_UNITS]

    def tell() -> int:
        with reading(database.engine) as session:
            told = [told.words for code in chosen for told in timeline(session, Question(directive, unit=code))]
        return len(told)

    counts = [
        select(_EVENT.kind, func.count(), func.max(_EVENT.at), func.max(_EVENT.seq))
        .where(_ABOUT.unit == code, _EVENT.cascade_id == _ABOUT.cascade_id, _EVENT.seq == _ABOUT.seq)
        .group_by(_EVENT.kind)
        for code in chosen
    ]
    beside = f"one aggregate SELECT each over their {tell()} events"
    return _beside(database, f"timelines of {_UNITS} units ({level}), {name}", beside, tell, *counts)


def _beside(
    database: Database, what: str, beside: str, work: Callable[[], object], *floors: Select[tuple[object, ...]]
) -> Result:
    """The first round warms both up."""

    def floor() -> None:
        with reading(database.engine) as session:
            for query in floors:
                session.connection().execute(query).all()

    ours, bare = [], []
    for _ in range(_ROUNDS + 1):
        bare.append(_seconds(database, floor))
        ours.append(_seconds(database, work))
    return Result(what, beside, median(ours[1:]), median(bare[1:]), "<= 5")


def _seconds(database: Database, work: Callable[[], object]) -> float:
    """Processor seconds of doing something once."""
    gc.collect()
    until, times, began = perf_counter() + _LEAST_SECONDS, 0, database.seconds()
    while times == 0 or perf_counter() < until:
        work()
        times += 1
    return (database.seconds() - began) / times


def _counts(which: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    """What the tallies of each unit in each register follow from."""
    done, owing = _ROW.state.in_(sorted(DONE)), _ROW.state.in_(sorted({*OWING, State.UNFULFILLED}))
    found = (
        and_(done, _ROW.submitted_at < _ROW.due),
        and_(done, _ROW.submitted_at >= _ROW.due),
        and_(owing, _ROW.due <= AS_OF),
        and_(owing, _ROW.due > AS_OF),
        *(_ROW.state == state for state in sorted(set(State) - DONE - OWING - {State.UNFULFILLED})),
    )
    sums = (func.sum(number) for number in (_ROW.returned, _ROW.escalations, _ROW.extensions))
    counted = (func.sum(case((condition, 1), else_=0)) for condition in found)
    place = (_ROW.cascade_id, _ROW.unit)
    query = select(*place, func.count(), *sums, *counted).where(which, _ROW.coordinating.is_(False))
    return query.group_by(*place)


def _follow_up(database: Database, plan: Plan) -> None:
    """The events and the mails of a year."""
    write(database.engine, plan, _EVENTS_EACH * sum(len(register.duties) for register in plan.cascades))
    kinds = list(NoticeKind)[:_EVENTS_EACH]
    rows = [
        {"cascade_id": register.cascade_id, "unit": unit, "role": Role.FOCAL, "kind": kind, "step": kind}
        | {
            "words": "",
            "error": "",
            "at": AS_OF,
            "send_at": AS_OF,
            "obligations": [],
            "recommendations": [],
            "requests": [],
        }
        | {"status": SENT, "recipient": f"{unit}@bench.example", "message_id": f"{register.cascade_id}/{unit}/{kind}"}
        for register in plan.cascades
        for unit in dict.fromkeys(duty.unit for duty in register.duties)
        for kind in kinds
    ]
    with writing(database.engine) as session:
        session.connection().execute(insert(OutboxRow), rows)
