"""Delivers the mail of one cascade from the outbox over SMTP."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.clerk import Clerk
from activities.pace import Pace
from activities.ports import Connection, Mailer, Outbox, Postmark
from models.base import Wire
from models.clock import Clock
from models.delivery import Delivered, GiveUp, HandedOver, NoSuchAddress, NotYet, OnItsWay, SlowDown, TryLater
from models.mail import Outgoing

BATCH = 50
_BEAT_SECONDS = 5
_MAILS_A_CONNECTION = 5
"""For fewer it is not worth another one. On loopback two connections took 76 mails a second instead of 44; four took 13
instead of 4 where the server thought about each for 0.2 s."""


class Round(Wire):
    """One round of delivery: whose mail, and the clock on which its time comes."""

    cascade_id: str
    clock: Clock

    def now(self) -> datetime:
        """Business time."""
        return self.clock.business(_real_now())


class DeliverActivities:
    """`rate` is in mails a second, over all cascades that this worker serves.

    A delivery waits `collect` seconds for more mail before it connects, so that a burst goes over one connection and
    does not compete with the records that it follows from. It uses up to `connections` at once.
    """

    def __init__(
        self,
        outbox: Outbox,
        mailer: Mailer,
        postmark: Postmark,
        rate: float,
        collect: float = 0,
        connections: int = 1,
    ) -> None:
        self._outbox = outbox
        self._clerk = Clerk(outbox)
        self._mailer = mailer
        self._postmark = postmark
        self._pace = Pace(rate)
        self._collect = collect
        self._connections = connections

    @activity.defn
    async def deliver(self, tour: Round) -> Delivered:
        """Send all mail of a cascade whose time has come.

        A mail is noted as on its way before it goes and as sent after the server took it, so that only a crash between
        the two makes it uncertain. Raises a retryable error where the server is away or wants less; what it can
        still not take when the hours of mail are over waits for the morning.
        """
        sent = 0
        async with _showing_life():
            await asyncio.sleep(self._collect)
            try:
                while await asyncio.to_thread(self._outbox.due, tour.cascade_id, tour.now()):
                    sent += await self._batch(tour)
            except TryLater as error:
                await asyncio.to_thread(self._outbox.hold, tour.cascade_id, tour.now())
                raise ApplicationError(f"mail waits: {error}", type=type(error).__name__) from error
            return Delivered(
                sent=sent,
                refused=tuple(await asyncio.to_thread(self._outbox.refusals, tour.cascade_id, tour.now())),
                next_at=await asyncio.to_thread(self._outbox.next_at, tour.cascade_id),
            )

    async def _batch(self, tour: Round) -> int:
        """Send the next mails; returns how many the server took."""
        async with self._mailer.connect():
            pass  # while the server is away nothing is claimed, and no links are made in vain
        mails = deque(await asyncio.to_thread(self._outbox.claim, tour.cascade_id, BATCH, tour.now()))
        senders = min(self._connections, 1 + len(mails) // _MAILS_A_CONNECTION)
        done = await asyncio.gather(*(self._send(tour, mails) for _ in range(senders)), return_exceptions=True)
        for outcome in done:
            if isinstance(outcome, BaseException):
                raise outcome
        return sum(outcome for outcome in done if isinstance(outcome, int))

    async def _send(self, tour: Round, mails: deque[Outgoing]) -> int:
        """Send mails over one connection as long as there are any; where that fails, others who send of them stop after
        the one in hand."""
        sent = 0
        try:
            async with self._mailer.connect() as connection:
                while mails:
                    await asyncio.sleep(self._pace.slot(_clock()))
                    if mails:
                        sent += await _undisturbed(self._hand_over(tour, connection, mails.popleft()))
        except BaseException:
            mails.clear()
            raise
        return sent

    async def _hand_over(self, tour: Round, connection: Connection, mail: Outgoing) -> bool:
        """Send one mail and note what became of it; returns whether the server took it."""
        if not await self._clerk.note(OnItsWay(mail=mail.ids)):
            return False
        try:
            sealed = await asyncio.to_thread(self._postmark.write, mail)
            await connection.send(sealed)
        except NoSuchAddress as error:
            await asyncio.to_thread(self._outbox.unreachable, mail.ids, str(error))
            return False
        except GiveUp as error:
            await asyncio.to_thread(self._outbox.refused, mail.ids, str(error))
            return False
        except NotYet as error:
            await asyncio.to_thread(self._outbox.postpone, mail.ids, str(error), tour.clock, _real_now())
            return False
        except SlowDown as error:
            self._pace.slow_down(_clock())
            await asyncio.to_thread(self._outbox.postpone, mail.ids, str(error), tour.clock, _real_now())
            raise
        except TryLater as error:
            await asyncio.to_thread(self._outbox.put_back, mail.ids, str(error))
            raise
        return await self._clerk.note(HandedOver(mail=mail.ids, words=sealed.words, resent=mail.resent))


def _real_now() -> datetime:
    """Real time; where the server's clock is ahead, as in a test that skips time, that one counts."""
    return max(datetime.now(UTC), activity.info().started_time)


def _clock() -> float:
    return asyncio.get_running_loop().time()


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
