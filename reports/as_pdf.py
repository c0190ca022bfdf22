"""The report as a PDF for screen readers and archives."""

import json

from models.summary import Summary
from reports.charts import chart
from reports.draft import LAYOUTS, Draft, Picture
from reports.text import draft
from reports.typeset import typeset


def to_pdf(summary: Summary) -> bytes:
    """The bytes of a PDF in the layout of the Word document; charts stay drawings, with letters that can be read."""
    content = draft(summary)
    return typeset(
        "summary.typ",
        summary.as_of,
        draft=content.model_dump_json(),
        layouts=json.dumps(LAYOUTS),
        pictures=json.dumps(_pictures(content, summary)),
    )


def _pictures(content: Draft, summary: Summary) -> dict[str, dict[str, str | float]]:
    """Name of each chart of the draft -> the drawing (SVG) and its width in mm."""
    named = [block.chart for block in content.blocks if isinstance(block, Picture)]
    found = [drawn for name in named if (drawn := chart(summary, name))]
    return {drawn.name: {"svg": drawn.svg(), "width": drawn.width_mm} for drawn in found}
