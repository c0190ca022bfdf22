"""`dondoc check`: the plan as a tree, one unit's share, everything as JSON, and the due dates as a calendar."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from icalendar import Calendar, Event

from commands.errors import Exit
from models.follow_up import Track
from settings import Settings
from store.engine import make_engine
from store.units import save_units
from tests import small
from tests.commands.conftest import Dondoc

FILE = """
document: {number: 15/SO-BĐG, title: triển khai việc nhỏ, issuer: 01-so, date: 2020-03-02}
closing: 2020-08-31
awaits: {guidance: Hướng dẫn của tỉnh}
reports: [{every: half_year, after: 2}, {as_of: 2020-04-30, title: Báo cáo nhanh, levels: [province]}]
requirements:
  plan:
    {ref: 1a, title: Kế hoạch năm, kind: plan, to: {level: district}, due: chậm nhất 17 giờ ngày 31/3/2020}
  training:
    {ref: "2", title: Tập huấn, kind: event, to: {level: district}, due: 2020-04-29, coordinators: {units: [0121-xa]},
     opens: {when_registered: guidance, at_latest: 2020-04-01}}
  minutes:
    {title: Biên bản, kind: report, to: {level: district}, due: {within: 5 ngày làm việc, after: {held: training}}}
  funded:
    {ref: "3", title: Báo cáo mô hình, kind: report, to: {level: district}, due: 2020-05-29, only_tag: funded}
  monthly:
    {ref: "4", title: Báo cáo tháng, kind: report, to: {level: commune}, report_to: [01-so],
     due: {every: month, by_day: 20, since: 2020-04-01, until: 2020-08-31, roll: next}}
"""


@pytest.fixture
def author(dondoc: Dondoc, tmp_path: Path) -> Iterator[Dondoc]:
    """The command on a home with the small registry, and a directive file beside it."""
    assert dondoc("init").code == Exit.DONE
    engine = make_engine(Settings().sql_url)
    save_units(engine, small.UNITS)
    (tmp_path / "directive.yaml").write_text(FILE, "utf-8")
    yield dondoc
    engine.dispose()


def events(file: Path) -> dict[str, Event]:
    """The events of a calendar by their ids."""
    calendar = Calendar.from_ical(file.read_bytes())
    assert isinstance(calendar, Calendar)
    assert calendar["METHOD"] == "PUBLISH"
    return {str(event["UID"]): event for event in calendar.events}


def test_the_plan_is_a_tree_with_counts_dates_and_phrases(author: Dondoc, tmp_path: Path) -> None:
    answer = author("check", tmp_path / "directive.yaml")
    assert (answer.code, answer.err) == (0, "")
    for words in (
        "3 registers, 24 obligations, 02/03/2020 to 31/08/2020",
        "1a plan (plan): 2 units, due 31/03/2020 17:00 (“chậm nhất 17 giờ ngày 31/3/2020”)",
        "opens when guidance is registered, at the latest 01/04/2020 08:00, 1 coordinator",
        "minutes (report): 2 units, due 5 working days after training was held or handed in",
        "3 funded (report): 1 of 2 units, due 29/05/2020",
        "4 monthly (report): 3 units, 5 times, due 20/04/2020 to 20/08/2020, also to Sở Thử nghiệm",
        "due: T-10 reminder to focal, T-5 reminder to focal, T-1 reminder to focal, T+1 overdue to head",
        "never acknowledged: A+3 reminder to focal, A+5 overdue to focal and head, A+10 escalation to tracker",
        "review outstanding: V+5 reminder to tracker, V+8 overdue to tracker_head, V+15 escalation to above",
        "no deadline and silent: after 90 days, and so on",
        "2 reports beside that of the whole at the closing",
        "01/05/2020 00:00: Báo cáo nhanh, data to 30/04/2020, by 1 unit",
        "16/06/2020 08:00: Báo cáo định kỳ 6 tháng đầu năm 2020, data to 14/06/2020, by 3 units",
    ):
        assert words in answer.out


def test_one_unit_sees_what_it_will_owe(author: Dondoc, tmp_path: Path) -> None:
    answer = author("check", tmp_path / "directive.yaml", "--unit", small.LOW)
    assert answer.code == 0
    assert "Phòng Thử nghiệm huyện Thấp: 4 obligations in 15/SO-BĐG" in answer.out
    assert "does not apply" in answer.out
    assert "Sở Thử nghiệm" in answer.out
    assert "Báo cáo tháng" not in answer.out
    partner = author("check", tmp_path / "directive.yaml", "--unit", "0121-xa")
    assert "(takes part only)" in partner.out
    assert "Phòng huyện Thấp; Sở Thử nghiệm" in partner.out


@pytest.mark.parametrize("more", [(), ("--json",), ("--calendar", "out.ics")])
def test_a_unit_that_the_registry_does_not_have_is_not_found_and_the_nearest_named(
    author: Dondoc, tmp_path: Path, more: tuple[str, ...]
) -> None:
    answer = author("check", tmp_path / "directive.yaml", "--unit", "011-phon", *more)
    assert answer.code == Exit.NOT_FOUND
    assert "no unit '011-phon' in the registry; did you mean '011-phong'?" in answer.err
    assert answer.out == ""


@pytest.mark.parametrize("more", [(), ("--json",), ("--calendar", "out.ics")])
def test_of_a_unit_that_is_asked_nothing_so_much_is_said_and_nothing_guessed(
    author: Dondoc, tmp_path: Path, more: tuple[str, ...]
) -> None:
    answer = author("check", tmp_path / "directive.yaml", "--unit", small.TOP, *more)
    assert answer.code == Exit.NOT_FOUND
    assert f"15/SO-BĐG asks nothing of '{small.TOP}'" in answer.err
    assert "did you mean" not in answer.err
    assert answer.out == ""


def test_json_says_everything_of_all_units_or_of_one(author: Dondoc, tmp_path: Path) -> None:
    everything = json.loads(author("check", tmp_path / "directive.yaml", "--json").out)
    assert list(everything) == ["directive", "follow_up", "units", "obligations", "reports", "warnings", "errors"]
    assert len(everything["obligations"]) == 24
    assert len(everything["units"]) == 5
    issued = [(report["key"], len(report["units"])) for report in everything["reports"]]
    assert issued == [("2020-04-30", 1), ("2020-h1", 3)]
    only = json.loads(author("check", tmp_path / "directive.yaml", "--unit", small.LOW, "--json").out)
    assert only["units"] == [small.LOW]
    assert only["obligations"] == [item for item in everything["obligations"] if item["unit"] == small.LOW]
    assert everything["follow_up"]["due"][0] == {"name": "T-10", "kind": "reminder", "to": ["focal"]}
    assert (list(everything["follow_up"]), everything["follow_up"]["silence"]) == ([*Track], 90)
    by_key = {item["requirement"]: item for item in only["obligations"]}
    plan = by_key["plan"]
    assert (plan["series"], plan["lead"], plan["issuer"], plan["applicable"]) == ("plan", True, small.TOP, True)
    assert (plan["due"], plan["due_phrase"]) == ("2020-03-31T10:00:00Z", "chậm nhất 17 giờ ngày 31/3/2020")
    assert plan["steps"][0] == {"name": "T-10", "kind": "reminder", "to": ["focal"], "at": "2020-03-17T01:00:00+00:00"}
    assert by_key["minutes"]["term"] == {"days": 5, "working": True, "at": None}
    assert (by_key["minutes"]["due"], by_key["minutes"]["steps"]) == (None, [])
    assert (by_key["funded"]["applicable"], by_key["funded"]["steps"]) == (False, [])


def test_json_tells_partners_and_occurrences_apart(author: Dondoc, tmp_path: Path) -> None:
    found = json.loads(author("check", tmp_path / "directive.yaml", "--unit", "0121-xa", "--json").out)["obligations"]
    (partner,) = [item for item in found if not item["lead"]]
    assert {step["kind"] for step in partner["steps"]} == {"reminder"}
    first = next(item for item in found if item["lead"])
    assert (first["requirement"], first["series"], first["issuer"]) == ("monthly.2020-04", "monthly", small.LOW)
    assert first["period"] == {"label": "Tháng 4 năm 2020", "first": "2020-03-15", "last": "2020-04-14"}
    assert first["reviewers"] == [{"unit": small.TOP, "name": "Sở Thử nghiệm"}]


def test_a_units_calendar_holds_each_fixed_due_date_with_an_alarm_the_working_day_before(
    author: Dondoc, tmp_path: Path
) -> None:
    file = tmp_path / "dates.ics"
    answer = author("check", tmp_path / "directive.yaml", "--unit", small.HIGH, "--calendar", file)
    assert answer.code == 0
    assert "holds 3 due dates; 1 more has no fixed date yet" in answer.err
    found = events(file)
    head = "01-so.2020.so-bdg.15"
    assert set(found) == {f"{head}/{key}/{small.HIGH}@dondoc" for key in ("plan", "training", "funded")}
    training = found[f"{head}/training/{small.HIGH}@dondoc"].to_ical().decode()
    assert "DTSTART;VALUE=DATE:20200429\r\n" in training
    assert "TRIGGER;VALUE=DATE-TIME:20200428T010000Z\r\n" in training
    plan = found[f"{head}/plan/{small.HIGH}@dondoc"]
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20200331T170000\r\n" in plan.to_ical().decode()
    assert plan["SUMMARY"] == "Hạn: Kế hoạch năm"
    assert plan["DESCRIPTION"] == ("Theo Công văn số 15/SO-BĐG, mục 1a\nThời hạn: chậm nhất 17 giờ ngày 31/3/2020")


def test_an_alarm_leaves_out_days_off(author: Dondoc, tmp_path: Path) -> None:
    file = tmp_path / "dates.ics"
    author("check", tmp_path / "directive.yaml", "--unit", "0111-xa", "--calendar", file)
    july = next(event for uid, event in events(file).items() if "monthly.2020-07" in uid)
    assert july["SUMMARY"] == "Hạn: Báo cáo tháng (Tháng 7 năm 2020)"
    text = july.to_ical().decode()
    assert "DTSTART;VALUE=DATE:20200720" in text  # a Monday
    assert "TRIGGER;VALUE=DATE-TIME:20200717T010000Z" in text  # the Friday


def test_the_same_date_keeps_its_id_and_a_level_has_each_requirement_once(author: Dondoc, tmp_path: Path) -> None:
    files = [tmp_path / "a.ics", tmp_path / "b.ics"]
    for file in files:
        assert author("check", tmp_path / "directive.yaml", "--level", "commune", "--calendar", file).code == 0
    assert set(events(files[0])) == set(events(files[1]))
    assert len(events(files[0])) == 5


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (("--calendar", "x.ics"), Exit.INVALID, "--unit or with --level"),
        (("--calendar", "x.ics", "--unit", "011-phong", "--level", "district"), Exit.INVALID, "--unit or with --level"),
        (("--level", "district"), Exit.INVALID, "--calendar"),
        (("--calendar", "x.ics", "--level", "distrct"), Exit.INVALID, "did you mean 'district'?"),
        (("--calendar", "x.ics", "--level", "ministry"), Exit.NOT_FOUND, "asks nothing of units of the level ministry"),
        (("--calendar", "nowhere/x.ics", "--level", "district"), Exit.INVALID, "cannot be written"),
    ],
)
def test_options_that_make_no_calendar_are_refused(
    author: Dondoc, tmp_path: Path, options: tuple[str, ...], code: Exit, says: str
) -> None:
    answer = author("check", tmp_path / "directive.yaml", *options)
    assert answer.code == code
    assert says in answer.err


def test_errors_and_warnings_are_sorted_by_line(author: Dondoc, tmp_path: Path) -> None:
    file = tmp_path / "faulty.yaml"
    text = FILE.replace("due: 2020-04-29", "due: 2020-04-30").replace("only_tag: funded", "onlytag: funded")
    file.write_text(text, "utf-8")
    answer = author("check", file)
    assert answer.code == Exit.INVALID
    assert answer.out == ""
    numbers = [int(line.split(":")[2]) for line in answer.err.splitlines() if str(file) in line]
    assert len(numbers) == 2
    assert numbers == sorted(numbers)
    assert "warning: " in answer.err.splitlines()[0]
    assert "requirements.funded.onlytag: unknown key 'onlytag'; did you mean 'only_tag'?" in answer.err
