"""What stands on each sheet of the workbook."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from models.register import ObligationLine
from models.summary import Summary
from models.tally import RequirementTally, Tally
from reports.citation import kept
from reports.findings import named_units
from reports.marks import MARKS, mark
from reports.results import done
from reports.sheet import A3, HEAD_ROW, Cell, Column, Sheet, Value
from rules.calendar import last_day, local_day
from rules.standing import state_words
from rules.words import KINDS, LEVELS, OUTCOMES, TIMELINESS, capital

_LONGEST_HEAD = 70
FIGURES = tuple(
    Column(head=head, width=width, kind=kind)
    for head, width, kind in (
        ("Được giao", 9, "number"),
        ("Không áp dụng", 9, "number"),
        ("Được miễn", 9, "number"),
        ("Đã rút", 9, "number"),
        ("Chưa phát sinh", 9, "number"),
        ("Phải thực hiện", 9, "number"),
        ("Đã hoàn thành", 9, "number"),
        ("Đến hạn", 9, "number"),
        ("Hoàn thành đúng hạn", 10, "number"),
        ("Hoàn thành quá hạn", 10, "number"),
        ("Chờ xác nhận", 9, "number"),
        ("Quá hạn, chưa hoàn thành", 11, "number"),
        ("Chưa đến hạn", 9, "number"),
        ("Không thời hạn, đã hoàn thành", 12, "number"),
        ("Không thời hạn, chưa hoàn thành", 12, "number"),
        ("Tạm dừng", 9, "number"),
        ("Tỷ lệ đúng hạn", 9, "rate"),
        ("Nhiệm vụ được lùi, giãn", 9, "number"),
        ("Lượt lùi, giãn", 9, "number"),
        ("Đã chuyển đi", 9, "number"),
        ("Lượt trả lại", 9, "number"),
        ("Lượt báo cáo cấp trên", 10, "number"),
    )
)


def register(sheet: Sheet, summary: Summary) -> None:
    """One row per obligation, coordinating units last; days are days in Vietnam, a due day is the last day in time."""
    columns = [
        Column(head=head, width=width, kind=kind)
        for head, width, kind in (
            ("TT", 5, "number"),
            ("Đơn vị theo dõi", 25, "text"),
            ("Đơn vị thực hiện", 25, "text"),
            ("Vai trò", 9, "text"),
            ("Cấp", 10, "text"),
            ("Mục", 8, "text"),
            ("Nội dung", 35, "text"),
            ("Kỳ", 14, "text"),
            ("Loại", 11, "text"),
            ("Tình trạng", 16, "text"),
            ("Thời hạn", 14, "text"),
            ("Hạn cuối", 11, "date"),
            ("Hạn ban đầu", 11, "date"),
            ("Số lần lùi, giãn", 8, "number"),
            ("Thời hạn ghi trong văn bản", 17, "text"),
            ("Ngày giao", 11, "date"),
            ("Ngày tiếp nhận", 11, "date"),
            ("Số lần nộp", 8, "number"),
            ("Ngày nộp", 11, "date"),
            ("Ngày xác nhận, trả lại", 11, "date"),
            ("Số lần trả lại", 8, "number"),
            ("Số lần báo cáo cấp trên", 10, "number"),
            ("Văn bản", 16, "text"),
            ("Ngày văn bản", 11, "date"),
            ("Hình thức", 18, "text"),
            ("Sự kiện", 25, "text"),
            ("Ngày tổ chức", 11, "date"),
            ("Nam", 8, "number"),
            ("Nữ", 8, "number"),
            ("Tổng số người", 9, "number"),
            ("Tóm tắt kết quả", 25, "text"),
            ("Ý kiến xác nhận", 25, "text"),
            ("Kết quả xử lý", 14, "text"),
            ("Số tệp", 7, "number"),
            ("Lý do điều chỉnh", 25, "text"),
            ("Chuyển cho", 25, "text"),
            ("Tiếp nhận từ", 25, "text"),
        )
    ]
    lines = (*summary.lines, *summary.coordinating)
    names = {line.unit: line.unit_name for line in lines}
    rows = [_register_row(place, line, names) for place, line in enumerate(lines, 1)]
    sheet.write("Sổ theo dõi", columns, rows, frozen=3, paper=A3)


def _register_row(place: int, line: ObligationLine, names: Mapping[str, str]) -> list[Value | Cell]:
    document = line.document
    return [
        place,
        line.issuer_name,
        line.unit_name,
        "Phối hợp" if line.coordinating else "Chủ trì",
        LEVELS[line.level],
        line.ref,
        line.title,
        line.period.label if line.period else None,
        KINDS[line.kind],
        state_words(line),
        TIMELINESS[line.timeliness],
        last_day(line.due) if line.due else None,
        last_day(line.original_due or line.due) if line.due else None,
        line.extensions,
        line.due_phrase,
        _day(line.opened_at),
        _day(line.acknowledged_at),
        line.submissions,
        _day(line.submitted_at),
        _day(line.decided_at),
        line.returned,
        line.escalations,
        (document.normal or document.number) if document else None,
        document.date if document else None,
        line.choices.get(line.choice, line.choice),
        line.held.name if line.held else None,
        line.held.date if line.held else None,
        line.men,
        line.women,
        line.total,
        line.note,
        line.comment,
        OUTCOMES[line.outcome] if line.outcome else None,
        len(line.files),
        line.reason,
        _named(line.moved_to, names),
        _named((item.unit for item in line.inherited), names),
    ]


def _named(units: Iterable[str], names: Mapping[str, str]) -> str:
    return "; ".join(names.get(unit, unit) for unit in units)


def matrix(sheet: Sheet, summary: Summary) -> None:
    """Units x requirements, one coloured mark per obligation; the legend follows below."""
    heads = {item.key: _head(item) for item in summary.requirements}
    columns = [
        Column(head="Đơn vị theo dõi", width=56),
        Column(head="Đơn vị thực hiện", width=50),
        *(Column(head=_cut(head), width=6, kind="mark") for head in heads.values()),
    ]
    rows = []
    for name, lines in named_units(summary, summary.lines):
        cells = {line.requirement: mark(line) for line in lines}
        marks = [cells.get(key) for key in heads]
        rows.append(
            [
                lines[0].issuer_name,
                name,
                *(Cell(value=item.short, ground=item.ground, ink=item.ink) if item else None for item in marks),
            ]
        )
    page = sheet.write("Ma trận", columns, rows, frozen=2, head_height=190)
    for place, item in enumerate(MARKS, HEAD_ROW + len(rows) + 3):
        page.write_string(place, 1, f"{item.short}: {item.words}")


def requirements(sheet: Sheet, summary: Summary) -> None:
    columns = [
        Column(head="Mục", width=8),
        Column(head="Nội dung", width=44),
        Column(head="Kỳ", width=16),
        Column(head="Loại", width=11),
        Column(head="Cấp", width=11),
        Column(head="Hạn cuối", width=12, kind="date"),
        Column(head="Thời hạn ghi trong văn bản", width=20),
        *FIGURES,
    ]
    rows = [
        [
            item.ref,
            item.title,
            item.period.label if item.period else None,
            KINDS[item.kind],
            LEVELS[item.level],
            last_day(item.due) if item.due else None,
            item.due_phrase,
            *figures(item.tally),
        ]
        for item in summary.requirements
    ]
    sheet.write("Theo nhiệm vụ", columns, rows, frozen=2)


def units(sheet: Sheet, summary: Summary) -> None:
    """One row per unit that is there; those that have ended have a sheet of their own, and both add up to the whole."""
    columns = [
        Column(head="Đơn vị theo dõi", width=56),
        Column(head="Đơn vị thực hiện", width=50),
        Column(head="Cấp", width=11),
        *FIGURES,
    ]
    rows = [[item.issuer_name, item.name, LEVELS[item.level], *figures(item.tally)] for item in summary.unit_tallies]
    sheet.write("Theo đơn vị", columns, rows, frozen=2)


def documents(sheet: Sheet, summary: Summary) -> None:
    columns = [
        Column(head="TT", width=6, kind="number"),
        Column(head="Số, ký hiệu", width=22),
        Column(head="Ngày ban hành", width=12, kind="date"),
        Column(head="Trích yếu", width=44),
        Column(head="Cơ quan ban hành", width=34),
        Column(head="Người ký", width=20),
        Column(head="Đơn vị thực hiện", width=38),
        Column(head="Cấp", width=11),
        Column(head="Nội dung thực hiện", width=44),
        Column(head="Ghi chú", width=44),
    ]
    rows = [
        [
            place,
            item.document.normal or item.document.number,
            item.document.date,
            item.document.title,
            item.document.issuer,
            item.document.signer,
            item.unit_name,
            LEVELS[item.level],
            item.requirement_title,
            capital(kept(item)),
        ]
        for place, item in enumerate(summary.documents, 1)
    ]
    sheet.write("Văn bản", columns, rows, frozen=2)


def figures(tally: Tally) -> tuple[Value, ...]:
    """The values below `FIGURES`."""
    return (
        tally.obligations,
        tally.not_applicable,
        tally.waived,
        tally.withdrawn,
        tally.dormant,
        tally.applicable,
        done(tally),
        tally.fell_due,
        tally.on_time,
        tally.late,
        tally.waiting,
        tally.not_done,
        tally.not_yet_due,
        tally.done_no_deadline,
        tally.open_no_deadline,
        tally.suspended,
        tally.on_time_rate,
        tally.extended,
        tally.extensions,
        tally.transferred,
        tally.returned,
        tally.escalations,
    )


def _day(instant: datetime | None) -> date | None:
    return local_day(instant) if instant else None


def _head(item: RequirementTally) -> str:
    return ". ".join(filter(None, (item.ref, item.period.label if item.period else "", item.title)))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_HEAD else f"{text[:_LONGEST_HEAD].rstrip()}…"
