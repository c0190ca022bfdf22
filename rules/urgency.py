"""What comes first for the people who act, and how near a due date is in working days (DOMAIN sections 3 and 7)."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import IntEnum

from models.obligation import DONE, State, Timeliness
from models.register import ObligationLine
from rules.calendar import WorkingCalendar, last_day, local_day
from rules.timeliness import paused
from rules.words import day, due_day, due_time, weekday
from texts.language import gettext as _
from texts.language import ngettext

_NEVER = datetime.max.replace(tzinfo=UTC)


class Need(IntEnum):
    """How urgently an obligation needs its own unit; the smaller, the earlier it is shown."""

    RETURNED = 0
    OVERDUE = 1
    DUE_SOON = 2
    IN_TIME = 3
    NO_DEADLINE = 4
    WAITING = 5
    SUSPENDED = 6
    UNFULFILLED = 7
    DONE = 8
    NOT_ASKED = 9

    @property
    def owing(self) -> bool:
        return self <= Need.NO_DEADLINE


_OPEN = {
    Timeliness.OVERDUE: Need.OVERDUE,
    Timeliness.DUE_SOON: Need.DUE_SOON,
    Timeliness.IN_TIME: Need.IN_TIME,
}


def need(line: ObligationLine) -> Need:
    """What a line asks of its unit now: the state first, for open ones the timeliness."""
    if line.state is State.OPEN:
        return _OPEN.get(line.timeliness, Need.NO_DEADLINE)
    if line.state in DONE:
        return Need.DONE
    if paused(line):
        return Need.SUSPENDED
    return {
        State.RETURNED: Need.RETURNED,
        State.SUBMITTED: Need.WAITING,
        State.UNFULFILLED: Need.UNFULFILLED,
    }.get(line.state, Need.NOT_ASKED)


def most_urgent_first(lines: Iterable[ObligationLine]) -> list[ObligationLine]:
    """Lines by need, then by due date (none last); the given order decides between equals."""
    return sorted(lines, key=lambda line: (need(line), line.due or _NEVER))


def working_days_left(due: datetime, at: datetime) -> int:
    """Working days after today up to the last day in time; negative when that day has passed."""
    return WorkingCalendar().count(local_day(at), last_day(due))


def due_words(due: datetime | None) -> str:
    """`thứ Sáu, 29/05/2020`: the last day in time with its weekday, or `không thời hạn`; if that day ends before 24:00,
    `17 giờ 00 ngày 29/05/2020 (thứ Sáu)`."""
    if due is None:
        return _("không thời hạn")
    on = last_day(due)
    return f"{due_day(due)} ({weekday(on)})" if due_time(due) else f"{weekday(on)}, {day(on)}"


def distance_words(due: datetime, at: datetime) -> str:
    """How far away the due instant is at an instant, in working days: what is left, or how late it is."""
    days = working_days_left(due, at)
    if at >= due:
        if not days:
            return _("vừa quá hạn")
        return ngettext("quá hạn %(num)s ngày làm việc", "quá hạn %(num)s ngày làm việc", -days)
    if local_day(at) == last_day(due):
        return _("hạn cuối là hôm nay")
    if not days:
        return _("không còn ngày làm việc nào")
    return ngettext("còn %(num)s ngày làm việc", "còn %(num)s ngày làm việc", days)


def lateness_words(due: datetime | None, submitted_at: datetime) -> str:
    """How late something came in: empty where it came in time or had no due date."""
    if due is None or submitted_at < due:
        return ""
    days = -working_days_left(due, submitted_at)
    if not days:
        return _("nộp muộn, chưa đến một ngày làm việc")
    return ngettext("nộp muộn %(num)s ngày làm việc", "nộp muộn %(num)s ngày làm việc", days)
