"""A link in a mail: one purpose, one holder, revocable (DESIGN rule 3). The token itself is never stored."""

from enum import StrEnum

from models.base import Instant, Wire
from models.unit import Role


class Purpose(StrEnum):
    OFFICER = "officer"
    REGISTER = "register"


class Link(Wire):
    """What a token stands for. `unit` is the holder's unit: who owes, or who keeps the register or decides on some of
    its lines; `holder`, `name` and `address` are the person's to whom it was sent; expiry is a real (not business)
    instant. `dead` says that today's state does not bear the link out any more: the person has left or was replaced,
    the registry has another address, or a substitute's days are over."""

    token_hash: str
    purpose: Purpose
    directive_id: str
    cascade_id: str
    unit: str
    role: Role
    holder: str = ""
    name: str = ""
    address: str = ""
    expires_at: Instant
    revoked_at: Instant | None = None
    dead: bool = False
