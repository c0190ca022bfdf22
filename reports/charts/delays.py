"""In whose hands late obligations were, as steps that lead to the whole (DOMAIN section 3)."""

from typing import TYPE_CHECKING

from models.summary import Summary
from reports.charts.chart import WIDTH_MM, Chart
from reports.charts.style import INK, LABEL, LATE, LINE, SUSPENDED, WAITING, Fill, plot
from reports.plain import number, percent_of_days
from rules.delay import in_days, whole_days
from rules.figures import figure as decimal
from rules.words import HANDS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_LEFT, _RIGHT, _ROW, _BAR = 46.0, 34.0, 9.0, 6.0
_FILLS = {
    "above": Fill(HANDS["above"], "#b9a5cf", hatch="xxxx", hatched_in="#6b4f8f"),
    "unit": Fill(HANDS["unit"], "#3b5b7a"),
    "extension": Fill(HANDS["extension"], LATE.ground, hatch=LATE.hatch, hatched_in=LATE.hatched_in),
    "reviewer": WAITING,
    "suspended": SUSPENDED,
}
_WHOLE = Fill("Cộng", "#ffffff")


def delays(summary: Summary) -> Chart | None:
    """A step for each who held something, and the whole; nothing where nothing is late, or all within minutes."""
    found = summary.delays.overall
    days = in_days(found.held) if found else {}
    if found is None or not days:
        return None
    whole = whole_days(found.held)
    shares = {name: percent_of_days(part, whole) for name, part in days.items()}
    told = (f"{HANDS[name].lower()} {decimal(part)} ngày ({shares[name]})" for name, part in days.items())

    def draw(figure: "Figure") -> None:
        axes = plot(figure, _LEFT, 0, WIDTH_MM - _LEFT - _RIGHT, _ROW * (len(days) + 1))
        axes.set_xlim(0, whole)
        axes.set_ylim(len(days) + 0.5, -0.5)
        axes.axvline(0, color=INK, linewidth=0.6, clip_on=False)
        left = 0.0
        rows = [*((_FILLS[name], part, f" ({shares[name]})") for name, part in days.items()), (_WHOLE, whole, "")]
        for place, (fill, part, rate) in enumerate(rows):
            start = 0.0 if fill is _WHOLE else left
            left = start + part
            axes.barh(place, part, _BAR / _ROW, left=start, label=fill.words, clip_on=False, **fill.options())
            axes.annotate(
                fill.words, (0, place), (-6, 0), textcoords="offset points", ha="right", va="center", size=LABEL,
                color=INK,
            )  # fmt: skip
            axes.annotate(
                f"{decimal(part)} ngày{rate}", (left, place), (5, 0), textcoords="offset points", ha="left",
                va="center", size=LABEL, color=INK,
            )  # fmt: skip
            if fill is not _WHOLE:
                edges = (place + _BAR / _ROW / 2, place + 1 - _BAR / _ROW / 2)
                axes.plot((left, left), edges, color=LINE, linewidth=0.6, clip_on=False)

    return Chart(
        name="delays",
        title="Thời gian của các nhiệm vụ chậm theo nơi giữ việc",
        alt=f"{number(found.obligations)} nhiệm vụ chậm, tổng thời gian {decimal(whole)} ngày, gồm: {'; '.join(told)}.",
        width_mm=WIDTH_MM,
        height_mm=_ROW * (len(days) + 1) + 1,
        draw=draw,
    )
