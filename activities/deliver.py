"""Delivers the mail of one cascade from the outbox over SMTP."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.ports import Connection, Mailer, Outbox, Postmark
from models.delivery import GiveUp, TryLater
from models.mail import Outgoing

BATCH = 50
_BEAT_SECONDS = 5


class DeliverActivities:
    """`rate` is in mails a second, over all cascades that this worker serves.

    A delivery waits `collect` seconds for more mail before it connects, so that a burst goes over one connection and
    does not compete with the records that it follows from.
    """

    def __init__(self, outbox: Outbox, mailer: Mailer, postmark: Postmark, rate: float, collect: float = 0) -> None:
        self._outbox = outbox
        self._mailer = mailer
        self._postmark = postmark
        self._pause = 1 / rate
        self._collect = collect
        self._next_slot = 0.0

    @activity.defn
    async def deliver(self, cascade_id: str) -> int:
        """Send all mail that waits, over one connection a batch; returns how many were sent.

        A mail is noted as on its way before it goes and as sent after the server took it, so that only a crash between
        the two makes it uncertain. Raises a retryable error where the server is away.
        """
        sent = 0
        async with _showing_life():
            await asyncio.sleep(self._collect)
            while mails := await asyncio.to_thread(self._outbox.claim, cascade_id, BATCH):
                try:
                    async with self._mailer.connect() as connection:
                        for mail in mails:
                            await self._take_slot()
                            sent += await _undisturbed(self._hand_over(connection, mail))
                except TryLater as error:
                    raise ApplicationError(f"mail waits: {error}", type="MailServerAway") from error
        return sent

    async def _hand_over(self, connection: Connection, mail: Outgoing) -> bool:
        """Send one mail and note what became of it; returns whether the server took it."""
        await asyncio.to_thread(self._outbox.sending, mail.id)
        try:
            await connection.send(await asyncio.to_thread(self._postmark.write, mail))
        except GiveUp as error:
            await asyncio.to_thread(self._outbox.refused, mail.id, str(error))
            return False
        except TryLater as error:
            await asyncio.to_thread(self._outbox.put_back, mail.id, str(error))
            raise
        await asyncio.to_thread(self._outbox.sent, mail.id)
        return True

    async def _take_slot(self) -> None:
        """Wait until the rate allows another mail."""
        now = asyncio.get_running_loop().time()
        slot = max(now, self._next_slot)
        self._next_slot = slot + self._pause
        if slot > now:
            await asyncio.sleep(slot - now)


@asynccontextmanager
async def _showing_life() -> AsyncIterator[None]:
    """Heartbeats also while a slow mail server makes us wait, so that nobody begins the same delivery again."""

    async def beat() -> None:
        while True:
            activity.heartbeat()
            await asyncio.sleep(_BEAT_SECONDS)

    beating = asyncio.create_task(beat())
    try:
        yield
    finally:
        beating.cancel()


async def _undisturbed(work: Coroutine[Any, Any, bool]) -> bool:
    """The result of some work; a cancellation that comes meanwhile waits until it is done."""
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise
