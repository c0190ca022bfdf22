"""What was measured against its target; percentages come from added counts (DOMAIN section 4.2)."""

from collections.abc import Sequence
from itertools import groupby

from models.indicator import Comparator, Indicator, IndicatorKind, Trust
from models.summary import IndicatorTally, Summary
from reports.draft import Block, headed, listing, paragraphs
from reports.plain import number
from rules.figures import figure
from rules.words import LEVELS

SIGNS = {
    Comparator.AT_LEAST: "≥",
    Comparator.AT_MOST: "≤",
    Comparator.LESS: "<",
    Comparator.MORE: ">",
    Comparator.EQUAL: "=",
}
_UNVERIFIED = " (*)"


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
    return headed(2, "Kết quả thực hiện chỉ tiêu", [*paragraphs(note), *tables, *mark] if tables else [])


def titled(asks: Indicator) -> str:
    """The title, marked where nobody has read it in its source."""
    return asks.title + (_UNVERIFIED if asks.trust is Trust.MEMORY else "")


def result(item: IndicatorTally) -> str:
    """The result over all units with what it was computed from; `-` where there is none."""
    asks = item.asks
    if asks.kind is IndicatorKind.YES_NO:
        return f"Có: {number(item.yes)}/{number(item.reported)} đơn vị" if item.reported else "-"
    if item.result is None:
        return "-"
    if asks.kind is IndicatorKind.PERCENT and item.numerator is not None and item.denominator is not None:
        whole = f"{_measured(item.result, asks)} ({figure(item.numerator)}/{figure(item.denominator)})"
    else:
        whole = _measured(item.result, asks)
    if item.men is None or item.women is None:
        return whole
    base = f", {number(item.split)}/{number(item.reported)} đơn vị" if item.split < item.reported else ""
    return f"{whole}; nam {figure(item.men)}, nữ {figure(item.women)}{base}"


def target(asks: Indicator) -> str:
    """`≥ 60%`; `-` where there is none."""
    if asks.target is None:
        return "-"
    if asks.kind is IndicatorKind.YES_NO:
        return "Có"
    return f"{SIGNS[asks.comparator]} {_measured(asks.target, asks)}"


def met(item: IndicatorTally) -> str:
    """Whether the whole meets the target, and how many units do by themselves."""
    whole = {True: "Đạt", False: "Chưa đạt", None: ""}[item.met]
    units = ""
    if item.units_met is not None and item.asked > 1 and item.asks.kind is not IndicatorKind.YES_NO:
        units = f"{number(item.units_met)}/{number(item.reported)} đơn vị đạt"
    return "; ".join(filter(None, (whole, units))) or "-"


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


def _measured(value: float, asks: Indicator) -> str:
    unit = asks.unit or ("%" if asks.kind is IndicatorKind.PERCENT else "")
    return f"{figure(value)}%" if unit == "%" else f"{figure(value)} {unit}".strip()
