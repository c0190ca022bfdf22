"""What the record activity answers: how far the chain goes and how much mail waits."""

from models.base import Wire


class Recorded(Wire):
    """`seq` and `chain_head` are those of the last event on record; `queued` counts mails newly put in the outbox."""

    seq: int
    chain_head: str
    queued: int
