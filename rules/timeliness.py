"""The second axis of an obligation: in time or not (DOMAIN section 3)."""

from datetime import datetime, timedelta

from models.obligation import DONE, NOT_ASKED, OWING, ObligationState, State, Timeliness

DUE_SOON = timedelta(days=3)
"""`sắp quá hạn`: three days or less left, as a provincial system in use has it (DOMAIN section 3)."""


def timeliness(obligation: ObligationState, now: datetime) -> Timeliness:
    """Whether an obligation is in time.

    What was handed in is judged by when it came in, so a slow reviewer never makes an officer late. `due` is the first
    instant that is too late, also for what can no longer be given. What is not asked has no time to
    keep, and for what is suspended it stands still.
    """
    state, due = obligation.state, obligation.due
    if due is None or state in NOT_ASKED:
        return Timeliness.NO_DEADLINE
    if (state in DONE or state is State.SUBMITTED) and obligation.submitted_at is not None:
        return Timeliness.ON_TIME if obligation.submitted_at < due else Timeliness.LATE
    if state in OWING and now < due:
        return Timeliness.DUE_SOON if now >= due - DUE_SOON else Timeliness.IN_TIME
    until = obligation.suspended_at if state is State.SUSPENDED and obligation.suspended_at else now
    if until < due:
        return Timeliness.IN_TIME
    return Timeliness.OVERDUE
