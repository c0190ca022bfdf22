"""A mail that an event calls for, before it is rendered: who is told what."""

from enum import StrEnum

from models.base import Instant, Wire
from models.unit import Role


class NoticeKind(StrEnum):
    REGISTER = "register"
    ASSIGNMENT = "assignment"
    REMINDER = "reminder"
    OVERDUE = "overdue"
    CHASE = "chase"
    ESCALATION = "escalation"
    RETURNED = "returned"


class Notice(Wire):
    """One outbox row: unique by (cascade, unit, role, kind, step) (DESIGN rule 4). `step` is the wave that called for
    it: the number of the event it follows from. `obligations` are what the mail is about."""

    kind: NoticeKind
    unit: str
    role: Role
    step: str
    at: Instant
    obligations: tuple[str, ...] = ()
