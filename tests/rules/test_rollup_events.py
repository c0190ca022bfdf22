"""Events count once, whoever reports them, and remarks say what is wrong with their figures."""

import unicodedata
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.answer import AttendanceRow, HeldEvent
from models.obligation import State
from models.plan import Period, RequirementKind
from models.register import ObligationLine
from models.summary import Attendance, HeldOnce
from rules.calendar import day_start
from rules.rollup_events import attendance, events, gatherings, same_name
from rules.rollup_quality import remarks
from tests.reports.factory import line

TRAINING = HeldEvent(name="Tập huấn bình đẳng giới", date=date(2022, 4, 14), place="Dầu Tiếng", with_units=("phong",))
REPORTED = day_start(date(2022, 4, 18))


def report(unit: str, held: HeldEvent | None = TRAINING, at: datetime = REPORTED, **changed: Any) -> ObligationLine:
    """An accepted report of something that was held."""
    return line(
        **{
            "key": f"event@{unit}",
            "requirement": "event",
            "kind": RequirementKind.EVENT,
            "title": "Tổ chức tập huấn",
            "unit": unit,
            "unit_name": f"Đơn vị {unit}",
            "state": State.ACCEPTED,
            "submissions": 1,
            "submitted_at": at,
            "held": held,
        }
        | changed
    )


def held(*lines: ObligationLine) -> tuple[HeldOnce, ...]:
    return events(gatherings(lines), {item.unit: item.unit_name for item in lines})


def sums(*lines: ObligationLine) -> Attendance:
    return attendance(gatherings(lines))


def remarked(*lines: ObligationLine) -> tuple[str, ...]:
    return remarks(lines, gatherings(lines))


def test_an_event_of_two_hosts_counts_once() -> None:
    so = report("so", total=150, men=60, women=90)
    phong = report("phong", state=State.SATISFIED, shared_from="event@so", total=150, men=60, women=90)
    (event,) = held(phong, so)
    assert event.hosts == ("Đơn vị so", "Đơn vị phong")
    assert (event.men, event.women, event.total) == (60, 90, 150)
    assert event.obligations == ("event@so", "event@phong")
    assert sums(so, phong) == Attendance(events=1, men=60, women=90, total=150)
    assert remarked(so, phong) == ()


def test_a_co_host_that_has_not_reported_is_named_too() -> None:
    assert held(report("so"), line(unit="phong", unit_name="Đơn vị phong"))[0].hosts == ("Đơn vị so", "Đơn vị phong")
    assert held(report("so"))[0].hosts == ("Đơn vị so", "phong")


@pytest.mark.parametrize(
    "name",
    [
        "tập huấn  BÌNH ĐẲNG giới.",
        "“Tập huấn bình đẳng giới”",
        unicodedata.normalize("NFD", "Tập huấn bình đẳng giới"),
    ],
)
def test_a_name_is_the_same_however_it_is_typed(name: str) -> None:
    other = report("khac", TRAINING.model_copy(update={"name": name, "place": ""}))
    assert len(held(report("so"), other)) == 1


def test_tone_marks_may_stand_on_either_vowel() -> None:
    assert same_name("Đối thoại tại Hòa Bình, xã Thủy Lợi") == same_name("đối thoại tại Hoà Bình xã Thuỷ Lợi")
    assert same_name("hòa") != same_name("hóa")


def test_another_day_is_another_event() -> None:
    later = TRAINING.model_copy(update={"date": date(2022, 4, 15)})
    assert len(held(report("so"), report("so", later))) == 2


def test_an_event_is_evidence_for_several_requirements_and_periods_and_still_one() -> None:
    first = report("so", total=30, men=10, women=20)
    again = report("so", requirement="communication", key="communication@so", total=30, men=10, women=20)
    assert len(held(first, again)) == 1
    assert sums(first, again).total == 30


def test_the_same_ceremony_at_different_places_is_not_one_event() -> None:
    launch = HeldEvent(name="Lễ phát động Tháng hành động", date=date(2022, 11, 15))
    lines = [report(f"x{n}", launch.model_copy(update={"place": f"Xã số {n}"}), total=100) for n in range(3)]
    assert len(held(*lines)) == 3
    assert sums(*lines).total == 300
    assert (
        "Sự kiện “Lễ phát động Tháng hành động” ngày 15/11/2022 được báo cáo tại 3 địa điểm khác nhau: tính là 3 sự "
        "kiện."
    ) in remarked(*lines)


def test_units_that_do_not_name_each_other_are_asked_where_it_was() -> None:
    launch = HeldEvent(name="Lễ phát động", date=date(2022, 11, 15))
    lines = [report(f"x{n}", launch, total=100, men=40, women=60) for n in range(2)]
    assert len(held(*lines)) == 1
    assert remarked(*lines) == (
        "2 đơn vị cùng báo cáo sự kiện “Lễ phát động” ngày 15/11/2022 mà không ghi nhau là đơn vị đồng tổ chức: tính "
        "là "
        "một sự kiện; nếu là những sự kiện khác nhau, đề nghị ghi rõ địa điểm.",
    )


def test_hosts_that_disagree_are_named_and_the_first_report_counts() -> None:
    phong = report("phong", total=140, men=50, women=90, at=REPORTED + timedelta(hours=1))
    so = report("so", total=150, men=60, women=90)
    assert sums(phong, so).total == 150
    assert remarked(phong, so) == (
        "Số liệu khác nhau về sự kiện “Tập huấn bình đẳng giới” ngày 14/04/2022: Đơn vị so 150 người; Đơn vị phong 140 "
        "người; tính theo số liệu báo cáo trước, của Đơn vị so.",
    )


def test_hosts_that_agree_on_the_total_but_not_on_the_sexes_are_named_too() -> None:
    so, phong = report("so", total=150, men=60, women=90), report("phong", total=150, men=50, women=100)
    assert "Đơn vị so nam 60, nữ 90; Đơn vị phong nam 50, nữ 100" in remarked(so, phong)[0]


def test_a_total_without_the_split_counts_in_no_sum_by_sex() -> None:
    figures = sums(report("so", total=150), report("x", None, kind=RequirementKind.ACTIVITY, total=3, men=1, women=2))
    assert (figures.events, figures.total, figures.without_split) == (2, 153, 1)
    assert (figures.men, figures.women) == (1, 2)
    assert remarked(report("so", total=150)) == (
        "Chưa tách nam, nữ: Đơn vị so, sự kiện “Tập huấn bình đẳng giới” ngày 14/04/2022 (150 người); không dùng được "
        "vào "
        "số liệu tách biệt giới cho đến khi đơn vị bổ sung.",
    )


def test_the_split_of_another_host_with_the_same_total_fills_the_gap() -> None:
    figures = sums(report("so", total=150), report("phong", total=150, men=60, women=90))
    assert (figures.men, figures.women, figures.without_split) == (60, 90, 0)


def test_rows_are_summed_by_role_and_lose_the_split_where_one_has_none() -> None:
    officers = AttendanceRow(role="Cán bộ xã", men=2, women=3, total=5)
    guests = AttendanceRow(role="Cộng tác viên", total=10)
    first = report("so", attended=(officers, guests), total=15)
    other = report("x", None, attended=(officers.model_copy(update={"role": "cán bộ  xã"}),), total=5)
    assert sums(first, other).roles == (
        AttendanceRow(role="Cán bộ xã", men=4, women=6, total=10),
        AttendanceRow(role="Cộng tác viên", total=10),
    )
    assert (sums(other).men, sums(other).women) == (2, 3)


def test_parts_that_do_not_add_up_are_named() -> None:
    wrong = report("so", total=150, men=60, women=80, attended=(AttendanceRow(role="Cán bộ", total=140),))
    assert sums(wrong).without_split == 1
    assert remarked(wrong) == (
        "Số người không khớp: Đơn vị so, sự kiện “Tập huấn bình đẳng giới” ngày 14/04/2022: nam 60 và nữ 80 cộng lại "
        "là "
        "140, khác tổng số 150.",
        "Số người không khớp: Đơn vị so, sự kiện “Tập huấn bình đẳng giới” ngày 14/04/2022: các thành phần cộng lại là "
        "140, khác tổng số 150.",
    )


def test_what_was_held_after_the_cut_off_belongs_to_the_next_period() -> None:
    year = Period(label="năm 2022", first=date(2021, 12, 15), last=date(2022, 12, 14))
    late = TRAINING.model_copy(update={"date": date(2022, 12, 15)})
    found = remarked(report("so", late, period=year))
    assert found == (
        "Đơn vị so báo cáo sự kiện “Tập huấn bình đẳng giới” ngày 15/12/2022 vào kỳ năm 2022, sau ngày chốt số liệu "
        "14/12/2022: thuộc kỳ sau.",
    )


@pytest.mark.parametrize("state", [State.OPEN, State.SUBMITTED, State.RETURNED, State.UNFULFILLED, State.WITHDRAWN])
def test_only_what_was_accepted_counts(state: State) -> None:
    assert held(report("so", state=state, total=150)) == ()
    assert sums(report("so", state=state, total=150)) == Attendance()
    assert remarked(report("so", state=state, total=150)) == ()


@st.composite
def some_report(draw: st.DrawFn) -> ObligationLine:
    men = draw(st.none() | st.integers(0, 50))
    women = draw(st.integers(0, 50))
    return report(
        draw(st.sampled_from(["so", "phong", "xa"])),
        draw(
            st.none()
            | st.builds(
                HeldEvent,
                name=st.sampled_from(["Hội nghị", "hội nghị.", "Tập huấn"]),
                date=st.dates(date(2022, 4, 1), date(2022, 4, 2)),
                place=st.sampled_from(["", "Huế", "Phú Lộc"]),
                with_units=st.sampled_from([(), ("phong",)]),
            )
        ),
        draw(st.sampled_from([REPORTED, REPORTED + timedelta(days=1)])),
        men=men,
        women=women if men is not None else None,
        total=(men or 0) + women,
    )


@given(st.lists(some_report(), max_size=12))
def test_every_report_is_in_exactly_one_gathering(lines: list[ObligationLine]) -> None:
    found = gatherings(lines)
    assert sorted(id(item) for gathering in found for item in gathering.lines) == sorted(map(id, lines))
    figures = attendance(found)
    assert figures.events == len(found)
    assert figures.men + figures.women <= figures.total
    assert figures.total <= sum(item.total or 0 for item in lines)


@given(some_report(), st.integers(1, 4))
def test_reporting_again_changes_nothing(one: ObligationLine, times: int) -> None:
    if one.held:
        assert sums(*[one] * times) == sums(one)
