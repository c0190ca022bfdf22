"""A mail as it is handed to the server, how that can fail, and what became of a round of delivery."""

from models.base import Instant, Wire
from models.unit import Role


class Sealed(Wire):
    """A mail ready for the wire: envelope addresses, and the content with headers (ASCII, CRLF). `words` is its text
    as it is kept for those who ask later, without the secrets of its links."""

    sender: str
    to: str
    content: bytes
    words: str


class OnItsWay(Wire):
    """A mail that is about to be handed to the server: until it is noted as `HandedOver` its delivery is uncertain."""

    mail: tuple[int, ...]


class HandedOver(Wire):
    """A mail that the server took, with its `words` as they are kept; `resent`: an earlier delivery is uncertain."""

    mail: tuple[int, ...]
    words: str
    resent: bool


class GiveUp(Exception):
    """The server refused this mail for good (5xx), or it cannot be written; another mail may pass."""


class NoSuchAddress(GiveUp):
    """The server refused the address itself for good: no mail will reach it."""


class TryLater(Exception):
    """The server cannot be reached or asks to come again (4xx); the mail was certainly not taken."""


class NotYet(TryLater):
    """The server does not take this mail yet (4xx of the address or the mail itself); another mail may pass."""


class SlowDown(TryLater):
    """The server takes mail, but not so much at once (421, 450, 451, 452 with words of a limit)."""


class Refusal(Wire):
    """An address that does not exist any more: whose it is, and the server's words."""

    unit: str
    holder: str
    role: Role
    email: str
    words: str


class Delivered(Wire):
    """What a round of delivery did: mails sent, addresses refused for good, and the business instant at which the next
    mail leaves, None where no more waits."""

    sent: int
    refused: tuple[Refusal, ...] = ()
    next_at: Instant | None = None
