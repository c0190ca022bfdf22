"""The folded state of one register. Everything in it follows from the events."""

from models.base import Instant, Wire
from models.obligation import ObligationState


class LedgerState(Wire):
    """`seq` is the number of the last event, `now` its business instant; `registered` names triggers that arrived,
    `below_closed` the units whose child cascades have closed."""

    seq: int = 0
    now: Instant
    obligations: dict[str, ObligationState] = {}
    registered: tuple[str, ...] = ()
    below_closed: tuple[str, ...] = ()
    closed: bool = False
