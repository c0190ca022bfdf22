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
        (LOC_DIEN, ("1", "1", "0", "1"), (LOC_AN,), ""),
        (OLD_LOC_AN, ("2", "1", "0", "1"), (LOC_AN,), ""),
        (DAU_TIENG, ("0", "0", "0", "1"), (NEW_DAU_TIENG,), ""),
        (HUONG_VAN, ("1", "1", "0", "1"), (HUONG_TRA, KIM_TRA), DIVIDED),
        (GIO_LINH, ("1", "0", "1", "0"), ("Chờ phân công lại",), ""),
    ],
)
def test_each_unit_of_before_keeps_its_name_and_counts(
    section: Table, name: str, counts: tuple[str, ...], heirs: tuple[str, ...], note: str
) -> None:
    (row,) = [row for row in section.rows if row[1] == name]
    assert row[2:6] == counts
    assert row[6] == "; ".join(heir.replace("Ủy ban nhân dân", "UBND") for heir in heirs)
    assert row[7] == note


def test_units_stand_in_one_place_and_both_add_up_to_the_whole_report(
    told: Summary, written: Draft, section: Table
) -> None:
    assert section.total[2:6] == ("5", "3", "1", "4")
    present = sum(int(row[2]) for row in table(written, "trực thuộc").rows)
    asked_before = sum(unit.tally.applicable for unit in told.former_units)
    assert present + asked_before == told.overall.applicable
    assert not {row[1] for row in section.rows} & {row[1] for row in table(written, "trực thuộc").rows}


def test_the_text_says_how_the_two_layouts_go_together(written: Draft) -> None:
    text = sentences(written)
    assert re.search(rf"^\d+\. {SECTION}$", text, re.MULTILINE)
    assert "giao 3 nội dung công việc cho 4 đơn vị cấp xã và 4 đơn vị trước sắp xếp, tương ứng với 9 nhiệm vụ" in text
    assert "Có 4 nhiệm vụ được chuyển cho đơn vị khác" in text
    assert "có 5 đơn vị kết thúc hoạt động do sắp xếp tổ chức" in text
    assert "bảng kết quả theo đơn vị chỉ nêu các đơn vị hiện nay" in text
    assert "Còn 1 nhiệm vụ chờ phân công lại" in text
    assert "có 1 đơn vị được chia cho nhiều đơn vị; số liệu không phân bổ" in text


def test_units_as_they_are_now_stand_in_the_main_tables(written: Draft) -> None:
    names = {row[1] for row in table(written, "trực thuộc").rows}
    assert {LOC_AN, NEW_DAU_TIENG, HUONG_TRA, KIM_TRA} <= names
    assert not {LOC_DIEN, OLD_LOC_AN, DAU_TIENG, HUONG_VAN, GIO_LINH} & names


def test_a_level_of_which_no_unit_is_left_says_so(written: Draft) -> None:
    levels = {row[1] for row in table(written, "theo cấp").rows}
    assert levels == {"Cấp huyện (đơn vị trước sắp xếp)", "Cấp xã (4 đơn vị)"}


def test_who_took_over_from_units_that_answered_is_not_silent(told: Summary) -> None:
    assert (told.units, told.answered_units) == (4, 3)
    assert told.silent_units == (NEW_DAU_TIENG,)


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
    assert (divided["Được giao"], divided["Đã hoàn thành"], divided["Đã chuyển đi"]) == (1, 1, 1)
    assert divided["Đơn vị tiếp nhận"] == f"{HUONG_TRA}; {KIM_TRA}"
    waits = found[GIO_LINH]
    assert (waits["Đơn vị tiếp nhận"], waits["Chờ phân công lại"]) == ("Chờ phân công lại", 1)


def test_the_register_unit_by_unit_has_those_that_are_there_first_and_counts_once(told: Summary) -> None:
    page = to_html(told).decode()
    assert "8 đơn vị, 9 nhiệm vụ" in page
    assert page.index(f"<td>{KIM_TRA}</td>") < page.index(f"<td>{LOC_DIEN} (trước sắp xếp)</td>")
    matrix = load_workbook(BytesIO(to_xlsx(told)))["Ma trận"]
    names = [str(row[1]) for row in matrix.iter_rows(min_row=HEAD_ROW + 2, max_row=HEAD_ROW + 10, values_only=True)]
    assert [name.endswith(" (trước sắp xếp)") for name in names] == [False] * 4 + [True] * 5
