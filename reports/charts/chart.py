"""One chart: its words and measures at once, its picture when it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH_MM = 165.0
"""The text width of an official document (`reports.draft.TEXT_WIDTH_MM`)."""


@dataclass(frozen=True)
class Chart:
    """`name` identifies the chart, `title` is its caption, `alt` tells in Vietnamese what it shows, with the figures.

    The title is not part of the picture. `draw` puts the picture on an empty figure; matplotlib is loaded with the
    first picture, never before.
    """

    name: str
    title: str
    alt: str
    width_mm: float
    height_mm: float
    draw: Callable[["Figure"], None] = field(repr=False, compare=False)

    def svg(self) -> str:
        """An `<svg>` element to stand in a page, with title and text alternative; the same for the same numbers.

        Letters are text, in the font of the report; ids begin with the chart's name, so that several fit in one page.
        """
        from reports.charts.render import to_svg

        return to_svg(self)

    def png(self) -> bytes:
        """The picture at 200 dots per inch, for print; the same bytes for the same numbers."""
        from reports.charts.render import to_png

        return to_png(self)
