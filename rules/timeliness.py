"""The second axis of an obligation: in time or not (DOMAIN section 3)."""

from datetime import datetime, timedelta

from models.obligation import DONE, NOT_ASKED, OWING, ObligationState, State, Timeliness
from models.register import ObligationLine

DUE_SOON = timedelta(days=3)
"""`sắp quá hạn`: three days or less left, as a provincial system in use has it (DOMAIN section 3)."""


def still_since(item: ObligationState | ObligationLine) -> datetime | None:
    """Since when the clock of an obligation stands still: of what is suspended, or was when it could no longer be
    given; None where it runs."""
    return item.suspended_at if item.state in {State.SUSPENDED, State.UNFULFILLED} else None


def stands_still(item: ObligationState | ObligationLine, standing: Timeliness) -> bool:
    """Whether an obligation counts as suspended: it is, or it stood still in time when it could no longer be given."""
    stood_in_time = still_since(item) is not None and standing is not Timeliness.OVERDUE
    return item.state is State.SUSPENDED or stood_in_time


def paused(line: ObligationLine) -> bool:
    """Whether a line counts as suspended."""
    return stands_still(line, line.timeliness)


def timeliness(obligation: ObligationState, now: datetime) -> Timeliness:
    """Whether an obligation is in time.

    What was handed in is judged by when it came in, so a slow reviewer never makes an officer late. `due` is the first
    instant that is too late, also for what can no longer be given. What is not asked has no time to
    keep. What is suspended, or was when it could no longer be given, is judged by when its clock stopped; by when it
    came in, where it had been handed in.
    """
    state, due = obligation.state, obligation.due
    if due is None or state in NOT_ASKED:
        return Timeliness.NO_DEADLINE
    if (state in DONE or state is State.SUBMITTED) and obligation.submitted_at is not None:
        return Timeliness.ON_TIME if obligation.submitted_at < due else Timeliness.LATE
    if state in OWING and now < due:
        return Timeliness.DUE_SOON if now >= due - DUE_SOON else Timeliness.IN_TIME
    until = still_since(obligation) or now
    if obligation.laid_aside is State.SUBMITTED:
        until = obligation.submitted_at or until
    if until < due:
        return Timeliness.IN_TIME
    return Timeliness.OVERDUE
