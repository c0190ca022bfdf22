"""In whose hands an obligation is: what explains a delay, kept up to date whenever it changes hands (DOMAIN section 3).

The times in all hands add up exactly to the time from when the matter began to when it was done.
"""

from datetime import datetime, timedelta

from models.obligation import DONE, LIVE, OWING, Hands, ObligationState, State
from models.register import ObligationLine

MICROSECOND = timedelta(microseconds=1)


def begun(at: datetime) -> Hands:
    """Nobody has held it yet; from this instant somebody does."""
    return Hands(until=at)


def hands_until(item: ObligationState | ObligationLine, at: datetime) -> Hands | None:
    """The times in all hands up to an instant; up to the end where it is done or can no longer be given. None for what
    has not begun."""
    return _passed(item, item.hands, at) if item.hands is not None and running(item) else item.hands


def held_until(item: ObligationState, at: datetime) -> ObligationState:
    """An obligation with the times in all hands up to an instant."""
    return item.model_copy(update={"hands": hands_until(item, at)})


def running(item: ObligationState | ObligationLine) -> bool:
    """Whether somebody holds an obligation, so that time counts."""
    return item.state in LIVE


def passed_on(before: ObligationState, after: ObligationState, at: datetime) -> ObligationState:
    """An obligation after an event at an instant: where it changes hands, with the time since it last did in the hands
    that held it before. What came in on paper was with those who review it from the day on which it came in, though not
    from before it last changed hands. What comes from elsewhere brings its own account."""
    if before.hands is None:
        return _begun_by_now(after, at)
    if after.hands != before.hands or _held(after) == _held(before) or before.hands.until > at:
        return after
    came = after.submitted_at if after.submitted_at != before.submitted_at and before.state in OWING else None
    split = max(before.hands.until, min(came or at, at))
    held = _passed(before, before.hands, split)
    if split < at:
        held = held.model_copy(update={"until": at, "reviewer": held.reviewer + between(split, at)})
    return after.model_copy(update={"hands": held})


def between(start: datetime, end: datetime) -> int:
    """The microseconds from one instant to another."""
    return (end - start) // MICROSECOND


def _begun_by_now(after: ObligationState, at: datetime) -> ObligationState:
    """What nobody held begins when it opens."""
    begins = after.hands is None and after.opened_at is not None and running(after)
    return after.model_copy(update={"hands": begun(at)}) if begins else after


def _held(item: ObligationState) -> tuple[State, datetime | None, datetime | None]:
    """What says who holds an obligation: the state, and which part of its time was given longer."""
    return item.state, item.due, item.promised


def _passed(item: ObligationState | ObligationLine, held: Hands, at: datetime) -> Hands:
    """The times in all hands at an instant, if nothing has changed hands until then."""
    start, gone = held.until, between(held.until, at)
    if gone <= 0:
        return held
    if item.state in OWING:
        given = _given_longer(item, start, at)
        more = {"extension": held.extension + given, "unit": held.unit + gone - given}
    else:
        holder = _HOLDERS.get(item.state, "suspended")
        more = {holder: getattr(held, holder) + gone}
    return held.model_copy(update={"until": at, **more})


def _given_longer(item: ObligationState | ObligationLine, start: datetime, end: datetime) -> int:
    """Microseconds of a span that lie in the time which extensions added."""
    if item.due is None or item.promised is None:
        return 0
    return max(0, between(max(start, item.promised), min(end, item.due)))


_HOLDERS = {State.DORMANT: "above", State.SUBMITTED: "reviewer"} | dict.fromkeys(DONE, "reviewer")
"""In whose hands each state is; what was released for a while counts as suspended."""
