"""What the record activity answers: how far the chain goes, and when mail leaves."""

from models.base import Instant, Wire


class Recorded(Wire):
    """`seq` and `chain_head` are those of the last event on record; `leaves_at` is the business instant at which the
    first mail leaves that the recorded events call for, also where they were on record already; None where they call
    for none."""

    seq: int
    chain_head: str
    leaves_at: Instant | None = None
