"""Links to sign in are mailed by the web process, and by nobody else."""

import asyncio
import email
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.policy import default

import pytest
from sqlalchemy import Engine

from mail.sign_in import SignInLetter
from models.actor import Actor, ActorKind
from models.delivery import NoSuchAddress, Sealed, TryLater
from models.reader import Reader, ReaderRole
from services.sign_in_mail import SignInPostman
from store.readers import list_reader
from store.sign_in import SignIn
from store.sign_in_mail import SignInMails
from tests.waiting import eventually

ADMIN = Actor(kind=ActorKind.OPERATOR, unit="")
BINH = Reader(address="binh@hue.example", name="Trần Thị Bình", role=ReaderRole.AUDITOR)


class FakePool:
    """A mail server in memory; `errors` are raised for the next mails, one each."""

    def __init__(self) -> None:
        self.taken: list[Sealed] = []
        self.errors: list[Exception] = []

    @asynccontextmanager
    async def connect(self) -> AsyncIterator["FakePool"]:
        yield self

    async def send(self, sealed: Sealed) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.taken.append(sealed)


@pytest.fixture
def pool() -> FakePool:
    return FakePool()


@pytest.fixture
def people(sqlite: Engine) -> SignIn:
    list_reader(sqlite, BINH, ADMIN, "test")
    return SignIn(sqlite)


@pytest.fixture
def postman(sqlite: Engine, pool: FakePool) -> SignInPostman:
    letter = SignInLetter("dondoc@hue.example", "hue.example")
    return SignInPostman(SignInMails(sqlite), pool, letter, lambda token: f"https://dondoc.example/tra-cuu/vao/{token}")


async def test_the_mail_has_a_link_that_lets_in(people: SignIn, postman: SignInPostman, pool: FakePool) -> None:
    people.ask(BINH.address, datetime.now(UTC))
    assert await postman.deliver() == 1
    assert await postman.deliver() == 0
    (sealed,) = pool.taken
    assert sealed.to == BINH.address
    message = email.message_from_bytes(sealed.content, policy=default)
    body = message.get_body(("plain",))
    assert body is not None
    link = next(line for line in body.get_content().splitlines() if line.startswith("https://"))
    token = link.rpartition("/")[2]
    assert message["Subject"] == "Đường dẫn đăng nhập trang tra cứu"
    assert "trong 15 phút" in body.get_content()
    assert link in (message.get_body(("html",)) or body).get_content()
    assert token not in sealed.words
    assert people.sign_in(token, datetime.now(UTC)) is not None


@pytest.mark.parametrize("error", [TryLater("connection refused"), ConnectionResetError("reset"), RuntimeError("odd")])
async def test_what_the_server_does_not_take_is_tried_again(
    people: SignIn, postman: SignInPostman, pool: FakePool, error: Exception
) -> None:
    people.ask(BINH.address, datetime.now(UTC))
    pool.errors.append(error)
    assert await postman.deliver() == 0
    assert await postman.deliver() == 1


async def test_what_the_server_refuses_for_good_is_not(people: SignIn, postman: SignInPostman, pool: FakePool) -> None:
    people.ask(BINH.address, datetime.now(UTC))
    pool.errors.append(NoSuchAddress("550 no such user"))
    assert await postman.deliver() == 0
    assert await postman.deliver() == 0
    assert pool.taken == []


async def test_whoever_asks_does_not_wait_for_the_next_look(
    people: SignIn, postman: SignInPostman, pool: FakePool
) -> None:
    running = asyncio.create_task(postman.run())
    people.ask(BINH.address, datetime.now(UTC))
    postman.hurry()

    async def taken() -> bool:
        return bool(pool.taken)

    await eventually(taken)
    running.cancel()
