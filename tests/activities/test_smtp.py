"""Real SMTP servers on loopback: mail that arrives as it was written, and what their answers are taken for."""

import email
import shutil
import subprocess
from collections.abc import AsyncIterator
from dataclasses import replace
from email.policy import default
from pathlib import Path
from typing import Literal

import pytest

from mail.pool import SmtpPool
from mail.smtp import SmtpServer
from models.delivery import GiveUp, NoSuchAddress, NotYet, Sealed, SlowDown, TryLater
from services.mail_catcher import listen
from services.processes import free_port
from tests.activities.servers import Answering, serving, trusted

SEALED = Sealed(
    sender="dondoc@localhost",
    to="lan@nho.example",
    content=b"Subject: x\r\nTo: lan@nho.example\r\n\r\nhello\r\n",
    words="hello\n",
)

plainly = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


@pytest.fixture
async def answering() -> Answering:
    return Answering()


@pytest.fixture
async def pool(answering: Answering) -> AsyncIterator[SmtpPool]:
    """A pool of two connections to a server that answers as the test wants."""
    async with serving(answering) as server, SmtpPool(server, 2) as pool:
        yield pool


@pytest.mark.parametrize("exists", [False, True], ids=["no folder", "an empty folder"])
async def test_mail_lands_in_the_maildir(tmp_path: Path, exists: bool) -> None:
    if exists:
        (tmp_path / "mail").mkdir()
    port = free_port()
    server = await listen(tmp_path / "mail", "127.0.0.1", port)
    async with server, SmtpPool(SmtpServer("127.0.0.1", port), 1) as pool, pool.connect() as connection:
        await connection.send(SEALED)
        await connection.send(SEALED)
    found = [email.message_from_bytes(path.read_bytes(), policy=default) for path in (tmp_path / "mail/new").iterdir()]
    assert [mail["To"] for mail in found] == ["lan@nho.example"] * 2
    assert found[0]["X-RcptTo"] == "lan@nho.example"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("550 no such user", NoSuchAddress),
        ("551 user not local", NoSuchAddress),
        ("553 5.1.3 mailbox name not allowed", NoSuchAddress),
        ("554 5.1.1 user unknown", NoSuchAddress),
        ("550 5.7.1 relaying denied", GiveUp),
        ("550 relay not permitted", GiveUp),
        ("452 slow down", SlowDown),
        ("450 4.7.1 rate limit exceeded", SlowDown),
        ("451 4.3.2 system not accepting messages", SlowDown),
        ("452 4.5.3 too many recipients", SlowDown),
        ("452 4.2.2 mailbox full", NotYet),
        ("450 4.7.1 greylisted, come again", NotYet),
        ("451 come again", NotYet),
        ("421 4.7.0 too busy", SlowDown),
        ("530 5.7.0 authentication required", TryLater),
    ],
)
async def test_what_is_said_to_the_receiver_is_sorted(
    pool: SmtpPool, answering: Answering, answer: str, kind: type[Exception]
) -> None:
    answering.receiver = [answer]
    async with pool.connect() as connection:
        with pytest.raises(kind, match=answer[:3]) as raised:
            await connection.send(SEALED)
        assert raised.type is kind
        await connection.send(SEALED)
    assert answering.taken == [SEALED.to]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("554 5.6.0 content refused", GiveUp),
        ("552 5.3.4 too large", GiveUp),
        ("550 no", GiveUp),
        ("550 5.1.1 user unknown", NoSuchAddress),
        ("451 4.3.0 come again", NotYet),
        ("452 4.3.1 insufficient system storage", SlowDown),
    ],
)
async def test_what_is_said_to_the_mail_is_sorted(
    pool: SmtpPool, answering: Answering, answer: str, kind: type[Exception]
) -> None:
    answering.content = [answer]
    async with pool.connect() as connection:
        with pytest.raises(kind) as raised:
            await connection.send(SEALED)
        assert raised.type is kind
        await connection.send(SEALED)
    assert (answering.taken, answering.connections) == ([SEALED.to], 1)


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        ("550 5.7.60 may not send as that", TryLater, "DONDOC_MAIL_FROM"),
        ("552 5.3.4 too large", GiveUp, "552"),
        ("451 come again", NotYet, "451"),
    ],
)
async def test_a_sender_who_is_refused_is_a_matter_of_settings_and_not_of_the_mail(
    pool: SmtpPool, answering: Answering, answer: str, kind: type[Exception], words: str
) -> None:
    answering.sender = [answer]
    async with pool.connect() as connection:
        with pytest.raises(kind, match=words) as raised:
            await connection.send(SEALED)
        assert raised.type is kind


async def test_an_address_that_cannot_be_said_is_given_up(pool: SmtpPool, answering: Answering) -> None:
    async with pool.connect() as connection:
        with pytest.raises(GiveUp):
            await connection.send(SEALED.model_copy(update={"to": "lân@nho.example"}))
        await connection.send(SEALED)
    assert answering.taken == [SEALED.to]


async def test_a_connection_that_is_closed_in_the_middle_leaves_doubt_only_once_the_mail_was_said(
    pool: SmtpPool, answering: Answering
) -> None:
    async with pool.connect() as connection:
        answering.receiver = [""]
        with pytest.raises(TryLater):
            await connection.send(SEALED)
        answering.content = [""]
        with pytest.raises(ConnectionError) as raised:
            await connection.send(SEALED)
        assert not isinstance(raised.value, TryLater | GiveUp)


async def test_no_server_is_said_with_its_address() -> None:
    port = free_port()
    async with SmtpPool(SmtpServer("127.0.0.1", port), 1) as pool:
        with pytest.raises(TryLater, match=f"127.0.0.1:{port}"):
            async with pool.connect():
                pytest.fail("connected to nothing")


@plainly
@pytest.mark.parametrize(
    ("password", "words"),
    [("bi mat", None), ("sai", "refuses the sign-in .*DONDOC_SMTP_PASSWORD")],
)
async def test_a_server_that_wants_a_sign_in_gets_it(password: str, words: str | None) -> None:
    answering = Answering()
    async with serving(answering, sign_in=True) as server:
        known = replace(server, user="dondoc", password=password)
        assert password not in repr(known)
        async with SmtpPool(known, 1) as pool:
            if words:
                with pytest.raises(TryLater, match=words):
                    async with pool.connect():
                        pytest.fail("signed in")
            else:
                async with pool.connect() as connection:
                    await connection.send(SEALED)
                assert answering.taken == [SEALED.to]


async def test_a_sign_in_that_the_server_does_not_offer_is_said() -> None:
    async with serving(Answering()) as server, SmtpPool(replace(server, user="dondoc"), 1) as pool:
        with pytest.raises(TryLater, match="DONDOC_SMTP_USER"):
            async with pool.connect():
                pytest.fail("signed in")


@plainly
async def test_a_sign_in_that_is_missing_makes_all_mail_wait() -> None:
    async with serving(Answering(), sign_in=True) as server, SmtpPool(server, 1) as pool, pool.connect() as connection:
        with pytest.raises(TryLater, match="DONDOC_SMTP_USER"):
            await connection.send(SEALED)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority of our own, and a server's certificate for 127.0.0.1 that it signed."""
    if shutil.which("openssl") is None:
        pytest.skip("certificates are made with the openssl command, which is not there")
    folder = tmp_path_factory.mktemp("authority")
    (folder / "server.ext").write_text("subjectAltName = IP:127.0.0.1\n", "utf-8")
    for command in (
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout ca.key -out ca.pem"
        " -addext keyUsage=critical,keyCertSign,cRLSign",
        "req -newkey rsa:2048 -nodes -subj /CN=server -keyout server.key -out server.csr",
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile server.ext -out server.pem",
    ):
        subprocess.run(["openssl", *command.split()], cwd=folder, check=True, capture_output=True)  # noqa: S603, S607
    return folder


@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize("known", [True, False], ids=["of our authority", "of nobody known"])
async def test_the_certificate_of_the_server_is_checked(
    authority: Path, security: Literal["tls", "starttls"], known: bool
) -> None:
    answering = Answering()
    async with serving(answering, security=security, shows=trusted(authority)) as plain:
        server = replace(plain, security=security, ca_file=authority / "ca.pem" if known else None)
        async with SmtpPool(server, 1) as pool:
            if known:
                async with pool.connect() as connection:
                    await connection.send(SEALED)
                assert answering.taken == [SEALED.to]
            else:
                with pytest.raises(TryLater, match=r"certificate cannot be trusted .*DONDOC_SMTP_CA_FILE"):
                    async with pool.connect():
                        pytest.fail("trusted a stranger")


@pytest.mark.parametrize(
    ("security", "words"), [("tls", "no TLS there"), ("starttls", "STARTTLS .*DONDOC_SMTP_SECURITY")]
)
async def test_a_server_that_does_not_encrypt_gets_no_mail_where_that_is_wanted(
    security: Literal["tls", "starttls"], words: str
) -> None:
    async with serving(Answering()) as plain, SmtpPool(replace(plain, security=security), 1) as pool:
        with pytest.raises(TryLater, match=words):
            async with pool.connect():
                pytest.fail("sent in the open")
