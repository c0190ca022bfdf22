from datetime import date

import pytest

from models.plan import Window
from rules.calendar import day_end
from tests.rules.files import CLOSING, asked, compiled, errors, file, plan_of, register, requirements, said, warnings

PLAN = asked(due="2020-04-10")
BELOW = {"to": "{level: commune}", "opens": "{when_accepted: plan}"}


def waiting(due: str, **parts: str) -> str:
    return asked("below", due=due, **(BELOW | parts))


def in_good_time(*asked_for: str, top: str = CLOSING) -> bool:
    return errors(file(*asked_for, top=top)) == []


def test_what_waits_for_a_review_must_leave_time_after_it() -> None:
    text = file(PLAN, waiting("2020-04-17"))
    assert errors(text) == [("cannot_be_met", "requirements.below.due")]
    assert said(text) == (
        "opens when 'plan', due on 10/04/2020, is accepted; the review takes up to 5 working days, until 17/04/2020; "
        "until 17/04/2020 that leaves 0 working days, and a unit needs at least 1"
    )
    assert in_good_time(PLAN, waiting("2020-04-20"))


def test_the_policy_says_how_long_a_review_takes_and_what_a_unit_needs() -> None:
    assert in_good_time(PLAN, waiting("2020-04-17"), top=f"{CLOSING}\npolicy: {{review_days: 4}}")
    assert in_good_time(PLAN, waiting("2020-04-17"), top=f"{CLOSING}\npolicy: {{least_days: 0}}")
    top = f"{CLOSING}\npolicy: {{least_days: 10}}"
    assert "leaves 9 working days, and a unit needs at least 10" in said(
        file(PLAN, waiting("chậm nhất ngày 04/5/2020"), top=top)
    )
    assert in_good_time(PLAN, waiting("2020-05-05"), top=top)  # 30 April and 1 May are days off


def test_a_date_before_the_opening_says_how_many_days_are_missing() -> None:
    assert said(file(PLAN, waiting("2020-04-15"))).endswith(
        "after the last day in time, 15/04/2020: 3 working days are missing"
    )


@pytest.mark.parametrize(
    ("opens", "due", "says"),
    [
        ("{when_accepted: plan, at_latest: 2020-05-18}", "2020-05-15", "opens on 18/05/2020 at the latest, after"),
        ("{when_registered: guidance, at_latest: 2020-05-15}", "2020-05-15", "that leaves 0 working days"),
        ("{on: 2020-05-18}", "2020-05-15", "opens on 18/05/2020, after the last day in time, 15/05/2020"),
    ],
)
def test_a_latest_day_or_a_fixed_one_after_the_due_date_is_an_error(opens: str, due: str, says: str) -> None:
    text = file(PLAN, waiting(due, opens=opens), top=f"{CLOSING}\nawaits: {{guidance: Hướng dẫn}}")
    assert errors(text) == [("cannot_be_met", "requirements.below.due")]
    assert says in said(text)


def test_a_latest_day_makes_good_what_a_slow_review_would_spoil() -> None:
    assert in_good_time(PLAN, waiting("2020-04-17", opens="{when_accepted: plan, at_latest: 2020-04-13}"))


def test_what_waits_for_the_same_units_answer_needs_no_review() -> None:
    meeting = asked("meeting", kind="event", due="2020-05-15")
    assert in_good_time(meeting, asked(opens="{when_held: meeting}", due="2020-05-18"))
    text = file(meeting, asked(opens="{when_held: meeting}", due="2020-05-15"))
    assert errors(text) == [("cannot_be_met", "requirements.plan.due")]
    assert "opens when 'meeting' is handed in, due on 15/05/2020; until 15/05/2020 that leaves 0" in said(text)


def test_days_counted_from_an_opening_run_out_too() -> None:
    first = asked(due="{within: 30 ngày}")  # until 1 April, and the review until the 9th: the 2nd is a day off
    text = file(first, waiting("2020-04-09"))
    assert errors(text) == [("cannot_be_met", "requirements.below.due")]
    assert "due on 01/04/2020" in said(text)
    assert in_good_time(first, waiting("2020-04-10"))


@pytest.mark.parametrize(
    ("due", "says"),
    [
        ("{within: 200 ngày làm việc}", "due on 11/12/2020 at the latest, for it opens on 02/03/2020"),
        ("{within: 160 ngày làm việc, after: {held: meeting}}", "'meeting' is handed in, due on 15/05/2020"),
        ("2021-01-04", "due on 04/01/2021, but the register closes on 30/11/2020"),
    ],
)
def test_nothing_is_due_after_the_register_has_closed(due: str, says: str) -> None:
    text = file(asked("meeting", kind="event", due="2020-05-15"), asked(due=due), top="closing: 2020-11-30")
    assert errors(text) == [("due_after_closing", "requirements.plan.due")]
    assert says in said(text)


def consolidating(below: str, above: str) -> str:
    part = asked("part", kind="report", to="{level: commune}", due=below)
    return file(part, asked("whole", kind="report", due=above, consolidates="[part]"))


def test_a_level_due_after_the_one_that_consolidates_it_is_doubted() -> None:
    text = consolidating("2020-06-17", "2020-06-15")
    assert warnings(text) == [("due_after_consolidation", "requirements.whole.consolidates.0")]
    assert said(text) == "'part' is due on 17/06/2020, after 'whole', which consolidates it and is due on 15/06/2020"


def test_a_level_that_leaves_no_time_for_the_review_is_doubted() -> None:
    text = consolidating("2020-06-12", "2020-06-18")
    assert warnings(text) == [("short_consolidation", "requirements.whole.consolidates.0")]
    assert "its review takes up to 5 working days, until 19/06/2020" in said(text)
    assert warnings(consolidating("2020-06-12", "2020-06-19")) == []
    assert warnings(consolidating("{before: whole}", "2020-06-19")) == []


def test_what_is_consolidated_must_be_asked() -> None:
    text = consolidating("2020-06-12", "2020-06-19").replace("[part]", "[parts]")
    assert errors(text) == [("unknown_requirement", "requirements.whole.consolidates.0")]
    assert "did you mean 'part'" in said(text)


CIRCLES = [
    ([asked(opens="{when_accepted: plan}")], "plan → plan"),
    ([asked("a", opens="{when_held: b}"), asked("b", opens="{when_accepted: a}")], "a → b → a"),
    ([asked("a", due="{within: 5 ngày, after: {held: a}}")], "a → a"),
    ([asked("a", due="{before: b}"), asked("b", due="{within: 5 ngày, after: {due: a}}")], "a → b → a"),
    ([asked("a", due="{every: month, before: b}"), asked("b", due="{every: month, before: a}")], "a → b → a"),
    ([asked("a", due="2020-04-10", consolidates="[b]"), asked("b", due="2020-04-10", consolidates="[a]")], "a → b → a"),
    (
        [asked("z", due="{before: a}"), asked("a", due="{before: b}"), asked("c", due="{before: a}"),
         asked("b", due="{within: 5 ngày, after: {window: c}}")],
        "a → b → c → a",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("asked_for", "circle"), CIRCLES, ids=[circle for _, circle in CIRCLES])
def test_what_depends_on_itself_is_named_once_with_the_way_round(asked_for: list[str], circle: str) -> None:
    text = file(*asked_for)
    (fault,) = compiled(text).errors
    assert (fault.code, fault.message) == ("cycle", f"depends on itself: {circle}")


def test_a_circle_hides_no_other_fault() -> None:
    text = file(asked(opens="{when_accepted: plan}", to="{units: [d9]}"), document="number: SO")
    assert [code for code, _ in errors(text)] == ["number", "cycle", "unknown_unit", "addresses_nobody"]


def test_a_long_chain_is_no_circle() -> None:
    chain = [asked("r0", due="2020-12-01")]
    chain += [asked(f"r{n}", due=f"{{before: r{n - 1}, days: 0}}", consolidates=f"[r{n - 1}]") for n in range(1, 1100)]
    assert requirements(plan_of(file(*reversed(chain))))["r1099"].due == day_end(date(2020, 12, 1))


def test_what_a_unit_would_wait_for_in_vain_is_named() -> None:
    text = file(asked(to="{units: [d1]}", due="2020-04-10"), waiting("2020-06-30"))
    assert errors(text) == [("unreachable", "requirements.below.opens.when_accepted")]
    assert said(text) == (
        "'plan' is not asked of a unit above for 2 of the units that wait for it (first: c2), so it would never open "
        "for them"
    )
    same = file(
        asked(to="{units: [d1]}", due="2020-04-10"), asked("report", due="{within: 5 ngày, after: {held: plan}}")
    )
    assert errors(same) == [("unreachable", "requirements.report.due.after.held")]
    assert "those units themselves" in said(same)


def test_what_ends_with_the_document_that_opens_it_is_named() -> None:
    draft = asked(kind="consultation", opens="{when_registered: guidance}", ends_with="guidance", due="2020-06-30")
    text = file(draft, top=f"{CLOSING}\nawaits: {{guidance: Hướng dẫn}}")
    assert errors(text) == [("unreachable", "requirements.plan.opens")]
    assert errors(text.replace("ends_with: guidance", "ends_with: guidence")) == [
        ("unknown_document", "requirements.plan.ends_with")
    ]


def test_who_takes_part_and_would_never_be_told_to_begin_is_named() -> None:
    part = waiting("2020-06-30", coordinators="{units: [hoi]}")
    assert warnings(file(PLAN, part)) == [("coordinators_wait", "requirements.below.coordinators")]
    assert warnings(file(PLAN, part.replace("when_accepted: plan", "when_accepted: plan, at_latest: 2020-05-29"))) == []
    held = asked("report", opens="{when_held: plan}", due="2020-06-30", coordinators="{units: [hoi]}")
    assert warnings(file(PLAN, held)) == [("coordinators_wait", "requirements.report.coordinators")]
    assert warnings(file(asked(due="2020-04-10", coordinators="{units: [hoi]}"), held)) == []
    own = asked(to="{units: [p]}", report_to="[bo]", due="2020-04-10")
    assert warnings(file(own, part)) == []


def test_registers_between_pass_on_what_those_further_below_wait_for() -> None:
    plan = plan_of(
        file(
            asked(to="{units: [p]}", due="2020-04-10"),
            waiting("2020-06-30", to="{within: '01', level: commune}"),
            issuer="bo",
        )
    )
    assert {cascade.issuer: cascade.passes_down for cascade in plan.cascades} == {
        "bo": (), "p": ("plan",), "d1": (), "d2": (),
    }  # fmt: skip
    assert [(cascade.issuer, len(cascade.duties)) for cascade in plan.cascades] == [
        ("bo", 1),
        ("p", 0),
        ("d1", 1),
        ("d2", 2),
    ]
    near = plan_of(file(PLAN, waiting("2020-06-30")))
    assert all(cascade.passes_down == () for cascade in near.cascades)


def test_the_issuers_own_answer_is_passed_down_all_the_way() -> None:
    own = asked(to="{units: [p]}", report_to="[bo]", due="2020-04-10")
    plan = plan_of(file(own, waiting("2020-06-30")))
    assert register(plan, "p").passes_down == ("plan",)


def action_month(period: str, due: str = "2020-12-21", kind: str = "activity") -> str:
    campaign = asked("campaign", kind=kind, due="từ ngày 15/11/2020 đến ngày 15/12/2020")
    return file(campaign, asked("report", kind="report", due=due, period=period), top="closing: 2021-01-15")


@pytest.mark.parametrize("kind", ["activity", "event"])
def test_a_window_that_runs_beyond_the_cut_off_of_a_reports_data_is_doubted(kind: str) -> None:
    text = action_month("năm 2020", kind=kind)
    assert warnings(text) == [("window_crosses_cut_off", "requirements.campaign")]
    assert "runs until 15/12/2020, but the data of 'report' (Năm 2020) close on 14/12/2020" in said(text)
    assert requirements(plan_of(text))["campaign"].window == Window(first=date(2020, 11, 15), last=date(2020, 12, 15))


@pytest.mark.parametrize("period", ["9 tháng năm 2020", "tháng 10/2020"])
def test_a_window_within_a_period_or_beside_it_is_not(period: str) -> None:
    assert warnings(action_month(period)) == []


def test_a_report_that_is_due_before_its_data_close_is_doubted() -> None:
    text = file(asked("report", kind="report", due="2020-12-10", period="năm 2020"))
    assert warnings(text) == [("due_before_cut_off", "requirements.report.due")]
    assert "due on 10/12/2020, before its data (Năm 2020) close on 14/12/2020" in said(text)


def test_every_occurrence_of_a_report_is_held_against_the_window() -> None:
    text = action_month("năm 2020", due="{every: quarter, roll: previous}").replace(", period: năm 2020", "")
    assert [code for code, _ in warnings(text)] == ["window_crosses_cut_off"]
    assert "Quý IV năm 2020" in said(text)


def test_what_goes_into_a_report_by_a_term_is_held_against_it_too() -> None:
    whole = asked("whole", kind="report", to="{units: [p]}", due="2020-04-01", consolidates="[part]")
    part = asked("part", kind="report", due="trong 60 ngày làm việc kể từ ngày nhận")
    text = file(whole, part, issuer="bo")
    assert warnings(text) == [("due_after_consolidation", "requirements.whole.consolidates.0")]
    assert warnings(text.replace("60 ngày", "5 ngày")) == []


@pytest.mark.parametrize(("kind", "faults"), [("activity", 1), ("event", 1), ("plan", 0)])
def test_what_takes_place_in_a_window_cannot_be_due_before_it_begins(kind: str, faults: int) -> None:
    window = "từ ngày 15/11/2020 đến ngày 15/12/2020"
    text = file(asked("campaign", kind=kind, window=window, due="2020-11-14"))
    assert errors(text) == [("cannot_be_met", "requirements.campaign.due")] * faults
    assert errors(text.replace("2020-11-14", "2020-11-15")) == []
