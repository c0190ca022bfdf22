"""One worksheet with a title, a frozen and filtered head, and print settings, as all sheets here have them."""

from collections.abc import Iterable, Sequence
from datetime import date
from math import ceil
from typing import Any, NamedTuple

from models.base import Wire
from models.summary import Summary
from reports.citation import directive
from reports.plain import plain
from rules.calendar import last_day
from rules.words import long_day

_LINE_HEIGHT = 15
_TITLE_HEIGHT = 20
_TITLE_WIDTH = 1.3
"""A letter of the title is so many times as wide as a unit of column width."""
_LETTERS = 1.15
"""Letters of a text that surely find room in one unit of column width, which is a digit."""
_MOST_LINES = 12
HEAD_ROW = 2
"""Zero-based; the title and the date of the figures stand above it."""
A3, A4 = 8, 9
_STYLES: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True},
    "mark": {"align": "center"},
    "date": {"align": "center", "num_format": "dd/mm/yyyy"},
    "place": {"align": "center", "num_format": "#,##0"},
    "number": {"num_format": "#,##0_)"},
    "decimal": {"num_format": "General"},
    "rate": {"num_format": "0.0%_)"},
}
"""How the values of each kind of column look; `_)` keeps figures off the next column."""

Value = str | int | float | date | None


class Column(Wire):
    """`width` is in characters; `kind` says how values are formatted."""

    head: str
    width: float
    kind: str = "text"


def columns_of(*columns: tuple[str, float, str]) -> list[Column]:
    """Columns from head, width and kind."""
    return [Column(head=head, width=width, kind=kind) for head, width, kind in columns]


class Cell(NamedTuple):
    """A text with colours of its own."""

    value: str
    ground: str
    ink: str = "#000000"


class Sheet:
    """Writes rows below a head, each row once and in order, so that none has to be kept. Texts are made plain; None
    leaves a cell empty."""

    def __init__(self, book: Any, summary: Summary) -> None:  # xlsxwriter has no types
        self._book = book
        self._about = f"{directive(summary.head)}; {plain(summary.issuer.name)}"
        self._as_of = f"Số liệu tính đến {long_day(last_day(summary.as_of))}"
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def write(
        self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Value | Cell]], *,
        frozen: int = 0, paper: int = A4, pages: int = 1, head_height: int | None = None, legend: Iterable[Cell] = (),
    ) -> None:  # fmt: skip
        """Fills a new worksheet called `name` with the first `frozen` columns fixed; on paper it is `pages` wide. The
        legend stands below the rows."""
        page = self._book.add_worksheet(name)
        self._head(page, name, columns, frozen, head_height)
        end = self._rows(page, columns, rows)
        for number, item in enumerate(legend, end + 1):
            page.write_string(number, 0, item.value, self._format(bg_color=item.ground, font_color=item.ink))
        page.autofilter(HEAD_ROW, 0, max(end - 1, HEAD_ROW + 1), len(columns) - 1)
        page.freeze_panes(HEAD_ROW + 1, frozen)
        page.set_landscape()
        page.set_paper(paper)
        page.fit_to_pages(pages, 0)
        page.repeat_rows(HEAD_ROW)
        if pages > 1:
            page.repeat_columns(0, frozen - 1)
        page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        page.set_footer("&CTrang &P/&N")

    def _head(self, page: Any, name: str, columns: Sequence[Column], frozen: int, height: int | None) -> None:
        title, width = f"{name.upper()} – {self._about}", sum(column.width for column in columns)
        page.set_row(0, _TITLE_HEIGHT * ceil(len(title) * _TITLE_WIDTH / width))
        self._across(page, 0, len(columns), title, self._format(bold=True, font_size=14, text_wrap=True, valign="top"))
        self._across(page, 1, len(columns), self._as_of, self._format(italic=True))
        looks = {"bold": True, "text_wrap": True, "border": 1, "bg_color": "#dde7f0"}
        level = self._format(**looks, align="center", valign="vcenter")
        upright = self._format(**looks, align="left", rotation=90)
        heads = [plain(column.head) for column in columns]
        wraps = [(place, column.width) for place, column in enumerate(columns)]  # letters of heads are bold
        page.set_row(HEAD_ROW, height or _height(wraps, heads))
        for place, (column, head) in enumerate(zip(columns, heads, strict=True)):
            page.set_column(place, place, column.width)
            page.write_string(HEAD_ROW, place, head, upright if height and place >= frozen else level)

    def _across(self, page: Any, row: int, columns: int, text: str, style: Any) -> None:
        """One text across all columns, so that paper as narrow as the table has room for it."""
        if columns > 1:
            page.merge_range(row, 0, row, columns - 1, text, style)
        else:
            page.write_string(row, 0, text, style)

    def _rows(self, page: Any, columns: Sequence[Column], rows: Iterable[Sequence[Value | Cell]]) -> int:
        """Returns the number of the row after the last one."""
        styles = [self._format(border=1, valign="top", **_STYLES[column.kind]) for column in columns]
        texts = self._format(border=1, valign="top", text_wrap=True)
        wraps = [(place, column.width * _LETTERS) for place, column in enumerate(columns) if column.kind == "text"]
        empty = self._format(border=1)
        number = HEAD_ROW
        for number, row in enumerate(rows, HEAD_ROW + 1):
            page.set_row(number, _height(wraps, row))
            for place, value in enumerate(row):
                if value is None or value == "":
                    page.write_blank(number, place, None, empty)
                elif isinstance(value, str):
                    page.write_string(number, place, plain(value), texts)
                elif isinstance(value, Cell):
                    page.write_string(number, place, value.value, self._coloured(value.ground, value.ink))
                elif isinstance(value, date):
                    page.write_datetime(number, place, value, styles[place])
                else:
                    page.write_number(number, place, value, styles[place])
        return number + 1

    def _coloured(self, ground: str, ink: str) -> Any:
        return self._format(align="center", valign="top", border=1, bg_color=ground, font_color=ink)

    def _format(self, **looks: Any) -> Any:
        """One format per look: a workbook holds some thousands at most."""
        key = tuple(looks.items())
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"font_name": "Times New Roman", "font_size": 11} | looks)
        return self._formats[key]


def _height(wraps: Iterable[tuple[int, float]], row: Sequence[Value | Cell]) -> int:
    """Room in points for the longest wrapped text: not every program finds row heights by itself. `wraps` are the
    places of columns that hold such texts, and how many letters fit into a line of each."""
    lines = 1
    for place, width in wraps:
        value = row[place]
        if value.__class__ is str and len(value) >= width * lines:
            lines = 1 + int(len(value) / width)
    return _LINE_HEIGHT * min(lines, _MOST_LINES)
