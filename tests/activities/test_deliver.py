"""Delivery: each mail goes once, refusals are facts, and what is uncertain is never lost."""

import asyncio
from datetime import UTC, datetime

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.deliver import DeliverActivities
from models.delivery import GiveUp, TryLater
from models.mail import Letter
from models.notice import NoticeKind
from models.unit import Role
from tests import small
from tests.fakes import FakeMailer, FakeOutbox, FakePostmark


def letters(count: int) -> list[Letter]:
    top, high = small.UNITS[0], small.UNITS[1]
    letter = Letter(
        kind=NoticeKind.ASSIGNMENT,
        head=small.plan().head,
        receiver=high,
        role=Role.FOCAL,
        issuer=top,
        lines=(),
        url="https://dondoc.example/v/x",
        at=datetime(2020, 3, 2, tzinfo=UTC),
    )
    return [letter] * count


async def deliver(outbox: FakeOutbox, mailer: FakeMailer) -> int:
    activities = DeliverActivities(outbox, mailer, FakePostmark(), rate=100_000)
    return await ActivityEnvironment().run(activities.deliver, "cascade")


async def test_all_waiting_mail_goes_out_over_several_batches() -> None:
    outbox, mailer = FakeOutbox(letters(120)), FakeMailer()
    assert await deliver(outbox, mailer) == 120
    assert set(outbox.status.values()) == {"sent"}
    assert len({to for _, to in mailer.taken}) == 120


async def test_a_refused_mail_does_not_hold_up_the_others() -> None:
    outbox, mailer = FakeOutbox(letters(3)), FakeMailer()
    mailer.errors = [GiveUp("550 no such user")]
    assert await deliver(outbox, mailer) == 2
    assert outbox.status == {1: "failed: 550 no such user", 2: "sent", 3: "sent"}


async def test_a_busy_server_makes_mail_wait_without_doubt() -> None:
    outbox, mailer = FakeOutbox(letters(2)), FakeMailer()
    mailer.errors = [TryLater("451 slow down")]
    with pytest.raises(ApplicationError, match="451"):
        await deliver(outbox, mailer)
    assert outbox.status == {1: "queued", 2: "queued"}
    assert await deliver(outbox, mailer) == 2


async def test_a_server_that_is_away_is_a_reason_to_try_again_that_names_it() -> None:
    outbox, mailer = FakeOutbox(letters(1)), FakeMailer()
    mailer.down = True
    with pytest.raises(ApplicationError, match=r"127\.0\.0\.1:25") as error:
        await deliver(outbox, mailer)
    assert not error.value.non_retryable
    assert outbox.status == {1: "queued"}


async def test_a_connection_lost_in_the_middle_leaves_one_mail_in_doubt_and_no_other() -> None:
    outbox, mailer = FakeOutbox(letters(3)), FakeMailer()
    mailer.errors = [ConnectionResetError()]
    with pytest.raises(ConnectionResetError):
        await deliver(outbox, mailer)
    assert outbox.status == {1: "sending", 2: "queued", 3: "queued"}
    assert outbox.claim("cascade", 1)[0].resent


async def test_a_delivery_that_is_called_off_finishes_the_mail_in_hand_and_begins_no_other() -> None:
    outbox, mailer = FakeOutbox(letters(3)), FakeMailer()
    mailer.slow = asyncio.Event()
    environment = ActivityEnvironment()
    activities = DeliverActivities(outbox, mailer, FakePostmark(), rate=100_000)
    delivery = asyncio.create_task(environment.run(activities.deliver, "cascade"))
    await mailer.busy.wait()
    environment.cancel()
    await asyncio.sleep(0)
    mailer.slow.set()
    with pytest.raises(asyncio.CancelledError):
        await delivery
    assert outbox.status == {1: "sent", 2: "queued", 3: "queued"}
    assert len(mailer.taken) == 1
