"""The Word document has the layout of Decree 30/2020 (DOMAIN section 1.3) and all of the draft."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Doc
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from reports import write_docx
from reports.as_docx import TEMPLATE, to_docx
from reports.build_template import build
from reports.draft import Picture, Table
from reports.forms import FORMS, TemplateUnfit, forms
from reports.office_template import check_template
from reports.text import draft
from tests.reports.edges import EDGES, NASTY
from tests.reports.factory import dispatch_908
from tests.reports.told import periodic


def opened(content: bytes) -> Doc:
    return Document(BytesIO(content))


@pytest.fixture(scope="module")
def report() -> Doc:
    return opened(to_docx(dispatch_908()))


def style(report: Doc, name: str) -> ParagraphStyle:
    found = report.styles[name]
    assert isinstance(found, ParagraphStyle)
    return found


def test_page_and_margins(report: Doc) -> None:
    section = report.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins if margin is not None] == [20, 20, 30, 15]


def test_page_number_is_centred_on_top_and_hidden_on_the_first_page(report: Doc) -> None:
    section = report.sections[0]
    number = section.header.paragraphs[0]
    assert [mark.text for mark in number._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert {run.font.size.pt for run in number.runs if run.font.size} == {14}
    assert style(report, "Header").paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert section.different_first_page_header_footer
    assert section.first_page_header.is_linked_to_previous or not section.first_page_header.paragraphs[0].text


@pytest.mark.parametrize(
    ("name", "size", "bold"),
    [("Body Text", 14, False), ("Heading 1", 14, True), ("Title", 14, True), ("Recipients", 11, False)],
)
def test_fonts(report: Doc, name: str, size: int, bold: bool) -> None:
    font = style(report, name).font
    assert (font.name, font.size and font.size.pt, bool(font.bold)) == ("Times New Roman", size, bold)


def test_body_is_justified_and_indented(report: Doc) -> None:
    layout = style(report, "Body Text").paragraph_format
    assert layout.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert layout.first_line_indent is not None
    assert layout.space_after is not None
    assert round(layout.first_line_indent.cm, 2) == 1.27
    assert layout.space_after.pt >= 6


def test_words_are_checked_as_vietnamese(report: Doc) -> None:
    assert {language.get(qn("w:val")) for language in report.styles.element.iter(qn("w:lang"))} == {"vi-VN"}


def test_properties_stand_in_the_order_that_word_wants(report: Doc) -> None:
    tables = ["tblStyle", "tblW", "jc", "tblInd", "tblLayout", "tblCellMar", "tblLook"]
    paragraphs = ["pStyle", "keepNext", "pageBreakBefore", "widowControl", "pBdr", "spacing", "ind", "jc", "rPr"]
    for name, order in (("w:tblPr", tables), ("w:pPr", paragraphs)):
        for properties in report.element.body.iter(qn(name)):
            places = [order.index(child.tag.rpartition("}")[2]) for child in properties]
            assert places == sorted(places)


def test_letterhead_has_both_sides(report: Doc) -> None:
    left, right = report.tables[0].rows[0].cells
    assert [text for text in (line.text for line in left.paragraphs) if text] == [
        "UBND TỈNH THỪA THIÊN HUẾ",
        "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI",
    ]
    parent, body = left.paragraphs[0].runs[0], left.paragraphs[1].runs[0]
    assert (bool(parent.bold), bool(body.bold)) == (False, True)
    assert [line.text for line in right.paragraphs[:2]] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    assert [line.runs[0].font.size and line.runs[0].font.size.pt for line in right.paragraphs[:2]] == [13, 14]
    number, place = report.tables[0].rows[1].cells
    assert number.text.endswith("/BC-SLĐTBXH")
    assert place.paragraphs[0].runs[0].italic


def test_blocks_come_in_the_order_of_the_draft(report: Doc) -> None:
    content = draft(dispatch_908())
    paragraphs = [paragraph.text for paragraph in report.paragraphs if paragraph.text]
    assert content.appendix is not None
    assert paragraphs == [
        content.type,
        content.subject,
        *content.basis,
        content.introduction,
        *(block.caption if isinstance(block, Table | Picture) else block.text for block in content.blocks),
        content.closing,
        content.appendix.title,
        content.appendix.subject,
        content.appendix.source,
        content.appendix.remark,
    ]


def test_tables_hold_all_rows_and_repeat_their_head(report: Doc) -> None:
    content = draft(dispatch_908())
    assert content.appendix is not None
    expected = [*(block for block in content.blocks if isinstance(block, Table)), content.appendix.table]
    grids = [table for table in report.tables if table.style and table.style.name == "Table Grid"]
    assert len(grids) == len(expected)
    for grid, table in zip(grids, expected, strict=True):
        found = [tuple(cell.text for cell in row.cells) for row in grid.rows]
        assert found == [table.head, *table.rows, *([table.total] if table.total else [])]
        repeated = [row._tr.find(f"./{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in grid.rows]
        assert repeated == [True] + [False] * (len(found) - 1)


def test_recipients_and_signature_stand_side_by_side(report: Doc) -> None:
    left, right = report.tables[-2].rows[0].cells
    label = left.paragraphs[0]
    assert label.text == "Nơi nhận:"
    assert (label.runs[0].bold, label.runs[0].italic) == (True, True)
    assert label.runs[0].font.size is not None
    assert label.runs[0].font.size.pt == 12
    assert [line.text for line in left.paragraphs[1:]] == list(draft(dispatch_908()).recipients)
    assert right.paragraphs[0].text == "GIÁM ĐỐC"
    assert right.paragraphs[0].runs[0].bold


def test_what_officers_typed_is_printed_and_never_acts() -> None:
    content = to_docx(EDGES["nasty"]())
    cells = [cell.text for table in opened(content).tables for row in table.rows for cell in row.cells]
    for text in (NASTY[0], NASTY[1], NASTY[2], NASTY[3]):
        assert any(text in cell for cell in cells), text
    with ZipFile(BytesIO(content)) as archive:
        assert "<b>" not in archive.read("word/document.xml").decode()


def test_an_office_may_bring_its_own_template(tmp_path: Path) -> None:
    own = Document()
    own.add_paragraph("{{ type }}: {{ subject }}")
    own.save(str(tmp_path / "own.docx"))
    write_docx(EDGES["empty"](), tmp_path / "report.docx", template=tmp_path / "own.docx")
    text = Document(str(tmp_path / "report.docx")).paragraphs[0].text
    assert text.startswith("BÁO CÁO: Sơ kết tình hình thực hiện Công văn số 908/SLĐTBXH-BĐG")


def test_an_office_may_change_ours_and_all_forms_take_it(tmp_path: Path) -> None:
    own = Document(str(TEMPLATE))
    own.sections[0].left_margin = Mm(35)
    own.styles["Body Text"].font.size = Pt(13)
    own.add_paragraph("Người soạn thảo: Phòng Bình đẳng giới ({{ body }})")
    own.save(str(tmp_path / "own.docx"))
    forms(tmp_path / "own.docx")["docx"](periodic(), tmp_path / "report.docx")
    made = Document(str(tmp_path / "report.docx"))
    margin = made.sections[0].left_margin
    assert margin is not None
    assert round(margin.mm) == 35
    assert made.paragraphs[-1].text.endswith("(SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI)")
    assert style(made, "Body Text").font.size == Pt(13)
    assert list(made.element.body.iter(qn("wp:docPr")))
    assert forms() is FORMS


def test_a_subject_longer_than_word_takes_as_a_title_is_cut_there_alone() -> None:
    told = periodic()
    document = told.head.document.model_copy(update={"title": "hướng dẫn " * 60})
    made = opened(to_docx(told.model_copy(update={"head": told.head.model_copy(update={"document": document})})))
    assert len(made.core_properties.title) == 255
    assert made.core_properties.title.endswith("…")
    assert any(len(line.text) > 600 for line in made.paragraphs)


def test_a_template_with_an_unknown_field_is_refused(tmp_path: Path) -> None:
    own = Document()
    own.add_paragraph("{{ subjekt }}")
    own.save(str(tmp_path / "own.docx"))
    with pytest.raises(TemplateUnfit, match=r"own.docx: 'subjekt' is undefined"):
        write_docx(EDGES["empty"](), tmp_path / "report.docx", template=tmp_path / "own.docx")
    assert not (tmp_path / "report.docx").exists()
    with pytest.raises(TemplateUnfit, match="there is no field 'subjekt'"):
        check_template(tmp_path / "own.docx")


def with_body(change: Callable[[bytes], bytes]) -> bytes:
    """Our template with its body written otherwise."""
    packed = BytesIO()
    with ZipFile(TEMPLATE) as ours, ZipFile(packed, "w") as other:
        for name in ours.namelist():
            content = ours.read(name)
            other.writestr(name, change(content) if name == "word/document.xml" else content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no Word document"),
        (b"%PDF-1.7", "no Word document"),
        (with_body(lambda body: body[: len(body) // 2]), "no Word document"),
        (
            with_body(lambda body: body.replace(b"{{ introduction }}", b"{{ introduction")),
            "unknown tag|unexpected|expected",
        ),
    ],
)
def test_what_is_no_template_is_refused_and_named(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "own.docx").write_bytes(content)
    for use in (check_template, lambda own: to_docx(EDGES["empty"](), own)):
        with pytest.raises(TemplateUnfit, match=rf"own.docx: .*({words})"):
            use(tmp_path / "own.docx")


def test_our_own_template_is_fit() -> None:
    check_template(TEMPLATE)


def test_the_committed_template_is_what_its_script_builds() -> None:
    stored, built = Document(str(TEMPLATE)), build()
    assert stored.element.xml == built.element.xml
    assert stored.styles.element.xml == built.styles.element.xml
