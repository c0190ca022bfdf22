"""How long overdue is what is not done (DOMAIN section 3: up to 30, 90, 120 days, and longer)."""

from typing import TYPE_CHECKING

from models.summary import Summary
from reports.charts.chart import WIDTH_MM, Chart
from reports.charts.style import INK, LABEL, Fill, plot
from reports.plain import number, percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_LEFT, _RIGHT, _ROW, _BAR = 34.0, 30.0, 8.5, 5.5
_AGES = {
    "overdue_30": Fill("Từ 1 đến 30 ngày", "#f6d5d5"),
    "overdue_90": Fill("Từ 31 đến 90 ngày", "#e79a9a"),
    "overdue_120": Fill("Từ 91 đến 120 ngày", "#c62828"),
    "overdue_longer": Fill("Trên 120 ngày", "#6d1212"),
}
"""By the fields of `Tally`: the longer, the darker."""


def ageing(summary: Summary) -> Chart | None:
    """One bar per age, also those of none; nothing where nothing is overdue."""
    whole = summary.overall.not_done
    counts = {name: int(getattr(summary.overall, name)) for name in _AGES}
    if not any(counts.values()):
        return None
    told = (
        f"{fill.words.lower()} {number(counts[name])} ({percent(counts[name], whole)})" for name, fill in _AGES.items()
    )

    def draw(figure: "Figure") -> None:
        axes = plot(figure, _LEFT, 0, WIDTH_MM - _LEFT - _RIGHT, _ROW * len(_AGES))
        axes.set_xlim(0, max(counts.values()))
        axes.set_ylim(len(_AGES) - 0.5, -0.5)
        axes.axvline(0, color=INK, linewidth=0.6, clip_on=False)
        for place, (name, fill) in enumerate(_AGES.items()):
            if counts[name]:
                axes.barh(place, counts[name], _BAR / _ROW, label=fill.words, clip_on=False, **fill.options())
            axes.annotate(
                fill.words, (0, place), (-6, 0), textcoords="offset points", ha="right", va="center", size=LABEL,
                color=INK,
            )  # fmt: skip
            words = f"{number(counts[name])} ({percent(counts[name], whole)})" if counts[name] else "0"
            axes.annotate(
                words, (counts[name], place), (5, 0), textcoords="offset points", ha="left", va="center", size=LABEL,
                color=INK,
            )  # fmt: skip

    return Chart(
        name="ageing",
        title="Nhiệm vụ quá hạn, chưa hoàn thành theo số ngày quá hạn",
        alt=f"{number(whole)} nhiệm vụ quá hạn, chưa hoàn thành, trong đó quá hạn: {'; '.join(told)}.",
        width_mm=WIDTH_MM,
        height_mm=_ROW * len(_AGES) + 1,
        draw=draw,
    )
