"""What a supervisor's stepping in, and why things are late, look like in the report."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from models.summary import Summary
from reports.as_docx import to_docx
from reports.as_html import to_html
from reports.as_pdf import to_pdf
from reports.as_xlsx import to_xlsx
from reports.draft import Draft
from reports.sheet import HEAD_ROW
from reports.text import draft
from tests.reports.factory import dispatch_908, line, summary
from tests.reports.stepped_in import A_LUOI, NAM_DONG, PHU_LOC, stepped_in
from tests.reports.test_text import sentences, table, tables


@pytest.fixture(scope="module")
def told() -> Summary:
    return stepped_in()


@pytest.fixture(scope="module")
def written(told: Summary) -> Draft:
    return draft(told)


def test_what_was_waived_suspended_transferred_and_put_off_is_counted(told: Summary, written: Draft) -> None:
    tally = told.overall
    assert (tally.obligations, tally.waived, tally.suspended, tally.transferred) == (8, 1, 2, 1)
    assert (tally.extended, tally.extensions, tally.stopped_late) == (1, 1, 1)
    text = sentences(written)
    assert "1 nhiệm vụ được miễn thực hiện" in text
    assert "Có 1 nhiệm vụ được chuyển cho đơn vị khác" in text
    assert "Đã lùi, giãn thời hạn 1 lượt đối với 1 nhiệm vụ." in text
    assert "Có 2 nhiệm vụ đang tạm dừng" in text
    assert "đã quá hạn khi được tạm dừng 1/5 nhiệm vụ" in text


def test_the_official_table_counts_what_stands_still_by_when_it_was_stopped(written: Draft) -> None:
    found = table(written, "Tổng hợp kết quả")
    assert ("Tạm dừng", "1", "1", "0", "2") in found.rows
    assert found.total[-1] == "7"


def test_whoever_heeds_nobody_is_named_in_a_point_of_its_own(written: Draft) -> None:
    assert table(written, "đôn đốc, báo cáo cấp trên nhưng chưa thực hiện").rows[0][1] == A_LUOI
    assert "1 đơn vị chưa thực hiện 1 nhiệm vụ mặc dù đã được đôn đốc" in sentences(written)


def test_what_stands_still_is_nobody_s_debt(written: Draft) -> None:
    names = {row[1] for row in table(written, "Nhiệm vụ quá hạn").rows}
    assert names == {A_LUOI, "UBND xã Lộc An"}


def test_why_it_is_late_is_told_by_level_and_by_unit(told: Summary, written: Draft) -> None:
    text = sentences(written)
    assert "Nguyên nhân chậm" in text
    levels = table(written, "theo cấp và nơi giữ việc")
    assert [row[0] for row in levels.rows] == ["Cấp huyện", "Cấp xã"]
    assert levels.head[-5:] == ("Cấp trên", "Đơn vị", "Lùi, giãn", "Xác nhận", "Tạm dừng")
    units = table(written, "theo đơn vị và nơi giữ việc")
    assert units.rows[0][0] == A_LUOI
    assert {row[0] for row in units.rows} == {A_LUOI, PHU_LOC, "UBND xã Lộc An", "UBND xã Lộc Bổn"}
    for row in (*levels.rows, *units.rows, levels.total):
        whole, *shares = (round(float(cell.replace(".", "").replace(",", ".")) * 10) for cell in row[3:])
        assert sum(shares) == whole
    assert told.delays.overall is not None
    assert told.delays.overall.held.whole == sum(item.held.whole for item in told.delays.items)


def test_a_document_of_a_unit_before_says_so(written: Draft) -> None:
    assert written.appendix is not None
    assert written.appendix.table.rows[-1][3] == (
        f"{NAM_DONG} (tài liệu của đơn vị trước sắp xếp, {PHU_LOC} tiếp nhận)"
    )


def test_where_nothing_is_late_and_nobody_stepped_in_nothing_is_said_of_it() -> None:
    written = draft(summary(line(), final=False))
    text = sentences(written)
    for words in ("Nguyên nhân chậm", "tạm dừng", "lùi, giãn", "được chuyển cho", "mặc dù đã được đôn đốc"):
        assert words not in text
    assert not [found for found in tables(written) if found.layout == "delays"]
    assert "Nguyên nhân chậm" not in sentences(draft(dispatch_908()))


def test_all_forms_have_it(told: Summary) -> None:
    page = to_html(told).decode()
    assert "Nguyên nhân chậm" in page
    assert 'class="suspended"' in page
    assert to_docx(told)
    assert to_pdf(told)
    book = load_workbook(BytesIO(to_xlsx(told)))
    head, *rows = book["Nguyên nhân chậm"].iter_rows(min_row=HEAD_ROW + 1, values_only=True)
    assert len(rows) == len(told.delays.items)
    for row in rows:
        cells = dict(zip(map(str, head), row, strict=True))
        assert sum(round(float(str(cells[name])) * 10) for name in list(cells)[-5:]) == round(
            float(str(cells["Tổng số ngày"])) * 10
        )
    register = book["Sổ theo dõi"]
    head, *rows = register.iter_rows(min_row=HEAD_ROW + 1, values_only=True)
    found = {row[5]: dict(zip(map(str, head), row, strict=True)) for row in rows if row[2] in {NAM_DONG, PHU_LOC}}
    assert found["1a"]["Chuyển cho"] in {PHU_LOC, None}
    assert found["1c"]["Tiếp nhận từ"] == NAM_DONG
