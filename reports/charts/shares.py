"""The heat table of many obligations: one row per branch or requirement, the deeper a colour the greater the share."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from models.summary import Summary
from models.tally import Tally
from reports.charts.chart import WIDTH_MM, Chart
from reports.charts.names import told_apart
from reports.charts.outcomes import FILLS, parts
from reports.charts.style import EDGE, INK, LABEL, SMALL, cells, resting, shade, sheet
from reports.plain import number, percent, plain, share
from reports.results import added, by_series
from rules.words import LEVELS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_ROWS = 80
"""In two panels; more is for the workbook."""
_ONE_PANEL = 24
_BETWEEN = 5.0
_HEAD_WORDS = {
    "on_time": "Hoàn thành\nđúng hạn",
    "late": "Hoàn thành\nquá hạn",
    "waiting": "Chờ\nxác nhận",
    "not_done": "Chưa\nhoàn thành",
    "stopped_late": "Tạm\ndừng",
}
_DEEPEST = {**{name: fill.ground for name, fill in FILLS.items()}, "waiting": "#4f86c0", "stopped_late": "#8795a1"}
"""The colour of all: that of the outcome, unless it is too light to have lighter steps."""
_NARROW_COLUMNS = {"on_time", "late", "waiting", "not_done"}
"""What two panels have room for."""
_LONG_NAME = 40
"""Letters that one line of a single panel has room for."""


@dataclass(frozen=True)
class _Measures:
    """In mm; `upright` heads are turned, where cells are too narrow for them. Names take what the cells leave."""

    head: float
    row: float
    cell: float
    due: float
    level: float
    lines: int
    size: float
    upright: bool


_NARROW = _Measures(head=18, row=4.4, cell=10, due=10, level=0, lines=1, size=SMALL, upright=True)
_WIDE = _Measures(head=10, row=6, cell=17, due=12, level=0, lines=1, size=LABEL, upright=False)


@dataclass(frozen=True)
class _Row:
    """`level` is in words, empty where all rows are of one."""

    name: str
    tally: Tally
    level: str = ""


def by_branch(summary: Summary) -> Chart | None:
    """One row per branch directly below of which something fell due; nothing where there are none, or too many."""
    found = [branch for branch in summary.below if branch.tally.fell_due]
    if not 1 < len(found) <= MOST_ROWS:
        return None
    begin, names = told_apart([plain(branch.name) for branch in found])
    rows = [_Row(name, branch.tally) for name, branch in zip(names, found, strict=True)]
    return _table(rows, begin, "Kết quả đến hạn theo đơn vị trực thuộc, gồm cả cấp dưới", "đơn vị trực thuộc")


def by_requirement(summary: Summary) -> Chart | None:
    """One row per requirement of which something fell due, all its occurrences added up; nothing where there is only
    one, of which the bars of levels tell as much, or where there are too many."""
    several = len({item.level for item in summary.requirements}) > 1
    rows = [
        _Row(
            plain(f"{items[0].ref}. {items[0].title}" if items[0].ref else items[0].title),
            added(item.tally for item in items),
            LEVELS[items[0].level].lower() if several else "",
        )
        for items in by_series(summary)
    ]
    rows = [row for row in rows if row.tally.fell_due]
    if not 1 < len(rows) <= MOST_ROWS:
        return None
    return _table(rows, "", "Kết quả đến hạn theo nội dung", "nội dung")


def _table(rows: Sequence[_Row], begin: str, title: str, noun: str) -> Chart:
    panels = 1 if len(rows) <= _ONE_PANEL else 2
    columns = [name for name in FILLS if any(name in parts(row.tally) for row in rows)]
    columns = columns if panels == 1 else [name for name in columns if name in _NARROW_COLUMNS]
    measures = _NARROW if panels == 2 else _WIDE
    if panels == 1 and any(len(row.name) > _LONG_NAME for row in rows):
        measures = replace(measures, row=8.5, lines=2)
    if any(row.level for row in rows):
        measures = replace(measures, level=17)
    tall = -(-len(rows) // panels)
    wide = (WIDTH_MM - _BETWEEN * (panels - 1)) / panels
    whole = added(row.tally for row in rows)
    best, worst = (pick(rows, key=_rate) for pick in (max, min))
    extremes = f"; cao nhất {_told(best)}, thấp nhất {_told(worst)}" if _rate(best) > _rate(worst) else ""

    def draw(figure: "Figure") -> None:
        axes = sheet(figure)
        for panel in range(panels):
            left = panel * (wide + _BETWEEN)
            _panel(axes, rows[panel * tall : (panel + 1) * tall], columns, begin, left, left + wide, measures)

    return Chart(
        name="heat",
        title=title,
        alt=f"{number(len(rows))} {noun}: hoàn thành đúng hạn "
        f"{share(whole.on_time, whole.fell_due, 'nhiệm vụ đến hạn')}{extremes}.",
        width_mm=WIDTH_MM,
        height_mm=measures.head + tall * measures.row + 1,
        draw=draw,
    )


def _rate(row: _Row) -> float:
    return row.tally.on_time / row.tally.fell_due


def _told(row: _Row) -> str:
    told = percent(row.tally.on_time, row.tally.fell_due)
    return f"{row.name} ({', '.join(filter(None, (row.level, told)))})"


def _panel(
    axes: "Axes", rows: Sequence[_Row], columns: Sequence[str], begin: str, left: float, right: float, has: _Measures
) -> None:
    """Names, what fell due, and the share of each outcome in its colour."""
    from reports.charts.lettering import fitted

    shares = right - EDGE - has.cell * len(columns)
    names = shares - has.due - has.level - left - 2
    counts = [[int(getattr(row.tally, name)) for name in columns] for row in rows]
    shades = [
        [shade(_DEEPEST[name], count / row.tally.fell_due) for name, count in zip(columns, line, strict=True)]
        for row, line in zip(rows, counts, strict=True)
    ]
    cells(axes, shares, has.head, has.cell, has.row, [[ground for ground, _ in line] for line in shades])
    _heads(axes, columns, shares, has)
    if begin:
        words = f"{fitted(begin, names - 4, SMALL, 1)} …"
        axes.text(left, has.head - 1.5, words, va="bottom", size=SMALL, color=INK)
    for place, row in enumerate(rows):
        middle = has.head + has.row * (place + 0.5)
        name = fitted(row.name, names, has.size, has.lines)
        if "\n" in name:
            axes.text(left, middle, name, va="center", size=has.size, color=INK)
        else:
            axes.text(left, resting(middle, has.size), name, size=has.size, color=INK)
        options: dict[str, Any] = {"y": resting(middle, has.size), "size": has.size}
        if row.level:
            axes.text(left + names + 2, s=row.level, color=INK, **options)
        axes.text(shares - 1.5, s=number(row.tally.fell_due), ha="right", color=INK, **options)
        for column, (count, (_, ink)) in enumerate(zip(counts[place], shades[place], strict=True)):
            words = percent(count, row.tally.fell_due) if count else "–"
            axes.text(shares + has.cell * (column + 0.5), s=words, ha="center", color=ink, **options)


def _heads(axes: "Axes", columns: Sequence[str], left: float, has: _Measures) -> None:
    places = [left - has.due / 2, *(left + has.cell * (place + 0.5) for place in range(len(columns)))]
    for middle, head in zip(places, ("Đến hạn", *(_HEAD_WORDS[name] for name in columns)), strict=True):
        axes.text(
            middle, has.head - 1.5, head, rotation=90 if has.upright else 0, ha="center", va="bottom",
            ma="left" if has.upright else "center", size=SMALL, color=INK,
        )  # fmt: skip
