"""Indicators: what is measured, against which target, and the figures that units hand in (DOMAIN section 4.2)."""

from enum import StrEnum

from models.base import Wire


class IndicatorKind(StrEnum):
    """What sort of figure it is; a percentage is asked as numerator and denominator."""

    NUMBER = "number"
    PERCENT = "percent"
    YES_NO = "yes_no"


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    LEVEL = "level"


class Comparator(StrEnum):
    """How a figure is held against its target."""

    AT_LEAST = ">="
    AT_MOST = "<="
    LESS = "<"
    MORE = ">"
    EQUAL = "="


class Trust(StrEnum):
    """Where a catalogue row comes from: read in a source, or from memory and unverified (DOMAIN, head)."""

    VERIFIED = "V"
    MEMORY = "M"


class CatalogueIndicator(Wire):
    """One row of a shipped catalogue. `targets` by year; `since` is the first year of the strategy it belongs to; a
    compound indicator is several rows of one `group`."""

    code: str
    title: str
    kind: IndicatorKind
    unit: str = ""
    direction: Direction = Direction.UP
    comparator: Comparator = Comparator.AT_LEAST
    targets: dict[str, float] = {}
    by_sex: bool = False
    group: str = ""
    since: int | None = None
    trust: Trust = Trust.VERIFIED


class Indicator(Wire):
    """One indicator that a requirement asks for, with the target that holds for it.

    A percentage is asked as numerator and denominator, so that totals come from counts (DESIGN rule 9); `parts` are the
    keys of the indicators whose figures add up to this one.
    """

    key: str
    code: str = ""
    title: str
    kind: IndicatorKind
    unit: str = ""
    direction: Direction = Direction.UP
    comparator: Comparator = Comparator.AT_LEAST
    target: float | None = None
    by_sex: bool = False
    parts: tuple[str, ...] = ()
    trust: Trust = Trust.VERIFIED


class Figure(Wire):
    """What a unit reports for an indicator: `value` for a number, two counts for a percentage, `yes` for yes/no.

    `men` + `women` = `value` where both are given.
    """

    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    yes: bool | None = None
    men: float | None = None
    women: float | None = None
