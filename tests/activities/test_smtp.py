"""A real SMTP server on loopback: its answers, and mail that arrives as it was written."""

import email
from collections.abc import AsyncIterator
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from mail.smtp import SmtpMailer
from models.delivery import GiveUp, Sealed, TryLater
from services.mail_catcher import listen
from services.processes import free_port

SEALED = Sealed(
    sender="dondoc@localhost", to="lan@nho.example", content=b"Subject: x\r\nTo: lan@nho.example\r\n\r\nhello\r\n"
)


class Moody:
    """Answers to a receiver with what the receiver's name asks for."""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.startswith("gone"):
            return "550 no such user"
        if address.startswith("busy"):
            return "451 come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        return "250 OK"


@pytest.fixture
async def moody_port() -> AsyncIterator[int]:
    import asyncio

    port = free_port()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(Moody()), "127.0.0.1", port)
    async with server:
        yield port


@pytest.mark.parametrize("exists", [False, True], ids=["no folder", "an empty folder"])
async def test_mail_lands_in_the_maildir(tmp_path: Path, exists: bool) -> None:
    if exists:
        (tmp_path / "mail").mkdir()
    port = free_port()
    server = await listen(tmp_path / "mail", "127.0.0.1", port)
    async with server, SmtpMailer("127.0.0.1", port, "none").connect() as connection:
        await connection.send(SEALED)
        await connection.send(SEALED)
    found = [email.message_from_bytes(path.read_bytes(), policy=default) for path in (tmp_path / "mail/new").iterdir()]
    assert [mail["To"] for mail in found] == ["lan@nho.example"] * 2
    assert found[0]["X-RcptTo"] == "lan@nho.example"


async def test_answers_are_sorted_into_give_up_and_try_later(moody_port: int) -> None:
    async with SmtpMailer("127.0.0.1", moody_port, "none").connect() as connection:
        with pytest.raises(GiveUp, match="550"):
            await connection.send(SEALED.model_copy(update={"to": "gone@nho.example"}))
        with pytest.raises(TryLater, match="451"):
            await connection.send(SEALED.model_copy(update={"to": "busy@nho.example"}))
        await connection.send(SEALED)


async def test_no_server_is_said_with_its_address() -> None:
    port = free_port()
    with pytest.raises(TryLater, match=f"127.0.0.1:{port}"):
        async with SmtpMailer("127.0.0.1", port, "none").connect():
            pytest.fail("connected to nothing")
