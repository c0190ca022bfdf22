"""The calendar of summary reports in a directive file."""

from datetime import date, datetime, time

import pytest

from models.plan import Period, PlannedReport
from rules.calendar import day_end, day_start
from tests.rules.files import CLOSING, asked, compiled, file, plan_of, said

DISTRICTS = asked()
COMMUNES = asked("commune-plan", to="{level: commune, line: ubnd}", due="2020-11-30")


def written(reports: str, *requirements: str, closing: str = CLOSING) -> str:
    return file(*(requirements or (asked(due="2020-05-15"),)), top=f"{closing}\nreports: {reports}")


def issued(reports: str, closing: str = CLOSING) -> dict[str, PlannedReport]:
    """The reports of the first register by key."""
    return {item.key: item for item in plan_of(written(reports, closing=closing)).cascades[0].reports}


@pytest.mark.parametrize(
    ("every", "keys"),
    [
        ("month", [f"2020-{month:02d}" for month in range(3, 13)]),
        ("quarter", ["2020-q1", "2020-q2", "2020-q3", "2020-q4"]),
        ("half_year", ["2020-h1", "2020-h2"]),
        ("year", ["2020"]),
    ],
)
def test_recurring_reports_are_issued_when_the_data_of_their_periods_close(every: str, keys: list[str]) -> None:
    assert list(issued(f"[{{every: {every}}}]")) == keys


def test_a_monthly_report_has_the_data_from_the_15th_to_the_14th() -> None:
    april = issued("[{every: month}]")["2020-04"]
    assert april == PlannedReport(
        key="2020-04",
        title="Báo cáo định kỳ tháng 4 năm 2020",
        period=Period(label="Tháng 4 năm 2020", first=date(2020, 3, 15), last=date(2020, 4, 14)),
        closes=day_end(date(2020, 4, 14)),
        issue_at=day_end(date(2020, 4, 14)),
    )


def test_a_single_report_has_everything_until_its_day() -> None:
    (report,) = issued("[{as_of: 2020-06-14, title: Sơ kết 6 tháng đầu năm, after: 2}]").values()
    assert (report.key, report.title, report.period) == ("2020-06-14", "Sơ kết 6 tháng đầu năm", None)
    assert report.closes == day_end(date(2020, 6, 14))
    assert report.issue_at == day_start(date(2020, 6, 16), time(8))


@pytest.mark.parametrize(
    ("reports", "title"),
    [
        ("[{every: quarter}]", "Báo cáo định kỳ quý I năm 2020"),
        ("[{every: quarter, title: Báo cáo nhanh}]", "Báo cáo nhanh (Quý I năm 2020)"),
        ("[{as_of: 2020-03-31}]", "Báo cáo sơ kết, số liệu đến ngày 31/03/2020"),
    ],
)
def test_what_reports_are_called(reports: str, title: str) -> None:
    assert next(iter(issued(reports).values())).title == title


def test_what_would_be_issued_after_the_closing_is_left_to_the_report_at_the_closing() -> None:
    assert list(issued("[{every: month}]", "closing: 2020-06-14")) == ["2020-03", "2020-04", "2020-05"]
    assert list(issued("[{every: month, after: 10}]", "closing: 2020-06-20")) == ["2020-03", "2020-04", "2020-05"]


def test_reports_stand_in_the_order_of_their_times() -> None:
    found = issued("[{every: half_year}, {as_of: 2020-04-30}, {every: quarter, after: 30}]")
    times: list[datetime] = [item.issue_at for item in found.values()]
    assert times == sorted(times)


def test_every_unit_that_keeps_a_register_issues_its_own_unless_levels_are_named() -> None:
    text = written("[{every: half_year}, {as_of: 2020-09-30, levels: [province]}]", DISTRICTS, COMMUNES)
    found = {register.issuer: [item.key for item in register.reports] for register in plan_of(text).cascades}
    assert found.pop("p") == ["2020-h1", "2020-09-30", "2020-h2"]
    assert found
    assert set(map(tuple, found.values())) == {("2020-h1", "2020-h2")}


def test_levels_may_have_each_their_own_day() -> None:
    reports = "[{every: half_year, levels: [district]}, {every: half_year, after: 5, levels: [province]}]"
    plan = plan_of(written(reports, DISTRICTS, COMMUNES))
    times = {register.issuer: register.reports[0].issue_at for register in plan.cascades}
    assert times.pop("p") == day_start(date(2020, 6, 19), time(8))
    assert set(times.values()) == {day_end(date(2020, 6, 14))}


def test_without_a_closing_in_the_file_the_one_that_follows_from_it_holds() -> None:
    plan = plan_of(file(asked(due="2020-05-15"), top="reports: [{every: month}]"))
    assert [item.key for item in plan.cascades[0].reports] == ["2020-03", "2020-04", "2020-05"]


@pytest.mark.parametrize(
    ("reports", "code", "words"),
    [
        ("[{as_of: 2020-03-01}]", "report_before_issue", "before the issue on 02/03/2020"),
        ("[{as_of: 2020-12-31}]", "report_after_closing", "the register closes on 31/12/2020"),
        ("[{as_of: 2020-12-28, after: 5}]", "report_after_closing", "issued on 05/01/2021"),
        ("[{every: month}, {every: month, title: Báo cáo}]", "report_twice", "'2020-03' stands here twice"),
        ("[{as_of: 2020-06-14}, {as_of: 2020-06-14, levels: [province]}]", "report_twice", "'2020-06-14'"),
        ("[{title: Báo cáo}]", "report_date", "say `every`"),
        ("[{every: year, as_of: 2020-06-14}]", "report_date", "one of them"),
        ("[{at_closing: true, after: 3}]", "report_date", "when all below are closed"),
        ("[{at_closing: true}]", "addresses_nobody", "no register below the first one"),
        ("[{every: day}]", "too_often", "by month, quarter"),
        ("[{every: week}]", "too_often", "by month, quarter"),
        ("[{every: tháng}]", "value", "'month'"),
        ("[{as_of: 2020-06-14, levels: [ministry]}]", "addresses_nobody", "no unit of the level 'ministry'"),
        ("[{as_of: 2020-06-14, on: 3}]", "unknown_key", "'on'"),
        ("{every: month}", "value", "reports"),
    ],
)
def test_what_is_impossible_is_said_with_its_line(reports: str, code: str, words: str) -> None:
    (fault,) = compiled(written(reports)).errors
    assert fault.code == code
    assert words in fault.message or words in fault.path
    assert fault.line == 3


def test_at_the_closing_the_registers_below_the_first_issue_their_own_if_that_is_wanted() -> None:
    plan = plan_of(written("[{at_closing: true, levels: [district]}]", DISTRICTS, COMMUNES))
    first, *below = plan.cascades
    assert (first.parent, first.reports) == (None, ())
    assert {item.reports for item in below} == {
        (
            PlannedReport(
                key="tong-ket", title="Báo cáo tổng kết", closes=first.closing, issue_at=first.closing, at_closing=True
            ),
        )
    }


def test_reports_that_would_never_come_are_a_fault() -> None:
    assert "none would be issued" in said(written("[{every: year}]", closing="closing: 2020-06-30"))


def test_more_than_some_hundreds_are_refused() -> None:
    assert "more than 400" in said(written("[{every: month}]", closing="closing: 2060-12-31"))
