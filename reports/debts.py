"""Tables that name the units behind a shortcoming, so that the body stays a document however many they are."""

from collections.abc import Iterable, Sequence

from models.register import ObligationLine
from models.summary import Summary
from reports import findings
from reports.draft import Block, listing
from reports.plain import WORKBOOK, number
from reports.results import FEW_UNITS
from rules.standing import title

MOST_NAMES = 20
"""Names in one cell; a national register would otherwise fill pages with one row."""


def debts(summary: Summary, lines: Sequence[ObligationLine], caption: str, *, with_days: bool) -> list[Block]:
    """The issuer's own units one by one; those below likewise if they are few, else named by who follows them up."""
    direct = [line for line in lines if line.issuer == summary.issuer.code]
    below = [line for line in lines if line.issuer != summary.issuer.code]
    if findings.units(below) <= FEW_UNITS:
        direct, below = list(lines), []
    named = [
        (group[0].unit_name, number(len(group)), "; ".join(_item(line, summary, with_days=with_days) for line in group))
        for group in findings.by_unit(direct).values()
    ]
    areas = [
        (group[0].issuer_name, f"{number(len(group))}/{number(findings.units(group))}", _names(group))
        for group in findings.by_issuer(below).values()
    ]
    items = "Nội dung (số ngày quá hạn)" if with_days else "Nội dung"
    return [
        *_table(caption, ("TT", "Đơn vị", "Số nhiệm vụ", items), named),
        *_table(
            f"{caption}, theo đơn vị theo dõi",
            ("TT", "Đơn vị theo dõi", "Số nhiệm vụ/ số đơn vị", "Tên đơn vị"),
            areas,
        ),
    ]


def _table(caption: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[Block]:
    return listing("debts", caption, head, [(str(place), *row) for place, row in enumerate(rows, 1)])


def _item(line: ObligationLine, summary: Summary, *, with_days: bool) -> str:
    days = findings.days_late(line, summary.as_of) if with_days else 0
    return f"{item(line)}{f' ({number(days)} ngày)' if days else ''}"


def _names(lines: Sequence[ObligationLine]) -> str:
    return named(group[0].unit_name for group in findings.by_unit(lines).values())


def item(line: ObligationLine) -> str:
    """What one line is about, as short as it is clear: where the document says it, and which period."""
    return f"{line.ref} ({line.period.label})" if line.ref and line.period else line.ref or title(line)


def named(units: Iterable[str]) -> str:
    """Unit names with the abbreviation of People's Committee that official lists use (DOMAIN section 1.3)."""
    names = [name.replace("Ủy ban nhân dân", "UBND") for name in units]
    more = len(names) - MOST_NAMES
    return "; ".join(names[:MOST_NAMES]) + (f" và {number(more)} đơn vị khác (tại {WORKBOOK})" if more > 0 else "")
