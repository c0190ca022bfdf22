"""How long what is overdue has been owed (DOMAIN section 3: 1 to 30, 31 to 90, 91 to 120, over 120 days)."""

from collections.abc import Iterator

from models.summary import Summary
from models.tally import Tally
from reports.draft import Block, listing
from reports.plain import number
from rules.words import LEVELS


def ages(tally: Tally) -> Iterator[tuple[str, int]]:
    """Each age in words, and how many are that old."""
    yield "từ 1 đến 30 ngày", tally.overdue_30
    yield "từ 31 đến 90 ngày", tally.overdue_90
    yield "từ 91 đến 120 ngày", tally.overdue_120
    yield "trên 120 ngày", tally.overdue_longer


def by_level(summary: Summary) -> list[Block]:
    """One row per level that owes something; nothing where there is only one, which the sentence tells."""
    owing = [level for level in summary.levels if level.tally.not_done]
    if len(owing) <= 1:
        return []
    head = ("Cấp", "Quá hạn, chưa hoàn thành", *(words.capitalize() for words, _ in ages(summary.overall)))
    rows = [_row(LEVELS[level.level], level.tally) for level in owing]
    return listing(
        "ageing", "Số nhiệm vụ chưa hoàn thành theo thời gian quá hạn", head, rows, _row("Cộng", summary.overall)
    )


def _row(words: str, tally: Tally) -> tuple[str, ...]:
    return (words, number(tally.not_done), *(number(count) for _, count in ages(tally)))
