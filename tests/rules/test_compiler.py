from datetime import date, time

import pytest

from models.follow_up import Audience, DaysOff, FollowUp, Rung, StepKind, Track
from models.plan import OpeningMode, RequirementKind
from models.unit import Level
from rules.calendar import WorkingCalendar, day_end, day_start
from rules.compiler import Compiled, compile_directive
from rules.ladder import DEFAULT_LADDER, NOT_RESUBMITTED, UNACKNOWLEDGED, review_ladder, steps
from tests.rules.files import CALENDAR, unit

UNITS = {
    found.code: found
    for found in (
        unit("p", Level.PROVINCE, None, place="Nhỏ", name="Sở Thử nghiệm", valid_from=date(2008, 1, 1)),
        unit("d1", tags=("funded",)),
        unit("d2"),
        unit("d3", valid_to=date(2019, 12, 31)),
        unit("c1", Level.COMMUNE, "d1"),
        unit("c2", Level.COMMUNE, "d2"),
        unit("stranger", superior=None),
    )
}
FILE = """\
document:
  number: 15/SO-BĐG
  title: triển khai việc nhỏ
  issuer: p
  date: 2020-03-02
closing: 2020-06-30
awaits: {guidance: Hướng dẫn của tỉnh}
policy:
  send_at: 07:30
  ladder:
    - {at: T-5, do: reminder}
    - {at: T+3, do: overdue}
requirements:
  plan:
    title: Kế hoạch năm
    kind: plan
    to: {level: district}
    due: chậm nhất ngày 10/4/2020
    if_not_issued: true
  model:
    title: Mô hình
    kind: report
    to: {level: district, except: [d2]}
    only_tag: funded
  commune-plan:
    title: Kế hoạch xã
    kind: plan
    to: {level: commune}
    due: 2020-05-15
    opens: {when_accepted: plan, at_latest: 2020-04-20}
  campaign:
    title: Truyền thông
    kind: activity
    to: {units: [d1, c1]}
    due: trong tháng 5/2020
    opens: {when_registered: guidance}
    choices: {launch: Lễ phát động, other: Khác}
    attendance: true
"""


def compiled(old: str = "", new: str = "") -> tuple[Compiled, str]:
    """The file with one piece of text changed, compiled."""
    assert old in FILE
    text = FILE.replace(old, new, 1) if old else FILE
    return compile_directive(text.encode(), UNITS, CALENDAR), text


def test_who_owes_what_is_split_by_the_unit_that_follows_up() -> None:
    plan = compiled()[0].plan
    assert plan is not None
    assert [(cascade.issuer, cascade.parent, cascade.children) for cascade in plan.cascades] == [
        ("p", None, ("d1", "d2")),
        ("d1", "cascade:p.2020.so-bdg.15:p", ()),
        ("d2", "cascade:p.2020.so-bdg.15:p", ()),
    ]
    duties = {f"{item.requirement}@{item.unit}" for cascade in plan.cascades for item in cascade.duties}
    assert duties == {
        "plan@d1", "plan@d2", "model@d1", "commune-plan@c1", "commune-plan@c2", "campaign@d1", "campaign@c1",
    }  # fmt: skip
    root, first, second = plan.cascades
    assert [item.key for item in root.requirements] == ["plan", "model", "campaign"]
    assert [item.key for item in first.requirements] == ["commune-plan", "campaign"]
    assert [item.key for item in second.requirements] == ["commune-plan"]
    assert all(cascade.triggers == {"guidance": "Hướng dẫn của tỉnh"} for cascade in plan.cascades)


def test_dates_are_frozen_as_instants() -> None:
    plan = compiled()[0].plan
    assert plan is not None
    root = plan.cascades[0]
    assert (root.starts, root.closing) == (day_start(date(2020, 3, 2)), day_end(date(2020, 6, 30)))
    yearly = root.requirements[0]
    assert (yearly.due, yearly.due_phrase) == (day_end(date(2020, 4, 10)), "chậm nhất ngày 10/4/2020")
    assert (root.requirements[1].due, root.requirements[1].due_phrase) == (None, "")


def test_every_register_carries_the_ladder_and_the_calendar_that_it_is_climbed_by() -> None:
    plan = compiled()[0].plan
    assert plan is not None
    follow_up = FollowUp(
        ladder=(
            Rung(days=-5, kind=StepKind.REMINDER, to=(Audience.FOCAL,)),
            Rung(days=3, kind=StepKind.OVERDUE, to=(Audience.HEAD,)),
        ),
        unacknowledged=UNACKNOWLEDGED,
        returned=NOT_RESUBMITTED,
        review=review_ladder(5),
        send_at=time(7, 30),
        silent_after=90,
        days_off=DaysOff(off=(date(2020, 4, 2), date(2020, 4, 30), date(2020, 5, 1))),
    )
    first, *below = plan.cascades
    assert {cascade.follow_up for cascade in below} == {follow_up}
    nobody_above = follow_up.model_copy(update={"review": review_ladder(5)[:2]})
    assert first.follow_up == nobody_above
    assert [(step.name, step.at) for step in steps(Track.DUE, date(2020, 4, 10), follow_up)] == [
        ("T-5", day_start(date(2020, 4, 3), time(7, 30))),
        ("T+3", day_start(date(2020, 4, 15), time(7, 30))),
    ]


def test_short_files_get_the_usual_ladder() -> None:
    text = FILE[: FILE.index("policy:")] + FILE[FILE.index("requirements:") :]
    plan = compile_directive(text.encode(), UNITS, CALENDAR).plan
    assert plan is not None
    assert plan.cascades[0].follow_up.ladder == DEFAULT_LADDER


def test_what_the_directive_says_of_a_requirement_reaches_the_plan() -> None:
    plan = compiled()[0].plan
    assert plan is not None
    campaign = plan.cascades[0].requirements[2]
    assert (campaign.kind, campaign.attendance) == (RequirementKind.ACTIVITY, True)
    assert campaign.choices == {"launch": "Lễ phát động", "other": "Khác"}
    assert (campaign.opening.mode, campaign.opening.key) == (OpeningMode.WHEN_REGISTERED, "guidance")
    below = plan.cascades[1].requirements[0]
    assert (below.opening.mode, below.opening.key) == (OpeningMode.WHEN_ACCEPTED, "plan")
    assert below.opening.at_latest == day_start(date(2020, 4, 20), time(7, 30))
    assert plan.cascades[0].requirements[0].accepts_existing
    assert (plan.head.place, plan.head.document.issuer) == ("Nhỏ", "Sở Thử nghiệm")


def test_a_unit_without_the_tag_keeps_its_duty_as_not_applicable() -> None:
    plan = compiled("only_tag: funded", "only_tag: poor")[0].plan
    assert plan is not None
    assert [item.applicable for item in plan.cascades[0].duties if item.requirement == "model"] == [False]


def test_an_empty_ladder_reminds_nobody() -> None:
    text = FILE.replace("  ladder:\n    - {at: T-5, do: reminder}\n    - {at: T+3, do: overdue}\n", "  ladder: []\n")
    plan = compile_directive(text.encode(), UNITS, CALENDAR).plan
    assert plan is not None
    assert plan.cascades[0].follow_up.ladder == ()


def test_the_offices_own_calendar_is_frozen_with_the_plan() -> None:
    calendar = WorkingCalendar({date(2020, 4, 13): False, date(2020, 4, 18): True})
    plan = compile_directive(FILE.encode(), UNITS, calendar).plan
    assert plan is not None
    days_off = plan.cascades[1].follow_up.days_off
    assert days_off.off == (date(2020, 4, 2), date(2020, 4, 13), date(2020, 4, 30), date(2020, 5, 1))
    assert days_off.worked == (date(2020, 4, 18),)


FAULTS = [
    # what stands there, what is written instead, code, path, the text on whose line it is, what the message says
    ("send_at: 07", "sent_at: 07", "unknown_key", "policy.sent_at", "sent_at", "did you mean 'send_at'"),
    ("due: chậm", "deu: chậm", "unknown_key", "requirements.plan.deu", "deu:", "did you mean 'due'"),
    ("issuer: p\n", "issuer: q\n", "unknown_unit", "document.issuer", "issuer:", "no unit 'q'"),
    ("[d2]", "[d22]", "unknown_unit", "requirements.model.to.except.0", "except", "did you mean 'd2'"),
    ("[d1, c1]", "[d1, cc1]", "unknown_unit", "requirements.campaign.to.units.1", "cc1", "did you mean 'c1'"),
    ("[d1, c1]", "[d1, stranger]", "not_below_issuer", "requirements.campaign.to", "stranger", "stranger"),
    ("[d1, c1]", "[d1, d3]", "unit_not_valid", "requirements.campaign.to.units.1", "d3", "02/03/2020"),
    ("{level: commune}", "{level: ministry}", "addresses_nobody", "requirements.commune-plan.to", "ministry", "nobody"),
    ("{level: commune}", "{}", "addresses_nobody", "requirements.commune-plan.to", "to: {}", "nobody"),
    ("{level: commune}", "{level: comune}", "value", "requirements.commune-plan.to.level", "comune", "'commune'"),
    ("kind: activity", "kind: activty", "value", "requirements.campaign.kind", "activty", "'activity'"),
    ("date: 2020-03-02", "date: 2007-03-02", "unit_not_valid", "document.issuer", "issuer:", "does not exist"),
    ("  date: 2020-03-02\n", "", "missing", "document.date", "document:", "'date' is missing"),
    ("    kind: report\n", "", "missing", "requirements.model.kind", "model:", "'kind' is missing"),
    ("date: 2020-03-02", "date: 2020-02-30", "value", "document.date", "date:", "2020-02-30"),
    ("date: 2020-03-02", "date: 0001-01-01", "value", "document.date", "date:", "1945"),
    ("closing: 2020-06-30", "closing: 9999-12-31", "value", "closing", "closing:", "2099"),
    ("closing: 2020-06-30", "closing: 2020-06-31", "value", "closing", "closing:", "2020-06-31"),
    ("10/4/2020", "10/2/2020", "due_before_issue", "requirements.plan.due", "10/2/2020", "10/02/2020"),
    ("10/4/2020", "10/7/2020", "due_after_closing", "requirements.plan.due", "10/7/2020", "30/06/2020"),
    ("10/4/2020", "31/4/2020", "deadline", "requirements.plan.due", "31/4/2020", "there is no such day as 31/4/2020"),
    ("2020-05-15", "sớm", "deadline", "requirements.commune-plan.due", "sớm", "'sớm'"),
    ("2020-05-15", "[1]", "value", "requirements.commune-plan.due", "[1]", "cannot be [1]"),
    ("when_accepted: plan,", "when_accepted: plam,", "unknown_requirement",
     "requirements.commune-plan.opens.when_accepted", "plam", "did you mean 'plan'"),
    ("when_accepted: plan,", "when_accepted: model,", "unreachable",
     "requirements.commune-plan.opens.when_accepted", "when_accepted: model", "c2"),
    ("when_accepted: plan,", "when_accepted: commune-plan,", "cycle",
     "requirements.commune-plan", "commune-plan:", "commune-plan → commune-plan"),
    ("when_registered: guidance", "when_registered: guidence", "unknown_document",
     "requirements.campaign.opens.when_registered", "guidence", "did you mean 'guidance'"),
    ("when_accepted: plan, ", "", "opens", "requirements.commune-plan.opens", "at_latest", "when_accepted"),
    ("when_accepted: plan,", "when_accepted: plan, when_registered: guidance,", "opens",
     "requirements.commune-plan.opens", "at_latest", "when_accepted"),
    ("at_latest: 2020-04-20", "at_latest: 2020-07-01", "outside_life",
     "requirements.commune-plan.opens.at_latest", "at_latest", "outside"),
    ("at_latest: 2020-04-20", "at_latest: 2020-03-01", "outside_life",
     "requirements.commune-plan.opens.at_latest", "at_latest", "outside"),
    ("at: T+3", "at: T+0", "step_on_due_day", "policy.ladder.1.at", "T+0", "T-1 or T+1"),
    ("at: T+3", "at: T-00", "step_on_due_day", "policy.ladder.1.at", "T-00", "T-1 or T+1"),
    ("at: T+3", "at: T-5", "duplicate_step", "policy.ladder.1.at", "do: overdue", "T-5"),
    ("at: T+3", "at: T-05", "duplicate_step", "policy.ladder.1.at", "T-05", "T-5"),
    ("at: T+3", "at: 3 days", "value", "policy.ladder.1.at", "3 days", "3 days"),
    ("do: overdue", "do: overdu", "value", "policy.ladder.1.do", "overdu}", "'overdue'"),
    ("send_at: 07:30", "send_at: 8", "value", "policy.send_at", "send_at", "'8'"),
    ("15/SO-BĐG", "SO-BĐG", "number", "document.number", "number:", "SO-BĐG"),
    ("15/SO-BĐG", "15", "number", "document.number", "number:", "'15'"),
    ("15/SO-BĐG", f"{'9' * 5000}/SO", "number", "document.number", "number:", "908/"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "code", "path", "where", "says"), FAULTS, ids=[fault[1][:30] for fault in FAULTS]
)
def test_a_fault_is_shown_with_its_place_and_with_advice(
    old: str, new: str, code: str, path: str, where: str, says: str
) -> None:
    result, text = compiled(old, new)
    line = next(number for number, written in enumerate(text.splitlines(), 1) if where in written)
    assert result.plan is None
    assert [(fault.code, fault.path, fault.line) for fault in result.errors] == [(code, path, line)]
    assert says in result.errors[0].message


def test_a_register_that_closes_before_the_issue_is_a_fault() -> None:
    result, _ = compiled("closing: 2020-06-30", "closing: 2020-03-02")
    assert result.plan is None
    first, *others = result.errors
    assert (first.code, first.path, first.line) == ("closing_before_issue", "closing", 6)
    assert {fault.code for fault in others} == {"outside_life"}


DOUBTS = [
    ("15/SO-BĐG", '"Số: 15/ SO-BĐG"', "number_doubtful", "document.number", "15/SO-BĐG"),
    ("chậm nhất ngày 10", "chậm nhất trước ngày 10", "deadline_contradictory", "requirements.plan.due", "trước"),
    ("10/4/2020", "11/4/2020", "due_on_day_off", "requirements.plan.due", "11/04/2020"),
]


@pytest.mark.parametrize(("old", "new", "code", "path", "says"), DOUBTS, ids=[doubt[2] for doubt in DOUBTS])
def test_a_doubt_is_shown_and_stops_nothing(old: str, new: str, code: str, path: str, says: str) -> None:
    result, _ = compiled(old, new)
    assert result.plan is not None
    found = {fault.path: fault for fault in result.warnings}
    assert found[path].code == code
    assert says in found[path].message


def test_the_file_of_these_tests_is_free_of_faults_though_may_ends_on_a_sunday() -> None:
    result, _ = compiled()
    assert (result.errors, result.warnings) == ((), ())


def test_all_faults_of_a_file_are_listed_in_the_order_of_its_lines() -> None:
    text = FILE.replace("15/SO-BĐG", "SO").replace("10/4/2020", "10/2/2020").replace("plan, at", "plam, at")
    result = compile_directive(text.replace("[d1, c1]", "[d1, x1, y1]").encode(), UNITS, CALENDAR)
    assert [fault.code for fault in result.errors] == [
        "number", "due_before_issue", "unknown_requirement", "unknown_unit", "unknown_unit",
    ]  # fmt: skip
    assert [fault.line for fault in result.errors] == sorted(fault.line for fault in result.errors)


@pytest.mark.parametrize(("raw", "code"), [(b"", "empty"), (b"# nothing yet\n", "empty"), (b"~", "empty")])
def test_an_empty_file_is_told_what_to_do(raw: bytes, code: str) -> None:
    result = compile_directive(raw, UNITS, CALENDAR)
    assert result.plan is None
    assert [(fault.code, fault.line) for fault in result.errors] == [(code, 1)]
    assert "dondoc new" in result.errors[0].message


@pytest.mark.parametrize("raw", [b"- 1\n", b"text", b"2020-01-01", b"true"])
def test_a_file_that_is_no_mapping_is_a_fault(raw: bytes) -> None:
    result = compile_directive(raw, UNITS, CALENDAR)
    assert result.plan is None
    assert [fault.path for fault in result.errors] == [""]


def test_what_is_wrong_with_the_text_itself_is_told_first() -> None:
    result = compile_directive((FILE + "closing: 2020-06-29\n").encode(), UNITS, CALENDAR)
    assert result.plan is None
    assert [(fault.code, fault.line) for fault in result.errors] == [("duplicate_key", len(FILE.splitlines()) + 1)]
    assert "line 6" in result.errors[0].message


@pytest.mark.parametrize("due", ["ngày 31/12/2099", "trước ngày 02/9/1945", "trong tháng 12/2099"])
def test_a_ladder_at_the_ends_of_time_can_be_computed(due: str) -> None:
    text = FILE.replace("chậm nhất ngày 10/4/2020", due).replace("T-5", "T-999").replace("T+3", "T+999")
    for closing in ("closing: 2099-12-31", "line: ldtbxh"):
        result = compile_directive(text.replace("closing: 2020-06-30", closing).encode(), UNITS, CALENDAR)
        assert {fault.code for fault in result.errors} <= {"due_before_issue"}


def test_the_day_of_the_closing_belongs_to_the_register() -> None:
    plan = compiled("chậm nhất ngày 10/4/2020", "chậm nhất ngày 30/6/2020")[0].plan
    assert plan is not None
    assert plan.cascades[0].requirements[0].due == plan.cascades[0].closing
    assert plan.cascades[0].closing == day_start(date(2020, 7, 1))
