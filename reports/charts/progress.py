"""How work came in over time, against the plan: what had fallen due, been handed in and been done by each day."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from models.reported import ProgressPoint
from models.summary import Summary
from reports.charts.chart import WIDTH_MM, Chart
from reports.charts.style import INK, LABEL, LINE, ON_TIME, QUIET, SMALL, plot, spread
from reports.plain import number
from rules.words import day

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LEFT, _RIGHT, _TOP, _BOTTOM = 14.0, 46.0, 4.0, 7.0
_HEIGHT = 78.0
_TICK_MM = 20.0
"""The room of a day's label."""
_LINES = (
    # field, words, colour, width in points, style, drawn over the others
    ("handed_in", "Đã nộp", "#2f5f8f", 1.4, "-", 2),
    ("done", "Hoàn thành", ON_TIME.ground, 2.4, "-", 3),
    ("due", "Kế hoạch (đến hạn)", INK, 1.4, (0, (5, 2.5)), 4),
)
"""The plan is broken, what was done thick: they are told apart without colour."""


def progress(summary: Summary) -> Chart | None:
    """Three curves from the first day to the last; nothing where there is one day only, or nothing happened."""
    points = summary.progress
    if len(points) < 2 or not _most(points):
        return None
    last = points[-1]
    alt = (
        f"Từ ngày {day(points[0].day)} đến hết ngày {day(last.day)}: {number(last.due)} nhiệm vụ đến hạn, "
        f"{number(last.handed_in)} nhiệm vụ đã nộp kết quả, {number(last.done)} nhiệm vụ hoàn thành "
        "(tính cả nhiệm vụ không thời hạn)."
    )

    def draw(figure: "Figure") -> None:
        axes = plot(figure, _LEFT, _TOP, WIDTH_MM - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM)
        _curves(axes, points)
        _days(axes, points[0].day, last.day)
        _counts(axes, _most(points))
        _names(axes, last, _most(points))

    return Chart(
        name="progress",
        title="Tiến độ thực hiện so với kế hoạch (số nhiệm vụ, cộng dồn)",
        alt=alt,
        width_mm=WIDTH_MM,
        height_mm=_HEIGHT,
        draw=draw,
    )


def _most(points: Sequence[ProgressPoint]) -> int:
    last = points[-1]
    return max(last.due, last.handed_in, last.done)


def _curves(axes: "Axes", points: Sequence[ProgressPoint]) -> None:
    """A count holds until the next day that is told: steps, never a slope where nothing happened."""
    days = [point.day.toordinal() for point in points]
    axes.set_xlim(days[0], days[-1])
    axes.set_ylim(0, _most(points) * 1.03)
    for field, words, colour, width, style, over in _LINES:
        counts = [getattr(point, field) for point in points]
        axes.step(
            days, counts, where="post", label=words, color=colour, linewidth=width, linestyle=style, zorder=over,
            clip_on=False,
        )  # fmt: skip


def _names(axes: "Axes", last: ProgressPoint, most: int) -> None:
    """Each curve is named at its end, with its last figure; names that would touch move apart."""
    ends = [(float(getattr(last, field)), words, colour) for field, words, colour, *_ in _LINES]
    line = most * 1.03 * 5 / (_HEIGHT - _TOP - _BOTTOM)
    places = spread([end for end, *_ in ends], line, most * 1.03)
    for (count, words, colour), place in zip(ends, places, strict=True):
        axes.annotate(
            f"{words}: {number(int(count))}", (1, place), (4, 0), xycoords=("axes fraction", "data"),
            textcoords="offset points", ha="left", va="center", size=LABEL, color=colour, annotation_clip=False,
        )  # fmt: skip


def _counts(axes: "Axes", most: int) -> None:
    """The bottom line, and a few thin ones at round counts."""
    step = next(size for size in _rounds() if most / size <= 5)
    for count in range(0, most + 1, step):
        axes.axhline(count, color=INK if not count else LINE, linewidth=0.6 if not count else 0.3, zorder=1)
        axes.annotate(
            number(count), (0, count), (-3, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
            ha="right", va="center", size=SMALL, color=QUIET,
        )  # fmt: skip


def _rounds() -> list[int]:
    return [size * 10**power for power in range(12) for size in (1, 2, 5)]


def _days(axes: "Axes", first: dt.date, last: dt.date) -> None:
    """The first day and the last, and between them the first days of months that leave room."""
    room = (last - first) * _TICK_MM / (WIDTH_MM - _LEFT - _RIGHT)
    shown = [first]
    for at in (*_months(first, last), last):
        if at - shown[-1] >= room and (at == last or last - at >= room):
            shown.append(at)
    for at in shown:
        axes.annotate(
            day(at), (at.toordinal(), 0), (0, -4), xycoords=("data", "axes fraction"), textcoords="offset points",
            ha="center", va="top", size=SMALL, color=QUIET, annotation_clip=False,
        )  # fmt: skip


def _months(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The first days of the months between two days."""
    month = first.year * 12 + first.month  # that after the first day, counted from 0
    while (at := dt.date(month // 12, month % 12 + 1, 1)) < last:
        yield at
        month += 1
