"""What units say in their own words: notes of accepted answers, quoted and attributed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from models.obligation import DONE
from models.register import ObligationLine
from models.summary import Summary
from reports import findings
from reports.debts import item
from reports.draft import Block, headed, paragraphs
from reports.plain import WORKBOOK, number, plain
from rules.rollup_tally import series_of

MOST_QUOTES = 3
"""Quotations per requirement; the workbook has all."""
MOST_IN_ALL = 24
MOST_NAMES = 10
"""Units of one quotation."""
LONGEST_QUOTE = 400
"""Characters: longer notes stay whole in the workbook rather than cut in the document."""


def excerpts(summary: Summary) -> list[Block]:
    """Some notes of each requirement word for word; what several say in the same words stands once."""
    noted = [line for line in summary.lines if line.state in DONE and plain(line.note)]
    quoted = _chosen(noted)
    lines = sum(map(len, quoted))
    more = (
        f"Trích {number(lines)}/{number(len(noted))} nội dung đơn vị thuyết minh; toàn văn tại {WORKBOOK}."
        if 0 < lines < len(noted)
        else ""
    )
    return headed(2, "Nội dung do đơn vị báo cáo (trích nguyên văn)", paragraphs(*map(_quote, quoted), more))


def _chosen(noted: Iterable[ObligationLine]) -> list[list[ObligationLine]]:
    """The first notes of each requirement, each of another unit, by their words."""
    alike: dict[str, list[ObligationLine]] = defaultdict(list)
    for line in noted:
        if len(words := plain(line.note)) <= LONGEST_QUOTE:
            alike[words].append(line)
    chosen: list[list[ObligationLine]] = []
    taken: dict[str, int] = defaultdict(int)
    heard: set[tuple[str, str]] = set()
    for lines in alike.values():
        about = {series_of(line) for line in lines if (series_of(line), line.unit) not in heard}
        if len(chosen) < MOST_IN_ALL and any(taken[series] < MOST_QUOTES for series in about):
            chosen.append(lines)
            heard |= {(series_of(line), line.unit) for line in lines}
            for series in about:
                taken[series] += 1
    return chosen


def _quote(lines: Sequence[ObligationLine]) -> str:
    words = plain(lines[0].note)
    stop = "" if words[-1] in ".!?…" else "."
    if len(lines) == 1:
        return f"{lines[0].unit_name}, về nội dung {_about(lines[0])}: “{words}”{stop}"
    units = [
        f"{group[0].unit_name} ({'; '.join(dict.fromkeys(map(_about, group)))})"
        for group in findings.by_unit(lines).values()
    ]
    more = len(units) - MOST_NAMES
    others = f" và {number(more)} đơn vị khác" if more > 0 else ""
    return f"“{words}” là thuyết minh của {'; '.join(units[:MOST_NAMES])}{others}."


def _about(line: ObligationLine) -> str:
    return item(line) if line.ref else f"“{item(line)}”"
