"""Units x requirements at a glance; where there are too many units, what became of what fell due by branch."""

from models.summary import Summary
from reports.charts.chart import Chart
from reports.charts.marked import MOST_UNITS, marked
from reports.charts.shares import by_branch, by_requirement


def heat(summary: Summary) -> Chart | None:
    """A mark for each obligation, else shares by branch, else by requirement: the first that fits on a page."""
    if summary.units <= MOST_UNITS:
        return marked(summary) or by_requirement(summary)
    return by_branch(summary) or by_requirement(summary)
