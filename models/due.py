"""Deadlines as a directive file writes them. Descriptions become the JSON Schema of `dondoc schema`."""

from datetime import time
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from models.unit import Level
from models.written import Day, Written


class Roll(StrEnum):
    """What happens to a last day that is a day off."""

    NONE = "none"
    NEXT = "next"
    PREVIOUS = "previous"


class Every(StrEnum):
    """How often something recurs; monthly and longer ones with the data periods of Decree 09/2019, article 12."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class After(Written):
    """The event from which days are counted; exactly one of these."""

    received: bool = Field(default=False, description="The unit receives the task: the day on which it opens for it")
    cut_off: bool = Field(default=False, description="The data of the report's period are closed")
    document: str | None = Field(default=None, description="A document under `awaits` is registered")
    held: str | None = Field(
        default=None, description="The same unit has handed in this requirement, e.g. a meeting held"
    )
    due: str | None = Field(default=None, description="The due day of another requirement")
    window: str | None = Field(default=None, description="The end of another requirement's window")


class DueFile(Written):
    """A deadline in parts, where a phrase alone does not: one of `on`, `within`, `before`, `every`, `by_level`."""

    on: str | Day | None = Field(
        default=None, description="A phrase or day as in the short form, to be used with `roll`"
    )
    within: str | None = Field(
        default=None,
        description="Days after an event, e.g. `5 ngày làm việc` or `10 ngày`; the event's day is not counted",
    )
    after: After | None = Field(
        default=None,
        description="The event that `within` counts from; left out: `received`, with `every` the period's `cut_off`",
    )
    before: str | None = Field(
        default=None,
        description="A requirement of the level above that consolidates this one: due so many days earlier than it as "
        "`days` says, or as the review takes (policy.review_days)",
    )
    days: Annotated[int, Field(ge=0, le=400)] | None = Field(default=None, description="Working days for `before`")
    every: Every | None = Field(default=None, description="Recurs for the life of the directive")
    by_day: Annotated[int, Field(ge=1, le=31)] | None = Field(
        default=None,
        description="With `every`: day of the last month of the period; the 25th if neither this nor `within`",
    )
    since: Day | None = Field(default=None, description="With `every`: only periods that end on this day or later")
    until: Day | None = Field(default=None, description="With `every`: only periods that end on this day or earlier")
    at: time | None = Field(default=None, description="Time of day at which the last day ends; 24:00 if left out")
    roll: Roll | None = Field(default=None, description="If the last day is a day off; left out: policy.roll")
    phrase: str | None = Field(default=None, description="The deadline in the document's own words, to be shown")
    by_level: dict[Level, str | Day] = Field(default={}, description="A different phrase or day for each level")
