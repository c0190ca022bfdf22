"""Delay, explained: in whose hands a late obligation was, and by how many working days it is late (DOMAIN section 3).

Late is what timeliness calls overdue or late; time that was given longer or stood still is told apart, never left out.
"""

from datetime import datetime

from models.delay import Delay
from models.obligation import DONE, Shares, State, Timeliness
from models.register import ObligationLine
from rules.calendar import WorkingCalendar, last_day, local_day
from rules.figures import figure
from rules.holding import MICROSECOND, hands_until
from rules.timeliness import still_since
from rules.words import HANDS
from texts.language import gettext as _
from texts.language import ngettext

LATE = frozenset({Timeliness.OVERDUE, Timeliness.LATE})
_CALENDAR = WorkingCalendar()
_TENTH = 86_400_000_000 // 10
"""Microseconds of a tenth of a day."""


def explained(line: ObligationLine, at: datetime) -> Delay | None:
    """What explains the delay of a line as it stands at an instant; None where it is not late, or where nothing is
    known of its time."""
    held = hands_until(line, at) if line.timeliness in LATE else None
    if held is None:
        return None
    days, first_days = late_days(line, at)
    return Delay(
        cascade_id=line.cascade_id,
        key=line.key,
        series=line.series or line.requirement,
        ref=line.ref,
        title=line.title,
        period=line.period.label if line.period else "",
        unit=line.unit,
        unit_name=line.unit_name,
        level=line.level,
        begun=held.until - held.whole * MICROSECOND,
        held=held,
        late_days=days,
        first_late_days=first_days,
    )


def late_days(line: ObligationLine, at: datetime) -> tuple[int, int]:
    """By how many working days a line is late as it stands at an instant: after the due date that holds, and after the
    one that held first; 0 where it is not late. Also told where nothing is known of its time."""
    if line.timeliness not in LATE:
        return 0, 0
    held = hands_until(line, at)
    until = held.until if held else at
    return _days_after(line.due, line, until), _days_after(line.original_due or line.due, line, until)


def in_days(held: Shares) -> dict[str, float]:
    """The shares that are more than nothing in days, to a tenth: rounded so that they add up to the whole, rounded."""
    parts = {name: getattr(held, name) for name in Shares.model_fields}
    tenths = {name: part // _TENTH for name, part in parts.items()}
    missing = round(held.whole / _TENTH) - sum(tenths.values())
    by_rest = sorted(parts, key=lambda name: parts[name] % _TENTH, reverse=True)
    for name in by_rest[:missing]:
        tenths[name] += 1
    return {name: tenth / 10 for name, tenth in tenths.items() if tenth}


def shares_in_words(held: Shares) -> str:
    """`Tổng thời gian 12,5 ngày: tại đơn vị 10; chờ xác nhận 2,5.`"""
    parts = "; ".join(f"{_(HANDS[name]).lower()} {figure(days)}" for name, days in in_days(held).items())
    return _("Tổng thời gian %(days)s ngày: %(shares)s.", days=figure(whole_days(held)), shares=parts)


def first_lateness(delay: Delay) -> str:
    """How late something is against the date that held first; empty where that date still holds."""
    if delay.first_late_days == delay.late_days:
        return ""
    return ngettext(
        "So với thời hạn ban đầu chậm %(num)s ngày làm việc.",
        "So với thời hạn ban đầu chậm %(num)s ngày làm việc.",
        delay.first_late_days,
    )


def whole_days(held: Shares) -> float:
    """The whole span in days, to a tenth."""
    return round(held.whole / _TENTH) / 10


def _days_after(due: datetime | None, line: ObligationLine, until: datetime) -> int:
    """Working days after the last day in time: until it came in, stood still, or until now."""
    if due is None:
        return 0
    if line.submitted_at is not None and {line.state, line.laid_aside} & {*DONE, State.SUBMITTED}:
        end = local_day(line.submitted_at)
    else:
        end = last_day(still_since(line) or until)
    return max(0, _CALENDAR.count(last_day(due), end))
