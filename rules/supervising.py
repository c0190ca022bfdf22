"""Who acts for a whole directive, in all its registers, and what becomes of obligations when it ends."""

from models.actor import Actor, ActorKind
from models.obligation import LIVE, UNDONE, State
from models.plan import CascadePlan
from rules.stepping_in import may_step_in


def supervises(plan: CascadePlan, actor: Actor) -> bool:
    """Whether somebody may change or end the whole directive of which a register has the slice `plan`: its supervisor
    at the command line, or who keeps its first register."""
    return plan.parent is None and may_step_in(plan, actor)


def as_supervisor(actor: Actor, issuer: str) -> Actor:
    """Somebody who supervises a directive, as all its registers know him: for its issuer, under the name or the link
    that he came with."""
    return actor.model_copy(update={"kind": ActorKind.SUPERVISOR, "unit": issuer})


def ending(*, cancelled: bool) -> frozenset[State]:
    """The states in which the end of a directive before its time changes something: what is not done is withdrawn where
    it is cancelled; else what is owed, or stands still, stays unfulfilled."""
    return LIVE if cancelled else UNDONE
