"""What fell due at each level, and what became of it, as bars of equal length."""

from typing import TYPE_CHECKING

from models.summary import Summary
from models.tally import LevelTally
from reports.charts.chart import WIDTH_MM, Chart
from reports.charts.legend import legend, legend_height
from reports.charts.outcomes import FILLS, parts
from reports.charts.style import INK, LABEL, QUIET, SMALL, plot
from reports.plain import number, percent
from rules.words import LEVELS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LEFT, _RIGHT = 30.0, 18.0
"""Room for the level's name and for its rate, in mm."""
_TOP, _ROW, _BAR = 1.5, 14.0, 7.0
_DIGIT = 1.7
"""The width of a digit, in mm: a count that is wider than its part stands above it."""


def levels(summary: Summary) -> Chart | None:
    """One bar per level at which something fell due; nothing before that."""
    rows = [item for item in summary.levels if item.tally.fell_due]
    if not rows:
        return None
    used = [fill for name, fill in FILLS.items() if any(name in parts(row.tally) for row in rows)]
    height = _ROW * len(rows)
    told = (f"{LEVELS[row.level]}: {_told(row)}" for row in rows)

    def draw(figure: "Figure") -> None:
        axes = plot(figure, _LEFT, _TOP, WIDTH_MM - _LEFT - _RIGHT, height)
        axes.set_xlim(0, 100)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        for place, row in enumerate(rows):
            _bar(axes, place, row)
        legend(figure, used, top=_TOP + height)

    return Chart(
        name="levels",
        title="Kết quả thực hiện nhiệm vụ đến hạn theo cấp",
        alt=" ".join(told),
        width_mm=WIDTH_MM,
        height_mm=_TOP + height + legend_height(used),
        draw=draw,
    )


def _told(row: LevelTally) -> str:
    tally = row.tally
    counts = "; ".join(
        f"{fill.words.lower()} {number(count)}" + (f" ({percent(count, tally.fell_due)})" if name == "on_time" else "")
        for name, fill in FILLS.items()
        if (count := parts(tally).get(name, 0)) or name == "on_time"
    )
    return f"{number(tally.fell_due)} nhiệm vụ đến hạn, trong đó {counts}."


def _bar(axes: "Axes", place: int, row: LevelTally) -> None:
    """The parts with their counts in them, or above where they are too narrow."""
    tally, width = row.tally, WIDTH_MM - _LEFT - _RIGHT
    axes.text(-2, place - 0.03, LEVELS[row.level], ha="right", va="bottom", size=LABEL, color=INK)
    due = f"{number(tally.fell_due)} đến hạn"
    axes.text(-2, place + 0.03, due, ha="right", va="top", size=SMALL, color=QUIET)
    left = free = 0.0
    for name, count in parts(tally).items():
        fill, wide = FILLS[name], 100 * count / tally.fell_due
        axes.barh(place, wide, _BAR / _ROW, left=left, label=fill.words, clip_on=False, **fill.options())
        words, room = number(count), 100 * (len(number(count)) + 1) * _DIGIT / width
        middle = left + wide / 2
        if wide >= room:
            box = {"facecolor": fill.ground, "edgecolor": "none", "pad": 0.8} if fill.hatch else None
            axes.text(middle, place, words, ha="center", va="center", size=LABEL, color=fill.ink, bbox=box)
        else:
            free = max(middle, free)
            axes.text(free, place - _BAR / _ROW / 2 - 0.03, words, ha="center", va="bottom", size=SMALL, color=INK)
            free += room
        left += wide
    rate = f"đúng hạn\n{percent(tally.on_time, tally.fell_due)}"
    axes.text(102, place, rate, ha="left", va="center", size=LABEL, color=INK)
