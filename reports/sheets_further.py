"""The sheets that a workbook has only where there is something to say: one per kind of answer, and the remarks."""

from collections.abc import Sequence

from models.indicator import Trust
from models.obligation import Outcome
from models.recommendation import OBSTACLE, Recommendation
from models.register import ObligationLine
from models.summary import Summary
from reports.former import note, taking_over
from reports.measured import SIGNS, met, titled
from reports.sheet import A3, A4, Cell, Column, Sheet, Value, columns_of
from reports.sheets_tallies import FIGURES, figures
from rules.calendar import last_day, local_day
from rules.delay import in_days, whole_days
from rules.words import HANDS, LEVELS, OUTCOMES, RECOMMENDATIONS

Rows = list[list[Value | Cell]]


def consultations(sheet: Sheet, summary: Summary) -> None:
    columns = columns_of(
        ("Mục", 8, "text"), ("Nội dung lấy ý kiến", 50, "text"), ("Được lấy ý kiến", 10, "number"),
        ("Có ý kiến", 10, "number"), ("Không góp ý", 10, "number"), ("Chưa góp ý", 10, "number"),
        ("Tiếp thu", 10, "number"), ("Giải trình", 10, "number"), ("Chưa xử lý", 10, "number"),
        ("Đơn vị chưa góp ý", 60, "text"),
    )  # fmt: skip
    rows: Rows = [
        [
            item.ref,
            item.title,
            item.asked,
            item.commented,
            item.no_comment,
            item.silent,
            item.outcomes.get(Outcome.TAKEN_ON_BOARD, 0),
            item.outcomes.get(Outcome.EXPLAINED, 0),
            item.undecided,
            "; ".join(item.silent_units),
        ]
        for item in summary.consultations
    ]
    _write(sheet, "Góp ý", columns, rows)


def proposals(sheet: Sheet, summary: Summary) -> None:
    decided = [outcome for outcome in Outcome if any(outcome in item.outcomes for item in summary.proposals)]
    columns = columns_of(
        ("Mục", 8, "text"), ("Nội dung", 50, "text"), ("Đề xuất", 10, "number"),
        *((OUTCOMES[outcome], 12, "number") for outcome in decided), ("Chưa xử lý", 10, "number"),
    )  # fmt: skip
    rows: Rows = [
        [
            item.ref,
            item.title,
            item.proposed,
            *(item.outcomes.get(outcome, 0) for outcome in decided),
            item.undecided,
        ]
        for item in summary.proposals
    ]
    _write(sheet, "Đề xuất", columns, rows)


def selected(sheet: Sheet, summary: Summary) -> None:
    columns = columns_of(
        ("Đơn vị lựa chọn", 44, "text"), ("Mã đơn vị", 14, "text"), ("Đơn vị được chọn", 44, "text"),
        ("Mô hình", 44, "text"), ("Nhân rộng từ", 44, "text"),
    )  # fmt: skip
    rows: Rows = [[item.selected_by, item.unit, item.name, item.choice, item.origin] for item in summary.selected]
    _write(sheet, "Thí điểm", columns, rows)


def events(sheet: Sheet, summary: Summary) -> None:
    columns = columns_of(
        ("Sự kiện", 50, "text"), ("Ngày tổ chức", 12, "date"), ("Địa điểm", 36, "text"),
        ("Đơn vị tổ chức", 60, "text"), ("Nam", 8, "number"), ("Nữ", 8, "number"), ("Tổng số người", 10, "number"),
        ("Số báo cáo", 9, "number"),
    )  # fmt: skip
    rows: Rows = [
        [
            item.name,
            item.date,
            item.place,
            "; ".join(item.hosts),
            item.men,
            item.women,
            item.total,
            len(item.obligations),
        ]
        for item in summary.events
    ]
    _write(sheet, "Sự kiện", columns, rows)


def indicators(sheet: Sheet, summary: Summary) -> None:
    columns = columns_of(
        ("Nội dung", 40, "text"), ("Kỳ", 16, "text"), ("Cấp", 11, "text"), ("Mã", 8, "text"), ("Chỉ tiêu", 50, "text"),
        ("Đơn vị tính", 14, "text"), ("Được giao", 9, "number"), ("Có số liệu", 9, "number"),
        ("Tử số", 12, "decimal"), ("Mẫu số", 12, "decimal"), ("Nam", 10, "decimal"), ("Nữ", 10, "decimal"),
        ("Có (đơn vị)", 9, "number"), ("Kết quả", 12, "decimal"), ("So sánh", 8, "text"), ("Mục tiêu", 10, "decimal"),
        ("Mức đạt", 26, "text"), ("Đối chiếu văn bản gốc", 14, "text"),
    )  # fmt: skip
    rows: Rows = [
        [
            item.title,
            item.period.label if item.period else None,
            LEVELS[item.level],
            item.asks.code,
            titled(item.asks),
            item.asks.unit,
            item.asked,
            item.reported,
            item.numerator,
            item.denominator,
            item.men,
            item.women,
            item.yes,
            item.result,
            SIGNS[item.asks.comparator] if item.asks.target is not None else None,
            item.asks.target,
            met(item),
            "Chưa" if item.asks.trust is Trust.MEMORY else "Đã đối chiếu",
        ]
        for item in summary.indicators
    ]
    _write(sheet, "Chỉ tiêu", columns, rows)


def recommendations(sheet: Sheet, summary: Summary) -> None:
    """One row per recommendation, whatever its group, and per obstacle."""
    lines = {line.key: line for line in (*summary.lines, *summary.coordinating)}
    names = {line.unit: line.unit_name for line in lines.values()}
    columns = columns_of(
        ("Đơn vị gửi", 40, "text"), ("Người kiến nghị", 24, "text"), ("Nhóm nội dung", 28, "text"),
        ("Kiến nghị", 60, "text"), ("Ngày tiếp nhận", 12, "date"), ("Tình trạng", 20, "text"),
        ("Ngày xử lý", 12, "date"), ("Cơ quan được chuyển", 36, "text"), ("Hạn trả lời", 12, "date"),
        ("Nội dung trả lời", 60, "text"),
    )  # fmt: skip
    rows: Rows = []
    for item in summary.recommendations:
        line = lines.get(item.obligation)
        rows.append(
            [
                line.unit_name if line else item.unit,
                item.by,
                _group(item, line),
                item.text,
                local_day(item.raised_at),
                RECOMMENDATIONS[item.status],
                local_day(item.handled_at) if item.handled_at else None,
                names.get(item.body, item.body),
                item.reply_by,
                item.words,
            ]
        )
    _write(sheet, "Kiến nghị", columns, rows)


def _group(item: Recommendation, line: ObligationLine | None) -> str:
    if item.group == OBSTACLE:
        return "Khó khăn, vướng mắc"
    return line.groups.get(item.group, item.group) if line else item.group


def delays(sheet: Sheet, summary: Summary) -> None:
    """One row per late obligation, its time in days by who held it."""
    columns = columns_of(
        ("Đơn vị thực hiện", 40, "text"), ("Cấp", 11, "text"), ("Mục", 8, "text"), ("Nội dung", 50, "text"),
        ("Kỳ", 16, "text"), ("Ngày phát sinh", 12, "date"), ("Tính đến ngày", 12, "date"),
        ("Ngày làm việc chậm", 10, "number"), ("Ngày làm việc chậm so với hạn ban đầu", 12, "number"),
        ("Tổng số ngày", 10, "decimal"), *((words, 12, "decimal") for words in HANDS.values()),
    )  # fmt: skip
    rows: Rows = []
    for item in summary.delays.items:
        days = in_days(item.held)
        rows.append(
            [
                item.unit_name,
                LEVELS[item.level],
                item.ref,
                item.title,
                item.period,
                local_day(item.begun),
                last_day(item.held.until),
                item.late_days,
                item.first_late_days,
                whole_days(item.held),
                *(days.get(name, 0) for name in HANDS),
            ]
        )
    _write(sheet, "Nguyên nhân chậm", columns, rows)


def former(sheet: Sheet, summary: Summary) -> None:
    """One row per unit that has ended, its counts as they were left."""
    columns = columns_of(
        ("Mã đơn vị", 18, "text"), ("Đơn vị trước sắp xếp", 50, "text"), ("Cấp", 11, "text"),
        ("Đơn vị tiếp nhận", 60, "text"), ("Chờ phân công lại", 10, "number"), ("Ghi chú", 34, "text"),
    )  # fmt: skip
    rows: Rows = [
        [
            item.code,
            item.name,
            LEVELS[item.level],
            taking_over(item),
            item.waiting,
            note(item),
            *figures(item.tally),
        ]
        for item in summary.former_units
    ]
    _write(sheet, "Đơn vị trước sắp xếp", [*columns, *FIGURES], rows, paper=A3)


def remarks(sheet: Sheet, summary: Summary) -> None:
    columns = columns_of(("TT", 6, "place"), ("Nhận xét", 140, "text"))
    _write(sheet, "Chất lượng số liệu", columns, [[place, text] for place, text in enumerate(summary.remarks, 1)])


def _write(sheet: Sheet, name: str, columns: Sequence[Column], rows: Rows, *, paper: int = A4) -> None:
    if rows:
        sheet.write(name, columns, rows, frozen=1, paper=paper)
