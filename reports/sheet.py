"""One worksheet with a title, a frozen and filtered head, and print settings, as all sheets here have them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from models.base import Wire
from models.summary import Summary
from reports.citation import directive
from reports.plain import plain
from rules.calendar import last_day
from rules.words import long_day

_LINE_HEIGHT = 15
_MOST_LINES = 12
HEAD_ROW = 2
"""Zero-based; the title and the date of the figures stand above it."""
A3, A4 = 8, 9
_NUMBERS = {"rate": "0.0%", "decimal": "General"}

Value = str | int | float | date | None


class Column(Wire):
    """`width` is in characters; `kind` says how values are formatted."""

    head: str
    width: float
    kind: str = "text"


class Cell(Wire):
    """A value with colours of its own."""

    value: str
    ground: str
    ink: str


class Sheet:
    """Writes rows below a head. Texts are made plain; None leaves a cell empty."""

    def __init__(self, book: Any, summary: Summary) -> None:  # xlsxwriter has no types
        self._book = book
        self._about = f"{directive(summary.head)}; {plain(summary.issuer.name)}"
        self._as_of = f"Số liệu tính đến {long_day(last_day(summary.as_of))}"
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def write(
        self, name: str, columns: Sequence[Column], rows: Sequence[Sequence[Value | Cell]], *,
        frozen: int = 0, paper: int = A4, head_height: int | None = None,
    ) -> Any:  # fmt: skip
        """Fills a new worksheet called `name` with the first `frozen` columns fixed, and returns it."""
        sheet = self._book.add_worksheet(name)
        sheet.write_string(0, 0, f"{name.upper()} – {self._about}", self._format(bold=True, font_size=14))
        sheet.write_string(1, 0, self._as_of, self._format(italic=True))
        head = self._format(bold=True, text_wrap=True, align="center", valign="vcenter", border=1, bg_color="#dde7f0")
        upright = {"bold": True, "text_wrap": True, "align": "left", "border": 1, "bg_color": "#dde7f0", "rotation": 90}
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            style = self._format(**upright) if head_height and place >= frozen else head
            sheet.write_string(HEAD_ROW, place, plain(column.head), style)
        sheet.set_row(HEAD_ROW, head_height or _height(columns, [column.head for column in columns]))
        for number, row in enumerate(rows, HEAD_ROW + 1):
            sheet.set_row(number, _height(columns, row))
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                self._cell(sheet, number, place, column, value)
        last = len(columns) - 1
        sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + max(len(rows), 1), last)
        sheet.freeze_panes(HEAD_ROW + 1, frozen)
        sheet.set_landscape()
        sheet.set_paper(paper)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer("&CTrang &P/&N")
        return sheet

    def _cell(self, sheet: Any, row: int, place: int, column: Column, value: Value | Cell) -> None:
        if isinstance(value, Cell):
            colours = self._format(align="center", valign="top", border=1, bg_color=value.ground, font_color=value.ink)
            sheet.write_string(row, place, value.value, colours)
        elif value is None or value == "":
            sheet.write_blank(row, place, None, self._format(border=1))
        elif isinstance(value, date):
            style = self._format(border=1, valign="top", align="center", num_format="dd/mm/yyyy")
            sheet.write_datetime(row, place, value, style)
        elif isinstance(value, str):
            wraps = {"align": "center"} if column.kind == "mark" else {"text_wrap": True}
            sheet.write_string(row, place, plain(value), self._format(border=1, valign="top", **wraps))
        else:
            shown = _NUMBERS.get(column.kind, "#,##0")
            sheet.write_number(row, place, value, self._format(border=1, valign="top", num_format=shown))

    def _format(self, **looks: Any) -> Any:
        """One format per look: a workbook holds some thousands at most."""
        key = tuple(looks.items())
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"font_name": "Times New Roman", "font_size": 11} | looks)
        return self._formats[key]


def _height(columns: Sequence[Column], row: Sequence[Value | Cell]) -> int:
    """Room in points for the longest wrapped text: not every program finds row heights by itself."""
    texts = ((column.width, value) for column, value in zip(columns, row, strict=True) if isinstance(value, str))
    lines = max((1 + int(len(value) / width) for width, value in texts), default=1)
    return _LINE_HEIGHT * min(lines, _MOST_LINES)
