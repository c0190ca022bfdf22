"""What units say in their own words: notes of accepted answers, quoted and attributed."""

from models.obligation import DONE
from models.register import ObligationLine
from models.summary import Summary
from reports import findings
from reports.debts import item
from reports.draft import Block, headed, paragraphs
from reports.plain import WORKBOOK, number, plain

MOST_QUOTES = 3
"""Quotations per requirement; the workbook has all."""
MOST_IN_ALL = 24
LONGEST_QUOTE = 400
"""Characters: longer notes stay whole in the workbook rather than cut in the document."""


def excerpts(summary: Summary) -> list[Block]:
    """Some notes of each requirement, each of another unit, word for word."""
    noted = [line for line in summary.lines if line.state in DONE and plain(line.note)]
    quoted = [
        line
        for lines in findings.by_series(line for line in noted if len(plain(line.note)) <= LONGEST_QUOTE).values()
        for line in list({line.unit: line for line in reversed(lines)}.values())[::-1][:MOST_QUOTES]
    ][:MOST_IN_ALL]
    more = (
        f"Trích {number(len(quoted))}/{number(len(noted))} nội dung đơn vị thuyết minh; toàn văn tại {WORKBOOK}."
        if 0 < len(quoted) < len(noted)
        else ""
    )
    return headed(2, "Nội dung do đơn vị báo cáo (trích nguyên văn)", paragraphs(*map(_quote, quoted), more))


def _quote(line: ObligationLine) -> str:
    words = plain(line.note)
    stop = "" if words[-1] in ".!?…" else "."
    return f"{line.unit_name}, về nội dung {_about(line)}: “{words}”{stop}"


def _about(line: ObligationLine) -> str:
    return item(line) if line.ref else f"“{item(line)}”"
