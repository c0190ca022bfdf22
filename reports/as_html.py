"""The report as one self-contained page: readable on a phone, printable, with nothing to fetch; its one script only
adds sorting."""

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from models.base import Wire
from models.summary import Summary
from reports.charts import chart
from reports.draft import Draft, Heading, Picture
from reports.marks import MARKS, Mark
from reports.occasion import cut_off
from reports.page.bars import Bar, bars, legend
from reports.page.figures import Figure, figures
from reports.page.grid import grid
from reports.page.missing import Missing, missing
from reports.page.tree import Branch, tree
from reports.plain import Text, lower_first
from reports.text import draft

TEMPLATES = Path(__file__).parent / "templates"

PROGRESS = "TIẾN ĐỘ THEO CẤP VÀ THEO NỘI DUNG"
MISSING = "ĐƠN VỊ CHƯA NỘP KẾT QUẢ"
REGISTERS = "SỔ THEO DÕI THEO ĐƠN VỊ"


class Page(Wire):
    """All that the template prints."""

    title: Text
    draft: Draft
    as_of: Text
    figures: tuple[Figure, ...]
    bars: tuple[Bar, ...]
    parts: tuple[tuple[str, str], ...]
    missing: Missing | None
    tree: tuple[Branch, ...]
    legend: tuple[Mark, ...]

    @property
    def contents(self) -> tuple[tuple[str, str], ...]:
        """Where the sections begin, as (id of the heading, its words)."""
        appendix = self.draft.appendix
        found = (
            ("bars", PROGRESS if self.bars else ""),
            *(
                (f"p{place}", block.text)
                for place, block in enumerate(self.draft.blocks, 1)
                if isinstance(block, Heading) and block.level == 1
            ),
            ("missing", MISSING if self.missing else ""),
            ("tree", REGISTERS if self.tree else ""),
            ("appendix", f"{appendix.title}. {appendix.subject}" if appendix else ""),
        )
        return tuple((name, words) for name, words in found if words)


def to_html(summary: Summary) -> bytes:
    """The page in UTF-8; every text in it is escaped."""
    shown = tuple(bars(summary))
    told = draft(summary)
    page = Page(
        title=f"Báo cáo {lower_first(told.subject)}",
        draft=told,
        as_of=f"Số liệu tính đến {cut_off(summary.as_of)}.",
        figures=tuple(figures(summary)),
        bars=shown,
        parts=legend(shown),
        missing=missing(summary),
        tree=tree(summary),
        legend=MARKS,
    )
    script = (TEMPLATES / "sort.js").read_text(encoding="utf-8")
    found = _environment().get_template("summary.html")
    pictures = {block.chart: _svg(summary, block.chart) for block in told.blocks if isinstance(block, Picture)}
    return found.render(page=page, grid=grid, pictures=pictures, script=script, policy=_policy(script)).encode()


def _svg(summary: Summary, name: str) -> Markup:
    """A chart as an element of the page, as its maker wrote and escaped it; nothing where there is nothing to show."""
    found = chart(summary, name)
    return Markup(found.svg() if found else "")  # noqa: S704 - markup of ours, with all words escaped


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip


def _policy(script: str) -> str:
    """What the browser lets the page do (Content Security Policy, level 2): its own styles, its one script, no more."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'; img-src data:; "
        f"script-src 'sha256-{digest}'"
    )
