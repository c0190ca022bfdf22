"""The heat table of single obligations: one row per unit, one column per requirement, one mark in each cell."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.summary import Summary
from reports.charts.chart import WIDTH_MM, Chart
from reports.charts.legend import legend, legend_height
from reports.charts.names import abbreviated
from reports.charts.style import EDGE, INK, LABEL, SMALL, Fill, cells, resting, sheet
from reports.findings import named_units
from reports.marks import DORMANT, MARKS, NOT_APPLICABLE, TRANSFERRED, WAIVED, WITHDRAWN, Mark, mark
from reports.plain import number, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_UNITS = 40
"""Rows that fit on a page."""
MOST_COLUMNS = 20
"""Requirements that fit beside the names: the last are shown."""
_UNASKED = {DORMANT, NOT_APPLICABLE, WAIVED, WITHDRAWN, TRANSFERRED}
_ROOMY, _TIGHT, _FEW = 6.0, 4.5, 20
"""The height of a row, in mm, up to a few rows and from there."""
_NAMES, _LONGEST_NAMES, _WIDEST, _HIGHEST = 56.0, 90.0, 14.0, 44.0
_LINE, _LETTER = 3.6, 1.35
"""The height of a line and the mean width of a letter, both of 8 points."""


@dataclass(frozen=True)
class _Measures:
    """In mm: the room of heads and of names, and the width and height of a cell."""

    heads: float
    names: float
    wide: float
    row: float

    @property
    def lines(self) -> int:
        """How many lines of a head a column has room for."""
        return max(1, int(self.wide / _LINE))


def marked(summary: Summary) -> Chart | None:
    """Nothing where nothing is asked of anybody, where there is a single obligation, or where the units, with those
    that have ended, do not fit on a page."""
    units = named_units(summary, summary.lines)
    owed = {line.requirement for line in summary.lines}
    columns = [item for item in summary.requirements if item.key in owed][-MOST_COLUMNS:]
    rows = [(name, {line.requirement: mark(line) for line in lines}) for name, lines in units]
    counts = Counter(marks[item.key] for _, marks in rows for item in columns if item.key in marks)
    if len(units) > MOST_UNITS or len(rows) * len(columns) < 2 or not counts.keys() - _UNASKED:
        return None
    heads = [
        plain(". ".join(filter(None, (item.ref, item.period.label if item.period else "", item.title))))
        for item in columns
    ]
    has = _measures(heads, len(rows))
    key = [Fill(f"{item.short}: {item.words}", item.ground) for item in MARKS if item in counts]
    height = has.heads + has.row * len(rows)
    told = "; ".join(f"{item.words.lower()} {number(counts[item])}" for item in MARKS if item in counts)
    whole = f"{number(len(columns))} nội dung" + (" sau cùng" if len(columns) < len(owed) else "")

    def draw(figure: "Figure") -> None:
        axes = sheet(figure)
        _heads(axes, heads, has)
        table = [[marks.get(item.key) for item in columns] for _, marks in rows]
        grounds = [[item.ground if item else "#ffffff" for item in line] for line in table]
        cells(axes, has.names, has.heads, has.wide, has.row, grounds)
        for place, ((name, _), line) in enumerate(zip(rows, table, strict=True)):
            _row(axes, name, line, has.heads + has.row * (place + 0.5), has)
        legend(figure, key, top=height)

    return Chart(
        name="heat",
        title="Tình hình thực hiện theo đơn vị và nội dung",
        alt=f"{number(len(rows))} đơn vị, {whole}: {told}.",
        width_mm=WIDTH_MM,
        height_mm=height + legend_height(key),
        draw=draw,
    )


def _measures(heads: Sequence[str], rows: int) -> _Measures:
    wide = min(_WIDEST, (WIDTH_MM - EDGE - _NAMES) / len(heads))
    longest = max(map(len, heads)) * _LETTER / max(1, int(wide / _LINE))
    return _Measures(
        heads=min(_HIGHEST, 9 + longest),
        names=min(_LONGEST_NAMES, WIDTH_MM - EDGE - wide * len(heads)),
        wide=wide,
        row=_ROOMY if rows <= _FEW else _TIGHT,
    )


def _heads(axes: "Axes", heads: Sequence[str], has: _Measures) -> None:
    """Upright, in as many lines as a column has room for."""
    from reports.charts.lettering import fitted

    for place, words in enumerate(heads):
        head = fitted(words, has.heads - 3, SMALL, has.lines)
        middle = has.names + has.wide * (place + 0.5)
        axes.text(
            middle, has.heads - 1.5, head, rotation=90, ha="center", va="bottom", ma="left", size=SMALL, color=INK
        )


def _row(axes: "Axes", name: str, marks: Sequence[Mark | None], middle: float, has: _Measures) -> None:
    from reports.charts.lettering import fitted

    size = LABEL if has.row == _ROOMY else SMALL
    words = fitted(abbreviated(plain(name)), has.names - 2.5, size, 1)
    axes.text(has.names - 1.5, resting(middle, size), words, ha="right", size=size, color=INK)
    for place, item in enumerate(marks):
        if item:
            at = (has.names + has.wide * (place + 0.5), resting(middle, SMALL))
            axes.text(*at, item.short, ha="center", size=SMALL, color=item.ink)
