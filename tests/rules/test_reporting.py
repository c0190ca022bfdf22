"""Which summary reports a register has to issue, and when."""

from datetime import datetime, timedelta

from models.event import SummaryIssued
from models.intervention import Amend
from models.notice import NoticeKind
from models.plan import Amendment, PlannedReport
from models.unit import Role
from rules.ledger import advance, decide, next_wake, note_summary, open_register
from rules.notices import notices
from rules.reporting import due_reports, final_report
from rules.revising import revised
from tests.rules.plans import CLOSING, DUE, STARTS, at, plan, requirement, supervisor


def report(key: str, closes: datetime, days: int = 0) -> PlannedReport:
    return PlannedReport(key=key, title=f"Báo cáo {key}", closes=closes, issue_at=closes + timedelta(days=days))


MARCH, APRIL, MAY = report("2020-03", at(3, 15, 0)), report("2020-04", at(4, 15, 0), 2), report("2020-05", at(5, 15, 0))
PLAN = plan([requirement("plan", DUE)]).model_copy(update={"reports": (MARCH, APRIL, MAY)})
OPEN = open_register(PLAN, STARTS).state
FILES = {"p/2020-03/report.json": "ab" * 32}


def test_a_report_is_due_when_its_time_has_come_and_not_again_once_it_is_noted() -> None:
    assert due_reports(PLAN, OPEN, MARCH.issue_at - timedelta(seconds=1)) == ()
    assert due_reports(PLAN, OPEN, MARCH.issue_at) == (MARCH,)
    noted = note_summary(PLAN, OPEN, at(3, 15, 1), FILES, MARCH)
    (event,) = noted.events
    assert event.fact == SummaryIssued(files=FILES, report="2020-03", title="Báo cáo 2020-03", as_of=MARCH.closes)
    assert due_reports(PLAN, noted.state, APRIL.closes) == ()
    assert not noted.state.summarised
    assert note_summary(PLAN, noted.state, at(3, 16), FILES, MARCH).events == ()


def test_the_report_at_the_closing_waits_for_the_registers_below_and_is_in_no_calendar() -> None:
    final = report("tong-ket", CLOSING).model_copy(update={"at_closing": True})
    kept = PLAN.model_copy(update={"reports": (final,)})
    assert next_wake(kept, OPEN) == next_wake(PLAN.model_copy(update={"reports": ()}), OPEN)
    closed = advance(kept, OPEN, CLOSING).state
    assert due_reports(kept, closed, CLOSING) == ()
    assert final_report(kept, closed) == final
    noted = note_summary(kept, closed, CLOSING, FILES, final)
    assert final_report(kept, noted.state) is None
    assert not noted.state.summarised, "that is said of the report on the whole directive"


def test_the_register_wakes_up_for_a_report_unless_it_is_being_made() -> None:
    assert next_wake(PLAN, OPEN) == MARCH.issue_at
    later = next_wake(PLAN, OPEN, {MARCH.key})
    assert later is not None
    assert later > MARCH.issue_at


def test_after_an_outage_all_are_due_in_order_also_when_the_register_has_closed_meanwhile() -> None:
    closed = advance(PLAN, OPEN, CLOSING + timedelta(days=3)).state
    assert closed.closed
    assert due_reports(PLAN, closed, CLOSING + timedelta(days=3)) == (MARCH, APRIL, MAY)


def test_a_register_that_was_closed_early_issues_what_came_due_before() -> None:
    early = OPEN.model_copy(update={"closed": True, "closed_at": at(4, 1)})
    assert due_reports(PLAN, early, CLOSING) == (MARCH,)


def test_a_register_that_opens_late_does_not_report_on_data_that_were_closed_by_then() -> None:
    late = open_register(PLAN, at(4, 16)).state
    assert due_reports(PLAN, late, at(5, 1)) == ()
    assert next_wake(PLAN, open_register(PLAN, at(4, 1)).state) is not None
    assert due_reports(PLAN, open_register(PLAN, at(4, 1)).state, at(5, 1)) == (APRIL,)


def test_a_new_version_brings_only_what_is_still_to_come() -> None:
    missed, coming = report("2020-03-20", at(3, 21, 0)), report("2020-06-01", at(6, 2, 0))
    amendment = Amendment(version=2, reports=(MARCH, missed, APRIL, coming))
    command = Amend(id="v2", at=at(4, 1), actor=supervisor("bo"), amendment=amendment, reason="điều chỉnh lịch báo cáo")
    change = decide(PLAN, OPEN, command)
    assert revised(PLAN, change.events).reports == (MARCH, APRIL, coming)


def test_a_branch_is_told_of_its_report_with_its_title_and_the_last_day_of_its_data() -> None:
    branch = PLAN.model_copy(update={"parent": "cascade:x:ministry"})
    told = notices(branch, note_summary(branch, OPEN, at(3, 15, 1), FILES, MARCH).events)
    assert {(item.kind, item.unit, item.role) for item in told} == {
        (NoticeKind.SUMMARY, branch.issuer, role) for role in Role
    }
    assert {item.words for item in told} == {"Báo cáo 2020-03, số liệu đến hết ngày 14/03/2020"}
