"""Charts as they stand in a document: at the section whose figures they show."""

from models.summary import Summary
from reports.charts import chart
from reports.draft import Block, Picture


def picture(summary: Summary, name: str) -> list[Block]:
    """One chart by its name (`reports.charts.CHARTS`); nothing where it has nothing to show."""
    found = chart(summary, name)
    return [Picture(chart=found.name, caption=found.title, alt=found.alt)] if found else []
