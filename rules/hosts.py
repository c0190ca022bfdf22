"""Who may have held an event together."""

from models.plan import CascadePlan, RequirementKind
from models.register import ObligationLine


def possible_hosts(plan: CascadePlan, line: ObligationLine) -> tuple[str, ...]:
    """The codes of the other units that owe the event of a line in the same register; none where no event is owed."""
    if line.kind is not RequirementKind.EVENT:
        return ()
    return tuple(duty.unit for duty in plan.duties if duty.requirement == line.requirement and duty.unit != line.unit)
