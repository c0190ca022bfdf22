"""What a report can be on: up to which instant, of which branch, and which report came before it (pure)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from models.plan import DirectiveHead, Period
from rules.calendar import day_end, local_day
from rules.periods import period_before
from rules.register_tree import RegisterFace


class NotReportable(Exception):
    """There is no such report; the words are for whoever asked for it."""


class UnknownUnit(NotReportable):
    """The registry has no such unit."""


def end_of(head: DirectiveHead, closed: datetime | None) -> datetime:
    """When a directive ends: on its closing, or when its first register was `closed` before that. Data end there, and
    the report on them is the final one."""
    return min(head.closing, closed) if closed else head.closing


def as_of_day(head: DirectiveHead, day: date, now: datetime) -> datetime:
    """The instant of a report that was asked for as of a day: its end, or now (business time) if that is today.

    Raises `NotReportable` for a day to come, and for one before the directive.
    """
    if day > local_day(now):
        raise NotReportable(f"{day} is still to come; it is {local_day(now)}")
    if day < local_day(head.starts):
        raise NotReportable(f"{head.label} begins on {local_day(head.starts)}, after {day}")
    return min(day_end(day), now)


def as_of_period(head: DirectiveHead, period: Period, now: datetime) -> datetime:
    """The instant up to which a report on a period has its data (Decree 09/2019, article 12): the end of its last day,
    or now (business time) where that is not over. Raises `NotReportable` for a period that is to come, or over before
    the directive began."""
    if day_end(period.last) <= head.starts:
        begins = local_day(head.starts)
        raise NotReportable(f"{head.label} begins on {begins}; the data of {period.label!r} end on {period.last}")
    if period.first > local_day(now):
        raise NotReportable(f"the data of {period.label!r} begin on {period.first}; it is {local_day(now)}")
    return min(day_end(period.last), now)


def reported_before(head: DirectiveHead, period: Period) -> Period | None:
    """The period before of the same kind; None where the directive had not begun by its end."""
    before = period_before(period)
    return before if before is not None and day_end(before.last) > head.starts else None


def branch_of(
    registers: Sequence[RegisterFace], unit: str, kept_now: Collection[str] = ()
) -> tuple[list[RegisterFace], list[str]]:
    """The registers that a unit keeps and all below these, in their order, with the units that keep those above (none
    at the top). Of a unit that kept none at the time, because another was in its place, those with the ids that are
    `kept_now`. Raises `NotReportable` where there are none."""
    by_id = {register.id: register for register in registers}
    kept = [register for register in registers if register.issuer == unit]
    kept = kept or [register for register in registers if register.id in kept_now]
    if not kept:
        raise NotReportable(f"{unit!r} keeps no register of this directive, so that it has nothing to report on")
    inside = _with_all_below(registers, (register.id for register in kept))
    above = [by_id[each.parent].issuer for each in kept if each.parent in by_id and each.parent not in inside]
    return [register for register in registers if register.id in inside], list(dict.fromkeys(above))


def _with_all_below(registers: Iterable[RegisterFace], ids: Iterable[str]) -> set[str]:
    below: dict[str | None, list[str]] = defaultdict(list)
    for register in registers:
        below[register.parent].append(register.id)
    found: set[str] = set()
    waiting = list(ids)
    while waiting:
        if (register_id := waiting.pop()) not in found:
            found.add(register_id)
            waiting += below[register_id]
    return found
