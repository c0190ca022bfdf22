"""Indicators against their targets, by level: percentages on one scale, other figures as shares of their target."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from models.indicator import IndicatorKind
from models.summary import IndicatorTally, Summary
from reports.charts.chart import WIDTH_MM, Chart
from reports.charts.legend import legend, legend_height
from reports.charts.style import INK, LABEL, LINE, QUIET, SMALL, Fill, plot
from reports.measured import measured, target, titled
from reports.plain import number, plain
from rules.words import LEVELS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_ROWS = 18
"""That fit on a page; tables have all."""
_LEFT, _RIGHT = 70.0, 36.0
_ROW, _BAR, _HEAD, _BETWEEN = 9.5, 4.6, 6.0, 3.0
_FARTHEST = 2.0
"""Where a bar breaks off, as a multiple of the target; its figure is told beside it."""
_MET = Fill("Đạt mục tiêu", "#2e7d32")
_UNMET = Fill("Chưa đạt mục tiêu", "#f6d5d5", hatch="////", hatched_in="#c62828")
_OPEN = Fill("Không có mục tiêu", "#90b8e0")


def indicators(summary: Summary) -> Chart | None:
    """A bar for each percentage, and for each number that has a target, of the latest period that has a result;
    nothing where there is none."""
    latest = {
        (item.title, item.level, item.indicator): item
        for item in sorted(summary.indicators, key=lambda item: item.period.last.toordinal() if item.period else 0)
        if item.result is not None and _drawable(item)
    }
    shown = [item for item in summary.indicators if item in latest.values()]
    percentages = [item for item in shown if _is_percentage(item)][:MOST_ROWS]
    numbers = [item for item in shown if not _is_percentage(item)][: MOST_ROWS - len(percentages)]
    groups = [
        (words, items)
        for words, items in (("Tỷ lệ; vạch đậm là mục tiêu", percentages), ("So với mục tiêu (vạch đậm)", numbers))
        if items
    ]
    if not groups:
        return None
    several = len({item.level for item in shown}) > 1
    drawn = [*percentages, *numbers]
    used = [fill for fill in (_MET, _UNMET, _OPEN) if any(_fill(item) is fill for item in drawn)]
    height = sum(_HEAD + _ROW * len(items) for _, items in groups) + _BETWEEN * (len(groups) - 1)
    part = f"{number(len(drawn))}/{number(len(shown))} chỉ tiêu: " if len(drawn) < len(shown) else ""

    def draw(figure: "Figure") -> None:
        top = 0.0
        for words, items in groups:
            axes = plot(figure, _LEFT, top + _HEAD, WIDTH_MM - _LEFT - _RIGHT, _ROW * len(items))
            _group(axes, words, items, several=several)
            top += _HEAD + _ROW * len(items) + _BETWEEN
        legend(figure, used, top=height)

    return Chart(
        name="indicators",
        title="Kết quả thực hiện chỉ tiêu so với mục tiêu",
        alt=part + "; ".join(_told(item, several=several) for item in drawn) + ".",
        width_mm=WIDTH_MM,
        height_mm=height + legend_height(used),
        draw=draw,
    )


def _is_percentage(item: IndicatorTally) -> bool:
    return item.asks.kind is IndicatorKind.PERCENT


def _drawable(item: IndicatorTally) -> bool:
    """A number needs a target that is more than nothing, because its bar is a share of that."""
    return _is_percentage(item) or (item.asks.kind is IndicatorKind.NUMBER and (item.asks.target or 0) > 0)


def _fill(item: IndicatorTally) -> Fill:
    return {True: _MET, False: _UNMET, None: _OPEN}[item.met]


def _result(item: IndicatorTally) -> str:
    return measured(item.result, item.asks) if item.result is not None else ""


def _named(item: IndicatorTally, *, several: bool) -> tuple[str, str]:
    """The name, and what follows it: level and period, where they tell it apart."""
    code = f"{item.asks.code}. " if item.asks.code else ""
    told = [LEVELS[item.level].lower() if several else "", item.period.label if item.period else ""]
    return plain(code + titled(item.asks)), plain(", ".join(filter(None, told)))


def _told(item: IndicatorTally, *, several: bool) -> str:
    name, further = _named(item, several=several)
    whole = f"{name} ({further})" if further else name
    if item.asks.target is None:
        return f"{whole} {_result(item)}"
    return (
        f"{whole} {_result(item)}, mục tiêu {target(item.asks)}"
        + {True: ", đạt", False: ", chưa đạt", None: ""}[item.met]
    )


def _group(axes: "Axes", words: str, items: Sequence[IndicatorTally], *, several: bool) -> None:
    lengths = [_length(item, item.result) for item in items]
    aims = [_length(item, item.asks.target) for item in items]
    most = max(100.0 if _is_percentage(items[0]) else 1.0, *lengths, *aims)
    axes.set_xlim(0, most)
    axes.set_ylim(len(items) - 0.5, -0.5)
    axes.axvline(0, color=INK, linewidth=0.6, clip_on=False)
    axes.annotate(
        words, (0, 1), (0, 3), xycoords="axes fraction", textcoords="offset points", ha="left", va="bottom", size=SMALL,
        color=QUIET,
    )  # fmt: skip
    for place, (item, length, aim) in enumerate(zip(items, lengths, aims, strict=True)):
        axes.axhline(place, color=LINE, linewidth=0.3, zorder=0)
        _bar(axes, place, item, length)
        _label(axes, place, item, several=several)
        if item.asks.target is not None:
            reach = _BAR / _ROW / 2 + 0.1
            axes.plot((aim, aim), (place - reach, place + reach), color=INK, linewidth=2, clip_on=False, zorder=4)


def _length(item: IndicatorTally, value: float | None) -> float:
    """How far a value reaches: percent, or a multiple of the target; nothing below nothing."""
    reach = max(value or 0.0, 0.0)
    return reach if _is_percentage(item) else min(reach / (item.asks.target or 1), _FARTHEST)


def _bar(axes: "Axes", place: int, item: IndicatorTally, length: float) -> None:
    fill = _fill(item)
    axes.barh(place, length, _BAR / _ROW, label=fill.words, clip_on=False, zorder=3, **fill.options())
    broken = not _is_percentage(item) and (item.result or 0) / (item.asks.target or 1) > _FARTHEST
    if broken:
        axes.text(length * 0.97, place, "»", ha="right", va="center", size=LABEL, color="#ffffff", zorder=5,
                  bbox={"facecolor": INK, "edgecolor": "none", "pad": 1})  # fmt: skip


def _label(axes: "Axes", place: int, item: IndicatorTally, *, several: bool) -> None:
    """Name at the left, in two lines at most; figure at the right, with the target below it."""
    from reports.charts.lettering import fitted

    name, further = _named(item, several=several)
    _two_lines(axes, (0, place), fitted(name, _LEFT - 3, LABEL, 1 if further else 2), further, "right")
    aim = f"mục tiêu {target(item.asks)}" if item.asks.target is not None else ""
    _two_lines(axes, (1, place), fitted(_result(item), _RIGHT - 3, LABEL, 1), fitted(aim, _RIGHT - 3, SMALL, 1), "left")


def _two_lines(axes: "Axes", at: tuple[float, float], above: str, below: str, side: Literal["left", "right"]) -> None:
    """A label beside a bar, the second line smaller; in the middle where there is no second line."""
    away = 6 if side == "left" else -6
    for words, up, upright, size, colour in (
        (above, 0.5, "bottom" if below else "center", LABEL, INK),
        (below, -0.5, "top", SMALL, QUIET),
    ):
        if words:
            axes.annotate(
                words, at, (away, up), xycoords=("axes fraction", "data"), textcoords="offset points", ha=side,
                va=upright, size=size, color=colour,
            )  # fmt: skip
