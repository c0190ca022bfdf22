"""Sending over SMTP, with the server's answers sorted into: taken, refused for good, come again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Literal

import aiosmtplib

from models.delivery import GiveUp, Sealed, TryLater

_TIMEOUT_SECONDS = 30
_FIRST_PERMANENT_CODE = 500


class SmtpConnection:
    """One open connection."""

    def __init__(self, client: aiosmtplib.SMTP) -> None:
        self._client = client

    async def send(self, sealed: Sealed) -> None:
        """Hand over one mail.

        Raises `GiveUp` on a 5xx answer and `TryLater` on a 4xx one; any other error leaves delivery uncertain.
        """
        try:
            await self._client.sendmail(sealed.sender, [sealed.to], sealed.content)
        except aiosmtplib.SMTPRecipientsRefused as error:
            refusal = error.recipients[0]
            raise _judged(refusal.code, refusal.message) from error
        except aiosmtplib.SMTPResponseException as error:
            raise _judged(error.code, error.message) from error


class SmtpMailer:
    """The port `activities.ports.Mailer`. One connection for each batch."""

    def __init__(
        self, host: str, port: int, security: Literal["none", "starttls", "tls"], user: str = "", password: str = ""
    ) -> None:
        self._address = f"{host}:{port}"
        self._options = {
            "hostname": host,
            "port": port,
            "use_tls": security == "tls",
            "start_tls": security == "starttls",
            "username": user or None,
            "password": password or None,
            "timeout": _TIMEOUT_SECONDS,
        }

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[SmtpConnection]:
        """A connection for a batch. Raises `TryLater`, naming the address, when there is none to be had."""
        client = aiosmtplib.SMTP(**self._options)  # type: ignore[arg-type]  # one dict for differently typed options
        try:
            await client.connect()
        except (aiosmtplib.SMTPException, OSError) as error:
            raise TryLater(f"mail server {self._address}: {error}") from error
        try:
            yield SmtpConnection(client)
        finally:
            with suppress(aiosmtplib.SMTPException, OSError):
                await client.quit()


def _judged(code: int, message: str) -> Exception:
    words = f"{code} {message}"
    return GiveUp(words) if code >= _FIRST_PERMANENT_CODE else TryLater(words)
