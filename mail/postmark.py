"""Turns an outgoing mail into what goes over the wire."""

from mail.message import build
from mail.render import render
from models.delivery import GiveUp, Sealed
from models.mail import Outgoing


class Postmark:
    """The port `activities.ports.Postmark`. `sender` is the address all mail comes from."""

    def __init__(self, sender: str) -> None:
        self._sender = sender

    def write(self, mail: Outgoing) -> Sealed:
        """The mail with text and HTML, its own Message-ID and its place in the unit's thread.

        Raises `GiveUp` for an address that is none.
        """
        letter = mail.letter
        rendered = render(letter)
        try:
            content = build(
                rendered,
                message_id=mail.message_id,
                sender=self._sender,
                sender_name=letter.issuer.short_name,
                to=mail.to,
                date=letter.at,
                directive_id=letter.head.directive_id,
                kind=letter.kind,
                thread_id=mail.thread_id,
                resent=mail.resent,
            )
        except ValueError as error:
            raise GiveUp(str(error)) from error
        return Sealed(sender=self._sender, to=mail.to, content=content)
