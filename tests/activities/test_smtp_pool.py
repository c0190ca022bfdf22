"""Connections to the mail server are few, used again, and replaced where the server has closed them."""

import asyncio

import pytest

from mail.pool import SmtpPool
from mail.smtp import SmtpConnection, SmtpServer
from models.delivery import SlowDown
from tests.activities.servers import Answering, serving
from tests.activities.test_smtp import SEALED
from tests.waiting import eventually


async def send(pool: SmtpPool) -> None:
    async with pool.connect() as connection:
        await connection.send(SEALED)


async def test_one_connection_serves_one_delivery_after_another() -> None:
    answering = Answering()
    async with serving(answering) as server, SmtpPool(server, 4) as pool:
        for _ in range(5):
            await send(pool)
    assert (len(answering.taken), answering.connections) == (5, 1)


async def test_no_more_connections_are_open_than_allowed() -> None:
    answering = Answering()
    async with serving(answering) as server, SmtpPool(server, 2) as pool:
        await asyncio.gather(*(send(pool) for _ in range(20)))
    assert (len(answering.taken), answering.connections) == (20, 2)


async def test_who_waits_for_a_connection_gets_the_one_that_is_given_back() -> None:
    async with serving(Answering()) as server, SmtpPool(server, 1) as pool:
        got: asyncio.Queue[SmtpConnection] = asyncio.Queue()

        async def wait() -> None:
            async with pool.connect() as connection:
                got.put_nowait(connection)

        async with pool.connect() as first:
            waiting = asyncio.create_task(wait())
            await asyncio.sleep(0)
            assert got.empty()
        await waiting
        assert got.get_nowait() is first


async def test_a_connection_without_work_is_closed_after_a_while() -> None:
    answering = Answering()
    async with serving(answering) as server, SmtpPool(server, 1, idle_seconds=0) as pool:
        async with pool.connect() as connection:
            await connection.send(SEALED)

        async def closed() -> bool:
            return not connection.alive

        await eventually(closed)
        await send(pool)
    assert answering.connections == 2


@pytest.mark.parametrize("how", ["hung up", "421 before the next mail", "hung up during the next mail"])
async def test_a_connection_that_the_server_closed_is_replaced_and_no_mail_is_lost(how: str) -> None:
    answering = Answering()
    async with serving(answering) as server, SmtpPool(server, 1) as pool:
        await send(pool)
        match how:
            case "hung up":
                answering.hang_up()
            case "hung up during the next mail":
                answering.receiver = [""]
            case _:
                answering.sender = ["421 4.4.2 you have had your share"]
        await send(pool)
    assert (len(answering.taken), answering.connections) == (2, 2)


async def test_a_server_that_closes_every_connection_wants_less() -> None:
    answering = Answering()
    async with serving(answering) as server, SmtpPool(server, 1) as pool:
        await send(pool)
        answering.sender = ["421 busy"] * 2
        with pytest.raises(SlowDown, match="421"):
            await send(pool)
        await send(pool)
    assert len(answering.taken) == 2


async def test_after_doubt_the_connection_is_not_used_again() -> None:
    answering = Answering()
    async with serving(answering) as server, SmtpPool(server, 1) as pool:
        answering.content = [""]
        with pytest.raises(ConnectionError):
            await send(pool)
        await send(pool)
    assert answering.connections == 2


async def test_a_place_is_free_again_after_the_server_was_away() -> None:
    answering = Answering()
    async with serving(answering) as server:
        away = SmtpServer(server.host, 1)
        async with SmtpPool(away, 1) as pool:
            for _ in range(3):
                with pytest.raises(Exception, match="connect"):
                    await send(pool)
