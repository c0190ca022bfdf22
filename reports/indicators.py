"""What was measured against its target; percentages come from added counts (DOMAIN section 4.2)."""

from collections.abc import Sequence
from itertools import groupby

from models.indicator import Trust
from models.summary import IndicatorTally, Summary
from reports.draft import Block, headed, listing, paragraphs
from reports.measured import met, result, target, titled
from reports.pictures import picture
from reports.plain import number
from rules.words import LEVELS


def indicators(summary: Summary) -> list[Block]:
    """One table per requirement, level and period."""
    note = (
        "Số liệu chung được cộng từ số liệu đã xác nhận của các đơn vị; tỷ lệ được tính từ tổng tử số và tổng mẫu số. "
        "Số không cộng được giữa các đơn vị thì chỉ nêu số đơn vị đạt mục tiêu."
    )
    head = ("Mã", "Chỉ tiêu", "Đơn vị có số liệu", "Kết quả", "Mục tiêu", "Mức đạt")
    tables: list[Block] = []
    for _, group in groupby(summary.indicators, key=lambda item: (item.key, item.level)):
        items = list(group)
        first = items[0]
        period = f", {first.period.label}" if first.period else ""
        caption = f"Chỉ tiêu: {first.title}{period} ({LEVELS[first.level].lower()})"
        tables += listing("indicators", caption, head, _rows(items))
    unverified = any(item.asks.trust is Trust.MEMORY for item in summary.indicators)
    mark = paragraphs("(*) Chỉ tiêu chưa đối chiếu với văn bản gốc." if unverified else "")
    shown = picture(summary, "indicators")
    return headed(2, "Kết quả thực hiện chỉ tiêu", [*paragraphs(note), *tables, *mark, *shown] if tables else [])


def _rows(items: Sequence[IndicatorTally]) -> list[tuple[str, ...]]:
    parts = {key for item in items for key in item.asks.parts}
    return [
        (
            item.asks.code,
            f"Trong đó: {titled(item.asks)}" if item.indicator in parts else titled(item.asks),
            f"{number(item.reported)}/{number(item.asked)}",
            result(item),
            target(item.asks),
            met(item),
        )
        for item in items
    ]
