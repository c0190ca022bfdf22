from datetime import date, datetime, time

import pytest

from models.plan import Opening, OpeningMode, Period, RequirementPlan, Term, Window
from rules.calendar import day_end, day_start
from tests.rules.files import (
    CLOSING,
    asked,
    compiled,
    duties,
    errors,
    file,
    plan_of,
    register,
    requirements,
    said,
    warnings,
)

AWAITS = f"{CLOSING}\nawaits: {{guidance: Hướng dẫn của tỉnh}}"
MEETING = asked("meeting", kind="event", due="2020-05-15")


def only(due: str, top: str = CLOSING, **parts: str) -> RequirementPlan:
    """The requirement `plan` of a file with a deadline, beside a meeting due on 15/5/2020."""
    return requirements(plan_of(file(MEETING, asked(due=due, **parts), top=top)))["plan"]


def end(month: int, day: int, at: time | None = None) -> datetime:
    found = date(2020, month, day)
    return day_start(found, at) if at else day_end(found)


@pytest.mark.parametrize(
    ("due", "instant", "phrase"),
    [
        ("2020-04-10", end(4, 10), ""),
        ("trước ngày 15/5/2020", end(5, 14), "trước ngày 15/5/2020"),
        ("chậm nhất 17 giờ ngày 15/5/2020", end(5, 15, time(17)), "chậm nhất 17 giờ ngày 15/5/2020"),
        ("{on: 2020-05-15}", end(5, 15), ""),
        ("{on: 2020-05-15, at: '11:30'}", end(5, 15, time(11, 30)), ""),
        ("{on: chậm nhất 9 giờ ngày 15/5/2020}", end(5, 15, time(9)), "chậm nhất 9 giờ ngày 15/5/2020"),
        ("{on: 2020-05-15, phrase: giữa tháng 5}", end(5, 15), "giữa tháng 5"),
        ("{before: meeting, days: 3}", end(5, 12), ""),
        ("{before: meeting}", end(5, 8), ""),
        ("{before: meeting, days: 0, at: '16:00'}", end(5, 15, time(16)), ""),
        (
            "{within: 5 ngày làm việc, after: {due: meeting}}",
            end(5, 22),
            "trong 5 ngày làm việc kể từ thời hạn của nhiệm vụ liên quan",
        ),
        (
            "{within: 10 ngày, after: {due: meeting}, at: '17:00'}",
            end(5, 25, time(17)),
            "trong 10 ngày kể từ thời hạn của nhiệm vụ liên quan",
        ),
        ("thường xuyên", None, "thường xuyên"),
    ],
)
def test_a_fixed_deadline_is_one_instant_with_the_words_of_the_document(
    due: str, instant: datetime | None, phrase: str
) -> None:
    found = only(due)
    assert (found.due, found.term) == (instant, None)
    assert found.due_phrase == phrase


@pytest.mark.parametrize(
    ("due", "last", "doubts"),
    [
        ("2020-04-11", (4, 11), ["due_on_day_off"]),
        ("{on: 2020-04-11, roll: none}", (4, 11), ["due_on_day_off"]),
        ("{on: 2020-04-11, roll: next}", (4, 13), []),
        ("{on: 2020-04-11, roll: previous}", (4, 10), []),
        ("{on: chậm nhất 9 giờ ngày 01/5/2020, roll: next}", (5, 4), []),
        ("{within: 3 ngày làm việc, after: {due: meeting}}", (5, 20), []),
        ("{within: 1 ngày, after: {due: meeting}}", (5, 18), []),
        ("trong tháng 5/2020", (5, 31), []),
        ("{on: từ ngày 10/4/2020 đến ngày 11/4/2020, roll: next}", (4, 11), []),
    ],
)
def test_a_last_day_that_is_a_day_off_moves_as_the_file_says_and_windows_never_do(
    due: str, last: tuple[int, int], doubts: list[str]
) -> None:
    found = only(due)
    assert found.due is not None
    assert (found.due - day_start(date(2020, *last))).days in {0, 1}
    assert [code for code, _ in warnings(file(MEETING, asked(due=due)))] == doubts


def test_the_policys_roll_holds_where_the_deadline_has_none() -> None:
    top = f"{CLOSING}\npolicy: {{roll: next}}"
    assert only("2020-04-11", top).due == end(4, 13)
    assert only("{on: 2020-04-11, roll: none}", top).due == end(4, 11)
    assert only("trong tháng 5/2020", top).due == end(5, 31)


def test_an_office_may_end_its_days_earlier_and_read_before_as_until() -> None:
    office = f"{CLOSING}\npolicy: {{cut_off: '17:00', before_day: true}}"
    assert only("trước ngày 15/5/2020", office).due == end(5, 15, time(17))
    assert only("{on: 2020-05-15, at: '11:00'}", office).due == end(5, 15, time(11))
    assert only("chậm nhất 9 giờ ngày 15/5/2020", office).due == end(5, 15, time(9))
    assert only("trong 5 ngày kể từ ngày nhận", office).term == Term(days=5, working=False, at=time(17))


@pytest.mark.parametrize(
    ("due", "term", "opening", "phrase"),
    [
        ("trong 10 ngày làm việc kể từ ngày nhận", Term(days=10), Opening(), "trong 10 ngày làm việc kể từ ngày nhận"),
        ("{within: 10 ngày}", Term(days=10, working=False), Opening(), "trong 10 ngày kể từ ngày nhận được văn bản"),
        (
            "{within: một tuần, after: {received: true}, at: '16:00'}",
            Term(days=7, working=False, at=time(16)),
            Opening(),
            "trong một tuần kể từ ngày nhận được văn bản",
        ),
        (
            "{within: 5 ngày làm việc, after: {document: guidance}}",
            Term(days=5),
            Opening(mode=OpeningMode.WHEN_REGISTERED, key="guidance"),
            "trong 5 ngày làm việc kể từ ngày có Hướng dẫn của tỉnh",
        ),
        (
            "{within: 5 ngày làm việc, after: {held: meeting}}",
            Term(days=5),
            Opening(mode=OpeningMode.WHEN_HELD, key="meeting"),
            "trong 5 ngày làm việc kể từ ngày tổ chức",
        ),
    ],
)
def test_a_deadline_counted_from_the_opening_stays_a_term(due: str, term: Term, opening: Opening, phrase: str) -> None:
    found = only(due, AWAITS)
    assert (found.due, found.term, found.opening, found.due_phrase) == (None, term, opening, phrase)


def test_days_may_be_counted_from_the_end_of_another_requirements_window() -> None:
    campaign = asked("campaign", kind="activity", due="từ ngày 15/10/2020 đến ngày 15/11/2020")
    text = file(campaign, asked("report", kind="report", due="{within: 5 ngày làm việc, after: {window: campaign}}"))
    found = requirements(plan_of(text))
    assert found["campaign"].window == Window(first=date(2020, 10, 15), last=date(2020, 11, 15))
    assert found["campaign"].due == end(11, 15)
    assert found["report"].due == end(11, 20)  # 15 November is a Sunday
    own = text.replace("due: từ ngày 15/10/2020 đến ngày 15/11/2020", "window: từ ngày 15/10/2020 đến ngày 30/10/2020")
    assert requirements(plan_of(own))["report"].due == end(11, 6)


def test_days_may_be_counted_from_the_cut_off_of_a_reports_period() -> None:
    found = only("{within: 2 ngày làm việc, after: {cut_off: true}}", kind="report", period="6 tháng đầu năm 2020")
    assert found.period == Period(label="6 tháng đầu năm 2020", first=date(2019, 12, 15), last=date(2020, 6, 14))
    assert (found.due, found.due_phrase) == (end(6, 16), "trong 2 ngày làm việc kể từ ngày chốt số liệu")


def test_a_date_for_each_level_makes_a_requirement_for_each_level() -> None:
    due = "{by_level: {district: 2020-05-29, commune: trước ngày 15/5/2020}, at: '17:00', phrase: theo phụ lục}"
    plan = plan_of(file(asked(to="{within: '01'}", due=due)))
    found = requirements(plan)
    assert {key: (item.series, item.due, item.due_phrase) for key, item in found.items()} == {
        "plan.district": ("plan", end(5, 29, time(17)), "theo phụ lục"),
        "plan.commune": ("plan", end(5, 14, time(17)), "theo phụ lục"),
    }
    assert set(duties(plan)) == {
        "plan.district@d1", "plan.district@d2", "plan.commune@c1", "plan.commune@c2", "plan.commune@c3",
    }  # fmt: skip


def test_what_waits_for_a_requirement_with_dates_by_level_waits_for_the_level_above_it() -> None:
    dates = "{by_level: {province: 2020-04-10, district: 2020-05-15}}"
    waiting = asked("below", to="{level: commune, within: '01'}", opens="{when_accepted: plan}", due="2020-06-30")
    plan = plan_of(file(asked(to="{within: '01', line: ldtbxh}", due=dates), waiting, issuer="bo"))
    assert requirements(plan)["below"].opening.key == "plan.district"
    provinces = asked(to="{level: province}", due="{by_level: {province: 2020-04-10}}")
    plan = plan_of(file(provinces, waiting, issuer="bo"))
    assert requirements(plan)["below"].opening.key == "plan.province"
    assert register(plan, "p").passes_down == ("plan.province",)
    both = waiting.replace("{level: commune, within: '01'}", "{units: [c1, d2]}")
    text = file(asked(to="{units: [p, d1]}", due=dates), both, issuer="bo")
    assert errors(text) == [("opens", "requirements.below.opens.when_accepted")]
    assert "one level only" in said(text)


def test_without_a_closing_the_register_stays_open_until_the_ladder_is_climbed() -> None:
    assert plan_of(file(asked(due="2020-04-10"), top="line: ldtbxh")).head.closing == end(5, 12)  # T+15, then 5 more
    assert plan_of(file(asked(due="2020-04-10"), top="policy: {ladder: []}")).head.closing == end(4, 17)
    after = asked("after", due="{within: 10 ngày làm việc, after: {held: meeting}}")
    assert plan_of(file(MEETING, after, top="policy: {ladder: []}")).head.closing == end(6, 5)
    opens = asked("other", opens="{on: 2020-10-01}")
    assert plan_of(file(MEETING, opens, top="policy: {ladder: []}")).head.closing == end(10, 8)
    assert errors(file(asked(), top="line: ldtbxh")) == [("missing", "closing")]


NO_DEADLINES = [
    ("sớm", "", "write `trước ngày"),
    ("{within: sớm}", ".within", "write `5 ngày làm việc`"),
    ("{within: 0 ngày}", ".within", "write `5 ngày làm việc`"),
    ("{on: 31/4/2020}", ".on", "there is no such day as 31/4/2020"),
    ("{}", "", "name one of `on`, `within`"),
    ("{on: 2020-05-15, within: 5 ngày}", "", "name one of `on`, `within`"),
    ("{within: 5 ngày, after: {}}", ".after", "name one of `received`"),
    ("{within: 5 ngày, after: {due: meeting, held: meeting}}", ".after", "name one of `received`"),
    ("{within: 5 ngày, after: {cut_off: true}}", ".after.cut_off", "say under `period`"),
    ("{within: 5 ngày, after: {window: meeting}}", ".after.window", "'meeting' has no window"),
    ("{within: 5 ngày, after: {due: open}}", ".after.due", "no fixed due date to count from"),
    ("{before: open}", ".before", "no fixed due date to count back from"),
    ("{before: monthly}", ".before", "'monthly' has 10 dates"),
    ("{on: 2020-05-15, days: 3}", ".days", "`days` goes with `before`"),
    ("{on: 2020-05-15, after: {received: true}}", ".after", "`after` goes with `within`"),
    ("{on: 2020-05-15, since: 2020-05-01}", ".since", "`since` goes with `every`"),
    ("{every: month, within: 2 ngày, after: {due: meeting}}", ".after", "leave `after` out"),
    ("{every: month, within: 2 ngày, by_day: 5}", ".by_day", "`by_day` is for months"),
    ("{every: week, by_day: 5}", ".by_day", "`by_day` is for months"),
    ("{every: quarter, before: monthly}", ".before", "'monthly' does not recur for the same periods"),
    ("{every: year, until: 2020-12-01}", ".every", "never be due between 02/03/2020 and 31/12/2020"),
    ("{by_level: {commune: 2020-05-15, district: 2020-05-29}}", ".by_level.commune", "no unit of the level"),
    ("{by_level: {commune: 2020-05-15}}", ".by_level", "units of the level 'district' are asked too"),
]


@pytest.mark.parametrize(("due", "place", "says"), NO_DEADLINES, ids=[fault[0] for fault in NO_DEADLINES])
def test_what_gives_no_deadline_is_said_at_its_place(due: str, place: str, says: str) -> None:
    others = (MEETING, asked("open", due="thường xuyên"), asked("monthly", kind="report", due="{every: month}"))
    text = file(*others, asked(due=due))
    assert f"requirements.plan.due{place}" in [path for _, path in errors(text)]
    assert says in "; ".join(fault.message for fault in compiled(text).errors)


def test_a_deadline_counted_from_one_that_cannot_be_read_is_not_at_fault_for_it() -> None:
    text = file(asked("first", due="sớm"), asked(due="{before: first}"), asked("last", due="{before: plan}"))
    assert errors(text) == [("deadline", "requirements.first.due")]


@pytest.mark.parametrize(
    ("part", "code", "path"),
    [
        ({"window": "từ ngày 15/12/2020 đến ngày 15/11/2020"}, "window", "requirements.plan.window"),
        ({"window": "trước ngày 15/12/2020"}, "window", "requirements.plan.window"),
        ({"period": "mùa xuân"}, "period", "requirements.plan.period"),
    ],
)
def test_windows_and_periods_that_cannot_be_read_are_errors(part: dict[str, str], code: str, path: str) -> None:
    assert errors(file(asked(due="2020-04-10", **part))) == [(code, path)]


def test_what_is_due_before_a_day_is_not_moved_on_to_it() -> None:
    due = "{on: trước ngày 04/5/2020, roll: next}"
    assert only(due).due == end(5, 3), "Sunday 3 May; Monday 4 May would not be before the 4th"
    text = file(asked("report", kind="report", due=due))
    assert [code for code, _ in warnings(text)] == ["due_on_day_off"]
    assert "would not be `trước` any more" in said(text)
