"""Mails links to sign in: the web process does so itself, because a link is waited for at the screen. What cannot be
sent waits in the database, until the link would have ended."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from datetime import UTC, datetime
from typing import Protocol

from mail.sign_in import SignInLetter
from models.delivery import GiveUp, Sealed
from models.unreachable import Unreachable
from rules.reading import LINK_HOLDS
from store.sign_in_mail import SignInMails, Waiting

LOOK_SECONDS = 15.0
"""So often the postman looks by himself: for what could not be sent, or what another process did not finish."""


class Connection(Protocol):
    async def send(self, sealed: Sealed) -> None:
        """Raises `GiveUp` where the server refuses a mail for good."""


class Mailer(Protocol):
    """The mail server (`mail.pool.SmtpPool`)."""

    def connect(self) -> AbstractAsyncContextManager[Connection]: ...


class SignInPostman:
    """`address_of` makes the address of the page behind a link from its secret."""

    def __init__(
        self, mails: SignInMails, mailer: Mailer, letter: SignInLetter, address_of: Callable[[str], str]
    ) -> None:
        self._mails = mails
        self._mailer = mailer
        self._letter = letter
        self._address_of = address_of
        self._asked = asyncio.Event()

    def hurry(self) -> None:
        """Say that somebody waits."""
        self._asked.set()

    async def run(self) -> None:
        """Deliver what waits, for ever; while the database is away, nothing does."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._asked.wait(), LOOK_SECONDS)
            self._asked.clear()
            with suppress(Unreachable):
                await self.deliver()

    async def deliver(self) -> int:
        """Send what waits now; returns how many mails the server took. Raises `Unreachable`."""
        waiting = await asyncio.to_thread(self._mails.claim, datetime.now(UTC))
        return sum([await self._send(item) for item in waiting])

    async def _send(self, item: Waiting) -> bool:
        now = datetime.now(UTC)
        try:
            await self._hand_over(
                self._letter.write(item.id, item.address, item.name, self._address_of(item.token), LINK_HOLDS, now)
            )
        except GiveUp as error:
            await asyncio.to_thread(self._mails.finished, item.id, now, str(error) or type(error).__name__)
            return False
        except Exception:  # noqa: BLE001 - whatever it was, this one waits, and others are not held up by it
            await asyncio.to_thread(self._mails.put_back, item.id)
            return False
        await asyncio.to_thread(self._mails.finished, item.id, now)
        return True

    async def _hand_over(self, sealed: Sealed) -> None:
        async with self._mailer.connect() as connection:
            await connection.send(sealed)
