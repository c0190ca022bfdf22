from datetime import date, datetime, time

import pytest

from models.plan import OpeningMode, Period, ReportStage, RequirementPlan
from rules.calendar import day_end, day_start
from tests.rules.files import CLOSING, asked, compiled, errors, file, plan_of, requirements, said, warnings


def reports(due: str, top: str = CLOSING, **parts: str) -> dict[str, RequirementPlan]:
    """The occurrences of a report by what their keys add to the requirement's."""
    found = requirements(plan_of(file(asked("report", kind="report", due=due, **parts), top=top)))
    assert all(item.series == "report" for item in found.values())
    return {key.removeprefix("report."): item for key, item in found.items()}


def end(year: int, month: int, day: int) -> datetime:
    return day_end(date(year, month, day))


def test_a_monthly_report_has_an_occurrence_for_each_month_whose_data_close_in_time() -> None:
    found = reports("{every: month}", "closing: 2020-06-20")
    assert list(found) == ["2020-03", "2020-04", "2020-05"]  # June's data close on the 14th, but it is due on the 25th
    april = found["2020-04"]
    assert april.period == Period(label="Tháng 4 năm 2020", first=date(2020, 3, 15), last=date(2020, 4, 14))
    assert (april.due, april.due_phrase) == (end(2020, 4, 25), "")
    assert (april.title, april.stage) == ("Việc report (Tháng 4 năm 2020)", ReportStage.PERIODIC)


def test_each_occurrence_opens_with_its_period_and_the_first_at_the_issue() -> None:
    found = reports("{every: month}", "closing: 2020-06-20\npolicy: {send_at: '07:30'}")
    opened = {key: item.opening.at_latest for key, item in found.items()}
    assert {item.opening.mode for item in found.values()} == {OpeningMode.ON_DAY}
    assert opened == {
        "2020-03": day_start(date(2020, 3, 2), time(7, 30)),
        "2020-04": day_start(date(2020, 3, 15), time(7, 30)),
        "2020-05": day_start(date(2020, 4, 15), time(7, 30)),
    }


@pytest.mark.parametrize(
    ("hour", "opened"),
    [
        ("07:00", day_start(date(2020, 3, 4))),
        ("08:00", day_start(date(2020, 3, 4))),
        ("00:00", day_start(date(2020, 3, 3))),
        ("08:30", day_start(date(2020, 3, 4), time(8))),
    ],
)
def test_an_occurrence_that_ends_before_mails_go_out_opens_at_the_beginning_of_its_last_day(
    hour: str, opened: datetime
) -> None:
    found = reports(f"{{every: day, at: '{hour}'}}", "closing: 2020-03-06")["2020-03-04"]
    assert found.due is not None
    assert found.opening.at_latest == opened < found.due


@pytest.mark.parametrize(
    ("every", "top", "keys", "first", "last"),
    [
        ("day", "closing: 2020-03-05", ["2020-03-02", "2020-03-03", "2020-03-04", "2020-03-05"], (3, 2), (3, 2)),
        ("week", "closing: 2020-03-20", ["2020-w10", "2020-w11"], (3, 2), (3, 8)),
        ("quarter", "closing: 2020-12-31", ["2020-q1", "2020-q2", "2020-q3", "2020-q4"], (12, 15), (3, 14)),
        ("half_year", "closing: 2021-01-31", ["2020-h1", "2020-h2"], (12, 15), (6, 14)),
        ("year", "closing: 2022-12-31", ["2020", "2021", "2022"], (12, 15), (12, 14)),
    ],
)
def test_how_often_it_recurs(
    every: str, top: str, keys: list[str], first: tuple[int, int], last: tuple[int, int]
) -> None:
    found = reports(f"{{every: {every}}}", top)
    assert list(found) == keys
    period = found[keys[0]].period
    assert period is not None
    assert (period.first.month, period.first.day) == first
    assert (period.last.month, period.last.day) == last


@pytest.mark.parametrize(
    ("due", "key", "instant", "phrase"),
    [
        ("{every: day, at: '16:00'}", "2020-03-04", day_start(date(2020, 3, 4), time(16)), ""),
        ("{every: week, roll: next}", "2020-w11", end(2020, 3, 16), ""),
        ("{every: month, by_day: 31}", "2020-04", end(2020, 4, 30), ""),
        ("{every: month, by_day: 20, roll: previous}", "2020-06", end(2020, 6, 19), ""),
        ("{every: quarter, by_day: 18}", "2020-q2", end(2020, 6, 18), ""),
        (
            "{every: month, within: 2 ngày làm việc}",
            "2020-04",
            end(2020, 4, 16),
            "trong 2 ngày làm việc kể từ ngày chốt số liệu",
        ),
        (
            "{every: half_year, within: 2 ngày làm việc, after: {cut_off: true}}",
            "2020-h1",
            end(2020, 6, 16),
            "trong 2 ngày làm việc kể từ ngày chốt số liệu",
        ),
        ("{every: month, phrase: hằng tháng}", "2020-04", end(2020, 4, 25), "hằng tháng"),
    ],
)
def test_when_an_occurrence_is_due(due: str, key: str, instant: datetime, phrase: str) -> None:
    found = reports(due)[key]
    assert found.due == instant
    assert found.due_phrase == phrase


def test_the_law_sends_a_report_on_the_25th_unless_tet_is_in_between() -> None:
    text = file(asked("report", kind="report", due="{every: month, roll: next}"), top="closing: 2025-03-31")
    plan = plan_of(text.replace("date: 2020-03-02", "date: 2025-01-02"))
    january = requirements(plan)["report.2025-01"]
    assert january.period is not None
    assert (january.period.first, january.period.last) == (date(2024, 12, 15), date(2025, 1, 14))
    assert january.due == end(2025, 2, 3)  # 25 January is a Saturday, and the days off last until 2 February


@pytest.mark.parametrize(
    ("due", "parts", "keys"),
    [
        ("{every: month, until: 2020-05-14}", {}, ["2020-03", "2020-04", "2020-05"]),
        ("{every: month, until: 2020-05-13}", {}, ["2020-03", "2020-04"]),
        ("{every: quarter, since: 2020-06-14}", {}, ["2020-q2", "2020-q3", "2020-q4"]),
        ("{every: quarter, since: 2020-06-15}", {}, ["2020-q3", "2020-q4"]),
        ("{every: quarter}", {"opens": "{on: 2020-09-01}"}, ["2020-q3", "2020-q4"]),
    ],
)
def test_it_recurs_from_when_to_when(due: str, parts: dict[str, str], keys: list[str]) -> None:
    assert list(reports(due, **parts)) == keys


def test_an_occurrence_opens_no_earlier_than_the_requirement() -> None:
    found = reports("{every: quarter}", opens="{on: 2020-09-01}")
    assert {key: item.opening.at_latest for key, item in found.items()} == {
        "2020-q3": day_start(date(2020, 9, 1), time(8)),
        "2020-q4": day_start(date(2020, 9, 15), time(8)),
    }


def test_without_a_closing_an_end_is_needed_and_enough() -> None:
    text = file(asked("report", kind="report", due="{every: month}"), top="line: ldtbxh")
    assert errors(text) == [("no_end", "requirements.report.due.every")]
    found = plan_of(text.replace("every: month", "every: month, until: 2020-04-14"))
    assert found.head.closing > end(2020, 4, 25)


TOO_MUCH = [
    ("{every: day}", "closing: 2021-12-31", "too_often", "every", "more than 400 times"),
    ("{every: year, until: 2099-12-31}", "line: ldtbxh", "too_often", "until", "more than 40 years"),
    ("{every: year}", "closing: 2020-11-30", "never_due", "every", "never be due between 02/03/2020 and 30/11/2020"),
    ("{every: year, until: 2020-03-01}", CLOSING, "never_due", "every", "never be due"),
    ("{every: month, since: 2020-12-15}", CLOSING, "never_due", "every", "never be due"),
    ("{every: month, by_day: 1, until: 2020-03-31}", CLOSING, "never_due", "every", "never be due"),
]


@pytest.mark.parametrize(("due", "top", "code", "place", "says"), TOO_MUCH)
def test_too_many_occurrences_or_none_at_all_are_an_error(due: str, top: str, code: str, place: str, says: str) -> None:
    text = file(asked("report", kind="report", due=due), top=top)
    assert errors(text) == [(code, f"requirements.report.due.{place}")]
    assert says in said(text)


def test_an_occurrence_due_before_the_issue_is_left_out() -> None:
    assert list(reports("{every: month, by_day: 1}", "closing: 2020-05-31")) == ["2020-04", "2020-05"]


def test_what_goes_into_a_report_of_the_same_period_is_due_so_many_days_earlier() -> None:
    whole = asked("whole", kind="report", due="{every: month, by_day: 25}", consolidates="[part]")
    part = asked("part", kind="report", to="{level: commune}", due="{every: month, before: whole, days: 2}")
    text = file(part, whole, top="closing: 2020-05-31\npolicy: {review_days: 2}")
    found = requirements(plan_of(text))
    assert {key: item.due for key, item in found.items() if item.series == "part"} == {
        "part.2020-03": end(2020, 3, 23),
        "part.2020-04": end(2020, 4, 22),  # the 25th is a Saturday, on which nobody puts reports together
        "part.2020-05": end(2020, 5, 21),
    }
    assert warnings(text) == []
    assert warnings(text.replace("days: 2}}", "days: 1}}")) == [
        ("short_consolidation", "requirements.whole.consolidates.0")
    ]


def test_parts_of_another_year_do_not_belong_to_a_years_report() -> None:
    whole = asked("whole", kind="report", due="2020-12-25", period="năm 2020", consolidates="[part]")
    part = asked("part", kind="report", to="{level: commune}", due="{every: month, by_day: 16}")
    assert warnings(file(whole, part, top="closing: 2021-06-30")) == []
    late = part.replace("by_day: 16", "by_day: 28")
    assert warnings(file(whole, late, top="closing: 2021-06-30")) == [
        ("due_after_consolidation", "requirements.whole.consolidates.0")
    ]


@pytest.mark.parametrize(
    ("opens", "due", "place"),
    [
        ("{when_registered: guidance}", "{every: month}", "report.opens"),
        ("{when_accepted: plan}", "{every: month}", "report.opens"),
        ("{when_held: monthly}", "2020-12-25", "report.opens"),
    ],
)
def test_what_recurs_neither_waits_nor_is_waited_for(opens: str, due: str, place: str) -> None:
    monthly = asked("monthly", kind="report", due="{every: month}")
    text = file(
        asked(due="2020-04-10"),
        monthly,
        asked("report", opens=opens, due=due),
        top=f"{CLOSING}\nawaits: {{guidance: x}}",
    )
    assert errors(text) == [("opens", f"requirements.{place}")]


def test_a_file_in_which_much_recurs_is_compiled_all_the_same() -> None:
    each = [asked(f"daily{number}", due="{every: day}") for number in range(10)]
    result = compiled(file(*each, top="closing: 2020-12-31"))
    assert result.plan is not None
    assert len(requirements(result.plan)) == 10 * 305
