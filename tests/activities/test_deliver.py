"""Delivery: each mail goes once, refusals are facts, and what is uncertain is never lost."""

import asyncio
from datetime import UTC, datetime

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.deliver import DeliverActivities, Round
from models.clock import Clock
from models.delivery import Delivered, GiveUp, HandedOver, NoSuchAddress, NotYet, SlowDown, TryLater
from models.link import Purpose
from models.mail import Letter, Outgoing, Part
from models.notice import NoticeKind
from models.unit import Role
from tests import small
from tests.fakes import FakeMailer, FakeOutbox, FakePostmark
from tests.waiting import eventually

AT = datetime(2020, 3, 2, tzinfo=UTC)
TOUR = Round(cascade_id="cascade", clock=Clock.ordinary(AT))


def letters(count: int) -> list[Letter]:
    top, high = small.UNITS[0], small.UNITS[1]
    letter = Letter(
        head=small.plan().head,
        receiver=high,
        role=Role.FOCAL,
        issuer=top,
        parts=(Part(kind=NoticeKind.ASSIGNMENT, at=AT),),
        purpose=Purpose.OFFICER,
        url="https://dondoc.example/v/x",
        at=AT,
    )
    return [letter] * count


async def deliver(outbox: FakeOutbox, mailer: FakeMailer, connections: int = 1) -> Delivered:
    activities = DeliverActivities(outbox, mailer, FakePostmark(), rate=100_000, connections=connections)
    return await ActivityEnvironment().run(activities.deliver, TOUR)


@pytest.mark.parametrize("connections", [1, 4])
async def test_all_waiting_mail_goes_out_over_several_batches(connections: int) -> None:
    outbox, mailer = FakeOutbox(letters(120)), FakeMailer()
    assert await deliver(outbox, mailer, connections) == Delivered(sent=120)
    assert set(outbox.status.values()) == {"sent"}
    assert outbox.kept == [(NoticeKind.ASSIGNMENT, False)] * 120
    assert len(mailer.taken) == len({to for _, to in mailer.taken}) == 120


async def test_a_refused_mail_does_not_hold_up_the_others() -> None:
    outbox, mailer = FakeOutbox(letters(3)), FakeMailer()
    mailer.errors = [GiveUp("554 too much red")]
    assert await deliver(outbox, mailer) == Delivered(sent=2)
    assert outbox.status == {1: "failed: 554 too much red", 2: "sent", 3: "sent"}


async def test_an_address_that_is_gone_is_told_and_does_not_hold_up_the_others() -> None:
    outbox, mailer = FakeOutbox(letters(2)), FakeMailer()
    mailer.errors = [NoSuchAddress("550 no such user")]
    delivered = await deliver(outbox, mailer)
    assert (delivered.sent, [refusal.email for refusal in delivered.refused]) == (1, ["1@nho.example"])
    assert outbox.status == {1: "unreachable: 550 no such user", 2: "sent"}


async def test_a_mail_that_is_not_taken_yet_waits_and_the_others_go() -> None:
    outbox, mailer = FakeOutbox(letters(3)), FakeMailer()
    mailer.errors = [NotYet("450 greylisted")]
    delivered = await deliver(outbox, mailer)
    assert (delivered.sent, outbox.later) == (2, {1})
    assert delivered.next_at is not None


async def test_a_server_that_wants_less_gets_nothing_more_this_time_and_others_first_next_time() -> None:
    outbox, mailer = FakeOutbox(letters(3)), FakeMailer()
    mailer.errors = [SlowDown("452 slow down")]
    with pytest.raises(ApplicationError, match="452 slow down"):
        await deliver(outbox, mailer)
    assert outbox.status == {1: "queued", 2: "queued", 3: "queued"}
    assert (await deliver(outbox, mailer)).sent == 2


async def test_a_busy_server_makes_mail_wait_without_doubt() -> None:
    outbox, mailer = FakeOutbox(letters(2)), FakeMailer()
    mailer.errors = [TryLater("the sender is refused")]
    with pytest.raises(ApplicationError, match="the sender is refused"):
        await deliver(outbox, mailer)
    assert outbox.status == {1: "queued", 2: "queued"}
    assert (await deliver(outbox, mailer)).sent == 2


async def test_a_server_that_is_away_is_a_reason_to_try_again_that_names_it() -> None:
    outbox, mailer = FakeOutbox(letters(1)), FakeMailer()
    mailer.down = True
    with pytest.raises(ApplicationError, match=r"127\.0\.0\.1:25") as error:
        await deliver(outbox, mailer)
    assert not error.value.non_retryable
    assert (outbox.status, outbox.held) == ({1: "queued"}, True)


async def test_a_connection_lost_in_the_middle_leaves_one_mail_in_doubt_and_no_other() -> None:
    outbox, mailer = FakeOutbox(letters(3)), FakeMailer()
    mailer.errors = [ConnectionResetError()]
    with pytest.raises(ConnectionResetError):
        await deliver(outbox, mailer)
    assert outbox.status == {1: "sending", 2: "queued", 3: "queued"}
    assert outbox.claim("cascade", 1, AT)[0].resent


async def test_a_delivery_that_is_called_off_finishes_the_mail_in_hand_and_begins_no_other() -> None:
    outbox, mailer = FakeOutbox(letters(3)), FakeMailer()
    mailer.slow = asyncio.Event()
    environment = ActivityEnvironment()
    activities = DeliverActivities(outbox, mailer, FakePostmark(), rate=100_000)
    delivery = asyncio.create_task(environment.run(activities.deliver, TOUR))
    await mailer.busy.wait()
    environment.cancel()
    await asyncio.sleep(0)
    mailer.slow.set()
    with pytest.raises(asyncio.CancelledError):
        await delivery
    assert outbox.status == {1: "sent", 2: "queued", 3: "queued"}
    assert len(mailer.taken) == 1


async def test_where_one_of_several_connections_fails_the_others_finish_the_mail_in_hand() -> None:
    outbox, mailer = FakeOutbox(letters(50)), FakeMailer()
    mailer.slow = asyncio.Event()
    mailer.errors = [ConnectionResetError()]

    async def busy() -> bool:
        return list(outbox.status.values()).count("sending") == 3

    delivery = asyncio.create_task(deliver(outbox, mailer, connections=3))
    await mailer.busy.wait()
    await eventually(busy)
    mailer.slow.set()
    with pytest.raises(ConnectionResetError):
        await delivery
    found = list(outbox.status.values())
    assert {state: found.count(state) for state in set(found)} == {"sending": 1, "sent": 2, "queued": 47}


async def test_what_another_delivery_has_sent_meanwhile_is_not_sent_again() -> None:
    class Overtaken(FakeOutbox):
        def claim(self, cascade_id: str, limit: int, now: datetime) -> list[Outgoing]:
            found = super().claim(cascade_id, limit, now)
            self.note([HandedOver(mail=(1,), words="", resent=False)])
            return found

    outbox, mailer = Overtaken(letters(3)), FakeMailer()
    assert await deliver(outbox, mailer) == Delivered(sent=2)
    assert len(mailer.taken) == 2
