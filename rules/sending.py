"""When a mail leaves: in the working hours of working days, so that nobody is written to at night or at Tết."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from models.notice import NoticeKind
from models.plan import DaysOff
from rules.calendar import ZONE, FrozenCalendar, day_start, local_day

_AT_ONCE = frozenset({NoticeKind.HANDOVER})
"""Somebody has just pressed a button so that another gets this mail."""

GATHERED = {NoticeKind.ACCEPTED: timedelta(hours=1)}
"""What is only to know waits a while, so that the decisions of one sitting go as one mail: the first that leaves takes
the others along."""

PRESSING = (
    NoticeKind.CHASE,
    NoticeKind.OVERDUE,
    NoticeKind.SILENCE,
    NoticeKind.RETURNED,
    NoticeKind.WITHDRAWN,
    NoticeKind.DECIDED,
    NoticeKind.ANSWERED,
    NoticeKind.REMINDER,
    NoticeKind.ASSIGNMENT,
    NoticeKind.ACCEPTED,
    NoticeKind.ESCALATION,
    NoticeKind.UNREACHABLE,
    NoticeKind.REPLY_OVERDUE,
    NoticeKind.OBSTACLE,
    NoticeKind.REVIEW,
    NoticeKind.SUMMARY,
    NoticeKind.HANDOVER,
    NoticeKind.REGISTER,
)
"""All kinds, the most pressing first: it names a mail of several parts."""


@dataclass(frozen=True)
class MailHours:
    """The hours in Vietnam between which mail leaves, the last one excluded."""

    first: time
    last: time


def leaves_at(kind: NoticeKind, at: datetime, hours: MailHours | None, days_off: DaysOff) -> datetime:
    """The business instant (UTC) at which a mail that is called for at another leaves; without `hours` there is no
    night and no day off."""
    if kind in _AT_ONCE:
        return at
    ready = at + GATHERED.get(kind, timedelta())
    if hours is None:
        return ready
    day, calendar = local_day(ready), FrozenCalendar(days_off)
    if not calendar.is_working_day(day) or ready.astimezone(ZONE).time() >= hours.last:
        return day_start(calendar.add(day, 1), hours.first)
    return max(ready, day_start(day, hours.first))
