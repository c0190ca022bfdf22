"""Notes in the outbox what becomes of mails on all connections: what comes while one note is written goes into the next
together, because each costs the database about the same however many mails it is about."""

import asyncio

from activities.ports import Outbox
from models.delivery import HandedOver, OnItsWay


class Clerk:
    """Writes one note after the other; whoever asks waits until his is written."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._waiting: list[tuple[OnItsWay | HandedOver, asyncio.Future[bool]]] = []
        self._writing: asyncio.Task[None] | None = None

    def note(self, what: OnItsWay | HandedOver) -> asyncio.Future[bool]:
        """Whether the mail was still to be delivered, once that is written; raises what keeps it from being written."""
        done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((what, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        return done

    async def _write(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting, []
            try:
                said = await asyncio.to_thread(self._outbox.note, [what for what, _ in together])
            except Exception as error:  # noqa: BLE001 - whoever waits hears of it
                for _, done in together:
                    if not done.done():
                        done.set_exception(error)
            else:
                for (_, done), fresh in zip(together, said, strict=True):
                    if not done.done():
                        done.set_result(fresh)
