"""Due dates as an iCalendar file (RFC 5545): all that a letter speaks of, or all of a plan (commands/ics.py)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache

from icalendar import TRANSP, Alarm, Calendar, Event, Timezone

from mail.plain import one_line
from models.mail import Letter, Part
from models.notice import NoticeKind
from models.obligation import OWING
from models.plan import DirectiveHead
from models.register import ObligationLine
from models.request import RequestKind, RequestStatus
from rules import citation
from rules.calendar import ZONE, WorkingCalendar, day_start, last_day
from rules.standing import title
from rules.words import due_day, due_time

FILE_NAME = "han-nop.ics"
_DAYS_BEFORE = 2
_ALARM_AT = time(8)
_BRINGS_DATES = frozenset(
    {
        NoticeKind.ASSIGNMENT,
        NoticeKind.REMINDER,
        NoticeKind.HANDOVER,
        NoticeKind.UNACKNOWLEDGED,
        NoticeKind.DUE_SET,
        NoticeKind.AMENDED,
        NoticeKind.RESUMED,
    }
)


@dataclass(frozen=True)
class DueDate:
    """One date: `uid` stays the same when it moves and `version` grows, so that the new one replaces the old one in a
    calendar. `about` are the lines of its description; `alarm` is None where it would be past."""

    uid: str
    title: str
    due: datetime
    about: tuple[str, ...]
    alarm: datetime | None
    version: int = 0


def attached(letter: Letter) -> bytes:
    """What the unit still has to hand in by a date, with an alarm two working days before; empty where a letter brings
    no dates or has none."""
    if not any(_brings_dates(part) for part in letter.parts):
        return b""
    lines = {line.key: line for part in letter.parts for line in part.lines if _owed(line, letter)}
    dates = [_due_date(line, line.due, letter) for line in lines.values() if line.due is not None]
    return written(letter.head, dates, letter.at) if dates else b""


def uid(head: DirectiveHead, what: str) -> str:
    """The name of a date, from the requirement and the unit (`plan/474-ubnd`): the same whenever it is written."""
    return f"{head.directive_id}/{what}@dondoc"


def written(head: DirectiveHead, dates: Iterable[DueDate], now: datetime) -> bytes:
    """A calendar file made at an instant. It names no persons: who has it, has it for himself."""
    calendar = Calendar.new(
        uid=f"{head.directive_id}@dondoc", method="PUBLISH", prodid="-//dondoc//VI", name=f"Thời hạn: {head.label}"
    )
    events = [_event(date, now) for date in dates]
    if any(isinstance(event.start, datetime) for event in events):
        calendar.add_component(_zone())
    for event in events:
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _brings_dates(part: Part) -> bool:
    more_time = (
        request.kind is RequestKind.MORE_TIME and request.status is RequestStatus.GRANTED for request in part.requests
    )
    return part.kind in _BRINGS_DATES or (part.kind is NoticeKind.DECIDED and any(more_time))


def _owed(line: ObligationLine, letter: Letter) -> bool:
    """Whether the receiver itself still owes it: a register's keeper is told of others' dates too."""
    return line.state in OWING and line.unit == letter.receiver.code


def _due_date(line: ObligationLine, due: datetime, letter: Letter) -> DueDate:
    alarm = day_start(WorkingCalendar().add(last_day(due), -_DAYS_BEFORE), _ALARM_AT)
    return DueDate(
        uid=uid(letter.head, f"{line.requirement}/{line.unit}"),
        title=one_line(title(line)),
        due=due,
        about=about(letter.head, line.ref, "" if line.extensions else line.due_phrase, due, line.coordinating),
        alarm=alarm if alarm > letter.at else None,
        version=line.extensions,
    )


def about(head: DirectiveHead, ref: str, phrase: str, due: datetime, coordinating: bool) -> tuple[str, ...]:
    """The description of a date: the directive with the item's place in it, the date as written, and if the unit only
    takes part."""
    lines = [f"Theo {citation.name(head)}{f', mục {ref}' if ref else ''}", f"Thời hạn: {phrase or due_day(due)}"]
    if coordinating:
        lines.append("Tham gia phối hợp")
    return tuple(one_line(line) for line in lines)


def _event(date: DueDate, now: datetime) -> Event:
    """The whole last day, or the instant at which that ends before 24:00."""
    summary = f"Hạn: {date.title}"
    event = Event.new(
        uid=date.uid,
        stamp=now,
        start=date.due.astimezone(ZONE) if due_time(date.due) else last_day(date.due),
        sequence=date.version,
        summary=summary,
        description="\n".join(date.about),
        transparency=TRANSP.TRANSPARENT,
    )
    if date.alarm is not None:
        alarm = Alarm.new(description=summary)
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", date.alarm, parameters={"VALUE": "DATE-TIME"})
        event.add_component(alarm)
    return event


@cache
def _zone() -> Timezone:
    """The zone of Vietnam, worked out once because the package takes a while for it."""
    return Timezone.from_tzinfo(ZONE)
