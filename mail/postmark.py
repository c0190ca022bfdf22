"""Turns an outgoing mail into what goes over the wire."""

from collections.abc import Callable, Sequence

from mail.calendar import attached
from mail.kept import without_links
from mail.message import build
from mail.render import render
from models.chase_letter import ChaseLetter
from models.delivery import GiveUp, Sealed
from models.mail import Outgoing


class Postmark:
    """The port `activities.ports.Postmark`. `sender` is the address all mail comes from; `on_paper` makes one document
    (.docx) of letters that are to be signed."""

    def __init__(self, sender: str, on_paper: Callable[[Sequence[ChaseLetter]], bytes]) -> None:
        self._sender = sender
        self._on_paper = on_paper

    def write(self, mail: Outgoing) -> Sealed:
        """The mail with text, HTML, due dates and drafts, its own Message-ID and its place in the unit's thread.

        Raises `GiveUp` for an address that is none.
        """
        letter = mail.letter
        rendered, calendar = render(letter), attached(letter)
        try:
            content = build(
                rendered,
                message_id=mail.message_id,
                sender=self._sender,
                sender_name=letter.issuer.short_name,
                to=mail.to,
                date=letter.at,
                directive_id=letter.head.directive_id,
                label=letter.head.label,
                parts=[
                    (part.kind, list(dict.fromkeys(line.requirement for line in part.lines))) for part in letter.parts
                ],
                thread_id=mail.thread_id,
                calendar=calendar,
                drafts=self._on_paper(letter.drafts) if letter.drafts else b"",
                resent=mail.resent,
            )
        except ValueError as error:
            raise GiveUp(str(error)) from error
        words = without_links(rendered.text, letter.url)
        return Sealed(sender=self._sender, to=mail.to, content=content, words=words)
