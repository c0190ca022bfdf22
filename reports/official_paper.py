"""What every official paper has in Word: page, styles, letterhead, and the foot with recipients and signature (Decree
30/2020, appendix I; DOMAIN section 1.3)."""

from docx.document import Document as Doc
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from reports.word import CENTER, add_row, element, frame, line, rule

_FONT = "Times New Roman"
_LEFT_MM, _RIGHT_MM = 68, 97
_JUSTIFY = WD_ALIGN_PARAGRAPH.JUSTIFY


def set_up(document: Doc) -> None:
    """Page and styles: A4, margins 20/20/30/15 mm, body 14 pt, the page number on top of all pages but the first."""
    _page(document)
    _styles(document)


def letterhead(document: Doc, of: str = "", subject: str = "") -> None:
    """The issuing body, the country's name, number, place and date; fields of `of` (`letter.`), and under the number a
    letter's `subject`."""
    table = frame(document, _LEFT_MM, _RIGHT_MM)
    left, right = table.rows[0].cells
    first = left.paragraphs[0]
    first.add_run("{%p if " + of + "parent_body %}")
    line(left, "{{ " + of + "parent_body }}", size=13)
    left.add_paragraph("{%p endif %}")
    line(left, "{{ " + of + "body }}", size=13, bold=True)
    rule(left, cell_mm=_LEFT_MM, width_mm=25)
    line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=13, bold=True, first=True)
    line(right, "Độc lập - Tự do - Hạnh phúc", size=14, bold=True)
    rule(right, cell_mm=_RIGHT_MM, width_mm=63)
    numbers = add_row(table).cells
    line(numbers[0], "{{ " + of + "number }}", size=13, first=True)
    if subject:
        line(numbers[0], subject, size=12)
    line(numbers[1], "{{ " + of + "place_and_date }}", size=14, italic=True, first=True)


def signature(document: Doc, of: str = "") -> None:
    """Recipients at the left, whoever signs at the right; fields of `of` (`letter.`)."""
    table = frame(document, 85, 80)
    left, right = table.rows[0].cells
    label = left.paragraphs[0]
    label.style = document.styles["Recipients"]
    label.paragraph_format.keep_with_next = True
    run = label.add_run("Nơi nhận:")
    run.bold = run.italic = True
    run.font.size = Pt(12)
    for text in ("{%p for line in " + of + "recipients %}", "{{ line }}", "{%p endfor %}"):
        left.add_paragraph(text, style="Recipients")
    line(right, "{%p for line in " + of + "signature %}", size=14, first=True)
    line(right, "{{ line }}", size=14, bold=True)
    right.add_paragraph("{%p endfor %}")
    for _ in range(5):
        line(right, "", size=14)


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
        mark = element("fldChar", fldCharType=kind) if kind else element("instrText")
        mark.text = text or None
        run._r.append(mark)


def _styles(document: Doc) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")  # else Word underlines every word as misspelt English
    _style(document, "Normal", size=14)
    _style(document, "Header", size=14, align=CENTER)
    _style(document, "Body Text", size=14, align=_JUSTIFY, after=6, indent_mm=12.7)
    _style(document, "Heading 1", size=14, bold=True, before=6, after=6, indent_mm=12.7, keep=True, align=_JUSTIFY)
    _style(document, "Heading 2", size=14, bold=True, after=6, indent_mm=12.7, keep=True, align=_JUSTIFY)
    _style(document, "Title", size=14, bold=True, align=CENTER)
    _style(document, "Caption", size=13, bold=True, align=CENTER, before=6, after=3, keep=True)
    _style(document, "Table Text", size=11, base="Normal")
    _style(document, "Table Text Kept", size=11, base="Normal", keep=True)
    _style(document, "Picture", size=14, align=CENTER, before=6, keep=True, base="Normal")
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
    font.name, font.size, font.bold, font.italic = _FONT, Pt(size), bold, False
    font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    for effect in ("w:spacing", "w:kern"):  # the built-in Title is set wide
        for found in properties.findall(qn(effect)):
            properties.remove(found)
    fonts = properties.get_or_add_rFonts()
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), _FONT)
    layout.alignment, layout.keep_with_next = align, keep
    layout.space_before, layout.space_after, layout.first_line_indent = Pt(before), Pt(after), Mm(indent_mm)
    layout.line_spacing = 1.0
    layout.widow_control = True
    border = style.element.pPr.find(qn("w:pBdr"))
    if border is not None:
        style.element.pPr.remove(border)
