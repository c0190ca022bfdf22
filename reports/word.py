"""Pieces of a Word template as Decree 30/2020 wants them: tables with and without borders, rules, centred lines. The
tags in them are docxtpl's."""

from collections.abc import Sequence

from docx.document import Document as Doc
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

FEW_ROWS = 5
"""Up to so many rows a table is not parted."""

CENTER = WD_ALIGN_PARAGRAPH.CENTER
_ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": CENTER}


def grid(document: Doc, columns: Sequence[tuple[float, str]], source: str) -> None:
    """A bordered table of columns (width in mm, alignment): head repeated on every page, one row per data row of
    `source`, and a bold total if there is one. The head stays with the first row, the last row with the total, a
    table of few rows together."""
    table = document.add_table(rows=0, cols=len(columns), style="Table Grid")
    _fix(table, [width for width, _ in columns], margin_mm=1)
    head = [("{{ " + source + f".head[{place}] " + "}}", CENTER) for place in range(len(columns))]
    _row(table, head, bold=True, kept=True)
    rows = f"{source}.rows"
    long = f"{rows}|length > {FEW_ROWS}"
    for some, kept in ((f"{rows}[:-1] if {long} else []", False), (f"{rows}[-1:] if {long} else {rows}", True)):
        _tag(table, "{%tr for row in (" + some + ") %}")
        cells = [("{{ row[" + str(place) + "] }}", _ALIGN[align]) for place, (_, align) in enumerate(columns)]
        _row(table, cells, kept=kept)
        _tag(table, "{%tr endfor %}")
    _tag(table, "{%tr if " + source + ".total %}")
    total = [("{{ " + source + f".total[{place}] " + "}}", _ALIGN[align]) for place, (_, align) in enumerate(columns)]
    _row(table, total, bold=True)
    _tag(table, "{%tr endif %}")
    table.rows[0]._tr.get_or_add_trPr().append(element("tblHeader"))
    for cell in table.rows[0].cells:
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for place, (width, _) in enumerate(columns):
        for cell in table.columns[place].cells:
            cell.width = Mm(width)


def frame(document: Doc, *widths_mm: float) -> WordTable:
    """A table without borders, of one row, to set things side by side."""
    table: WordTable = document.add_table(rows=1, cols=len(widths_mm))
    _fix(table, widths_mm, margin_mm=0)
    for cell, width in zip(table.rows[0].cells, widths_mm, strict=True):
        cell.width = Mm(width)
    table.rows[0]._tr.get_or_add_trPr().append(element("cantSplit"))
    return table


def line(cell: _Cell, text: str, *, size: int, bold: bool = False, italic: bool = False, first: bool = False) -> None:
    """A centred line in a cell; `first` takes the empty paragraph that every cell has."""
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = CENTER
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic


def rule(place: Doc | _Cell, *, cell_mm: float, width_mm: float) -> Paragraph:
    """A rule as a paragraph's border: it stays in its place whatever is written above, which a drawn line does not."""
    paragraph = place.add_paragraph()
    borders = element("pBdr")
    borders.append(element("top", val="single", sz=6, space=1, color="000000"))
    paragraph._p.get_or_add_pPr().append(borders)
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = Mm((cell_mm - width_mm) / 2)
    layout.first_line_indent = Mm(0)
    layout.line_spacing, layout.space_before, layout.space_after = Pt(4), Pt(3), Pt(6)
    return paragraph


def add_row(table: WordTable) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx leaves this one method untyped
    return row


def element(name: str, **attributes: str | int) -> BaseOxmlElement:
    """An element of WordprocessingML, whose children Word wants in the order of its schema."""
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    return element


def _row(
    table: WordTable, cells: Sequence[tuple[str, WD_ALIGN_PARAGRAPH]], *, bold: bool = False, kept: bool = False
) -> None:
    row = add_row(table)
    row._tr.get_or_add_trPr().append(element("cantSplit"))
    for cell, (text, align) in zip(row.cells, cells, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.style, paragraph.alignment = "Table Text Kept" if kept else "Table Text", align
        paragraph.add_run(text).bold = bold


def _tag(table: WordTable, text: str) -> None:
    add_row(table).cells[0].paragraphs[0].add_run(text)


def _fix(table: WordTable, widths_mm: Sequence[float], *, margin_mm: float) -> None:
    """Fixed column widths, and cell margins: half as much above and below as at the sides."""
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    side, above = round(Mm(margin_mm).twips), round(Mm(margin_mm / 2).twips)
    margins = element("tblCellMar")
    for name, size in (("top", above), ("left", side), ("bottom", above), ("right", side)):
        margins.append(element(name, w=size, type="dxa"))
    properties = table._tbl.tblPr
    properties.insert_element_before(margins, "w:tblLook")
    properties.insert_element_before(element("tblInd", w=side, type="dxa"), "w:tblLayout")
