"""A mail as it is handed to the server, and how that can fail."""

from models.base import Wire


class Sealed(Wire):
    """A mail ready for the wire: envelope addresses, and the content with headers (ASCII, CRLF)."""

    sender: str
    to: str
    content: bytes


class GiveUp(Exception):
    """The server refused this mail for good (5xx)."""


class TryLater(Exception):
    """The server cannot be reached or asks to come again (4xx); the mail was certainly not taken."""
