"""Real SMTP servers on loopback that answer as a test wants."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from mail.smtp import SmtpServer
from services.processes import free_port

OK = "250 OK"


class Answering:
    """Answers with the next of `sender`, `receiver` and `content`, one each, and consents once they are used up; an
    empty answer hangs up. What it took is in `taken`, and how often somebody connected in `connections`."""

    def __init__(self) -> None:
        self.sender: list[str] = []
        self.receiver: list[str] = []
        self.content: list[str] = []
        self.taken: list[str] = []
        self.connections = 0
        self.open: set[SMTP] = set()

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.open.add(server)
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self._answer(server, self.sender)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self._answer(server, self.receiver)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        answer = self._answer(server, self.content)
        if answer == OK:
            self.taken.extend(envelope.rcpt_tos)
        return answer

    def hang_up(self) -> None:
        """Close all connections, as a server does that is restarted."""
        for server in self.open:
            if server.transport is not None:
                server.transport.close()
        self.open.clear()

    def _answer(self, server: SMTP, answers: list[str]) -> str:
        answer = answers.pop(0) if answers else OK
        if not answer and server.transport is not None:
            server.transport.close()
        return answer


def _allowed(_server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, login: Any) -> AuthResult:
    known = isinstance(login, LoginPassword) and (login.login, login.password) == (b"dondoc", b"bi mat")
    return AuthResult(success=known, handled=mechanism not in {"PLAIN", "LOGIN"})


@asynccontextmanager
async def serving(
    answering: Answering,
    *,
    security: Literal["none", "starttls", "tls"] = "none",
    shows: ssl.SSLContext | None = None,
    sign_in: bool = False,
) -> AsyncIterator[SmtpServer]:
    """A server, and how to reach it."""

    def connected() -> SMTP:
        answering.connections += 1
        return SMTP(
            answering,
            tls_context=shows if security == "starttls" else None,
            authenticator=_allowed if sign_in else None,
            auth_require_tls=False,
            auth_required=sign_in,
        )

    port = free_port()
    listening = await asyncio.get_running_loop().create_server(
        connected, "127.0.0.1", port, ssl=shows if security == "tls" else None
    )
    async with listening:
        yield SmtpServer("127.0.0.1", port)
        listening.close()


def trusted(folder: Path) -> ssl.SSLContext:
    """What a server shows that has a certificate of the authority in `folder`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    return context
