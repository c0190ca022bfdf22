"""Summary reports that registers issue while they run, by the calendar of the directive."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

import naming
from models.cascade import CascadeStart
from models.clock import Clock
from models.event import Event, SummaryIssued
from models.intervention import EndRegister
from models.plan import Period, Plan
from models.summary import Summary
from models.tables import EventRow
from rules.calendar import WorkingCalendar, day_end
from rules.compiler import compile_directive
from store.directives import add_directive
from store.engine import reading
from store.reporting import issued_reports
from store.summaries import load_summary
from store.units import save_units
from tests import small
from tests.fakes import FakeReports
from tests.workflows.conftest import Running, stored
from workflows.attributes import attributes
from workflows.cascade import CascadeWorkflow

ROOT, BRANCH = small.cascade(small.TOP), small.cascade(small.HIGH)
PLAN_HIGH = f"plan@{small.HIGH}"
DAY = timedelta(days=1)
REPORTS = """
reports:
  - {as_of: 2020-04-15, title: Sơ kết quý I, after: 1}
  - {every: half_year, levels: [province]}
"""


def store(engine: Engine, clock: Clock, reports: str = REPORTS) -> Plan:
    """The small directive with a calendar of reports."""
    text = small.YAML + reports
    compiled = compile_directive(text.encode(), {unit.code: unit for unit in small.UNITS}, WorkingCalendar())
    assert compiled.plan is not None, compiled.errors
    save_units(engine, small.UNITS)
    add_directive(engine, compiled.plan, clock, text, datetime.now(UTC))
    return compiled.plan


def store_with_final(engine: Engine, clock: Clock) -> Plan:
    """The small directive whose districts issue a report at the end, too."""
    return store(engine, clock, "\nreports: [{at_closing: true, title: Tổng kết của huyện}]\n")


class Figures(FakeReports):
    """Reports with the figures of the store."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.engine = engine
        self.found: list[Summary] = []

    def load(
        self, directive_id: str, at: datetime | None = None, unit: str | None = None, period: Period | None = None
    ) -> Summary:
        super().load(directive_id, at, unit, period)
        self.found.append(load_summary(self.engine, directive_id, at, unit, period))
        return self.found[-1]


@pytest.fixture
async def waiting(sqlite: Engine) -> AsyncIterator[Running]:
    """The directive, stored; nobody at work yet."""
    async with stored(sqlite, store) as running:
        yield running


def issued(engine: Engine, register: str) -> list[SummaryIssued]:
    """The reports that a register has issued, in order."""
    with reading(engine) as session:
        query = select(EventRow.body).where(EventRow.cascade_id == register, EventRow.kind == "summary_issued")
        facts = [Event.model_validate_json(body).fact for body in session.exec(query.order_by(col(EventRow.seq)))]
    return [fact for fact in facts if isinstance(fact, SummaryIssued)]


def keys(engine: Engine, register: str) -> list[str]:
    return [fact.report for fact in issued(engine, register)]


async def test_every_register_issues_its_own_in_time_and_the_first_one_the_last(waiting: Running) -> None:
    async with waiting.at_work():
        await (await waiting.start(ROOT)).result()
    interim, half, last = issued(waiting.engine, ROOT)
    assert (interim.report, interim.title) == ("2020-04-15", "Sơ kết quý I")
    assert interim.as_of == day_end(date(2020, 4, 15))
    assert (half.report, half.period and half.period.label) == ("2020-h1", "6 tháng đầu năm 2020")
    assert (last.report, last.title, last.as_of) == ("", "", None)
    assert {place.rpartition("/")[0] for place in interim.files} == {f"{small.TOP}/2020-04-15"}
    assert keys(waiting.engine, BRANCH) == ["2020-04-15"]
    assert {small.TOP, small.HIGH, small.LOW, None} == {unit for unit, _, _ in waiting.reports.asked}
    with reading(waiting.engine) as session:
        listed = issued_reports(session, waiting.reports.issued[0], BRANCH)
    assert [(report.keeper_name, report.title) for report in listed] == [("Phòng huyện Cao", "Sơ kết quý I")]
    told = [to for kind, to in waiting.mailer.taken if kind == "summary"]
    assert told.count("so@nho.example") == 3
    assert told.count(f"{small.HIGH}@nho.example") == 1


async def test_at_the_closing_a_branch_has_its_own_report_once_all_below_are_closed(sqlite: Engine) -> None:
    async with stored(sqlite, store_with_final) as waiting:
        waiting.reports = figures = Figures(sqlite)
        async with waiting.at_work():
            await (await waiting.start(ROOT)).result()
            await waiting.client.get_workflow_handle(BRANCH).result()
    (report,) = issued(sqlite, BRANCH)
    assert (report.title, report.as_of) == ("Tổng kết của huyện", small.slice_of(small.HIGH).closing)
    assert {place.rpartition("/")[0] for place in report.files} == {f"{small.HIGH}/tong-ket"}
    assert keys(sqlite, ROOT) == [""]
    assert {found.issuer.code for found in figures.found} == {small.TOP, small.HIGH, small.LOW}
    assert all(found.final and found.as_of == report.as_of for found in figures.found)


async def test_of_a_directive_that_is_closed_early_the_reports_are_final_as_of_then(sqlite: Engine) -> None:
    async with stored(sqlite, store_with_final) as waiting:
        waiting.reports = figures = Figures(sqlite)
        async with waiting.at_work():
            handle = await waiting.start(ROOT)
            await waiting.until(small.STARTS + 20 * DAY)
            end = EndRegister(
                id="end", at=small.STARTS, actor=small.reviewer(small.TOP), reason="đã xong", cancelled=False
            )
            await waiting.update(ROOT, end)
            ended = await waiting.business_now()
            await handle.result()
            await waiting.client.get_workflow_handle(BRANCH).result()
    assert {found.issuer.code for found in figures.found} == {small.TOP, small.HIGH, small.LOW}
    assert all(found.final for found in figures.found)
    assert all(abs(found.as_of - ended) < timedelta(minutes=1) for found in figures.found)


async def test_what_is_handed_in_after_the_cut_off_shows_in_the_next_report(waiting: Running) -> None:
    waiting.reports = figures = Figures(waiting.engine)
    async with waiting.at_work():
        handle = await waiting.start(ROOT)
        await waiting.until(small.STARTS + 45 * DAY)  # 16 April, before mails go out
        assert keys(waiting.engine, ROOT) == []
        await waiting.update(ROOT, small.submit(PLAN_HIGH))
        await handle.result()
    assert [found.submissions for found in figures.found if found.issuer.code == small.TOP] == [0, 1, 1]
    again = load_summary(waiting.engine, figures.issued[0], day_end(date(2020, 4, 15)), small.TOP)
    assert again.submissions == 0, "made again, it is the same"


async def test_a_report_that_cannot_be_made_stops_nothing_and_comes_later(waiting: Running) -> None:
    waiting.reports.errors = [OSError("no space left on device")] * 20
    async with waiting.at_work():
        handle = await waiting.start(ROOT)
        await waiting.until(small.STARTS + 45 * DAY + timedelta(hours=8, minutes=2))
        assert keys(waiting.engine, ROOT) == []
        await waiting.update(ROOT, small.submit(PLAN_HIGH))
        await handle.result()
    assert keys(waiting.engine, ROOT) == ["2020-04-15", "2020-h1", ""]


async def test_what_came_due_with_the_closing_while_nobody_looked_is_issued_once_afterwards(waiting: Running) -> None:
    async with waiting.at_work():
        handle = await waiting.start(ROOT)
        await waiting.until(small.STARTS + 30 * DAY)
        later = waiting.clock.model_copy(update={"origin_business": small.STARTS + 200 * DAY})
        for register in (ROOT, BRANCH, small.cascade(small.LOW)):
            await waiting.client.get_workflow_handle(register).signal(CascadeWorkflow.set_clock, later)
        await handle.result()
    assert keys(waiting.engine, ROOT) == ["2020-04-15", "2020-h1", ""]
    assert keys(waiting.engine, BRANCH) == ["2020-04-15"]


async def test_a_register_that_continues_as_new_knows_what_it_issued(waiting: Running) -> None:
    async with waiting.at_work():
        handle = await waiting.client.start_workflow(
            CascadeWorkflow.run,
            CascadeStart(cascade_id=ROOT, clock=waiting.clock, renew_after=2),
            id=ROOT,
            task_queue=naming.CASCADE_QUEUE,
            search_attributes=attributes(ROOT),
        )
        await waiting.until(small.STARTS + 50 * DAY)
        first = (await handle.describe()).run_id
        await waiting.update(ROOT, small.submit(PLAN_HIGH))
        await waiting.update(ROOT, small.review(PLAN_HIGH, small.TOP))
        await waiting.until(small.STARTS + 107 * DAY)
        now = waiting.client.get_workflow_handle(ROOT)
        assert (await now.describe()).run_id != first
        assert keys(waiting.engine, ROOT) == ["2020-04-15", "2020-h1"]
        await now.terminate()
