"""The report as a document, before it is typeset: DOCX, PDF and HTML print the same draft."""

from collections.abc import Iterable, Sequence
from typing import Literal

from models.base import Wire
from reports.plain import WORKBOOK, Text, number

TEXT_WIDTH_MM = 165
"""A4 less the margins of 30 mm left and 15 mm right (Decree 30/2020, DOMAIN section 1.3)."""

MOST_ROWS = 40
"""Rows of one table of names; the workbook has all."""

Layout = Literal[
    "matrix", "results", "branches", "ranking", "comparison", "rates", "ageing", "debts", "documents", "events",
    "consultations", "selected", "indicators", "recommendations", "delays", "former",
]  # fmt: skip

LAYOUTS: dict[Layout, tuple[tuple[float, str], ...]] = {
    "matrix": ((45, "left"), *[(30, "center")] * 4),
    "results": ((15, "center"), (45, "left"), *[(13, "center")] * 7, (14, "center")),
    "branches": ((10, "center"), (51, "left"), (25, "center"), *[(13, "center")] * 5, (14, "center")),
    "ranking": ((14, "center"), (85, "left"), *[(22, "center")] * 3),
    "comparison": ((11, "center"), (58, "left"), (24, "center"), (24, "center"), (48, "left")),
    "rates": ((11, "center"), (44, "left"), (46, "center"), *[(16, "center")] * 4),
    "ageing": ((45, "left"), *[(24, "center")] * 5),
    "debts": ((11, "center"), (58, "left"), (22, "center"), (74, "left")),
    "documents": ((11, "center"), (40, "left"), (23, "center"), (46, "left"), (45, "left")),
    "events": ((11, "center"), (52, "left"), (23, "center"), (49, "left"), (30, "center")),
    "consultations": ((15, "center"), (45, "left"), *[(15, "center")] * 7),
    "selected": ((11, "center"), (46, "left"), (46, "left"), (38, "left"), (24, "left")),
    "indicators": ((13, "center"), (52, "left"), (25, "center"), (31, "center"), (21, "center"), (23, "center")),
    "delays": (
        (32, "left"),
        (15, "center"),
        (16, "center"),
        (20, "center"),
        (18, "center"),
        (20, "center"),
        (15, "center"),
        (15, "center"),
        (14, "center"),
    ),
    "former": ((11, "center"), (40, "left"), *[(14, "center")] * 4, (36, "left"), (22, "left")),
    "recommendations": ((11, "center"), (58, "left"), *[(16, "center")] * 6),
}
"""Columns of each kind of table as (width in mm, alignment); every kind fills the text width."""


class Heading(Wire):
    """`level` 1 is a section (I, II, ...), 2 a point within it (1, 2, ...)."""

    kind: Literal["heading"] = "heading"
    level: Literal[1, 2]
    text: Text


class Paragraph(Wire):
    kind: Literal["paragraph"] = "paragraph"
    text: Text


class Table(Wire):
    """`total` is the last row, set in bold, or empty where the rows do not add up."""

    kind: Literal["table"] = "table"
    layout: Layout
    caption: Text
    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    total: tuple[Text, ...] = ()


class Picture(Wire):
    """A chart of the summary by its name, with what it is called and, in words, what can be seen in it."""

    kind: Literal["picture"] = "picture"
    chart: str
    caption: Text
    alt: Text


Block = Heading | Paragraph | Table | Picture


class Appendix(Wire):
    """A list that follows the signature; `source` names the report it belongs to."""

    title: Text
    subject: Text
    source: Text
    table: Table
    remark: Text = ""


class Draft(Wire):
    """Elements in the order of Decree 30/2020, article 8; number, date and the signer's name stay open for the pen."""

    parent_body: Text
    body: Text
    number: Text
    place_and_date: Text
    type: Text
    subject: Text
    basis: tuple[Text, ...]
    introduction: Text
    blocks: tuple[Block, ...]
    closing: Text
    recipients: tuple[Text, ...]
    signature: tuple[Text, ...]
    appendix: Appendix | None


def headed(level: Literal[1, 2], text: str, body: Iterable[Block]) -> list[Block]:
    """The body under a heading; nothing at all where there is nothing to say."""
    blocks = list(body)
    return [Heading(level=level, text=text), *blocks] if blocks else []


def paragraphs(*texts: str) -> list[Block]:
    """One paragraph per text; empty texts are left out."""
    return [Paragraph(text=text) for text in texts if text]


_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


def listing(
    layout: Layout, caption: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]], total: tuple[str, ...] = (),
    *, most: int = MOST_ROWS,
) -> list[Block]:  # fmt: skip
    """A table of the first `most` rows and, where there are more, where to find all; nothing where there are none."""
    if not rows:
        return []
    shown = tuple(rows[:most])
    more = f"Bảng nêu {len(shown)}/{number(len(rows))} dòng; danh sách đầy đủ tại {WORKBOOK}."
    return [
        Table(layout=layout, caption=caption, head=head, rows=shown, total=total),
        *paragraphs(more if len(rows) > len(shown) else ""),
    ]


def numbered(blocks: list[Block]) -> tuple[Block, ...]:
    """The blocks with sections, points, tables and charts counted: `I.`, `1.`, `Bảng 1.`, `Biểu đồ 1.`."""
    sections = points = tables = pictures = 0
    result: list[Block] = []
    for block in blocks:
        match block:
            case Heading(level=1):
                sections, points = sections + 1, 0
                block = Heading(level=1, text=f"{_ROMAN[sections - 1]}. {block.text.upper()}")
            case Heading():
                points += 1
                block = Heading(level=2, text=f"{points}. {block.text}")
            case Table():
                tables += 1
                block = block.model_copy(update={"caption": f"Bảng {tables}. {block.caption}"})
            case Picture():
                pictures += 1
                block = block.model_copy(update={"caption": f"Biểu đồ {pictures}. {block.caption}"})
        result.append(block)
    return tuple(result)
