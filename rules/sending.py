"""When a mail leaves: in the working hours of working days, so that nobody is written to at night or at Tết."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from models.follow_up import DaysOff, FollowUp
from models.notice import NoticeKind
from rules.calendar import ZONE, FrozenCalendar, day_start, local_day

_AT_ONCE = frozenset({NoticeKind.HANDOVER})
"""Somebody has just pressed a button so that another gets this mail."""

GATHERED = {NoticeKind.ACCEPTED: timedelta(hours=1)}
"""What is only to know waits a while, so that the decisions of one sitting go as one mail: the first that leaves takes
the others along."""

TO_SUPERIORS = frozenset(
    {
        NoticeKind.ESCALATION,
        NoticeKind.ESCALATION_BELOW,
        NoticeKind.REVIEW,
        NoticeKind.REVIEW_OVERDUE,
        NoticeKind.LETTER,
        NoticeKind.UNREACHABLE,
        NoticeKind.REPLY_OVERDUE,
        NoticeKind.OBSTACLE,
    }
)
"""What is told to those who keep a register or decide in it leaves as one mail a working day."""

_DIGEST_AFTER = timedelta(minutes=15)
"""So long after the register's sending time their mail leaves: steps fire at that time, and what registers below
escalate at it arrives some seconds later."""

BY_URGENCY = (
    NoticeKind.CHASE,
    NoticeKind.OVERDUE,
    NoticeKind.SILENCE,
    NoticeKind.NOT_RESUBMITTED,
    NoticeKind.UNACKNOWLEDGED,
    NoticeKind.RETURNED,
    NoticeKind.WITHDRAWN,
    NoticeKind.TRANSFERRED,
    NoticeKind.SUSPENDED,
    NoticeKind.RESUMED,
    NoticeKind.DUE_SET,
    NoticeKind.AMENDED,
    NoticeKind.DECIDED,
    NoticeKind.ANSWERED,
    NoticeKind.REMINDER,
    NoticeKind.ASSIGNMENT,
    NoticeKind.ACCEPTED,
    NoticeKind.ESCALATION_BELOW,
    NoticeKind.ESCALATION,
    NoticeKind.REVIEW_OVERDUE,
    NoticeKind.LETTER,
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


def leaves_at(kind: NoticeKind, at: datetime, hours: MailHours | None, follow_up: FollowUp) -> datetime:
    """The business instant (UTC) at which a mail that is called for at another leaves.

    What tells superiors waits for their digest also without `hours`: these say when mail may disturb, the digest how
    often. On a practice clock that costs a day of business time at most.
    """
    ready = _digest_at(at, follow_up) if kind in TO_SUPERIORS else at + GATHERED.get(kind, timedelta())
    return in_hours(kind, ready, hours, follow_up.days_off)


def in_hours(kind: NoticeKind, ready: datetime, hours: MailHours | None, days_off: DaysOff) -> datetime:
    """The first business instant (UTC), from that on at which a mail is ready, at which it may leave; without `hours`
    there is no night and no day off."""
    if hours is None or kind in _AT_ONCE:
        return ready
    day, calendar = local_day(ready), FrozenCalendar(days_off)
    if not calendar.is_working_day(day) or ready.astimezone(ZONE).time() >= hours.last:
        return day_start(calendar.add(day, 1), hours.first)
    return max(ready, day_start(day, hours.first))


def _digest_at(at: datetime, follow_up: FollowUp) -> datetime:
    """When the next digest leaves that can still take something along: at the same time on every working day."""
    day, calendar = local_day(at), FrozenCalendar(follow_up.days_off)
    today = day_start(day, follow_up.send_at) + _DIGEST_AFTER
    if calendar.is_working_day(day) and at < today:
        return today
    return day_start(calendar.add(day, 1), follow_up.send_at) + _DIGEST_AFTER
