"""Nobody is at work for two weeks, on the server that installations have."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from mail.postmark import Postmark
from rules.calendar import day_start
from store.engine import reading
from store.outbox import SENT, mail_counts
from tests import small
from tests.waiting import eventually
from tests.workflows.conftest import stored_in_real_time
from tests.workflows.life import (
    DISTRICT,
    GIAM_DOC,
    PHONG,
    RADIO,
    RADIO_HEAD,
    ROOT,
    SO,
    TRUONG_PHONG,
    XA,
    XA_2,
    Life,
    noon,
    store,
)
from tests.workflows.mailbox import Mailbox

_FIRST_STEP = day_start(date(2020, 4, 1)) + timedelta(hours=8)
"""T+1 of the plan, the first step that is missed."""
_TO_STOP = timedelta(seconds=6)
"""How long before it the workers begin to go home."""
_FASTEST = 1_000_000
_OBLIGATIONS = 4


@pytest.fixture
async def life(sqlite: Engine) -> AsyncIterator[Life]:
    """Nobody is at work yet."""
    mailbox = Mailbox()
    async with stored_in_real_time(sqlite, store, mailbox) as running:
        running.postmark = Postmark("dondoc@dondoc.example", lambda letters: b"docx" * bool(letters))
        yield Life(running, mailbox)


async def test_a_worker_that_was_down_for_two_weeks_sends_everybody_one_mail_that_fits(life: Life) -> None:
    """Three steps of the plan have passed meanwhile, two of the communes' plans, and a long silence."""
    async with life.running.at_work():
        await everything_is_assigned(life)
        await life.jump_to(noon(3, 25))
        await mailed(life, "reminder", PHONG)
        await life.jump_to(_FIRST_STEP - _TO_STOP)
    before = len(life.mailbox.mails)
    await two_weeks_go_by(life)
    assert (len(life.mailbox.mails), life.steps("plan")) == (before, [("T-5", ())]), "nobody was at work"
    async with life.running.at_work():
        for kind, to in (("overdue", PHONG), ("overdue", XA), ("silence", RADIO)):
            await mailed(life, kind, to)
        await life.jump_to(noon(4, 20))  # a Monday: digests leave in the morning
        await all_is_sent(life)
    came = [(mail.to, *mail.parts) for mail in life.mailbox.mails[before:]]
    assert sorted(came) == sorted(
        [
            (GIAM_DOC, "escalation"),
            (SO, "letter"),
            *((to, "overdue") for to in (PHONG, TRUONG_PHONG, XA, XA_2)),
            *((to, "silence") for to in (RADIO, RADIO_HEAD)),
        ]
    ), "one each"
    assert life.steps("plan") == [("T-5", ()), ("T+10", ("T+1", "T+5"))]
    assert life.steps("commune-plan") == [("T+1", ("T-5",))]


async def everything_is_assigned(life: Life) -> None:
    """On the first day, and everybody has taken note."""
    await life.running.start(ROOT)
    await until_open(life)
    for unit in (small.HIGH, small.LOW, "0111-xa", "0112-xa"):
        register = DISTRICT if unit.endswith("xa") else ROOT
        await life.running.update(register, small.acknowledge(unit, id_=f"ack {unit}"))
    await life.jump_to(noon(3, 2))
    await all_is_sent(life)


async def two_weeks_go_by(life: Life) -> None:
    """A timer fires that nobody hears; then the clock is hurried on for some seconds."""
    await life.running.until(_FIRST_STEP)
    hurried = life.running.clock.at_speed(_FASTEST, datetime.now(UTC))
    await life.set_clock(hurried)
    then = hurried.real(noon(4, 17))
    await asyncio.sleep((then - datetime.now(UTC)).total_seconds())
    await life.set_clock(hurried.at_speed(1, then))


async def until_open(life: Life) -> None:
    async def look() -> bool:
        return len(life.running.states()) == _OBLIGATIONS

    await eventually(look)


async def mailed(life: Life, kind: str, to: str) -> None:
    async def look() -> bool:
        return any(mail.to == to and kind in mail.parts for mail in life.mailbox.mails)

    await eventually(look)


async def all_is_sent(life: Life) -> None:
    async def look() -> bool:
        with reading(life.running.engine) as session:
            return set(mail_counts(session, small.plan().head.directive_id)) == {SENT}

    await eventually(look)
