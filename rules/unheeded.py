"""What nobody heeded: pressed for up to the last step, and still owed. Its unit is named in the next interim report
(DOMAIN section 3, proposal)."""

from models.follow_up import FollowUp, StepKind, Track
from models.obligation import OWING, ObligationState, State
from rules.ladder import rungs


def unheeded(item: ObligationState, follow_up: FollowUp) -> bool:
    """Whether a lead still owes something although the last step of its ladder lies behind: of the one for what was
    returned, where there is one and it was, else of the one for what is due. A ladder that only reminds presses
    nobody."""
    if item.state not in OWING or item.coordinating:
        return False
    track = Track.RETURNED if item.state is State.RETURNED and follow_up.returned else Track.DUE
    ladder = rungs(track, follow_up)
    pressing = any(step.kind is not StepKind.REMINDER for step in ladder)
    return pressing and item.climbed.get(track, 0) >= len(ladder)
