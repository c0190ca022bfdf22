"""Each ladder on real workflows, from the first reminder to the head of the level above, as people read it in mail."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from mail.postmark import Postmark
from models.clock import Clock
from models.event import Event
from models.plan import Plan
from models.tables import EventRow
from rules.calendar import WorkingCalendar, day_start
from rules.compiler import compile_directive
from store.directives import add_directive
from store.engine import reading
from store.units import save_units
from tests import small
from tests.workflows.conftest import Running, stored
from tests.workflows.mailbox import Mailbox
from workflows.cascade import CascadeWorkflow

DIRECTIVE = """
document: {number: 15/SO-BĐG, title: triển khai việc nhỏ, issuer: 01-so, date: 2020-03-02}
closing: 2020-06-30
policy:
  ladder:
    - {at: T-5, do: reminder}
    - {at: T+1, do: overdue}
    - {at: T+5, do: chase}
    - {at: T+10, do: escalation, to: [tracker_head, above, issuer]}
  unacknowledged:
    - {at: A+3, do: reminder}
    - {at: A+5, do: overdue, to: [focal, head]}
    - {at: A+8, do: escalation, to: [tracker]}
  returned:
    - {at: R+2, do: reminder}
    - {at: R+4, do: overdue}
    - {at: R+6, do: chase}
    - {at: R+8, do: escalation}
  review:
    - {at: V+3, do: reminder}
    - {at: V+5, do: overdue}
    - {at: V+8, do: escalation}
  silent_after: 30
requirements:
  plan: {ref: "1", title: Kế hoạch năm, kind: plan, to: {units: [011-phong]}, due: 2020-03-31}
  radio: {ref: "2", title: Phát thanh, kind: activity, to: {units: [012-phong]}, due: thường xuyên}
  commune-plan: {ref: "3", title: Kế hoạch xã, kind: plan, to: {units: [0111-xa, 0112-xa]}, due: 2020-04-15}
"""
ROOT, DISTRICT = small.cascade(small.TOP), small.cascade(small.HIGH)
SO, GIAM_DOC = "so@nho.example", "giamdoc@nho.example"
PHONG, TRUONG_PHONG = f"{small.HIGH}@nho.example", f"truong.{small.HIGH}@nho.example"
RADIO, RADIO_HEAD = f"{small.LOW}@nho.example", f"truong.{small.LOW}@nho.example"
XA, XA_2 = "0111-xa@nho.example", "0112-xa@nho.example"
STEPS = (
    "reminder", "overdue", "chase", "escalation", "escalation_below", "letter", "unacknowledged", "not_resubmitted",
    "review_overdue", "silence",
)  # fmt: skip


def store(engine: Engine, clock: Clock) -> Plan:
    units = {unit.code: unit for unit in small.UNITS}
    plan = compile_directive(DIRECTIVE.encode(), units, WorkingCalendar()).plan
    assert plan is not None
    save_units(engine, small.UNITS)
    add_directive(engine, plan, clock, DIRECTIVE, datetime.now(UTC))
    return plan


class Life:
    """The directive as it runs, and the mailbox of everybody."""

    def __init__(self, running: Running, mailbox: Mailbox) -> None:
        self.running = running
        self.mailbox = mailbox

    async def begin(self, *acknowledging: str) -> None:
        """Everything is opened and assigned; some units take note."""
        await self.running.start(ROOT)
        await self.until(3, 3)
        for unit in acknowledging:
            register = DISTRICT if unit.endswith("xa") else ROOT
            await self.running.update(register, small.acknowledge(unit, id_=f"ack {unit}"))

    async def until(self, month: int, day: int) -> None:
        """Noon of a day, when the mail of the morning has arrived."""
        await self.running.until(day_start(date(2020, month, day)) + timedelta(hours=12))

    async def jump(self, by: timedelta) -> None:
        """All at once it is so much later, or earlier, for the directive."""
        real = (await self.running.environment.get_current_time()).astimezone(UTC)
        self.running.clock = Clock(origin_real=real, origin_business=self.running.clock.business(real) + by)
        for unit in (small.TOP, small.HIGH):
            register = self.running.client.get_workflow_handle(small.cascade(unit))
            await register.signal(CascadeWorkflow.set_clock, self.running.clock)

    def told(self, *kinds: str) -> list[tuple[str, str, str]]:
        """Who got which part of a mail when, in order: (day, kind, address)."""
        found = self.mailbox.with_part(*(kinds or STEPS))
        return [(f"{day:%d/%m}", kind, to) for day, kind, to in sorted(found)]

    def facts(self, cascade_id: str, kind: str) -> list[Event]:
        with reading(self.running.engine) as session:
            query = select(EventRow).where(EventRow.cascade_id == cascade_id, EventRow.kind == kind)
            return [Event.model_validate_json(row.body) for row in session.exec(query)]

    def steps(self, requirement: str) -> list[tuple[str, tuple[str, ...]]]:
        """The steps that have been called for, each with those that it stands for, in order."""
        facts = [event.fact for register in (ROOT, DISTRICT) for event in self.facts(register, "step_fired")]
        return [
            (fact.step, fact.passed) for fact in facts if fact.kind == "step_fired" and fact.requirement == requirement
        ]


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


async def test_a_worker_that_was_down_for_two_weeks_sends_everybody_one_mail_that_fits(life: Life) -> None:
    """Three steps of the plan have passed meanwhile, one of the communes' plans, and a long silence."""
    async with life.running.at_work():
        await life.begin(small.HIGH, small.LOW, "0111-xa", "0112-xa")
        await life.until(3, 31)
    before = len(life.mailbox.mails)
    await life.until(4, 17)
    assert len(life.mailbox.mails) == before, "nobody was at work"
    async with life.running.at_work():
        await life.running.environment.sleep(timedelta(hours=2))
    came = {mail.to: tuple(mail.parts) for mail in life.mailbox.mails[before:]}
    assert came == {
        GIAM_DOC: ("escalation",),
        SO: ("letter",),
        **dict.fromkeys((PHONG, TRUONG_PHONG, XA, XA_2), ("overdue",)),
        **dict.fromkeys((RADIO, RADIO_HEAD), ("silence",)),
    }
    assert len(life.mailbox.mails) - before == len(came), "one each"
    assert life.steps("plan") == [("T-5", ()), ("T+10", ("T+1", "T+5"))]


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
    assert life.steps("commune-plan") == [("T-5", ()), ("T+1", ()), ("T+5", ()), ("T+10", ())]
