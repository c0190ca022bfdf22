"""The workbook holds the whole register with real dates and numbers, and no officer's text acts in it."""

from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from models.obligation import State
from reports.as_xlsx import to_xlsx
from reports.sheet import HEAD_ROW
from rules.calendar import last_day
from tests.reports.edges import EDGES, NASTY
from tests.reports.factory import dispatch_908

HEAD = HEAD_ROW + 1


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened(to_xlsx(dispatch_908()))


def records(sheet: Worksheet) -> list[dict[str, object]]:
    head, *rows = sheet.iter_rows(min_row=HEAD, values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_sheets(book: Workbook) -> None:
    always = ["Sổ theo dõi", "Ma trận", "Theo nhiệm vụ", "Theo đơn vị", "Văn bản"]
    assert book.sheetnames == [*always, "Chất lượng số liệu"]
    assert opened(to_xlsx(EDGES["no answers"]())).sheetnames == always


def test_the_register_has_every_obligation_with_real_dates_and_numbers(book: Workbook) -> None:
    summary = dispatch_908()
    rows = records(book["Sổ theo dõi"])
    assert len(rows) == len(summary.lines)
    for row, line in zip(rows, summary.lines, strict=True):
        assert row["Đơn vị thực hiện"] == line.unit_name
        assert row["Số lần nộp"] == line.submissions
        due = row["Hạn cuối"]
        assert (due.date() if isinstance(due, datetime) else due) == (last_day(line.due) if line.due else None)
    assert rows[0]["Ngày giao"] == datetime(2020, 4, 14)  # noqa: DTZ001 - a cell holds a day, without a zone


def test_tallies_are_the_summary_s(book: Workbook) -> None:
    summary = dispatch_908()
    for row, item in zip(records(book["Theo nhiệm vụ"]), summary.requirements, strict=True):
        tally = item.tally
        assert (row["Mục"], row["Đến hạn"], row["Hoàn thành đúng hạn"]) == (item.ref, tally.fell_due, tally.on_time)
        assert row["Tỷ lệ đúng hạn"] == pytest.approx(tally.on_time_rate) if tally.fell_due else row["Mục"] == "2đ"
    units = records(book["Theo đơn vị"])
    assert len(units) == 142
    assert sum(int(str(row["Phải thực hiện"])) for row in units) == summary.overall.applicable
    assert len(records(book["Văn bản"])) == len(summary.documents)


def test_the_matrix_marks_states_in_words_and_colour(book: Workbook) -> None:
    sheet = book["Ma trận"]
    summary = dispatch_908()
    skipped = next(line for line in summary.lines if line.state is State.NOT_APPLICABLE)
    row = next(row for row in sheet.iter_rows(min_row=HEAD + 1) if row[1].value == skipped.unit_name)
    place = next(place for place, cell in enumerate(sheet[HEAD]) if str(cell.value).startswith("4."))
    assert row[place].value == "–"
    late = next(cell for cells in sheet.iter_rows(min_row=HEAD + 1) for cell in cells if cell.value == "HQ")
    assert late.fill.fgColor.rgb == "FFFFE699"


def test_heads_stay_in_sight_on_screen_and_paper(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert str(sheet.freeze_panes).endswith(str(HEAD + 1))
        assert sheet.auto_filter.ref
        assert sheet.auto_filter.ref.startswith(f"A{HEAD}:")
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in {(1, 0), (None, 0)}
        assert sheet.print_title_rows == f"${HEAD}:${HEAD}"


def test_officers_texts_are_strings_and_never_formulas_or_links() -> None:
    content = to_xlsx(EDGES["nasty"]())
    for sheet in opened(content).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n", "d"}, cell.value
                assert cell.hyperlink is None
    values = {cell for row in opened(content)["Sổ theo dõi"].iter_rows(values_only=True) for cell in row}
    assert {NASTY[1], NASTY[5], NASTY[6]} <= values
    with ZipFile(BytesIO(content)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist() if "worksheets/" in name)
