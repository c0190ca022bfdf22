"""Who answers for a unit in one register: the registry's contact, and whom he names beside or instead of himself."""

import datetime as dt
from enum import StrEnum

from models.base import Instant, Wire
from models.unit import Role


class Arrangement(StrEnum):
    """How a named person stands to the one who names him: both work on; he takes over for good, and the other's links
    die; or he stands in between two days, both included."""

    COLLEAGUE = "colleague"
    SUCCESSOR = "successor"
    SUBSTITUTE = "substitute"


class Holder(Wire):
    """What the register knows of a person who answers, or no longer answers, for a unit.

    The contacts of the registry are known by their role, others by `h` and the number of the event that named them;
    `by` is the holder who named him, `by_email` that one's address, so that both stand in the trail. `email` of a
    contact of the registry is the address at which he left or was refused: once the registry has another one, that does
    not hold any more. `refused` are the words of the mail server that knows no such address.
    """

    id: str
    unit: str
    role: Role = Role.FOCAL
    name: str = ""
    email: str
    arrangement: Arrangement | None = None
    by: str = ""
    by_email: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    left_at: Instant | None = None
    refused_at: Instant | None = None
    refused: str = ""


def holder_key(unit: str, holder: str) -> str:
    """The name of a holder within a register."""
    return f"{unit}/{holder}"
