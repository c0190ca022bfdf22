"""What the record activity answers: how far the chain goes, and whether mail is to be sent."""

from models.base import Wire


class Recorded(Wire):
    """`seq` and `chain_head` are those of the last event on record; `mails` counts what the recorded events call for,
    also where they were on record already."""

    seq: int
    chain_head: str
    mails: int
