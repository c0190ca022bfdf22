"""The sheets that have a row for each obligation, unit or document: the register, the matrix and the documents."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from models.register import ObligationLine
from models.summary import Summary
from models.tally import RequirementTally
from reports.citation import kept
from reports.findings import days_late, named_units
from reports.marks import MARKS, mark
from reports.sheet import A3, Cell, Sheet, Value, columns_of
from rules.calendar import last_day, local_day
from rules.delay import LATE
from rules.standing import state_words
from rules.words import KINDS, LEVELS, OUTCOMES, TIMELINESS, capital

_LONGEST_HEAD = 70


def register(sheet: Sheet, summary: Summary) -> None:
    """One row per obligation, coordinating units last; days are days in Vietnam, a due day is the last day in time."""
    columns = columns_of(
        ("TT", 6, "place"), ("Đơn vị theo dõi", 25, "text"), ("Đơn vị thực hiện", 25, "text"),
        ("Vai trò", 9, "text"), ("Cấp", 10, "text"), ("Mục", 8, "text"), ("Nội dung", 35, "text"),
        ("Kỳ", 14, "text"), ("Loại", 11, "text"), ("Tình trạng", 16, "text"), ("Thời hạn", 14, "text"),
        ("Hạn cuối", 11, "date"), ("Hạn ban đầu", 11, "date"), ("Số ngày quá hạn", 8, "number"),
        ("Số lần lùi, giãn", 8, "number"), ("Thời hạn ghi trong văn bản", 17, "text"), ("Ngày giao", 11, "date"),
        ("Ngày tiếp nhận", 11, "date"), ("Số lần nộp", 8, "number"), ("Ngày nộp", 11, "date"),
        ("Ngày xác nhận, trả lại", 11, "date"), ("Số lần trả lại", 8, "number"),
        ("Số lần báo cáo cấp trên", 10, "number"), ("Văn bản", 16, "text"), ("Ngày văn bản", 11, "date"),
        ("Hình thức", 18, "text"), ("Sự kiện", 25, "text"), ("Ngày tổ chức", 11, "date"), ("Nam", 8, "number"),
        ("Nữ", 8, "number"), ("Tổng số người", 9, "number"), ("Tóm tắt kết quả", 25, "text"),
        ("Ý kiến xác nhận", 25, "text"), ("Kết quả xử lý", 14, "text"), ("Số tệp", 7, "number"),
        ("Lý do điều chỉnh", 25, "text"), ("Chuyển cho", 25, "text"), ("Tiếp nhận từ", 25, "text"),
    )  # fmt: skip
    lines = (*summary.lines, *summary.coordinating)
    names = {line.unit: line.unit_name for line in lines}
    rows = (_register_row(place, line, names, summary.as_of) for place, line in enumerate(lines, 1))
    sheet.write("Sổ theo dõi", columns, rows, frozen=3, paper=A3, pages=2)


def _register_row(place: int, line: ObligationLine, names: Mapping[str, str], at: datetime) -> list[Value]:
    document, due = line.document, last_day(line.due) if line.due else None
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
        due,
        last_day(line.original_due) if due and line.original_due else due,
        days_late(line, at) if line.timeliness in LATE else None,
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
    if not summary.lines:
        return
    heads = {item.key: _head(item) for item in summary.requirements}
    columns = columns_of(
        ("Đơn vị theo dõi", 50, "text"), ("Đơn vị thực hiện", 50, "text"),
        *((_cut(head), 7, "mark") for head in heads.values()),
    )  # fmt: skip
    legend = (Cell(f"{item.short}: {item.words}", item.ground, item.ink) for item in MARKS)
    sheet.write("Ma trận", columns, _matrix_rows(summary, list(heads)), frozen=2, head_height=190, legend=legend)


def _matrix_rows(summary: Summary, keys: Iterable[str]) -> Iterator[list[Value | Cell]]:
    for name, lines in named_units(summary, summary.lines):
        marks = {line.requirement: mark(line) for line in lines}
        found = (marks.get(key) for key in keys)
        cells = (Cell(item.short, item.ground, item.ink) if item else None for item in found)
        yield [lines[0].issuer_name, name, *cells]


def documents(sheet: Sheet, summary: Summary) -> None:
    if not summary.documents:
        return
    columns = columns_of(
        ("TT", 6, "place"), ("Số, ký hiệu", 22, "text"), ("Ngày ban hành", 12, "date"), ("Trích yếu", 44, "text"),
        ("Cơ quan ban hành", 34, "text"), ("Người ký", 20, "text"), ("Đơn vị thực hiện", 38, "text"),
        ("Cấp", 11, "text"), ("Nội dung thực hiện", 44, "text"), ("Ghi chú", 44, "text"),
    )  # fmt: skip
    rows = (
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
    )
    sheet.write("Văn bản", columns, rows, frozen=2)


def _day(instant: datetime | None) -> date | None:
    return local_day(instant) if instant else None


def _head(item: RequirementTally) -> str:
    return ". ".join(filter(None, (item.ref, item.period.label if item.period else "", item.title)))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_HEAD else f"{text[:_LONGEST_HEAD].rstrip()}…"
