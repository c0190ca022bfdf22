"""A directive with all ladders as it lives on a real workflow, and what everybody reads of it in mail."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import select

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
from tests.workflows.conftest import Running
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


def noon(month: int, day: int) -> datetime:
    """When the mail of the morning has arrived."""
    return day_start(date(2020, month, day)) + timedelta(hours=12)


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
        await self.running.until(noon(month, day))

    async def jump(self, by: timedelta) -> None:
        """All at once it is so much later, or earlier, for the directive."""
        await self.jump_to(await self.running.business_now() + by)

    async def jump_to(self, then: datetime) -> None:
        """All at once it is another business instant for the directive."""
        real = (await self.running.environment.get_current_time()).astimezone(UTC)
        await self.set_clock(Clock(origin_real=real, origin_business=then))

    async def set_clock(self, clock: Clock) -> None:
        """The directive goes on by another clock."""
        self.running.clock = clock
        for unit in (small.TOP, small.HIGH):
            register = self.running.client.get_workflow_handle(small.cascade(unit))
            await register.signal(CascadeWorkflow.set_clock, clock)

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
