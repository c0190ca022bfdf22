"""A mail that an event calls for, before it is rendered: who is told what."""

from enum import StrEnum

from models.base import Instant, Wire
from models.unit import Role


class NoticeKind(StrEnum):
    """To those who owe: ASSIGNMENT, REMINDER, OVERDUE, CHASE and SILENCE (which chases what has no due date), RETURNED,
    ACCEPTED, WITHDRAWN; DECIDED answers a request, ANSWERED a recommendation or an obstacle; HANDOVER greets somebody
    who was named to answer for the unit.

    UNACKNOWLEDGED and NOT_RESUBMITTED follow up what was not taken note of, or returned; DUE_SET, AMENDED (other words
    of what is asked), SUSPENDED, RESUMED and TRANSFERRED tell of a supervisor's stepping in or of a reorganisation.

    To those who keep a register or decide in it: REGISTER opens it; REVIEW tells once a working day what waits for
    decisions, REVIEW_OVERDUE of decisions outstanding for long; ESCALATION, of a register below ESCALATION_BELOW;
    LETTER brings drafts of letters that chase; OBSTACLE tells what stands in a unit's way, REPLY_OVERDUE of
    recommendations without a reply, UNREACHABLE of units that no mail reaches; SUMMARY that the report is ready."""

    REGISTER = "register"
    ASSIGNMENT = "assignment"
    REMINDER = "reminder"
    OVERDUE = "overdue"
    CHASE = "chase"
    ESCALATION = "escalation"
    RETURNED = "returned"
    SILENCE = "silence"
    REPLY_OVERDUE = "reply_overdue"
    OBSTACLE = "obstacle"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    DECIDED = "decided"
    HANDOVER = "handover"
    UNACKNOWLEDGED = "unacknowledged"
    NOT_RESUBMITTED = "not_resubmitted"
    DUE_SET = "due_set"
    AMENDED = "amended"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    TRANSFERRED = "transferred"
    REVIEW = "review"
    REVIEW_OVERDUE = "review_overdue"
    ESCALATION_BELOW = "escalation_below"
    LETTER = "letter"
    UNREACHABLE = "unreachable"
    SUMMARY = "summary"


class Notice(Wire):
    """What one unit is told in one wave. `step` is the wave that called for it: the number of the event it follows
    from. `obligations`, `recommendations` and `requests` are what it is about, by key or id; `words` are what the
    sender adds; `holder` names the one person it is for, where it is not for all who answer in that role;
    `register_id` is where the obligations are, if not in the register that tells of them."""

    kind: NoticeKind
    unit: str
    role: Role
    step: str
    at: Instant
    obligations: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    words: str = ""
    holder: str = ""
    register_id: str = ""
