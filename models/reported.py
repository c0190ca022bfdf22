"""What a report tells beside the counts of an instant: branches below, how it came to this, and the report before."""

import datetime as dt

from models.base import Instant, Wire
from models.plan import Period
from models.tally import LevelTally, Tally
from models.unit import Level


class BranchTally(Wire):
    """All that is recorded below and by one unit that keeps a register: that register, all registers below it, and
    what the register above asks of the unit itself.

    `units` are those that have not ended, `answered` those of them that handed in something. The branches directly
    below a unit and what its own register asks of units that keep none add up to the whole.
    """

    code: str
    name: str
    level: Level
    units: int
    answered: int
    tally: Tally


class ProgressPoint(Wire):
    """At the end of a day, added up from the beginning: obligations that had fallen due, that had been handed in (also
    where they were returned later), and that were done. Obligations without a deadline are in the last two alone."""

    day: dt.date
    due: int
    handed_in: int
    done: int


class PeriodRate(Wire):
    """What fell due between two days, both included, and how much of it was done on time."""

    label: str
    first: dt.date
    last: dt.date
    fell_due: int
    on_time: int
    late: int


class Before(Wire):
    """The report before, for comparison: of the `period` before, or as things stood at an instant."""

    period: Period | None = None
    as_of: Instant
    units: int
    answered_units: int
    overall: Tally
    levels: tuple[LevelTally, ...]
