"""Turns a chart into SVG or PNG, the same in every run: no date, no random id, and no font but those of the report."""

import re
from collections.abc import Mapping
from html import escape
from io import BytesIO
from threading import Lock
from typing import Any

import matplotlib
from matplotlib.figure import Figure

from reports.charts.chart import Chart
from reports.charts.lettering import families
from reports.charts.style import INCH

DOTS_PER_INCH = 200
_ONE_AT_A_TIME = Lock()
"""Settings of matplotlib hold for the whole process, and reports may be made in several threads."""
_IN_PAGES = "'Times New Roman', Tinos, 'Liberation Serif', serif"
"""The report's font as a page names it: all have the same measures, whatever this machine has."""
_SETTINGS: dict[Any, Any] = {
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "svg.fonttype": "none",
    "svg.hashsalt": "dondoc",
    "hatch.linewidth": 0.6,
    "savefig.dpi": DOTS_PER_INCH,
}
_NO_METADATA = {
    "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
    "png": {"Software": None},
}


def to_svg(chart: Chart) -> str:
    """The `<svg>` element; `<title>` and `<desc>` speak for it where it cannot be seen."""
    text = _drawn(chart, "svg").decode()
    text = text[text.index("<svg") :].strip()
    text = re.sub(r"(?<=font-family: )[^;\"]+", _IN_PAGES, text)
    text = re.sub(r"\s*<defs>\s*<style.*?</style>\s*</defs>", "", text, count=1, flags=re.DOTALL)  # for all of a page
    text = re.sub(r"(\bid=\"|href=\"#|url\(#)", rf"\g<1>{chart.name}-", text)
    head, _, rest = text.partition(">")
    named = f'{head} style="stroke-linejoin: round" role="img" aria-labelledby="{chart.name}-title {chart.name}-desc">'
    words = f'<title id="{chart.name}-title">{escape(chart.title)}</title>'
    return f'{named}\n {words}\n <desc id="{chart.name}-desc">{escape(chart.alt)}</desc>{rest}\n'


def to_png(chart: Chart) -> bytes:
    """The bytes of a PNG without metadata."""
    return _drawn(chart, "png")


def _drawn(chart: Chart, kind: str) -> bytes:
    metadata: Mapping[str, None] = _NO_METADATA[kind]
    with _ONE_AT_A_TIME, matplotlib.rc_context({**_SETTINGS, "font.family": families()}):
        figure = Figure(figsize=(chart.width_mm / INCH, chart.height_mm / INCH), facecolor="white")
        chart.draw(figure)
        written = BytesIO()
        figure.savefig(written, format=kind, metadata=metadata)
    return written.getvalue()
