"""What became of all that fell due, as one bar of parts: the same parts, colours and order wherever it is shown."""

from models.tally import Tally
from reports.charts.style import LATE, NOT_DONE, ON_TIME, SUSPENDED, WAITING, Fill

FILLS: dict[str, Fill] = {
    "on_time": ON_TIME,
    "late": LATE,
    "waiting": WAITING,
    "not_done": NOT_DONE,
    "stopped_late": SUSPENDED,
}
"""By the fields of `Tally`; together they are `Tally.fell_due`."""


def parts(tally: Tally) -> dict[str, int]:
    """Those of the parts that are more than nothing."""
    counts = {name: int(getattr(tally, name)) for name in FILLS}
    return {name: count for name, count in counts.items() if count}
