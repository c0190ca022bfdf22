"""Figures handed in for indicators, and whether they can be right (DOMAIN section 4.2; DESIGN rule 9)."""

import math
from collections.abc import Callable, Iterable, Mapping

from models.indicator import Figure, Indicator, IndicatorKind
from texts.language import gettext as _


def figure_problems(indicators: Iterable[Indicator], figures: Mapping[str, Figure]) -> dict[str, str]:
    """Faults of figures as `figures.<key>` -> what to do. A split by sex may be left out, nothing else."""
    asked = {indicator.key: indicator for indicator in indicators}
    found = {
        f"figures.{key}": fault
        for key, indicator in asked.items()
        if (fault := _fault(indicator, figures.get(key, Figure())))
    }
    for key, indicator in asked.items():
        parts = [figures[part] for part in indicator.parts if part in figures]
        if not indicator.parts or len(parts) < len(indicator.parts) or f"figures.{key}" in found:
            continue
        if any(not _adds_up(figures[key], parts, count) for count in _COUNTS[indicator.kind]):
            names = ", ".join(f"“{asked[part].title}”" for part in indicator.parts if part in asked)
            found[f"figures.{key}"] = _("Phải bằng tổng của %(names)s.", names=names)
    return found


_COUNTS: dict[IndicatorKind, tuple[Callable[[Figure], float | None], ...]] = {
    IndicatorKind.NUMBER: (lambda figure: figure.value,),
    IndicatorKind.PERCENT: (lambda figure: figure.numerator, lambda figure: figure.denominator),
    IndicatorKind.YES_NO: (),
}


def _fault(indicator: Indicator, figure: Figure) -> str:
    numbers = (figure.value, figure.numerator, figure.denominator, figure.men, figure.women)
    if any(number is not None and not (math.isfinite(number) and number >= 0) for number in numbers):
        return _("Số liệu không được âm.")
    match indicator.kind:
        case IndicatorKind.YES_NO:
            return _("Chọn có hoặc không.") if figure.yes is None else ""
        case IndicatorKind.PERCENT:
            if figure.numerator is None or figure.denominator is None:
                return _("Ghi cả tử số và mẫu số, kể cả khi bằng 0.")
            return _("Tử số không được lớn hơn mẫu số.") if figure.numerator > figure.denominator else ""
        case IndicatorKind.NUMBER:
            return _number_fault(figure)


def _number_fault(figure: Figure) -> str:
    if figure.value is None:
        return _("Ghi số liệu, kể cả khi bằng 0.")
    if (figure.men is None) != (figure.women is None):
        return _("Ghi cả số nam và số nữ, hoặc để trống cả hai.")
    if figure.men is None or figure.women is None or math.isclose(figure.men + figure.women, figure.value):
        return ""
    return _("Nam + nữ phải bằng tổng số.")


def _adds_up(whole: Figure, parts: Iterable[Figure], count: Callable[[Figure], float | None]) -> bool:
    """Whether a count of the whole is the sum of its parts', as far as all of them give it."""
    total, counts = count(whole), [count(part) for part in parts]
    if total is None or any(number is None for number in counts):
        return True
    return math.isclose(math.fsum(number for number in counts if number is not None), total)
