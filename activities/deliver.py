"""Delivers the mail of one cascade from the outbox over SMTP."""

import asyncio
from collections.abc import Sequence

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.ports import Connection, Mailer, Outbox, Postmark
from models.delivery import GiveUp, TryLater
from models.mail import Outgoing

BATCH = 50


class DeliverActivities:
    """`rate` is in mails a second, over all cascades that this worker serves."""

    def __init__(self, outbox: Outbox, mailer: Mailer, postmark: Postmark, rate: float) -> None:
        self._outbox = outbox
        self._mailer = mailer
        self._postmark = postmark
        self._pause = 1 / rate
        self._next_slot = 0.0

    @activity.defn
    async def deliver(self, cascade_id: str) -> int:
        """Send all mail that waits, over one connection a batch; returns how many were sent.

        A mail is noted as on its way before it goes and as sent after the server took it, so that only a crash between
        the two makes it uncertain. Raises a retryable error where the server is away.
        """
        sent = 0
        while mails := await asyncio.to_thread(self._outbox.claim, cascade_id, BATCH):
            try:
                async with self._mailer.connect() as connection:
                    sent += await self._send(connection, mails)
            except TryLater as error:
                raise ApplicationError(f"mail waits: {error}", type="MailServerAway") from error
        return sent

    async def _send(self, connection: Connection, mails: Sequence[Outgoing]) -> int:
        previous: int | None = None
        count = 0
        for mail in mails:
            await self._take_slot()
            await asyncio.to_thread(self._progress, previous, mail.id)
            previous = None
            try:
                await connection.send(await asyncio.to_thread(self._postmark.write, mail))
            except GiveUp as error:
                await asyncio.to_thread(self._outbox.refused, mail.id, str(error))
            except TryLater as error:
                await asyncio.to_thread(self._outbox.put_back, mail.id, str(error))
                raise
            else:
                previous = mail.id
                count += 1
            activity.heartbeat(mail.id)
        if previous is not None:
            await asyncio.to_thread(self._progress, previous, None)
        return count

    def _progress(self, sent: int | None, sending: int | None) -> None:
        self._outbox.progress(sent=sent, sending=sending)

    async def _take_slot(self) -> None:
        """Wait until the rate allows another mail."""
        now = asyncio.get_running_loop().time()
        slot = max(now, self._next_slot)
        self._next_slot = slot + self._pause
        if slot > now:
            await asyncio.sleep(slot - now)
