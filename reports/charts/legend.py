"""The key to the fills of a chart, below it, in lines."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports.charts.chart import WIDTH_MM
from reports.charts.style import INK, SMALL, Fill, sheet

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_LINE, _SWATCH, _GAP = 5.0, 5.0, 1.5
_LETTER = 1.35
"""The mean width of a letter of 8 points, in mm, on the safe side."""
_BETWEEN = 4.0


def legend_height(fills: Sequence[Fill]) -> float:
    """How much room the key takes, in mm."""
    return 2 + _LINE * len(_lines(fills))


def legend(figure: "Figure", fills: Sequence[Fill], *, top: float) -> None:
    """Draws the key from `top` mm down."""
    axes = sheet(figure)
    for place, line in enumerate(_lines(fills)):
        left, middle = 1.0, top + 2 + _LINE * (place + 0.5)
        for fill in line:
            axes.barh(middle, _SWATCH, 3.2, left=left, **fill.options())
            axes.text(left + _SWATCH + _GAP, middle, fill.words, va="center", size=SMALL, color=INK)
            left += _width(fill)


def _lines(fills: Sequence[Fill]) -> list[list[Fill]]:
    lines: list[list[Fill]] = [[]]
    taken = 0.0
    for fill in fills:
        if lines[-1] and taken + _width(fill) > WIDTH_MM:
            lines.append([])
            taken = 0.0
        lines[-1].append(fill)
        taken += _width(fill)
    return lines


def _width(fill: Fill) -> float:
    return _SWATCH + _GAP + _LETTER * len(fill.words) + _BETWEEN
