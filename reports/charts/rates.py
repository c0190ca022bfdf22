"""The share of what fell due that was done on time, period after period."""

from typing import TYPE_CHECKING

from models.summary import Summary
from reports.charts.chart import WIDTH_MM, Chart
from reports.charts.style import INK, LABEL, LINE, ON_TIME, QUIET, SMALL, plot
from reports.plain import number, percent, plain, share

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_PERIODS = 12
"""Columns that leave room for their labels: the latest are shown."""
_TOP, _HEIGHT = 5.0, 44.0
_COUNTS, _LINE = 6.0, 4.0
_LETTER = 1.45
"""The mean width of a letter of 8 points, in mm, on the safe side."""
_WIDEST = 24.0
"""Of a column with its gap, in mm."""


def rates(summary: Summary) -> Chart | None:
    """A column per period of which something fell due, out of 100%; nothing before there are two of them."""
    periods = [period for period in summary.rates if period.fell_due][-MOST_PERIODS:]
    if len(periods) < 2:
        return None
    room = min(_WIDEST, WIDTH_MM / len(periods))
    lines = 2 if any(len(period.label) * _LETTER > room for period in periods) else 1
    told = (f"{plain(period.label)} {share(period.on_time, period.fell_due, 'nhiệm vụ đến hạn')}" for period in periods)

    def draw(figure: "Figure") -> None:
        from reports.charts.lettering import fitted

        wide = room * len(periods)
        axes = plot(figure, (WIDTH_MM - wide) / 2, _TOP, wide, _HEIGHT)
        axes.set_xlim(-0.5, len(periods) - 0.5)
        axes.set_ylim(0, 100)
        for place, period in enumerate(periods):
            rate = 100 * period.on_time / period.fell_due
            axes.bar(place, 100, 0.6, facecolor="none", edgecolor=LINE, linewidth=0.4, clip_on=False)
            axes.bar(place, rate, 0.6, label=ON_TIME.words, clip_on=False, **ON_TIME.options())
            words = percent(period.on_time, period.fell_due)
            axes.text(place, rate + 1.5, words, ha="center", va="bottom", size=LABEL, color=INK)
            counts = f"{number(period.on_time)}/{number(period.fell_due)}"
            axes.text(place, -2.5, counts, ha="center", va="top", size=SMALL, color=QUIET)
            label = fitted(period.label, room - 1.5, SMALL, lines)
            axes.text(place, -11, label, ha="center", va="top", size=SMALL, color=INK)
        axes.axhline(0, color=INK, linewidth=0.6, clip_on=False)

    return Chart(
        name="rates",
        title="Tỷ lệ hoàn thành đúng hạn qua các kỳ",
        alt=f"Hoàn thành đúng hạn: {'; '.join(told)}.",
        width_mm=WIDTH_MM,
        height_mm=_TOP + _HEIGHT + _COUNTS + _LINE * lines,
        draw=draw,
    )
