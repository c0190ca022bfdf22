"""A few connections to the mail server that deliveries share and use again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from mail.smtp import SmtpConnection, SmtpServer

IDLE_SECONDS = 20.0
"""After so long without mail a connection is closed; servers lose patience after some minutes (RFC 5321: five)."""


class SmtpPool:
    """The port `activities.ports.Mailer`: at most `size` connections are open at once; who wants one more waits.

    Use it as a context: on leaving, connections that are open are closed.
    """

    def __init__(self, server: SmtpServer, size: int, idle_seconds: float = IDLE_SECONDS) -> None:
        self._server = server
        self._places = asyncio.Semaphore(size)
        self._idle_seconds = idle_seconds
        self._idle: dict[SmtpConnection, asyncio.Task[None]] = {}

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[SmtpConnection]:
        """A connection of one's own for a while: one that is open, or a new one. Raises `TryLater` where none is to be
        had."""
        async with self._places:
            connection = self._used_before() or SmtpConnection(self._server)
            await connection.ready()
            try:
                yield connection
            finally:
                if connection.alive:
                    self._idle[connection] = asyncio.create_task(self._retire(connection))

    async def __aenter__(self) -> "SmtpPool":
        return self

    async def __aexit__(self, *_: object) -> None:
        while connection := self._used_before():
            await connection.close()

    def _used_before(self) -> SmtpConnection | None:
        """The connection that was used last and is still open."""
        while self._idle:
            connection, retiring = self._idle.popitem()
            retiring.cancel()
            if connection.alive:
                return connection
        return None

    async def _retire(self, connection: SmtpConnection) -> None:
        await asyncio.sleep(self._idle_seconds)
        del self._idle[connection]
        await connection.close()
