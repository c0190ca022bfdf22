"""How a cascade workflow begins and ends."""

from models.base import Wire
from models.clock import Clock
from models.ledger import LedgerState
from models.plan import CascadePlan


class Carried(Wire):
    """What a long-lived cascade takes along when it continues as new."""

    plan: CascadePlan
    state: LedgerState
    chain_head: str


class CascadeStart(Wire):
    """Ids only: the plan comes from an activity and is then frozen in the history.

    `renew_after` is the number of commands after which the workflow continues as new; a run may take 2,000 Updates.
    """

    cascade_id: str
    clock: Clock
    renew_after: int = 1500
    carried: Carried | None = None


class CascadeOutcome(Wire):
    """The end of a register's chain."""

    chain_head: str
    events: int
