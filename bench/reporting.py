"""The report on the whole country: each form in a process of its own, its time and memory, beside floors and limits."""

import gc
import resource
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any, TypeVar

from sqlalchemy import Engine, Row, text
from sqlmodel import col, select

from bench.answered import AS_OF, fill
from bench.bare_workbook import bare_seconds
from bench.countries import MINISTRY, country, leading
from bench.result import Result
from models.summary import Summary
from models.tables import CascadeRow
from models.tally import Tally
from reports.as_xlsx import to_xlsx
from reports.forms import FORMS
from rules.register_tree import RegisterFace
from rules.rollup_figures import branch_of_each
from store.directives import all_directives
from store.engine import make_engine, migrate, reading
from store.figures import load_figures
from store.summaries import load_summary

_PARTS = (8, 4, 2)
_LIMIT_MB = 500
_ROUNDS = 9
_AGGREGATE = text("""
    SELECT u.code, u.level, COUNT(*), SUM(o.returned), SUM(o.escalations), SUM(o.extensions),
        SUM(o.state IN ('accepted', 'satisfied') AND o.submitted_at < o.due),
        SUM(o.state IN ('accepted', 'satisfied') AND o.submitted_at >= o.due),
        SUM(o.state = 'submitted'),
        SUM(o.state IN ('open', 'returned', 'unfulfilled') AND o.due <= :at),
        SUM(o.state IN ('open', 'returned', 'unfulfilled') AND o.due > :at),
        SUM(o.state = 'suspended'), SUM(o.state = 'waived'), SUM(o.state = 'withdrawn'),
        SUM(o.state = 'not_applicable'), SUM(o.state = 'dormant'), SUM(o.state = 'transferred')
    FROM obligation o JOIN unit u ON u.code = o.unit
    WHERE o.directive_id = :directive AND NOT o.coordinating
    GROUP BY u.code, u.level
""")
"""The counts of each unit: those of levels and of the whole follow from them. For SQLite."""
_Found = TypeVar("_Found")


@dataclass(frozen=True)
class _Written:
    """Processor time to read the summary and to write one form of it, and the most memory that the process had."""

    reading: float
    writing: float
    megabytes: float


def measure_reporting() -> list[Result]:
    """One round of each form for each part of the country, by processor time; reading is the same work for all forms,
    so that its median is taken."""
    units = country()
    with tempfile.TemporaryDirectory() as folder:
        sizes, places = {}, {}
        for part in (*_PARTS, 1):
            found = leading(units, MINISTRY, part)
            sizes[part], places[part] = len(found), Path(folder) / f"{part}.db"
            engine = _engine(places[part])
            migrate(engine)
            fill(engine, found)
        written = {(form, part): _alone(_write, places[part], form) for form in FORMS for part in places}
        bare, ours = _alone(_bare, places[1])
        aggregate, figures = _alone(_figures, places[1])
    read = {part: median(written[form, part].reading for form in FORMS) for part in places}
    linear = [_linear("reading", part, sizes, read) for part in _PARTS]
    for form in FORMS:
        whole = {part: read[part] + written[form, part].writing for part in places}
        linear += [_linear(form, part, sizes, whole) for part in _PARTS]
    return [
        *(_memory(form, written[form, 1]) for form in FORMS),
        *linear,
        Result("workbook of the country", "bare xlsxwriter, the same cells", ours, bare, "<= 1.5"),
        Result("figures of the country", "one aggregate SELECT over the same rows", figures, aggregate, "<= 5"),
    ]


def _memory(form: str, written: _Written) -> Result:
    what = f"memory of {form}: read in {written.reading:.1f} s, written in {written.writing:.1f} s"
    return Result(what, "limit", written.megabytes, _LIMIT_MB, "<= 1", "MB")


def _linear(what: str, part: int, sizes: dict[int, int], seconds: dict[int, float]) -> Result:
    """The time for the whole country beside that for a part of it, by units: more than linear is what would hurt. What
    does not depend on units (libraries, charts) makes a unit of a small part dearer, and the ratio smaller."""
    beside = f"that for {sizes[part]:,} units (1/{part}), by units"
    scaled = seconds[part] * sizes[1] / sizes[part]
    return Result(f"{what} for {sizes[1]:,} units", beside, seconds[1], scaled, "<= 1.25")


def _alone(work: Callable[..., _Found], *given: object) -> _Found:
    """Does something in a process that did nothing before, so that its memory is all its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(work, *given).result()


def _write(place: Path, form: str) -> _Written:
    engine = _engine(place)
    began = process_time()
    summary = _summary(engine)
    read = process_time()
    FORMS[form](summary, place.with_suffix(f".{form}"))
    ended = process_time()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return _Written(read - began, ended - read, most)


def _bare(place: Path) -> tuple[float, float]:
    """One round of each: a minute of processor time is long enough."""
    summary = _summary(_engine(place))
    return bare_seconds(summary), _seconds(lambda: to_xlsx(summary))


def _figures(place: Path) -> tuple[float, float]:
    """Medians of several rounds each, in turn; the first warms up."""
    engine = _engine(place)
    directive = all_directives(engine)[0].id
    codes = [row[0] for row in _aggregate(engine, directive)]
    bare, ours = [], []
    for _ in range(_ROUNDS + 1):
        bare.append(_seconds(lambda: _aggregate(engine, directive)))
        ours.append(_seconds(lambda: _tallies(engine, directive, codes)))
    return median(bare[1:]), median(ours[1:])


def _aggregate(engine: Engine, directive: str) -> Sequence[Row[Any]]:
    with reading(engine) as session:
        return (
            session.connection().execute(_AGGREGATE, {"directive": directive, "at": AS_OF.replace(tzinfo=None)}).all()
        )


def _tallies(engine: Engine, directive: str, codes: Sequence[str]) -> list[Tally]:
    """Those of the whole, of each unit and of each branch, as the report has them."""
    columns = col(CascadeRow.id), col(CascadeRow.issuer), col(CascadeRow.parent)
    with reading(engine) as session:
        found = session.exec(select(*columns).where(CascadeRow.directive_id == directive))
        branches = branch_of_each([RegisterFace(*register) for register in found])
        figures = load_figures(session, directive, AS_OF, branches, branches.keys())
    return [figures.overall, *map(figures.unit, codes), *map(figures.branch, set(branches.values()))]


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    began = process_time()
    work()
    return process_time() - began


def _engine(place: Path) -> Engine:
    return make_engine(f"sqlite:///{place}")


def _summary(engine: Engine) -> Summary:
    return load_summary(engine, all_directives(engine)[0].id)
