"""How a register follows up what is owed: ladders of steps, and whom each step tells (DOMAIN section 3)."""

import datetime as dt
from enum import StrEnum

from models.base import Wire


class StepKind(StrEnum):
    """What a step of the follow-up sends (DOMAIN section 3). `silence` chases what has no due date."""

    REMINDER = "reminder"
    OVERDUE = "overdue"
    CHASE = "chase"
    ESCALATION = "escalation"
    SILENCE = "silence"


class Track(StrEnum):
    """What is followed up, each on a ladder of its own: what is due, counted from the due day; what was never
    acknowledged, from its opening; what was returned and not handed in again, from the return; what waits for a
    review, from when it was handed in; and what has no due date and is silent."""

    DUE = "due"
    UNACKNOWLEDGED = "unacknowledged"
    RETURNED = "returned"
    REVIEW = "review"
    SILENCE = "silence"


class Audience(StrEnum):
    """Who is told when a step is reached: the focal point of the unit that owes, its head; the focal point of the unit
    that keeps the register, its head; the head of the unit that keeps the register above that one; the head of the
    unit that issued the directive. At a review outstanding the tracker is whoever has not decided yet."""

    FOCAL = "focal"
    HEAD = "head"
    TRACKER = "tracker"
    TRACKER_HEAD = "tracker_head"
    ABOVE = "above"
    ISSUER = "issuer"


class Rung(Wire):
    """One step of a ladder: working days from the day that its track counts from, negative before it."""

    days: int
    kind: StepKind
    to: tuple[Audience, ...] = ()


class DaysOff(Wire):
    """The days of a directive's life on which the calendar differs from Monday to Friday, frozen with the plan:
    weekdays off and weekend days worked."""

    off: tuple[dt.date, ...] = ()
    worked: tuple[dt.date, ...] = ()


class FollowUp(Wire):
    """How a register follows up: a ladder for each track, in order; the time of day at which steps go out; and after
    how many calendar days of silence an obligation without a due date is chased (None: never)."""

    ladder: tuple[Rung, ...] = ()
    unacknowledged: tuple[Rung, ...] = ()
    returned: tuple[Rung, ...] = ()
    review: tuple[Rung, ...] = ()
    silent_after: int | None = None
    send_at: dt.time = dt.time(8)
    days_off: DaysOff = DaysOff()
