"""Seed 1: plan 925/KH-UBND of a district in 2019."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest

from models.fault import Fault
from models.obligation import State, Timeliness
from models.register import ObligationLine
from models.summary import Summary
from rules.calendar import WorkingCalendar, last_day
from rules.compiler import compile_directive
from tests.scenarios.life import ROOT, Life, document, live, registry

PHONG, UBND, SO = "477-ldtbxh", "477-ubnd", "46-ldtbxh"


@dataclass
class Seen:
    warnings: tuple[Fault, ...]
    communes: tuple[str, ...]
    half_endorsed: ObligationLine
    returned: ObligationLine
    so_mails: list[str]
    coordinator: str
    coordinator_mails: list[str]


async def story(life: Life) -> Seen:
    communes = tuple(unit.code for unit in life.units if unit.level == "commune")
    coordinator = next(duty.unit for duty in life.plan.cascades[0].duties if duty.coordinating)
    await life.until("2019-04-10")
    await life.submit("commune-plan", communes[0], document=document("08/KH-UBND", "2019-04-09"))
    await life.accept("commune-plan", communes[0])
    await life.submit("commune-plan", communes[1], document=document("05/KH-UBND", "2019-02-20"), existing=True)
    await life.accept("commune-plan", communes[1])
    await life.until("2019-06-20")
    await life.submit("half-year", PHONG, document=document("40/BC-LĐTBXH", "2019-06-20"))
    await life.accept("half-year", PHONG, by=UBND)
    half_endorsed = life.line("half-year", PHONG)
    await life.send_back("half-year", PHONG, "Bổ sung số liệu tách biệt giới.", by=SO)
    returned = life.line("half-year", PHONG)
    await life.submit("half-year", PHONG, document=document("42/BC-LĐTBXH", "2019-06-24"))
    await life.accept("half-year", PHONG, by=SO)
    await life.accept("half-year", PHONG, by=UBND)
    await life.until("2019-11-01")
    await life.submit(
        "action-month-plan",
        PHONG,
        document=document("2100/KH-UBND", "2019-10-31"),
        proposal=document("55/TTr-LĐTBXH", "2019-10-25"),
    )
    await life.accept("action-month-plan", PHONG)
    await life.until("2019-12-15")
    await life.submit("action-month", communes[0], note="Mít tinh, truyền thông", men=30, women=90, total=120)
    await life.accept("action-month", communes[0])
    await life.until("2019-12-18")
    await life.submit("year", PHONG)
    await life.accept("year", PHONG, by=UBND)
    await life.accept("year", PHONG, by=SO)
    await life.submit("action-month-report", PHONG)
    await life.until("2020-01-20")
    return Seen(life.warnings, communes, half_endorsed, returned, life.mails(SO), coordinator, life.mails(coordinator))


Lived = tuple[Seen, Summary, dict[str, Path]]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    folder = tmp_path_factory.mktemp("district")
    return asyncio.run(live(folder, "925-kh-ubnd-2019", "huyen-2019", story))


def line(summary: Summary, requirement: str, unit: str = PHONG) -> ObligationLine:
    return next(item for item in summary.lines if (item.requirement, item.unit) == (requirement, unit))


def test_the_same_number_of_another_district_or_year_is_another_directive() -> None:
    raw = (ROOT / "directives/925-kh-ubnd-2019.yaml").read_text("utf-8")
    units = {unit.code: unit for unit in registry("huyen-2019")}
    first = compile_directive(raw.encode(), units, WorkingCalendar()).plan
    later = compile_directive(
        raw.replace("2019", "2021").replace("2020-03-31", "2022-03-31").encode(), units, WorkingCalendar()
    ).plan
    assert first is not None
    assert later is not None
    assert (first.head.directive_id, later.head.directive_id) == (
        "477-ubnd.2019.kh-ubnd.925",
        "477-ubnd.2021.kh-ubnd.925",
    )


def test_every_commune_and_every_body_owes_a_plan_of_its_own(lived: Lived) -> None:
    seen, summary, _ = lived
    owing = {item.unit for item in summary.lines if item.requirement in {"commune-plan", "body-plan"}}
    assert owing >= set(seen.communes)
    assert len(owing) > len(seen.communes)
    assert PHONG not in owing


def test_a_plan_issued_before_counts(lived: Lived) -> None:
    seen, summary, _ = lived
    assert line(summary, "commune-plan", seen.communes[1]).state is State.SATISFIED


def test_the_programme_quoted_does_not_exist_under_that_name(lived: Lived) -> None:
    seen, _, _ = lived
    doubt = next(fault for fault in seen.warnings if fault.code == "programme_unknown")
    assert "2016" in doubt.message
    assert "1696/QĐ-TTg" in doubt.message


def test_the_division_prepares_and_the_committee_issues(lived: Lived) -> None:
    _, summary, _ = lived
    advised = line(summary, "action-month-plan")
    assert advised.advised is not None
    assert advised.advised.symbol == "UBND"
    assert advised.document is not None
    assert advised.proposal is not None
    assert (advised.document.number, advised.proposal.number) == ("2100/KH-UBND", "55/TTr-LĐTBXH")
    assert advised.due is not None
    assert f"{last_day(advised.due):%d/%m/%Y}" == "14/11/2019", "`trước ngày 15/11` is strict"
    assert advised.timeliness is Timeliness.ON_TIME


def test_a_window_that_ends_on_a_sunday_is_not_moved(lived: Lived) -> None:
    seen, summary, _ = lived
    month = line(summary, "action-month", seen.communes[0])
    assert month.window is not None
    assert f"{month.window.last:%A %d/%m/%Y}" == "Sunday 15/12/2019"
    assert month.due is not None
    assert last_day(month.due) == month.window.last
    assert month.timeliness is Timeliness.ON_TIME


def test_one_report_has_two_recipients_who_each_decide(lived: Lived) -> None:
    seen, summary, _ = lived
    assert (seen.half_endorsed.state, seen.half_endorsed.endorsed) == (State.SUBMITTED, (UBND,))
    assert (seen.returned.state, seen.returned.comment) == (State.RETURNED, "Bổ sung số liệu tách biệt giới.")
    assert line(summary, "half-year").state is State.ACCEPTED
    assert line(summary, "half-year").submissions == 2


def test_the_second_recipient_is_told_and_gets_its_own_link(lived: Lived) -> None:
    seen, _, _ = lived
    assert seen.so_mails[0] == "register"
    assert seen.so_mails.count("review") >= 1


def test_reports_cover_the_periods_of_decree_09(lived: Lived) -> None:
    _, summary, _ = lived
    half, year = line(summary, "half-year"), line(summary, "year")
    assert half.period is not None
    assert year.period is not None
    assert (f"{half.period.first} {half.period.last}") == "2018-12-15 2019-06-14"
    assert (f"{year.period.first} {year.period.last}") == "2018-12-15 2019-12-14"


def test_the_action_month_ends_after_the_years_cut_off_and_is_reported_apart(lived: Lived) -> None:
    seen, summary, _ = lived
    crossing = [fault.path for fault in seen.warnings if fault.code == "window_crosses_cut_off"]
    assert "requirements.action-month" in crossing
    thematic = line(summary, "action-month-report")
    assert thematic.due is not None
    assert f"{last_day(thematic.due):%d/%m/%Y}" == "27/12/2019", "ten working days after Sunday 15 December"
    assert summary.attendance.total == 120, "what took place is counted once"


def test_bodies_that_take_part_are_told_but_never_escalated_against(lived: Lived) -> None:
    seen, summary, _ = lived
    assert set(seen.coordinator_mails) & {"assignment", "reminder"}
    own = [item for item in summary.lines if item.unit == seen.coordinator and item.requirement == "communication"]
    assert own == [], "outside the counts"
    taking_part = [item for item in summary.coordinating if item.unit == seen.coordinator]
    assert [item.escalations for item in taking_part] == [0]


def test_what_has_no_date_is_asked_after_when_it_stays_silent(lived: Lived) -> None:
    _, summary, _ = lived
    silent = line(summary, "victims")
    assert silent.due is None
    assert silent.escalations > 0
