"""What can be read back from the PDF, against Decree 30/2020 (DOMAIN section 1.3), and how its pages break."""

import json
from typing import Any

import pytest
from pypdf import PdfReader

from reports.as_pdf import to_pdf
from reports.draft import LAYOUTS, Block, Draft, Heading, Table
from reports.text import draft
from reports.typeset import typeset
from tests.reports.edges import EDGES
from tests.reports.factory import CLOSING
from tests.reports.printed import Line, bold, italic, lines, read
from tests.reports.told import periodic

AGES = (
    "Cấp",
    "Quá hạn, chưa hoàn thành",
    "Từ 1 đến 30 ngày",
    "Từ 31 đến 90 ngày",
    "Từ 91 đến 120 ngày",
    "Trên 120 ngày",
)


@pytest.fixture(scope="module")
def report() -> PdfReader:
    return read(to_pdf(periodic()))


@pytest.fixture(scope="module")
def pages(report: PdfReader) -> list[list[Line]]:
    return [lines(page) for page in report.pages]


def the(found: list[Line], text: str) -> Line:
    return next(line for line in found if text in line.text)


def test_all_pages_are_a4_upright(report: PdfReader) -> None:
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in report.pages} == {(595, 842)}


def test_text_stays_within_the_margins(pages: list[list[Line]]) -> None:
    for found in pages:
        body = found[1:] if found[0].text.isdigit() else found
        assert min(line.left for line in body) >= 29.9
        assert min(line.top for line in body) >= 20
        assert max(line.top for line in body) <= 297 - 20 + 0.1


def test_page_number_is_centred_in_the_top_margin_from_the_second_page(pages: list[list[Line]]) -> None:
    assert not pages[0][0].text.isdigit()
    for number, found in enumerate(pages[1:], 2):
        assert (found[0].text, found[0].size) == (str(number), 14)
        assert found[0].top < 20
        assert found[0].left == pytest.approx(30 + 165 / 2, abs=3)


@pytest.mark.parametrize(
    ("text", "sizes", "is_bold", "is_italic"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", {12, 13}, True, False),
        ("Độc lập - Tự do - Hạnh phúc", {13, 14}, True, False),
        ("Số:", {13}, False, False),
        ("BÁO CÁO", {13, 14}, True, False),
        ("Định kỳ quý III năm 2020", {13, 14}, True, False),
        ("Căn cứ Kế hoạch số 25/KH-UBND", {13, 14}, False, True),
        ("I. TÌNH HÌNH GIAO VÀ TIẾP NHẬN NHIỆM VỤ", {13, 14}, True, False),
        ("giao 11 nội dung công việc", {13, 14}, False, False),
        ("i nhận:", {12}, True, True),  # of "Nơi nhận:": not every font's ơ is read back with its neighbours
        ("- Lưu: VT, BĐG.", {11}, False, False),
    ],
)
def test_letters_of_each_block(report: PdfReader, text: str, sizes: set[int], is_bold: bool, is_italic: bool) -> None:
    """By pieces, because two cells of the letterhead stand on one line."""
    found: list[tuple[float, str]] = []

    def visit(piece: str, _at: Any, _by: Any, font: Any, size: float) -> None:
        if text in " ".join(piece.split()):
            found.append((size, str(font["/BaseFont"])))

    for page in report.pages:
        page.extract_text(visitor_text=visit)
    assert found
    size, font = found[0]
    assert size in sizes
    assert ("Bold" in font, "Italic" in font) == (is_bold, is_italic)


def test_fonts_are_embedded_and_of_the_official_measures(report: PdfReader) -> None:
    for page in report.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(described)
            name = str(described["/FontName"]).partition("+")[2].replace(" ", "")
            assert name.startswith(("TimesNewRoman", "Tinos", "LibertinusSerif"))


def test_it_is_tagged_titled_vietnamese_and_pictures_have_words(report: PdfReader) -> None:
    root = report.root_object
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert str(root["/Lang"]) == "vi-VN"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]
    assert report.metadata is not None
    assert report.metadata.title == draft(periodic()).subject
    figures = [node for node in _nodes(root["/StructTreeRoot"]) if node.get("/S") == "/Figure"]
    assert len(figures) >= 3
    assert all(len(str(node["/Alt"])) > 20 for node in figures)


def _nodes(node: Any) -> Any:
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from _nodes(child)
    elif isinstance(node, dict):
        yield node
        if "/K" in node:
            yield from _nodes(node["/K"])


def check_breaks(content: Draft, pages: list[list[Line]]) -> None:
    """No heading, caption or head of a table ends a page, and no total begins one."""
    headings = {block.text for block in content.blocks if isinstance(block, Heading)}
    captions = {block.caption for block in content.blocks if isinstance(block, Table)}
    heads = {
        word for block in content.blocks if isinstance(block, Table) for cell in block.head for word in cell.split()
    }
    for number, page in enumerate(pages):
        found = page[1 if number else 0 :]
        assert found[-1].text not in headings | captions
        assert not (bold(found[-1]) and set(found[-1].text.split()) <= heads), found[-1]
        rows = [line for line in found if not set(line.text.split()) <= heads]
        assert not rows[0].text.startswith("Cộng "), rows[0]


def test_pages_break_well(pages: list[list[Line]]) -> None:
    check_breaks(draft(periodic()), pages)


def test_pages_break_well_wherever_a_table_happens_to_end() -> None:
    """Tables of 1, 2, 3, ... rows under headings: each ends somewhere else on its page."""
    blocks: list[Block] = [Heading(level=1, text="I. BẢNG")]
    for count in range(1, 29):
        row = ("Cấp xã", *map(str, range(5)))
        blocks.append(Heading(level=2, text=f"{count}. Điểm thứ {count}"))
        blocks.append(Table(layout="ageing", caption=f"Bảng {count}. Tuổi nợ", head=AGES, rows=(row,) * count,
                            total=("Cộng", *map(str, range(5)))))  # fmt: skip
    content = draft(EDGES["empty"]()).model_copy(update={"blocks": tuple(blocks)})
    made = typeset(
        "summary.typ", CLOSING, draft=content.model_dump_json(), layouts=json.dumps(LAYOUTS), pictures=json.dumps({})
    )
    pages = [lines(page) for page in read(made).pages]
    assert len(pages) > 8
    check_breaks(content, pages)
    repeated = [page[1].text for page in pages[1:] if page[1].text.startswith("Quá hạn,")]
    assert len(repeated) >= 3


@pytest.mark.parametrize("name", ["long names", "nasty"])
def test_nothing_leaves_the_page(name: str) -> None:
    for page in read(to_pdf(EDGES[name]())).pages:
        for line in lines(page):
            assert line.left >= 29.9
            assert line.top <= 277.1


def test_signature_and_recipients_stand_on_the_page_of_the_last_sentence(pages: list[list[Line]]) -> None:
    (last,) = [found for found in pages if any("./." in line.text for line in found)]
    assert bold(the(last, "Nơi nhận:"))
    assert italic(the(last, "Nơi nhận:"))
    assert the(last, "GIÁM ĐỐC")
