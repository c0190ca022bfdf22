"""One connection to an SMTP server, with what the server answers sorted by what is to be done about it."""

import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import aiosmtplib

from mail.verdict import CLOSING, Said, verdict
from models.delivery import GiveUp, Sealed, SlowDown, TryLater

_TIMEOUT_SECONDS = 30
_PERMANENT = 500
_ERRORS = (aiosmtplib.SMTPException, OSError)


@dataclass(frozen=True)
class SmtpServer:
    """Where mail is handed over, and as whom. The certificate is checked against the system's authorities and, where
    it is given, those in `ca_file`."""

    host: str
    port: int
    security: Literal["none", "starttls", "tls"] = "none"
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None

    def __str__(self) -> str:
        return f"mail server {self.host}:{self.port}"

    async def open(self) -> aiosmtplib.SMTP:
        """A new connection, encrypted and signed in as the settings ask for.

        Raises `TryLater` in words that an operator can act on, `SlowDown` where the server has too many already.
        """
        client = aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            use_tls=self.security == "tls",
            start_tls=self.security == "starttls",
            username=self.user or None,
            password=self.password if self.user else None,
            cert_bundle=str(self.ca_file) if self.ca_file else None,
            timeout=_TIMEOUT_SECONDS,
        )
        try:
            await client.connect()
        except _ERRORS as error:
            client.close()
            kind, words = self._why(error)
            raise kind(f"{self}: {words}") from error
        return client

    def _why(self, error: Exception) -> tuple[type[TryLater], str]:
        """What kept a connection from being opened, and which setting to look at."""
        match error if isinstance(error, ssl.SSLError) else error.__cause__:
            case ssl.SSLCertVerificationError() as cause:
                return TryLater, (
                    f"its certificate cannot be trusted ({cause.verify_message}): check DONDOC_SMTP_HOST, or name the "
                    "authority's file in DONDOC_SMTP_CA_FILE"
                )
            case ssl.SSLError() as cause:
                return TryLater, f"no TLS there ({cause}): check DONDOC_SMTP_SECURITY, _PORT and _CA_FILE"
        match error:
            case aiosmtplib.SMTPAuthenticationError(code=code, message=message) if code >= _PERMANENT:
                return TryLater, (
                    f"it refuses the sign-in ({code} {message}): check DONDOC_SMTP_USER and DONDOC_SMTP_PASSWORD"
                )
            case aiosmtplib.SMTPResponseException(code=code, message=message):
                return (SlowDown if code == CLOSING else TryLater), f"{code} {message}"
            case OSError():
                return TryLater, str(error)
        return TryLater, f"{error} Check DONDOC_SMTP_SECURITY and DONDOC_SMTP_USER"


class SmtpConnection:
    """The port `activities.ports.Connection`: an open connection that is replaced where the server has closed it."""

    def __init__(self, server: SmtpServer) -> None:
        self._server = server
        self._client: aiosmtplib.SMTP | None = None
        self._used = False

    @property
    def alive(self) -> bool:
        """Whether another mail may be tried on it; the server may have closed it without our knowing."""
        return self._client is not None and self._client.is_connected

    async def ready(self) -> aiosmtplib.SMTP:
        """The connection, opened anew where it is closed. Raises `TryLater`."""
        if self._client is None or not self._client.is_connected:
            self._client, self._used = await self._server.open(), False
        return self._client

    async def send(self, sealed: Sealed) -> None:
        """Hand over one mail.

        Raises `NoSuchAddress` and other `GiveUp`, `NotYet` for this mail alone, `SlowDown` and other `TryLater` for
        all; after any other error it is uncertain whether the server took the mail.
        """
        client = await self.ready()
        try:
            await self._announce(client, sealed)
        except TryLater:
            if self.alive or not self._used:
                raise
            client = await self.ready()  # the server had closed one that has served before: a new one tells more
            await self._announce(client, sealed)
        try:
            await client.data(sealed.content)
        except aiosmtplib.SMTPDataError as error:
            await _reset(client)
            raise verdict(Said.TO_MAIL, error.code, error.message) from error
        except BaseException:
            client.close()  # its next answer may be the one to this mail
            raise
        self._used = True

    async def close(self) -> None:
        """Take leave of the server."""
        if self._client is not None:
            with suppress(*_ERRORS):
                await self._client.quit()
            self._client.close()

    async def _announce(self, client: aiosmtplib.SMTP, sealed: Sealed) -> None:
        """Name sender and receiver; whatever goes wrong here, the mail was certainly not taken."""
        said = Said.TO_SENDER
        try:
            options = [f"size={len(sealed.content)}"] if client.supports_extension("size") else []
            await client.mail(sealed.sender, options=options)
            said = Said.TO_RECEIVER
            await client.rcpt(sealed.to)
        except aiosmtplib.SMTPResponseException as error:
            await _reset(client)
            raise verdict(said, error.code, error.message) from error
        except ValueError as error:
            await _reset(client)
            raise GiveUp(str(error)) from error
        except _ERRORS as error:
            client.close()
            raise TryLater(f"{self._server}: {error}") from error
        except BaseException:
            client.close()
            raise


async def _reset(client: aiosmtplib.SMTP) -> None:
    """Make the server forget a mail that it refused; a connection on which it does not is closed."""
    if client.is_connected:
        try:
            await client.rset()
        except _ERRORS:
            client.close()
