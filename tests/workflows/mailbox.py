"""A mail server that keeps what people read."""

import email
from dataclasses import dataclass
from datetime import date
from email.policy import default
from email.utils import parsedate_to_datetime

from models.delivery import Sealed
from rules.calendar import local_day
from tests.fakes import FakeMailer


@dataclass(frozen=True)
class Mail:
    """A mail as it arrives: to whom, dated when, its kinds of parts with the requirements each is about, and its text.
    `drafts` are the names of documents to sign."""

    to: str
    day: date
    subject: str
    parts: dict[str, tuple[str, ...]]
    text: str
    drafts: tuple[str, ...]


class Mailbox(FakeMailer):
    """All mails, in the order in which they arrived."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Mail] = []

    async def send(self, sealed: Sealed) -> None:
        await super().send(sealed)
        self.mails.append(_read(sealed))

    def with_part(self, *kinds: str, since: date = date.min) -> list[tuple[date, str, str]]:
        """Who got a part of these kinds on which day, each once: (day, kind, address)."""
        found = (
            (mail.day, kind, mail.to)
            for mail in self.mails
            for kind in mail.parts
            if kind in kinds and mail.day >= since
        )
        return list(dict.fromkeys(found))

    def last(self, kind: str, to: str) -> Mail:
        """The last mail of a kind that somebody got."""
        return next(mail for mail in reversed(self.mails) if kind in mail.parts and mail.to == to)


def _read(sealed: Sealed) -> Mail:
    message = email.message_from_bytes(sealed.content, policy=default)
    body = message.get_body(("plain",))
    parts = (part.split() for part in str(message["X-Dondoc-Parts"]).split(";"))
    return Mail(
        to=sealed.to,
        day=local_day(parsedate_to_datetime(str(message["Date"]))),
        subject=str(message["Subject"]),
        parts={kind: tuple(about) for kind, *about in parts},
        text=str(body.get_content()) if body else "",
        drafts=tuple(
            name for part in message.iter_attachments() if (name := part.get_filename() or "").endswith("docx")
        ),
    )
