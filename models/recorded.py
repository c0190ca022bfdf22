"""What the record activity answers: how far the chain goes, and when mail leaves."""

from models.base import Instant, Wire
from models.event import Event


class Recorded(Wire):
    """`seq` and `chain_head` are those of the last event on record; `leaves_at` is the business instant at which the
    first mail leaves that the recorded events call for, also where they were on record already; None where they call
    for none. `earlier`: what stands in the place of the given events, of which none was recorded then: an interrupted
    try has recorded it, and the workflow's history does not know (decision 0018)."""

    seq: int
    chain_head: str
    leaves_at: Instant | None = None
    earlier: tuple[Event, ...] = ()
