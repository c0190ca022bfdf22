"""A report that crosses a reorganisation shows the units of before in a section of their own."""

import re
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from models.summary import Summary
from reports.as_docx import to_docx
from reports.as_html import to_html
from reports.as_pdf import to_pdf
from reports.as_xlsx import to_xlsx
from reports.draft import Draft, Table
from reports.sheet import HEAD_ROW
from reports.text import draft
from tests.reports.factory import dispatch_908
from tests.reports.reorganised import (
    DAU_TIENG,
    GIO_LINH,
    HUONG_TRA,
    HUONG_VAN,
    KIM_TRA,
    LOC_AN,
    LOC_DIEN,
    NEW_DAU_TIENG,
    OLD_LOC_AN,
    reorganised,
)
from tests.reports.test_text import sentences, strings, table, tables

SECTION = "Đơn vị trước sắp xếp"
DIVIDED = "Được chia; số liệu không phân bổ"


@pytest.fixture(scope="module")
def told() -> Summary:
    return reorganised()


@pytest.fixture(scope="module")
def written(told: Summary) -> Draft:
    return draft(told)


@pytest.fixture(scope="module")
def section(written: Draft) -> Table:
    return table(written, "theo đơn vị trước sắp xếp")


@pytest.mark.parametrize(
    ("name", "counts", "heirs", "note"),
    [
        (LOC_DIEN, ("1", "1", "1"), (LOC_AN,), ""),
        (OLD_LOC_AN, ("2", "1", "1"), (LOC_AN,), ""),
        (DAU_TIENG, ("0", "0", "1"), (NEW_DAU_TIENG,), ""),
        (HUONG_VAN, ("1", "1", "1"), (HUONG_TRA, KIM_TRA), DIVIDED),
        (GIO_LINH, ("0", "0", "1"), ("Chờ phân công lại",), ""),
    ],
)
def test_each_unit_of_before_keeps_its_name_and_counts(
    section: Table, name: str, counts: tuple[str, ...], heirs: tuple[str, ...], note: str
) -> None:
    (row,) = [row for row in section.rows if row[1] == name]
    assert row[2:5] == counts
    assert row[5] == "; ".join(heir.replace("Ủy ban nhân dân", "UBND") for heir in heirs)
    assert row[6] == note


def test_the_sums_are_those_of_the_whole_report(told: Summary, section: Table) -> None:
    kept, done, moved = section.total[2:5]
    assert (kept, done, int(moved)) == ("4", "3", told.overall.transferred)


def test_the_text_says_how_the_two_layouts_go_together(written: Draft) -> None:
    text = sentences(written)
    assert re.search(rf"^\d+\. {SECTION}$", text, re.MULTILINE)
    assert "có 5 đơn vị chuyển giao nhiệm vụ hoặc kết quả cho đơn vị khác" in text
    assert "không cộng thêm" in text
    assert "có 1 đơn vị được chia cho nhiều đơn vị; số liệu không phân bổ" in text


def test_units_as_they_are_now_stand_in_the_main_tables(written: Draft) -> None:
    names = {row[1] for row in table(written, "trực thuộc").rows}
    assert {LOC_AN, NEW_DAU_TIENG, HUONG_TRA, KIM_TRA} <= names
    assert not {DAU_TIENG, GIO_LINH} & names


def test_where_nothing_was_divided_no_word_is_said_of_it(told: Summary) -> None:
    merged = tuple(unit for unit in told.former_units if not unit.divided)
    content = draft(told.model_copy(update={"former_units": merged}))
    assert not [text for text in strings(content.model_dump()) if "được chia" in text.lower() or "phân bổ" in text]


def test_a_single_unit_needs_no_sum(told: Summary) -> None:
    content = draft(told.model_copy(update={"former_units": told.former_units[:1]}))
    assert table(content, "theo đơn vị trước sắp xếp").total == ()


def test_where_nobody_was_reorganised_there_is_no_such_section() -> None:
    plain = dispatch_908()
    content = draft(plain)
    assert SECTION not in sentences(content)
    assert not [found for found in tables(content) if found.layout == "former"]
    assert SECTION not in load_workbook(BytesIO(to_xlsx(plain))).sheetnames


def test_all_documents_print_it(told: Summary, section: Table) -> None:
    word = Document(BytesIO(to_docx(told)))
    (grid,) = [grid for grid in word.tables if SECTION in {cell.text for cell in grid.rows[0].cells}]
    assert [tuple(cell.text for cell in row.cells) for row in grid.rows] == [section.head, *section.rows, section.total]
    page = to_html(told).decode()
    assert '<table class="former">' in page
    paper = "".join("".join(page.extract_text() for page in PdfReader(BytesIO(to_pdf(told))).pages).split())
    for words in (SECTION, LOC_DIEN, DIVIDED):
        assert words in page
        assert "".join(words.split()) in paper.replace("\u200b", "")


def test_the_workbook_has_real_numbers_and_all_names(told: Summary) -> None:
    sheet = load_workbook(BytesIO(to_xlsx(told)))[SECTION]
    head, *rows = sheet.iter_rows(min_row=HEAD_ROW + 1, values_only=True)
    records = [dict(zip(map(str, head), row, strict=True)) for row in rows]
    found = {record[SECTION]: record for record in records}
    assert len(found) == len(told.former_units)
    divided = found[HUONG_VAN]
    assert (divided["Mã đơn vị"], divided["Cấp"], divided["Ghi chú"]) == ("20011", "Cấp xã", DIVIDED)
    assert (divided["Ghi theo tên cũ"], divided["Trong đó đã hoàn thành"], divided["Đã chuyển đi"]) == (1, 1, 1)
    assert divided["Đơn vị tiếp nhận"] == f"{HUONG_TRA}; {KIM_TRA}"
    assert found[GIO_LINH]["Đơn vị tiếp nhận"] == "Chờ phân công lại"
