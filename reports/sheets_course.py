"""The sheets that tell how it came to this: the rate of each period, progress day by day, and the report before."""

from collections.abc import Iterator

from models.summary import Summary
from models.tally import Tally
from reports.results import done
from reports.sheet import Sheet, Value, columns_of
from rules.words import LEVELS


def periods(sheet: Sheet, summary: Summary) -> None:
    """One row per period of which something fell due."""
    columns = columns_of(
        ("Kỳ", 24, "text"), ("Từ ngày", 12, "date"), ("Đến ngày", 12, "date"), ("Nhiệm vụ đến hạn", 12, "number"),
        ("Hoàn thành đúng hạn", 12, "number"), ("Hoàn thành quá hạn", 12, "number"), ("Chưa hoàn thành", 12, "number"),
        ("Tỷ lệ đúng hạn", 10, "rate"),
    )  # fmt: skip
    rows: list[list[Value]] = [
        [
            item.label,
            item.first,
            item.last,
            item.fell_due,
            item.on_time,
            item.late,
            item.fell_due - item.on_time - item.late,
            item.on_time / item.fell_due,
        ]
        for item in summary.rates
        if item.fell_due
    ]
    if rows:
        sheet.write("Theo kỳ", columns, rows, frozen=1)


def progress(sheet: Sheet, summary: Summary) -> None:
    """Day by day, added up from the beginning."""
    columns = columns_of(
        ("Đến hết ngày", 14, "date"), ("Đã đến hạn", 14, "number"), ("Đã nộp kết quả", 14, "number"),
        ("Đã hoàn thành", 14, "number"),
    )  # fmt: skip
    if any(point.due or point.handed_in or point.done for point in summary.progress):
        rows = ((point.day, point.due, point.handed_in, point.done) for point in summary.progress)
        sheet.write("Tiến độ", columns, rows, frozen=1)


def comparison(sheet: Sheet, summary: Summary) -> None:
    """The report before beside this one, of all and by level."""
    if summary.before is None:
        return
    counts = ("Phải thực hiện", "Đã hoàn thành", "Đến hạn", "Hoàn thành đúng hạn", "Quá hạn, chưa hoàn thành")
    columns = columns_of(
        ("Cấp", 14, "text"),
        *((f"{head}, kỳ {when}", 11, "number") for head in counts for when in ("trước", "này")),
        ("Tỷ lệ đúng hạn, kỳ trước", 11, "rate"), ("Tỷ lệ đúng hạn, kỳ này", 11, "rate"),
    )  # fmt: skip
    sheet.write("So sánh", columns, _compared(summary), frozen=1)


def _compared(summary: Summary) -> Iterator[list[Value]]:
    if summary.before is None:
        return
    before = {item.level: item.tally for item in summary.before.levels}
    for item in summary.levels:
        yield [LEVELS[item.level], *_pairs(before.get(item.level, Tally()), item.tally)]
    yield ["Tất cả", *_pairs(summary.before.overall, summary.overall)]


def _pairs(before: Tally, now: Tally) -> Iterator[Value]:
    for then, by_now in zip(_counts(before), _counts(now), strict=True):
        yield from (then, by_now)


def _counts(tally: Tally) -> tuple[Value, ...]:
    return (tally.applicable, done(tally), tally.fell_due, tally.on_time, tally.not_done, tally.on_time_rate)
