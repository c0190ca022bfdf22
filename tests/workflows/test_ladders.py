"""Each ladder on real workflows, from the first reminder to the head of the level above, as people read it in mail."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from mail.postmark import Postmark
from tests import small
from tests.workflows.conftest import stored
from tests.workflows.life import (
    DISTRICT,
    GIAM_DOC,
    PHONG,
    RADIO,
    RADIO_HEAD,
    ROOT,
    SO,
    TRUONG_PHONG,
    Life,
    store,
)
from tests.workflows.mailbox import Mailbox


@pytest.fixture
async def life(sqlite: Engine) -> AsyncIterator[Life]:
    """Nobody is at work yet."""
    mailbox = Mailbox()
    async with stored(sqlite, store, mailbox) as running:
        running.postmark = Postmark("dondoc@dondoc.example", lambda letters: b"docx" * bool(letters))
        yield Life(running, mailbox)


async def test_what_is_due_is_pressed_for_up_to_the_issuer(life: Life) -> None:
    async with life.running.at_work():
        await life.begin(small.HIGH, small.LOW, "0111-xa", "0112-xa")
        await life.until(4, 17)
    told = [item for item in life.told() if item[2] in {PHONG, TRUONG_PHONG, SO, GIAM_DOC}]
    assert told == [
        ("24/03", "reminder", PHONG),
        ("01/04", "overdue", TRUONG_PHONG),
        ("08/04", "chase", PHONG),
        ("08/04", "chase", TRUONG_PHONG),
        ("08/04", "letter", SO),
        ("15/04", "escalation", GIAM_DOC),
    ]
    assert "Kế hoạch năm" in life.mailbox.last("chase", PHONG).text
    assert life.mailbox.last("letter", SO).drafts
    assert "Phòng huyện Cao" in life.mailbox.last("escalation", GIAM_DOC).text


async def test_an_escalation_from_a_register_below_is_told_and_noted_above(life: Life) -> None:
    async with life.running.at_work():
        await life.begin(small.HIGH, small.LOW, "0111-xa", "0112-xa")
        await life.until(5, 1)
    told = [item for item in life.told() if item[0] >= "29/04" or item[0].endswith("/05")]
    below = [item for item in life.told("escalation", "escalation_below") if item[0].endswith("/04")][-2:]
    assert below == [("29/04", "escalation", TRUONG_PHONG), ("29/04", "escalation_below", GIAM_DOC)], told
    text = life.mailbox.last("escalation_below", GIAM_DOC).text
    assert "UBND xã 0111" in text
    assert "UBND xã 0112" in text
    (heard,) = life.facts(ROOT, "escalation_heard")
    assert heard.fact.kind == "escalation_heard"
    assert (heard.fact.register_id, heard.fact.step) == (DISTRICT, "T+10")
    assert heard.fact.obligations == ("commune-plan@0111-xa", "commune-plan@0112-xa")


async def test_what_nobody_has_taken_note_of_is_followed_up_until_somebody_does(life: Life) -> None:
    async with life.running.at_work():
        await life.begin(small.HIGH, "0111-xa", "0112-xa")
        await life.until(3, 10)
        assert life.told() == [
            ("05/03", "unacknowledged", RADIO),
            ("09/03", "unacknowledged", RADIO),
            ("09/03", "unacknowledged", RADIO_HEAD),
        ]
        await life.until(3, 13)
        assert life.told()[3:] == [("12/03", "escalation", SO)]
    text = life.mailbox.last("unacknowledged", RADIO_HEAD).text
    assert "Phát thanh" in text
    assert "xác nhận" in text


async def test_whoever_takes_note_is_not_asked_again(life: Life) -> None:
    async with life.running.at_work():
        await life.begin(small.HIGH, "0111-xa", "0112-xa")
        await life.until(3, 6)
        await life.running.update(ROOT, small.acknowledge(small.LOW))
        await life.until(3, 20)
    assert life.told() == [("05/03", "unacknowledged", RADIO)]


async def test_what_was_returned_and_not_handed_in_again_has_a_ladder_of_its_own(life: Life) -> None:
    plan = f"plan@{small.HIGH}"
    async with life.running.at_work():
        await life.begin(small.HIGH, small.LOW, "0111-xa", "0112-xa")
        await life.until(3, 30)
        await life.running.update(ROOT, small.submit(plan))
        await life.running.update(ROOT, small.review(plan, small.TOP, returns=True))
        await life.until(4, 13)
    assert life.told("not_resubmitted", "overdue", "chase", "letter", "escalation") == [
        ("03/04", "not_resubmitted", PHONG),
        ("07/04", "not_resubmitted", TRUONG_PHONG),
        ("09/04", "letter", SO),
        ("09/04", "not_resubmitted", PHONG),
        ("09/04", "not_resubmitted", TRUONG_PHONG),
        ("13/04", "escalation", GIAM_DOC),
    ]
    assert "cần bổ sung phụ lục" in life.mailbox.last("not_resubmitted", PHONG).text


async def test_a_reviewer_who_does_not_decide_is_pressed_too(life: Life) -> None:
    async with life.running.at_work():
        await life.begin(small.HIGH, small.LOW, "0111-xa", "0112-xa")
        await life.until(3, 9)
        await life.running.update(DISTRICT, small.submit("commune-plan@0111-xa"))
        await life.until(3, 20)
    assert life.told() == [
        ("12/03", "review_overdue", PHONG),
        ("16/03", "review_overdue", TRUONG_PHONG),
        ("19/03", "escalation_below", GIAM_DOC),
    ]
    assert "UBND xã 0111" in life.mailbox.last("review_overdue", TRUONG_PHONG).text
    assert "UBND xã 0111" in life.mailbox.last("escalation_below", GIAM_DOC).text


async def test_what_has_no_date_is_asked_for_after_long_silence_and_again(life: Life) -> None:
    async with life.running.at_work():
        await life.begin(small.HIGH, small.LOW, "0111-xa", "0112-xa")
        await life.until(5, 5)
    chased = [(day, to) for day, _, to in life.told("silence")]
    assert chased == [("03/04", RADIO), ("03/04", RADIO_HEAD), ("04/05", RADIO), ("04/05", RADIO_HEAD)]
    assert "Phát thanh" in life.mailbox.last("silence", RADIO).text


async def test_a_clock_that_jumps_to_and_fro_calls_for_nothing_twice(life: Life) -> None:
    async with life.running.at_work():
        await life.begin(small.HIGH, small.LOW, "0111-xa", "0112-xa")
        await life.until(3, 31)
        await life.jump(timedelta(days=16))
        await life.until(4, 17)
        mails, steps = len(life.mailbox.mails), life.steps("plan")
        assert steps == [("T-5", ()), ("T+10", ("T+1", "T+5"))]
        for days in (-14, 13, -30):
            await life.jump(timedelta(days=days))
            await life.running.environment.sleep(timedelta(days=1))
        await life.until(4, 16)
        assert (len(life.mailbox.mails), life.steps("plan")) == (mails, steps)
        await life.until(4, 30)
    assert ("29/04", "escalation", TRUONG_PHONG) in life.told("escalation"), "what was still to come comes"
    assert life.steps("commune-plan") == [("T+1", ("T-5",)), ("T+5", ()), ("T+10", ())]
