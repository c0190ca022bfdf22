"""Why obligations are late: the time of each by in whose hands it was, and the sums over levels and units."""

from models.base import Instant, Wire
from models.obligation import Hands, Shares
from models.unit import Level


class Delay(Wire):
    """One late obligation: in whose hands it was from `begun` to `held.until`; the shares add up exactly to that span.

    `late_days` are working days after the due date that holds, `first_late_days` after the one that held first.
    """

    cascade_id: str
    key: str
    series: str
    ref: str = ""
    title: str
    period: str = ""
    unit: str
    unit_name: str
    level: Level
    begun: Instant
    held: Hands
    late_days: int
    first_late_days: int


class DelayTally(Wire):
    """Late obligations of one level, requirement or unit, added up: `key` says of which, `name` what people call it."""

    key: str
    name: str
    units: int
    obligations: int
    held: Shares
    late_days: int
    first_late_days: int


class Delays(Wire):
    """All that is late, by obligation, by level, by requirement of the file and level, and by unit; nothing of what
    is not."""

    items: tuple[Delay, ...] = ()
    overall: DelayTally | None = None
    levels: tuple[DelayTally, ...] = ()
    requirements: tuple[DelayTally, ...] = ()
    units: tuple[DelayTally, ...] = ()
