"""The sheets that count: by requirement, unit and branch, by how long things are overdue, and the ranking."""

from collections.abc import Iterator

from models.summary import Summary
from models.tally import RequirementTally, Tally
from reports.results import done
from reports.sheet import A3, Sheet, Value, columns_of
from rules.calendar import last_day
from rules.ranking import ranked
from rules.words import KINDS, LEVELS

AGES = columns_of(
    ("Quá hạn từ 1 đến 30 ngày", 10, "number"), ("Quá hạn từ 31 đến 90 ngày", 10, "number"),
    ("Quá hạn từ 91 đến 120 ngày", 10, "number"), ("Quá hạn trên 120 ngày", 10, "number"),
)  # fmt: skip
FIGURES = columns_of(
    ("Được giao", 9, "number"), ("Không áp dụng", 9, "number"), ("Được miễn", 9, "number"), ("Đã rút", 9, "number"),
    ("Chưa phát sinh", 9, "number"), ("Phải thực hiện", 9, "number"), ("Đã hoàn thành", 9, "number"),
    ("Đến hạn", 9, "number"), ("Hoàn thành đúng hạn", 10, "number"), ("Hoàn thành quá hạn", 10, "number"),
    ("Chờ xác nhận", 9, "number"), ("Quá hạn, chưa hoàn thành", 11, "number"), ("Chưa đến hạn", 9, "number"),
    ("Không thời hạn, đã hoàn thành", 12, "number"), ("Không thời hạn, chưa hoàn thành", 12, "number"),
    ("Tạm dừng", 9, "number"), ("Tỷ lệ đúng hạn", 9, "rate"), ("Nhiệm vụ được lùi, giãn", 9, "number"),
    ("Lượt lùi, giãn", 9, "number"), ("Đã chuyển đi", 9, "number"), ("Lượt trả lại", 9, "number"),
    ("Lượt báo cáo cấp trên", 10, "number"),
)  # fmt: skip


def figures(tally: Tally) -> tuple[Value, ...]:
    """The values below `FIGURES`."""
    return (
        tally.obligations, tally.not_applicable, tally.waived, tally.withdrawn, tally.dormant, tally.applicable,
        done(tally), tally.fell_due, tally.on_time, tally.late, tally.waiting, tally.not_done, tally.not_yet_due,
        tally.done_no_deadline, tally.open_no_deadline, tally.suspended, tally.on_time_rate, tally.extended,
        tally.extensions, tally.transferred, tally.returned, tally.escalations,
    )  # fmt: skip


def requirements(sheet: Sheet, summary: Summary) -> None:
    """One row per requirement and level; of a recurring one, per occurrence."""
    columns = columns_of(
        ("Mục", 8, "text"), ("Nội dung", 44, "text"), ("Kỳ", 16, "text"), ("Loại", 11, "text"), ("Cấp", 11, "text"),
        ("Hạn cuối", 12, "date"), ("Thời hạn ghi trong văn bản", 20, "text"),
    )  # fmt: skip
    rows = [
        [
            *_asked(item),
            KINDS[item.kind],
            LEVELS[item.level],
            last_day(item.due) if item.due else None,
            item.due_phrase,
            *figures(item.tally),
        ]
        for item in summary.requirements
    ]
    if rows:
        sheet.write("Theo nhiệm vụ", [*columns, *FIGURES], rows, frozen=2, paper=A3)


def units(sheet: Sheet, summary: Summary) -> None:
    """One row per unit that is there; those that have ended have a sheet of their own, and both add up to the whole."""
    columns = columns_of(("Đơn vị theo dõi", 50, "text"), ("Đơn vị thực hiện", 50, "text"), ("Cấp", 11, "text"))
    if summary.unit_tallies:
        rows = (
            [item.issuer_name, item.name, LEVELS[item.level], *figures(item.tally)] for item in summary.unit_tallies
        )
        sheet.write("Theo đơn vị", [*columns, *FIGURES], rows, frozen=2, paper=A3)


def branches(sheet: Sheet, summary: Summary) -> None:
    """One row per unit directly below, with all that is recorded under it."""
    columns = columns_of(
        ("Đơn vị và cấp dưới", 56, "text"), ("Cấp", 11, "text"), ("Số đơn vị", 9, "number"),
        ("Đơn vị có kết quả", 9, "number"),
    )  # fmt: skip
    rows = [[item.name, LEVELS[item.level], item.units, item.answered, *figures(item.tally)] for item in summary.below]
    if rows:
        sheet.write("Theo đơn vị trực thuộc", [*columns, *FIGURES], rows, frozen=1, paper=A3)


def ageing(sheet: Sheet, summary: Summary) -> None:
    """What is overdue by how long, one row per requirement and level that has any; calendar days."""
    columns = columns_of(
        ("Mục", 8, "text"), ("Nội dung", 60, "text"), ("Kỳ", 16, "text"), ("Cấp", 11, "text"),
        ("Quá hạn, chưa hoàn thành", 11, "number"),
    )  # fmt: skip
    rows = [
        [*_asked(item), LEVELS[item.level], item.tally.not_done, *_ages(item.tally)]
        for item in summary.requirements
        if item.tally.not_done
    ]
    if rows:
        sheet.write("Quá hạn", [*columns, *AGES], rows, frozen=2)


def ranking(sheet: Sheet, summary: Summary) -> None:
    """Units of which something fell due, ranked within their level by the rate on time; the overdue by how long."""
    columns = columns_of(
        ("Cấp", 11, "text"), ("Hạng", 7, "place"), ("Đơn vị", 50, "text"), ("Đơn vị theo dõi", 50, "text"),
        ("Đến hạn", 9, "number"), ("Hoàn thành đúng hạn", 10, "number"), ("Hoàn thành quá hạn", 10, "number"),
        ("Quá hạn, chưa hoàn thành", 11, "number"), ("Tỷ lệ đúng hạn", 9, "rate"),
    )  # fmt: skip
    if any(item.tally.fell_due for item in summary.unit_tallies):
        sheet.write("Xếp hạng", [*columns, *AGES], _ranked(summary), frozen=3)


def _ranked(summary: Summary) -> Iterator[list[Value]]:
    for level in summary.levels:
        for place, unit in ranked(item for item in summary.unit_tallies if item.level is level.level):
            tally = unit.tally
            counts = (tally.fell_due, tally.on_time, tally.late, tally.not_done, tally.on_time_rate)
            yield [LEVELS[unit.level], place, unit.name, unit.issuer_name, *counts, *_ages(tally)]


def _asked(item: RequirementTally) -> tuple[str, str, str | None]:
    """What was asked, and for which of several occurrences."""
    return item.ref, item.title, item.period.label if item.period else None


def _ages(tally: Tally) -> tuple[int, ...]:
    return tally.overdue_30, tally.overdue_90, tally.overdue_120, tally.overdue_longer
