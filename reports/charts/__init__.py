"""The pictures of a summary report. Each is made from the figures of a `Summary` and only shows them."""

from models.summary import Summary
from reports.charts.ageing import ageing
from reports.charts.chart import Chart
from reports.charts.delays import delays
from reports.charts.heat import heat
from reports.charts.indicators import indicators
from reports.charts.levels import levels
from reports.charts.progress import progress
from reports.charts.rates import rates

__all__ = ["CHARTS", "Chart", "chart", "charts"]

CHARTS = {
    "levels": levels,
    "progress": progress,
    "heat": heat,
    "ageing": ageing,
    "delays": delays,
    "rates": rates,
    "indicators": indicators,
}
"""Name -> what makes the chart, or nothing where there is nothing to show; in the order of a report."""


def charts(summary: Summary) -> tuple[Chart, ...]:
    """All that have something to show, in the order in which a report shows them."""
    made = (make(summary) for make in CHARTS.values())
    return tuple(found for found in made if found)


def chart(summary: Summary, name: str) -> Chart | None:
    """One by its name; None where it has nothing to show. Raises `KeyError` for a name that is not in `CHARTS`."""
    return CHARTS[name](summary)
