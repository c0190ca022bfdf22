"""The one style of all charts: colours that differ in grey print too, thin lines, direct labels, measures in mm."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INCH = 25.4
EDGE = 0.3
"""The room of half a line at the edge of a picture, in mm."""
INK = "#1b2733"
QUIET = "#52606d"
LINE = "#8795a1"
SMALL = 8.0
"""Points of what explains; labels have 9."""
LABEL = 9.0
_POINTS_PER_INCH = 72
_HALF_A_CAPITAL = 0.33
"""Of the size of letters."""
_EVEN = 0.22
"""The luminance on which dark ink and white are equally legible."""


@dataclass(frozen=True)
class Fill:
    """How one kind of thing is filled; a hatch tells apart in grey print what has the same lightness."""

    words: str
    ground: str
    ink: str = INK
    hatch: str = ""
    hatched_in: str = "#ffffff"

    def options(self) -> dict[str, Any]:
        """For bars and other patches of matplotlib."""
        return {
            "facecolor": self.ground,
            "edgecolor": INK,
            "linewidth": 0.5,
            "hatch": self.hatch or None,
            "hatchcolor": self.hatched_in,
        }


ON_TIME = Fill("Hoàn thành đúng hạn", "#2e7d32", "#ffffff")
LATE = Fill("Hoàn thành quá hạn", "#f2c14e", hatch="\\\\\\\\", hatched_in="#a87c12")
WAITING = Fill("Chờ xác nhận", "#cfe2f7", hatch="||||", hatched_in="#9dc3ea")
NOT_DONE = Fill("Quá hạn, chưa hoàn thành", "#c62828", "#ffffff", hatch="////", hatched_in="#f0b5b5")
SUSPENDED = Fill("Tạm dừng", "#d9d9d9", hatch="----", hatched_in="#8795a1")
"""The colours and stripes of the page (`templates/summary.css`)."""


def plot(figure: "Figure", left: float, top: float, width: float, height: float) -> "Axes":
    """Axes without frame and ticks at a place of the figure, in mm from its upper left corner."""
    whole_width, whole_height = (side * INCH for side in figure.get_size_inches())
    axes = figure.add_axes(
        (left / whole_width, 1 - (top + height) / whole_height, width / whole_width, height / whole_height)
    )
    axes.set_frame_on(False)
    axes.set_xticks([])
    axes.set_yticks([])
    return axes


def sheet(figure: "Figure") -> "Axes":
    """The whole figure as axes in mm from the upper left corner, for what is laid out like a table."""
    width, height = (side * INCH for side in figure.get_size_inches())
    axes = plot(figure, 0, 0, width, height)
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    return axes


def cells(axes: "Axes", left: float, top: float, wide: float, high: float, colours: Sequence[Sequence[str]]) -> None:
    """A table of coloured cells, by rows, on a `sheet`; all of one width and one height, in mm."""
    edges = [left + wide * place for place in range(len(colours[0]) + 1)]
    lines = [top + high * place for place in range(len(colours) + 1)]
    parts = [[[part / 255 for part in _parts(colour)] for colour in row] for row in colours]
    axes.pcolormesh(edges, lines, parts, edgecolors=LINE, linewidth=0.3, snap=False)


def spread(places: Sequence[float], apart: float, highest: float) -> list[float]:
    """The places, moved as little as need be to stand so far apart, in their order, and none above the highest."""
    order = sorted(range(len(places)), key=lambda place: places[place])
    moved = [places[place] for place in order]
    for place in range(1, len(moved)):
        moved[place] = max(moved[place], moved[place - 1] + apart)
    if moved and moved[-1] > highest:
        moved[-1] = highest
        for place in range(len(moved) - 2, -1, -1):
            moved[place] = min(moved[place], moved[place + 1] - apart)
    result = [0.0] * len(moved)
    for place, value in zip(order, moved, strict=True):
        result[place] = value
    return result


def shade(colour: str, strength: float) -> tuple[str, str]:
    """A colour as strong as a share from 0 (white) to 1 (itself), and the ink that is legible on it."""
    mixed = [round(255 + (part - 255) * strength) for part in _parts(colour)]
    return "#" + "".join(f"{part:02x}" for part in mixed), INK if _luminance(mixed) > _EVEN else "#ffffff"


def _parts(colour: str) -> list[int]:
    """Red, green and blue, from 0 to 255."""
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _luminance(parts: Sequence[int]) -> float:
    """From 0 (black) to 1 (white), as eyes weigh red, green and blue (WCAG 2)."""
    linear = (((part / 255 + 0.055) / 1.055) ** 2.4 if part > 10 else part / 255 / 12.92 for part in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def resting(middle: float, points: float) -> float:
    """Where a line of letters rests so that its capitals have their middle at a height, in mm downward: accents and
    tails, which differ from name to name, do not move it."""
    return middle + _HALF_A_CAPITAL * points * INCH / _POINTS_PER_INCH
