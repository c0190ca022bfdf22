"""A mail that an event calls for, before it is rendered: who is told what."""

from enum import StrEnum

from models.base import Instant, Wire
from models.unit import Role


class NoticeKind(StrEnum):
    """REGISTER goes to the unit that keeps a register and to further recipients of reports; RECEIVED tells those
    recipients that a report has come in; SILENCE chases what has no due date; REPLY_OVERDUE tells of recommendations
    without a reply. OBSTACLE tells the unit that keeps the register what stands in a unit's way, ANSWERED that unit
    what was said on it, or on a recommendation."""

    REGISTER = "register"
    ASSIGNMENT = "assignment"
    REMINDER = "reminder"
    OVERDUE = "overdue"
    CHASE = "chase"
    ESCALATION = "escalation"
    RETURNED = "returned"
    SILENCE = "silence"
    REPLY_OVERDUE = "reply_overdue"
    RECEIVED = "received"
    OBSTACLE = "obstacle"
    ANSWERED = "answered"


class Notice(Wire):
    """One outbox row: unique by (cascade, unit, role, kind, step) (DESIGN rule 4). `step` is the wave that called for
    it: the number of the event it follows from. `obligations` are what the mail is about."""

    kind: NoticeKind
    unit: str
    role: Role
    step: str
    at: Instant
    obligations: tuple[str, ...] = ()
