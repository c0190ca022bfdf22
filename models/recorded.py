"""What the record activity answers: how far the chain goes and how much mail waits."""

from models.base import Wire


class Recorded(Wire):
    """`seq` and `chain_head` are those of the last event on record; `waiting` counts the cascade's mails that are
    neither sent nor refused."""

    seq: int
    chain_head: str
    waiting: int
