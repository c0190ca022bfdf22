"""Builds `templates/summary.docx`, the Word template that an office may replace: `python -m reports.build_template`.

The layout is that of Decree 30/2020, appendix I (DOMAIN section 1.3): A4, margins 20/20/30/15 mm, Times New Roman, body
14 pt. The tags in it are docxtpl's: `{{ }}` prints a field of `reports.draft.Draft`, `{%p %}` and `{%tr %}` repeat or
leave out paragraphs and table rows.
"""

from collections.abc import Sequence
from pathlib import Path

from docx import Document
from docx.document import Document as Doc
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from reports.draft import LAYOUTS, TEXT_WIDTH_MM, Layout

TEMPLATE = Path(__file__).parent / "templates" / "summary.docx"
FONT = "Times New Roman"
_LEFT_MM, _RIGHT_MM = 68, 97
_ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER}
_CENTER, _JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


def build() -> Doc:
    """The template as a python-docx document."""
    document = Document()
    _page(document)
    _styles(document)
    _letterhead(document)
    _title(document)
    _body(document)
    _signature(document)
    _appendix(document)
    return document


def _page(document: Doc) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.style = document.styles["Header"]
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = number.add_run()
        run.font.size = Pt(14)
        mark = _element("fldChar", fldCharType=kind) if kind else _element("instrText")
        mark.text = text or None
        run._r.append(mark)


def _styles(document: Doc) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")  # else Word underlines every word as misspelt English
    _style(document, "Normal", size=14)
    _style(document, "Header", size=14, align=_CENTER)
    _style(document, "Body Text", size=14, align=_JUSTIFY, after=6, indent_mm=12.7)
    _style(document, "Heading 1", size=14, bold=True, before=6, after=6, indent_mm=12.7, keep=True, align=_JUSTIFY)
    _style(document, "Heading 2", size=14, bold=True, after=6, indent_mm=12.7, keep=True, align=_JUSTIFY)
    _style(document, "Title", size=14, bold=True, align=_CENTER)
    _style(document, "Caption", size=13, bold=True, align=_CENTER, before=6, after=3, keep=True)
    _style(document, "Table Text", size=11, base="Normal")
    _style(document, "Recipients", size=11, base="Normal")


def _style(
    document: Doc, name: str, *, size: int, bold: bool = False, align: WD_ALIGN_PARAGRAPH | None = None,
    before: int = 0, after: int = 0, indent_mm: float = 0, keep: bool = False, base: str = "",
) -> None:  # fmt: skip
    styles = document.styles
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH) if base else styles[name]
    assert isinstance(style, ParagraphStyle)  # noqa: S101 - tells the type checker; these names are paragraph styles
    if base:
        style.base_style = styles[base]
    font, layout = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, False
    font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    for effect in ("w:spacing", "w:kern"):  # the built-in Title is set wide
        for found in properties.findall(qn(effect)):
            properties.remove(found)
    fonts = properties.get_or_add_rFonts()
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    layout.alignment, layout.keep_with_next = align, keep
    layout.space_before, layout.space_after, layout.first_line_indent = Pt(before), Pt(after), Mm(indent_mm)
    layout.line_spacing = 1.0
    layout.widow_control = True
    border = style.element.pPr.find(qn("w:pBdr"))
    if border is not None:
        style.element.pPr.remove(border)


def _letterhead(document: Doc) -> None:
    table = _frame(document, _LEFT_MM, _RIGHT_MM)
    left, right = table.rows[0].cells
    first = left.paragraphs[0]
    first.add_run("{%p if parent_body %}")
    _line(left, "{{ parent_body }}", size=13)
    left.add_paragraph("{%p endif %}")
    _line(left, "{{ body }}", size=13, bold=True)
    _rule(left, cell_mm=_LEFT_MM, width_mm=25)
    _line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=13, bold=True, first=True)
    _line(right, "Độc lập - Tự do - Hạnh phúc", size=14, bold=True)
    _rule(right, cell_mm=_RIGHT_MM, width_mm=63)
    numbers = _add_row(table).cells
    _line(numbers[0], "{{ number }}", size=13, first=True)
    _line(numbers[1], "{{ place_and_date }}", size=14, italic=True, first=True)


def _title(document: Doc) -> None:
    heading = document.add_paragraph("{{ type }}", style="Title")
    heading.paragraph_format.space_before = Pt(18)
    document.add_paragraph("{{ subject }}", style="Title")
    rule = _rule(document, cell_mm=TEXT_WIDTH_MM, width_mm=60)
    rule.paragraph_format.space_after = Pt(12)
    document.add_paragraph("{%p for line in basis %}")
    document.add_paragraph(style="Body Text").add_run("{{ line }}").italic = True
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{{ introduction }}", style="Body Text")


def _body(document: Doc) -> None:
    document.add_paragraph("{%p for block in blocks %}")
    for test, style in (
        ("block.kind == 'heading' and block.level == 1", "Heading 1"),
        ("block.kind == 'heading' and block.level == 2", "Heading 2"),
        ("block.kind == 'paragraph'", "Body Text"),
    ):
        document.add_paragraph("{%p if " + test + " %}")
        document.add_paragraph("{{ block.text }}", style=style)
        document.add_paragraph("{%p endif %}")
    for layout in (layout for layout in LAYOUTS if layout != "documents"):  # that one is the appendix's
        document.add_paragraph("{%p if block.kind == 'table' and block.layout == '" + layout + "' %}")
        document.add_paragraph("{{ block.caption }}", style="Caption")
        _grid(document, layout, "block")
        document.add_paragraph(style="Table Text")
        document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    closing = document.add_paragraph("{{ closing }}", style="Body Text")
    closing.paragraph_format.keep_with_next = True
    closing.paragraph_format.space_after = Pt(12)


def _signature(document: Doc) -> None:
    table = _frame(document, 85, 80)
    left, right = table.rows[0].cells
    label = left.paragraphs[0]
    label.style = document.styles["Recipients"]
    label.paragraph_format.keep_with_next = True
    run = label.add_run("Nơi nhận:")
    run.bold = run.italic = True
    run.font.size = Pt(12)
    for text in ("{%p for line in recipients %}", "{{ line }}", "{%p endfor %}"):
        left.add_paragraph(text, style="Recipients")
    _line(right, "{%p for line in signature %}", size=14, first=True)
    _line(right, "{{ line }}", size=14, bold=True)
    right.add_paragraph("{%p endfor %}")
    for _ in range(5):
        _line(right, "", size=14)


def _appendix(document: Doc) -> None:
    document.add_paragraph("{%p if appendix %}")
    heading = document.add_paragraph("{{ appendix.title }}", style="Title")
    heading.paragraph_format.page_break_before = True
    document.add_paragraph("{{ appendix.subject }}", style="Title")
    source = document.add_paragraph(style="Title")
    source.paragraph_format.space_after = Pt(12)
    run = source.add_run("{{ appendix.source }}")
    run.bold, run.italic = False, True
    _grid(document, "documents", "appendix.table")
    remark = document.add_paragraph(style="Body Text")
    remark.paragraph_format.space_before = Pt(6)
    remark.add_run("{{ appendix.remark }}").italic = True
    document.add_paragraph("{%p endif %}")


def _grid(document: Doc, layout: Layout, source: str) -> None:
    """A bordered table: head repeated on every page, one row per data row, and a bold total if there is one."""
    columns = LAYOUTS[layout]
    table = document.add_table(rows=0, cols=len(columns), style="Table Grid")
    _fix(table, [width for width, _ in columns], margin_mm=1)
    _row(table, [("{{ " + source + f".head[{place}] " + "}}", _CENTER) for place in range(len(columns))], bold=True)
    _tag(table, "{%tr for row in " + source + ".rows %}")
    _row(table, [("{{ row[" + str(place) + "] }}", _ALIGN[align]) for place, (_, align) in enumerate(columns)])
    _tag(table, "{%tr endfor %}")
    _tag(table, "{%tr if " + source + ".total %}")
    total = [("{{ " + source + f".total[{place}] " + "}}", _ALIGN[align]) for place, (_, align) in enumerate(columns)]
    _row(table, total, bold=True)
    _tag(table, "{%tr endif %}")
    table.rows[0]._tr.get_or_add_trPr().append(_element("tblHeader"))
    for cell in table.rows[0].cells:
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for place, (width, _) in enumerate(columns):
        for cell in table.columns[place].cells:
            cell.width = Mm(width)


def _row(table: WordTable, cells: Sequence[tuple[str, WD_ALIGN_PARAGRAPH]], *, bold: bool = False) -> None:
    row = _add_row(table)
    row._tr.get_or_add_trPr().append(_element("cantSplit"))
    for cell, (text, align) in zip(row.cells, cells, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.style, paragraph.alignment = "Table Text", align
        paragraph.add_run(text).bold = bold


def _add_row(table: WordTable) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx leaves this one method untyped
    return row


def _tag(table: WordTable, text: str) -> None:
    _add_row(table).cells[0].paragraphs[0].add_run(text)


def _frame(document: Doc, *widths_mm: float) -> WordTable:
    """A table without borders, of one row, to set things side by side."""
    table: WordTable = document.add_table(rows=1, cols=len(widths_mm))
    _fix(table, widths_mm, margin_mm=0)
    for cell, width in zip(table.rows[0].cells, widths_mm, strict=True):
        cell.width = Mm(width)
    table.rows[0]._tr.get_or_add_trPr().append(_element("cantSplit"))
    return table


def _fix(table: WordTable, widths_mm: Sequence[float], *, margin_mm: float) -> None:
    """Fixed column widths, and cell margins: half as much above and below as at the sides."""
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    side, above = round(Mm(margin_mm).twips), round(Mm(margin_mm / 2).twips)
    margins = _element("tblCellMar")
    for name, size in (("top", above), ("left", side), ("bottom", above), ("right", side)):
        margins.append(_element(name, w=size, type="dxa"))
    properties = table._tbl.tblPr
    properties.insert_element_before(margins, "w:tblLook")
    properties.insert_element_before(_element("tblInd", w=side, type="dxa"), "w:tblLayout")


def _element(name: str, **attributes: str | int) -> BaseOxmlElement:
    """An element of WordprocessingML, whose children Word wants in the order of its schema."""
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    return element


def _line(cell: _Cell, text: str, *, size: int, bold: bool = False, italic: bool = False, first: bool = False) -> None:
    """A centred line in a cell; `first` takes the empty paragraph that every cell has."""
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = _CENTER
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic


def _rule(place: Doc | _Cell, *, cell_mm: float, width_mm: float) -> Paragraph:
    """A rule as a paragraph's border: it stays in its place whatever is written above, which a drawn line does not."""
    paragraph = place.add_paragraph()
    borders = _element("pBdr")
    borders.append(_element("top", val="single", sz=6, space=1, color="000000"))
    paragraph._p.get_or_add_pPr().append(borders)
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = Mm((cell_mm - width_mm) / 2)
    layout.first_line_indent = Mm(0)
    layout.line_spacing, layout.space_before, layout.space_after = Pt(4), Pt(3), Pt(6)
    return paragraph


if __name__ == "__main__":
    build().save(str(TEMPLATE))
