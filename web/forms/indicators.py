"""Figures for indicators: a number with men and women, two counts for a percentage, yes or no."""

from typing import Any

from models.indicator import Figure, Indicator, IndicatorKind
from models.register import ObligationLine
from web.drafts import Draft
from web.forms.fields import amount_words, typed_amount

_PARTS = {
    IndicatorKind.NUMBER: ("value",),
    IndicatorKind.PERCENT: ("numerator", "denominator"),
    IndicatorKind.YES_NO: ("yes",),
}


def parts(indicator: Indicator) -> tuple[str, ...]:
    """The counts that an indicator is asked as; their fields are called `figures.<key>.<part>`."""
    by_sex = ("men", "women") if indicator.by_sex and indicator.kind is IndicatorKind.NUMBER else ()
    return (*_PARTS[indicator.kind], *by_sex)


def names(line: ObligationLine) -> tuple[str, ...]:
    return tuple(f"figures.{item.key}.{part}" for item in line.indicators for part in parts(item))


def values(line: ObligationLine) -> dict[str, str]:
    return {
        f"figures.{key}.{part}": _shown(value)
        for key, figure in line.figures.items()
        for part, value in figure.model_dump(exclude_none=True).items()
    }


def read(line: ObligationLine, draft: Draft) -> dict[str, Any]:
    """A figure for each indicator of which anything was typed; faults are said at `figures.<key>`."""
    found = {item.key: _figure(item, draft) for item in line.indicators}
    return {"figures": {key: figure for key, figure in found.items() if figure != Figure()}}


def _figure(indicator: Indicator, draft: Draft) -> Figure:
    at = f"figures.{indicator.key}"
    if indicator.kind is IndicatorKind.YES_NO:
        said = draft.value(f"{at}.yes")
        return Figure(yes=said == "yes") if said in {"yes", "no"} else Figure()
    return Figure(**{part: typed_amount(draft, f"{at}.{part}", error_at=at) for part in parts(indicator)})


def _shown(value: float | bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return amount_words(value)
