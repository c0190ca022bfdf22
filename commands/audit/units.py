"""`dondoc audit units`: how units kept their time, across directives and over years."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from sqlalchemy import Engine

from audit.record.read import read_records
from audit.record.units import Days, Kept, UnitRecord
from commands.audit.asked import days
from commands.errors import CommandError, Exit
from models.unit import Level
from reports.plain import percent
from rules.suggestions import did_you_mean
from rules.words import LEVELS

HEAD = (
    "unit",
    "name",
    "level",
    "year",
    "obligations",
    "fell_due",
    "on_time",
    "late",
    "not_done",
    "waiting",
    "on_time_rate",
    "extensions",
    "silent_days",
    "silent_overdue_days",
)
_TITLES = (
    "Đơn vị",
    "Năm",
    "Đến hạn",
    "Đúng hạn",
    "Quá hạn",
    "Chưa nộp",
    "Tỷ lệ",
    "Lùi hạn",
    "Ngày im lặng",
    "quá hạn",
)


def records(engine: Engine, first: str | None, last: str | None, level: str | None) -> list[UnitRecord]:
    """The record of every unit, or of those of a level, in the order of their registers. Raises `CommandError`
    INVALID."""
    if level is not None and level not in list(Level):
        raise CommandError(
            Exit.INVALID, f"--level: no level {level!r}{did_you_mean(level, Level)}; there are {', '.join(Level)}"
        )
    return read_records(engine, datetime.now(UTC), Days(*days(first, last)), Level(level) if level else None)


def rows(found: Sequence[UnitRecord]) -> Iterator[tuple[str | int | float | None, ...]]:
    """A row for each unit and year, after one for all years."""
    for record in found:
        yield _row(record, "", record.overall)
        for year, kept in record.years.items():
            yield _row(record, str(year), kept)


def show_records(found: Sequence[UnitRecord]) -> None:
    """A table: the years of a unit below it where there are several."""
    console = Console()
    if not found:
        console.print("no unit owes anything in these days")
        return
    table = Table(*_TITLES)
    for column in table.columns[1:]:
        column.justify, column.no_wrap = "right", True
    for record in found:
        several = len(record.years) > 1
        year = "" if several else str(next(iter(record.years), ""))
        table.add_row(f"{escape(record.name)} [dim]{record.code}[/dim]", year, *_cells(record.overall))
        for number, kept in record.years.items() if several else ():
            table.add_row("", str(number), *_cells(kept))
    console.print(table)
    console.print(
        f"{len(found)} units. Đến hạn: fell due, of these đúng hạn were in time; the rate is of these counts. Ngày im "
        "lặng: working days on which the unit owed something and gave no sign; quá hạn: those after a due date."
    )


def _cells(kept: Kept) -> tuple[str, ...]:
    counts = kept.tally
    return (
        str(counts.fell_due),
        str(counts.on_time),
        str(counts.late),
        str(counts.not_done),
        percent(counts.on_time, counts.fell_due),
        str(counts.extensions),
        str(kept.silent),
        str(kept.silent_overdue),
    )


def _row(record: UnitRecord, year: str, kept: Kept) -> tuple[str | int | float | None, ...]:
    counts, rate = kept.tally, kept.tally.on_time_rate
    return (
        record.code,
        record.name,
        LEVELS[record.level],
        year,
        counts.obligations,
        counts.fell_due,
        counts.on_time,
        counts.late,
        counts.not_done,
        counts.waiting,
        round(rate, 4) if rate is not None else None,
        counts.extensions,
        kept.silent,
        kept.silent_overdue,
    )
