"""The words of one indicator: what was reached, what was aimed at, and whether it was met (DOMAIN section 4.2)."""

from models.indicator import Comparator, Indicator, IndicatorKind, Trust
from models.summary import IndicatorTally
from reports.plain import number
from rules.figures import figure

SIGNS = {
    Comparator.AT_LEAST: "≥",
    Comparator.AT_MOST: "≤",
    Comparator.LESS: "<",
    Comparator.MORE: ">",
    Comparator.EQUAL: "=",
}
_UNVERIFIED = " (*)"


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
        whole = f"{measured(item.result, asks)} ({figure(item.numerator)}/{figure(item.denominator)})"
    else:
        whole = measured(item.result, asks)
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
    return f"{SIGNS[asks.comparator]} {measured(asks.target, asks)}"


def met(item: IndicatorTally) -> str:
    """Whether the whole meets the target, and how many units do by themselves."""
    whole = {True: "Đạt", False: "Chưa đạt", None: ""}[item.met]
    units = ""
    if item.units_met is not None and item.asked > 1 and item.asks.kind is not IndicatorKind.YES_NO:
        units = f"{number(item.units_met)}/{number(item.reported)} đơn vị đạt"
    return "; ".join(filter(None, (whole, units))) or "-"


def measured(value: float, asks: Indicator) -> str:
    """A figure of an indicator with its unit: `66,7%`, `1.200 lượt người`."""
    unit = asks.unit or ("%" if asks.kind is IndicatorKind.PERCENT else "")
    return f"{figure(value)}%" if unit == "%" else f"{figure(value)} {unit}".strip()
