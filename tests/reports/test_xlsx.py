"""The workbook holds the whole register with real dates and numbers, and no officer's text acts in it."""

from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from models.obligation import State
from models.reported import Before, BranchTally, PeriodRate, ProgressPoint
from models.tally import Tally
from models.unit import Level
from reports.as_xlsx import to_xlsx
from reports.sheet import HEAD_ROW
from reports.sheets_tallies import AGES
from rules.calendar import last_day
from tests.reports.edges import EDGES, NASTY
from tests.reports.factory import dispatch_908

HEAD = HEAD_ROW + 1
_908 = dispatch_908()
TOLD = _908.model_copy(
    update={
        "below": (
            BranchTally(
                code="b", name="Phòng LĐTBXH huyện Phú Lộc", level=Level.DISTRICT, units=14, answered=12,
                tally=Tally(obligations=4, applicable=4, fell_due=4, on_time=3, late=1),
            ),
        ),
        "progress": (ProgressPoint(day=date(2020, 6, 30), due=4, handed_in=3, done=2),),
        "rates": (
            PeriodRate(
                label="Quý II/2020", first=date(2020, 4, 1), last=date(2020, 6, 30), fell_due=4, on_time=2, late=1
            ),
        ),
        "before": Before(as_of=_908.as_of, units=1, answered_units=1, overall=_908.overall, levels=()),
    }
)  # fmt: skip


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened(to_xlsx(dispatch_908()))


def records(sheet: Worksheet) -> list[dict[str, object]]:
    head, *rows = sheet.iter_rows(min_row=HEAD, values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_only_sheets_with_something_on_them() -> None:
    counted = ["Sổ theo dõi", "Ma trận", "Theo nhiệm vụ", "Theo đơn vị"]
    assert opened(to_xlsx(EDGES["no answers"]())).sheetnames == counted
    assert opened(to_xlsx(EDGES["empty"]())).sheetnames == ["Sổ theo dõi"]
    assert {*counted, "Xếp hạng", "Quá hạn", "Văn bản"} <= set(opened(to_xlsx(dispatch_908())).sheetnames)


def test_branches_periods_progress_and_the_report_before_have_sheets_of_their_own() -> None:
    book = opened(to_xlsx(TOLD))
    (branch,) = records(book["Theo đơn vị trực thuộc"])
    assert (branch["Số đơn vị"], branch["Đơn vị có kết quả"], branch["Tỷ lệ đúng hạn"]) == (14, 12, 0.75)
    (period,) = records(book["Theo kỳ"])
    assert period["Từ ngày"] == datetime(2020, 4, 1)  # noqa: DTZ001 - a day
    assert (period["Chưa hoàn thành"], period["Tỷ lệ đúng hạn"]) == (1, 0.5)
    (point,) = records(book["Tiến độ"])
    assert list(point.values()) == [datetime(2020, 6, 30), 4, 3, 2]  # noqa: DTZ001 - a day
    whole = records(book["So sánh"])[-1]
    assert (whole["Cấp"], whole["Đến hạn, kỳ trước"], whole["Đến hạn, kỳ này"]) == (
        "Tất cả", TOLD.overall.fell_due, TOLD.overall.fell_due
    )  # fmt: skip


def test_units_are_ranked_within_their_level_with_the_age_of_what_they_owe() -> None:
    book = opened(to_xlsx(TOLD))
    rows = records(book["Xếp hạng"])
    for level in {row["Cấp"] for row in rows}:
        rates = [float(str(row["Tỷ lệ đúng hạn"])) for row in rows if row["Cấp"] == level]
        places = [int(str(row["Hạng"])) for row in rows if row["Cấp"] == level]
        assert rates == sorted(rates, reverse=True)
        assert places[0] == 1
        assert places == sorted(places)
    owed = records(book["Quá hạn"])
    assert sum(int(str(row["Quá hạn, chưa hoàn thành"])) for row in owed) == TOLD.overall.not_done
    for row in owed:
        assert sum(int(str(row[age.head])) for age in AGES) == row["Quá hạn, chưa hoàn thành"]


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
        wide = 2 if sheet.title == "Sổ theo dõi" else None
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (wide, 0)
        assert sheet.print_title_rows == f"${HEAD}:${HEAD}"
        assert sheet.print_title_cols == ("$A:$C" if wide else None)
        assert sheet.oddFooter is not None
        assert sheet.oddFooter.center.text == "Trang &P/&N"


def test_titles_have_room_on_paper_as_narrow_as_their_table() -> None:
    for name in ("long names", "conference"):
        for sheet in opened(to_xlsx(EDGES[name]())).worksheets:
            width = sum(
                item.width * ((item.max or 1) - (item.min or 1) + 1) for item in sheet.column_dimensions.values()
            )
            lines = (sheet.row_dimensions[1].height or 0) / 20
            assert len(sheet["A1"].value) * 1.4 <= width * lines


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
