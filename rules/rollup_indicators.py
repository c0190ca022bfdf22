"""Indicators over all units that were asked: counts are added, percentages computed from them (DOMAIN section 4.2)."""

import math
from collections.abc import Callable, Iterable, Sequence

from models.indicator import Comparator, Figure, Indicator, IndicatorKind
from models.obligation import DONE, NOT_ASKED
from models.register import ObligationLine
from models.summary import IndicatorTally
from rules.rollup_tally import grouped

_HOLDS: dict[Comparator, Callable[[float, float], bool]] = {
    Comparator.AT_LEAST: lambda result, target: result >= target or math.isclose(result, target),
    Comparator.AT_MOST: lambda result, target: result <= target or math.isclose(result, target),
    Comparator.LESS: lambda result, target: result < target and not math.isclose(result, target),
    Comparator.MORE: lambda result, target: result > target and not math.isclose(result, target),
    Comparator.EQUAL: math.isclose,
}
_RATIOS = {"lần", "%", "‰"}


def holds(result: float, comparator: Comparator, target: float) -> bool:
    """Whether a result meets its target; what differs by rounding alone is equal."""
    return _HOLDS[comparator](result, target)


def value_of(figure: Figure) -> float | None:
    """A number as reported, or the sum of its split by sex where only that is given."""
    if figure.value is None and figure.men is not None and figure.women is not None:
        return figure.men + figure.women
    return figure.value


def is_ratio(indicator: Indicator) -> bool:
    """Whether a number is one that cannot be added over units: `lần`, `ca/1.000 phụ nữ`, `bé trai/100 bé gái`."""
    return indicator.kind is IndicatorKind.NUMBER and ("/" in indicator.unit or indicator.unit in _RATIOS)


def complete(indicator: Indicator, figure: Figure) -> bool:
    """Whether a figure says what its indicator asks for."""
    match indicator.kind:
        case IndicatorKind.NUMBER:
            return value_of(figure) is not None
        case IndicatorKind.PERCENT:
            return figure.numerator is not None and figure.denominator is not None
        case IndicatorKind.YES_NO:
            return figure.yes is not None


def indicators(lines: Iterable[ObligationLine]) -> tuple[IndicatorTally, ...]:
    """One tally per requirement, level and indicator, because a higher level consolidates what a lower one reports and
    one period adds to nothing in another. What counts for a unit because a co-host reported it counts there alone."""
    tallies = []
    asking = (line for line in lines if line.indicators and line.state not in NOT_ASKED and not line.shared_from)
    for found in grouped(asking):
        asked = {indicator.key: indicator for line in found for indicator in line.indicators}
        tallies += [_tally(indicator, found) for indicator in asked.values()]
    return tuple(tallies)


def _tally(indicator: Indicator, lines: Sequence[ObligationLine]) -> IndicatorTally:
    first, key = lines[0], indicator.key
    asked = [line for line in lines if any(item.key == key for item in line.indicators)]
    figures = [
        figure
        for line in asked
        if line.state in DONE and (figure := line.figures.get(key)) and complete(indicator, figure)
    ]
    split = [figure for figure in figures if figure.men is not None and figure.women is not None]
    adds_up = len(figures) == 1 or not is_ratio(indicator)
    tally = IndicatorTally(
        key=first.requirement,
        title=first.title,
        period=first.period,
        level=first.level,
        indicator=key,
        asks=indicator,
        asked=len(asked),
        reported=len(figures),
        value=_sum(value_of(figure) for figure in figures) if adds_up else None,
        numerator=_sum(figure.numerator for figure in figures),
        denominator=_sum(figure.denominator for figure in figures),
        men=_sum(figure.men for figure in split),
        women=_sum(figure.women for figure in split),
        split=len(split),
        yes=sum(figure.yes is True for figure in figures),
    )
    result = _result(tally)
    judged = [_meets(indicator, figure) for figure in figures]
    units_met = sum(met is True for met in judged) if any(met is not None for met in judged) else None
    return tally.model_copy(update={"result": result, "met": _met(tally, result), "units_met": units_met})


def _result(tally: IndicatorTally) -> float | None:
    match tally.asks.kind:
        case IndicatorKind.NUMBER:
            return tally.value
        case IndicatorKind.PERCENT:
            return _percentage(tally.numerator, tally.denominator)
        case IndicatorKind.YES_NO:
            return None


def _met(tally: IndicatorTally, result: float | None) -> bool | None:
    if tally.asks.kind is IndicatorKind.YES_NO:
        return tally.yes == tally.reported if tally.reported else None
    return _against_target(tally.asks, result)


def _meets(indicator: Indicator, figure: Figure) -> bool | None:
    """Whether one unit's own figure meets the target."""
    match indicator.kind:
        case IndicatorKind.NUMBER:
            return _against_target(indicator, value_of(figure))
        case IndicatorKind.PERCENT:
            return _against_target(indicator, _percentage(figure.numerator, figure.denominator))
        case IndicatorKind.YES_NO:
            return figure.yes


def _against_target(indicator: Indicator, result: float | None) -> bool | None:
    if result is None or indicator.target is None:
        return None
    return holds(result, indicator.comparator, indicator.target)


def _percentage(numerator: float | None, denominator: float | None) -> float | None:
    return 100 * numerator / denominator if numerator is not None and denominator else None


def _sum(figures: Iterable[float | None]) -> float | None:
    """The sum of what is known, None where nothing is; exact, so that the order of units does not matter."""
    known = [figure for figure in figures if figure is not None]
    return math.fsum(known) if known else None
