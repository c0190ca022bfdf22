"""The Word document read back, line by line against Decree 30/2020, appendix I (DOMAIN section 1.3)."""

import re
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from reports.as_docx import to_docx
from reports.text import draft
from tests.reports.edges import EDGES
from tests.reports.told import branch, periodic

CENTER, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
TEXT_MM = 165


@pytest.fixture(scope="module")
def report() -> Doc:
    return Document(BytesIO(to_docx(periodic())))


def in_force(run: Run, paragraph: Paragraph, name: str) -> Any:
    """A property of the letters: the run's own, or that of the paragraph's style or of what the style is based on."""
    style: Any = paragraph.style
    found = getattr(run.font, name)
    while found is None and style is not None:
        found, style = getattr(style.font, name), style.base_style
    return found


def layout(paragraph: Paragraph, name: str) -> Any:
    style: Any = paragraph.style
    found = getattr(paragraph.paragraph_format, name)
    while found is None and style is not None:
        found, style = getattr(style.paragraph_format, name), style.base_style
    return found


def letters(paragraph: Paragraph) -> tuple[float, bool, bool]:
    """Size in points, bold, italic; the same in all of a paragraph."""
    found = {
        (in_force(run, paragraph, "size").pt, bool(in_force(run, paragraph, "bold")),
         bool(in_force(run, paragraph, "italic")))
        for run in paragraph.runs
        if run.text.strip()
    }  # fmt: skip
    assert len(found) == 1, paragraph.text
    return found.pop()


def written(cell: _Cell) -> list[Paragraph]:
    return [paragraph for paragraph in cell.paragraphs if paragraph.text.strip()]


def rule_mm(cell: _Cell | Doc, wide: float) -> list[float]:
    """The lengths of the rules in a cell of a width."""
    found = [
        paragraph for paragraph in cell.paragraphs if paragraph._p.find(f"./{qn('w:pPr')}/{qn('w:pBdr')}") is not None
    ]
    return [
        wide - paragraph.paragraph_format.left_indent.mm - paragraph.paragraph_format.right_indent.mm
        for paragraph in found
    ]


def order(report: Doc) -> list[str]:
    """What stands below what in the body, in words; empty paragraphs are left out."""
    found = []
    for child in report.element.body:
        if child.tag == qn("w:tbl"):
            found.append(f"table: {Table(child, report).rows[0].cells[-1].text.splitlines()[0]}")
        elif child.tag == qn("w:p") and (text := Paragraph(child, report).text.strip()):
            found.append(text)
    return found


def test_a4_upright_with_margins_of_20_20_30_15_mm(report: Doc) -> None:
    for section in report.sections:
        assert section.orientation == WD_ORIENT.PORTRAIT
        assert [round(side.mm) for side in (section.page_width, section.page_height) if side] == [210, 297]
        top, bottom, left, right = (
            round(side.mm)
            for side in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
            if side is not None
        )
        assert (top, bottom, left, right) == (20, 20, 30, 15)
        assert min(top, bottom) >= 20
        assert max(top, bottom) <= 25
        assert 30 <= left <= 35
        assert 15 <= right <= 20


def test_all_letters_are_black_times_new_roman(report: Doc) -> None:
    for fonts in (*report.element.iter(qn("w:rFonts")), *report.sections[0].header._element.iter(qn("w:rFonts"))):
        assert set(fonts.attrib.values()) <= {"Times New Roman"}
    used = {paragraph.style.name for paragraph in report.element.body.iter(qn("w:p"))
            for paragraph in [Paragraph(paragraph, report)] if paragraph.style}  # fmt: skip
    for name in used:
        style: Any = report.styles[str(name)]
        assert style.font.name == "Times New Roman", name
        assert style.font.color.rgb in {None} or str(style.font.color.rgb) == "000000", name
    colors = {color.get(qn("w:val")) for color in report.element.iter(qn("w:color"))}
    assert colors <= {"000000", "auto"}


def test_page_number_13_to_14_centred_on_top_and_none_on_the_first_page(report: Doc) -> None:
    section = report.sections[0]
    number = section.header.paragraphs[0]
    assert [mark.text for mark in number._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert {run.font.size.pt for run in number.runs if run.font.size} <= {13.0, 14.0}
    assert layout(number, "alignment") == CENTER
    assert section.different_first_page_header_footer
    assert not section.first_page_header.paragraphs[0].text
    assert not any(paragraph.text for paragraph in section.footer.paragraphs)


def test_country_and_motto(report: Doc) -> None:
    cell = report.tables[0].rows[0].cells[1]
    country, motto = written(cell)
    assert country.text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert letters(country) in {(12, True, False), (13, True, False)}
    assert motto.text == "Độc lập - Tự do - Hạnh phúc"
    assert letters(motto) in {(13, True, False), (14, True, False)}
    assert {layout(line, "alignment") for line in (country, motto)} == {CENTER}
    (rule,) = rule_mm(cell, 97)
    assert rule == pytest.approx(63, abs=0.5)  # as wide as the motto at 14 pt


def test_issuing_body_below_the_body_above_it(report: Doc) -> None:
    cell = report.tables[0].rows[0].cells[0]
    above, body = written(cell)
    assert (above.text, body.text) == ("UBND TỈNH THỪA THIÊN HUẾ", "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI")
    assert letters(above) in {(12, False, False), (13, False, False)}
    assert letters(body) in {(12, True, False), (13, True, False)}
    (rule,) = rule_mm(cell, 68)
    assert 68 / 3 <= rule <= 68 / 2


def test_number_place_and_date(report: Doc) -> None:
    number, place = (written(cell)[0] for cell in report.tables[0].rows[1].cells)
    assert re.fullmatch(r"Số:\s+/BC-SLĐTBXH", number.text)
    assert letters(number) == (13, False, False)
    assert re.fullmatch(r"Thừa Thiên Huế, ngày\s+tháng\s+năm 2020", place.text)
    assert letters(place) in {(13, False, True), (14, False, True)}


def test_type_and_subject_with_a_rule_below(report: Doc) -> None:
    titles = [line for line in report.paragraphs if line.style and line.style.name == "Title" and line.text][:2]
    assert titles[0].text == "BÁO CÁO"
    for line in titles:
        assert letters(line) in {(13, True, False), (14, True, False)}
        assert layout(line, "alignment") == CENTER
    (rule,) = rule_mm(report, TEXT_MM)
    assert TEXT_MM / 3 <= rule <= TEXT_MM / 2


def test_bases_are_italic_lines_of_their_own(report: Doc) -> None:
    bases = [line for line in report.paragraphs if line.text.startswith("Căn cứ ")]
    assert [line.text[-1] for line in bases] == [";", "."]
    for line in bases:
        assert letters(line) in {(13, False, True), (14, False, True)}


def test_body_is_justified_indented_and_spaced(report: Doc) -> None:
    body = [line for line in report.paragraphs if line.style and line.style.name == "Body Text" and line.text]
    assert len(body) > 20
    for line in body:
        assert letters(line)[0] in {13, 14}
        assert layout(line, "alignment") == JUSTIFY
        assert 10 <= layout(line, "first_line_indent").mm <= 12.7 + 0.01
        assert layout(line, "space_after").pt >= 6
        assert 1.0 <= layout(line, "line_spacing") <= 1.5


def test_sections_are_capitals_and_points_are_not(report: Doc) -> None:
    sections = [line for line in report.paragraphs if line.style and line.style.name == "Heading 1"]
    points = [line for line in report.paragraphs if line.style and line.style.name == "Heading 2"]
    assert all(re.fullmatch(r"[IVX]+\. .+", line.text) and line.text.isupper() for line in sections)
    assert all(re.fullmatch(r"\d+\. .+", line.text) and not line.text.isupper() for line in points)
    for line in (*sections, *points):
        assert letters(line) == (14, True, False)
        assert layout(line, "keep_with_next")


def test_signature_in_bold_capitals_and_the_name_left_open(report: Doc) -> None:
    signed = written(report.tables[-2].rows[0].cells[1])
    assert [line.text for line in signed] == ["GIÁM ĐỐC"]
    assert letters(signed[0]) in {(13, True, False), (14, True, False)}
    assert layout(signed[0], "alignment") == CENTER


def test_recipients(report: Doc) -> None:
    label, *names = written(report.tables[-2].rows[0].cells[0])
    assert (label.text, letters(label)) == ("Nơi nhận:", (12, True, True))
    assert all(line.text.startswith("- ") for line in names)
    assert [line.text[-1] for line in names] == [*";" * (len(names) - 1), "."]
    assert names[-1].text.startswith("- Lưu: VT")
    assert {letters(line) for line in names} == {(11, False, False)}


def test_the_last_sentence_ends_with_the_mark_of_the_end(report: Doc) -> None:
    closing = next(line for line in report.paragraphs if line.text.startswith("Trên đây là báo cáo"))
    assert closing.text.endswith("./.")
    assert sum(line.text.endswith("./.") for line in report.paragraphs) == 1
    assert layout(closing, "keep_with_next")


def test_the_annex_begins_a_page_and_names_its_report(report: Doc) -> None:
    annex = next(line for line in report.paragraphs if line.text == "PHỤ LỤC")
    assert annex.paragraph_format.page_break_before
    assert letters(annex) == (14, True, False)
    source = next(line for line in report.paragraphs if line.text.startswith("(Kèm theo Báo cáo số"))
    assert letters(source) == (14, False, True)
    assert layout(source, "alignment") == CENTER


@pytest.mark.parametrize("summary", [periodic(), branch(), EDGES["bare"]()], ids=["periodic", "branch", "bare"])
def test_blocks_stand_in_the_order_of_the_decree(summary: Any) -> None:
    content = draft(summary)
    found = order(Document(BytesIO(to_docx(summary))))
    wanted = [
        "table: CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        content.type,
        content.subject,
        *content.basis,
        content.introduction,
        content.closing,
        f"table: {content.signature[0]}",
        *([content.appendix.title, content.appendix.subject, content.appendix.source] if content.appendix else []),
    ]
    places = [found.index(text) for text in wanted]
    assert places == sorted(places)
    assert places[:3] == [0, 1, 2]
    head = [*content.basis, content.introduction]
    assert found[3 : 3 + len(head)] == head
    assert places[-1] == len(found) - 1 or content.appendix


def test_charts_are_pictures_with_words_for_those_who_do_not_see_them(report: Doc) -> None:
    captions = [line.text for line in report.paragraphs if line.text.startswith("Biểu đồ ")]
    assert [text.split(".")[0] for text in captions] == [f"Biểu đồ {n}" for n in range(1, len(captions) + 1)]
    drawn = list(report.element.body.iter(qn("wp:docPr")))
    assert len(drawn) == len(captions) >= 3
    for words in drawn:
        assert len(words.get("descr")) > 20
        assert words.get("title")
    for extent in report.element.body.iter(qn("wp:extent")):
        assert int(extent.get("cx")) / 36000 <= TEXT_MM


def test_rows_stay_whole_heads_repeat_and_totals_stay_with_the_last_row(report: Doc) -> None:
    grids = [table for table in report.tables if table.style and table.style.name == "Table Grid"]
    assert len(grids) > 5
    for grid in grids:
        for row in grid.rows:
            assert row._tr.find(f"./{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
        assert grid.rows[0]._tr.find(f"./{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        total = grid.rows[-1].cells[0].text in {"", "Cộng"} or grid.rows[-1].cells[1].text == "Cộng"
        kept = [all(layout(line, "keep_with_next") for line in row.cells[0].paragraphs) for row in grid.rows]
        assert kept[0]
        assert kept[-2 if total and len(kept) > 2 else -1]
