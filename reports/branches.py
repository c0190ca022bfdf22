"""The branches directly below, each with all that is recorded under it: where a reader goes on to look."""

from models.reported import BranchTally
from models.summary import Summary
from models.tally import Tally
from reports.draft import Block, listing
from reports.plain import number, percent

MOST_BRANCHES = 70
"""More rows than there are provinces; no unit has more directly below it."""

_HEAD = (
    "TT",
    "Đơn vị và cấp dưới",
    "Đơn vị có kết quả",
    "Phải thực hiện",
    "Đến hạn",
    "Hoàn thành đúng hạn",
    "Hoàn thành quá hạn",
    "Chưa hoàn thành",
    "Tỷ lệ đúng hạn",
)


def branches(summary: Summary) -> list[Block]:
    """One row per branch, one for the units that keep no register, and the whole, which is that of the report."""
    if not summary.below:
        return []
    rest = _rest(summary)
    named = [
        *((branch.name, branch.answered, branch.units, branch.tally) for branch in summary.below),
        *((("Đơn vị khác", *rest),) if rest else ()),
    ]
    rows = [(number(place), *_row(*item)) for place, item in enumerate(named, 1)]
    total = ("", *_row("Cộng", summary.answered_units, summary.units, summary.overall)) if len(rows) > 1 else ()
    caption = "Kết quả theo đơn vị trực thuộc, gồm cả cấp dưới"
    return listing("branches", caption, _HEAD, rows, total, most=MOST_BRANCHES)


def _rest(summary: Summary) -> tuple[int, int, Tally] | None:
    """What is in no branch: units with something handed in, units, and their tally; None where there is none."""
    counts = {
        name: value - sum(getattr(branch.tally, name) for branch in summary.below)
        for name, value in summary.overall.model_dump().items()
    }
    if not counts["applicable"]:
        return None
    answered = _left(summary.answered_units, summary.below, "answered")
    return answered, _left(summary.units, summary.below, "units"), Tally(**counts)


def _left(whole: int, below: tuple[BranchTally, ...], column: str) -> int:
    return whole - sum(int(getattr(branch, column)) for branch in below)


def _row(name: str, answered: int, units: int, tally: Tally) -> tuple[str, ...]:
    counts = (tally.applicable, tally.fell_due, tally.on_time, tally.late, tally.not_done)
    rate = percent(tally.on_time, tally.fell_due)
    return (name, f"{number(answered)}/{number(units)}", *map(number, counts), rate)
