"""The mail with a link to sign in to the reading room: Vietnamese, then English, because its reader has no page yet on
which he could have chosen."""

from datetime import datetime, timedelta

from mail.kept import without_links
from mail.message import build_plain
from mail.render import render_sign_in
from models.delivery import GiveUp, Sealed


class SignInLetter:
    """Writes such mails; `sender` is the address that all mail comes from, `domain` the right-hand side of ids."""

    def __init__(self, sender: str, domain: str) -> None:
        self._sender = sender
        self._domain = domain

    def write(self, number: int, to: str, name: str, url: str, holds: timedelta, at: datetime) -> Sealed:
        """The mail number `number`, written at an instant (real time), with the secret address `url`, which holds for
        a while. Raises `GiveUp` for an address that is none."""
        rendered = render_sign_in(name, url, minutes=int(holds.total_seconds()) // 60)
        try:
            content = build_plain(
                rendered,
                message_id=f"<sign-in.{number}.{int(at.timestamp())}@{self._domain}>",
                sender=self._sender,
                to=to,
                date=at,
            )
        except ValueError as error:
            raise GiveUp(str(error)) from error
        return Sealed(sender=self._sender, to=to, content=content, words=without_links(rendered.text, url))
