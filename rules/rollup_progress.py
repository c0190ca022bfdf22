"""How things came to stand as they do: what had fallen due, come in and was done by the end of each day."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import accumulate

from models.obligation import DONE, NOT_ASKED, Timeliness
from models.register import ObligationLine
from models.reported import ProgressPoint
from rules.calendar import last_day, local_day
from rules.rollup_tally import answered
from rules.timeliness import paused

MOST = 60
"""So many points tell a curve; of more, those are left out that lie closest together in time."""


def progress(
    lines: Iterable[ObligationLine], first_answers: Mapping[tuple[str, str], datetime], starts: datetime, at: datetime
) -> tuple[ProgressPoint, ...]:
    """A point for the end of each day on which something changed, with the first day and the last before `at`; at most
    `MOST`. Of what was handed in more than once, `first_answers` has when that was first, by register and obligation.
    What stands still in time has not fallen due.
    """
    first, last = local_day(starts), max(local_day(starts), last_day(at))
    due, handed_in, done = Counter[date](), Counter[date](), Counter[date]()
    for line in lines:
        if line.state in NOT_ASKED:
            continue
        if line.due is not None and line.due <= at and not (paused(line) and line.timeliness is not Timeliness.OVERDUE):
            due[_within(last_day(line.due), first, last)] += 1
        if line.state in DONE:
            done[_within(_day(line.decided_at or line.submitted_at, last), first, last)] += 1
        if answered(line):
            came = first_answers.get((line.cascade_id, line.key)), line.submitted_at, line.decided_at
            earliest = min((instant for instant in came if instant is not None), default=None)
            handed_in[_within(_day(earliest, last), first, last)] += 1
    days = _told(sorted({first, last, *due, *handed_in, *done}))
    columns = ([*accumulate(_by(days, counts))] for counts in (due, handed_in, done))
    return tuple(
        ProgressPoint(day=day, due=fallen, handed_in=came_in, done=finished)
        for day, fallen, came_in, finished in zip(days, *columns, strict=True)
    )


def _day(instant: datetime | None, otherwise: date) -> date:
    return local_day(instant) if instant is not None else otherwise


def _within(day: date, first: date, last: date) -> date:
    return min(max(day, first), last)


def _told(days: Sequence[date]) -> list[date]:
    """Of more than `MOST` days those that come last before points in time at equal distances."""
    if len(days) <= MOST:
        return list(days)
    first, last = days[0].toordinal(), days[-1].toordinal()
    marks = [first + (last - first) * number / (MOST - 1) for number in range(MOST)]
    found: list[date] = []
    place = 0
    for mark in marks:
        while place + 1 < len(days) and days[place + 1].toordinal() <= mark:
            place += 1
        if not found or found[-1] != days[place]:
            found.append(days[place])
    return found


def _by(days: Sequence[date], counts: Mapping[date, int]) -> Iterable[int]:
    """What came on each of these days and since the one before."""
    left = sorted(counts.items())
    place = 0
    for day in days:
        came = 0
        while place < len(left) and left[place][0] <= day:
            came += left[place][1]
            place += 1
        yield came
