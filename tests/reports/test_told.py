"""What the report tells beside the counts of an instant: the report before, periods, branches, ranks, ages, and what
units say in their own words."""

from datetime import date, timedelta

import pytest

from models.obligation import State, Timeliness
from models.reported import PeriodRate
from models.summary import Summary
from models.unit import Level
from reports.draft import Draft
from reports.excerpts import LONGEST_QUOTE, MOST_QUOTES
from reports.history import MOST_PERIODS
from reports.text import draft
from rules.calendar import day_end
from tests.reports.edges import EDGES, LONG_NAME
from tests.reports.factory import CLOSING, MIDWAY, dispatch_908, line, summary
from tests.reports.test_text import sentences, table, tables
from tests.reports.told import BEFORE, NOTE, periodic


@pytest.fixture(scope="module")
def told() -> Draft:
    return draft(periodic())


def test_the_report_before_is_compared_in_counts_and_percentage_points(told: Draft) -> None:
    assert (
        "So với báo cáo trước (quý II năm 2020, số liệu tính đến hết ngày 14 tháng 6 năm 2020): số nhiệm vụ đã hoàn "
        "thành tăng 159 (từ 7 lên 166); số nhiệm vụ quá hạn chưa hoàn thành tăng 20 (từ 2 lên 22); tỷ lệ hoàn thành "
        "đúng hạn giảm 0,9 điểm phần trăm (báo cáo trước 77,8%, báo cáo này 76,9%)."
    ) in sentences(told)
    rows = {row[1]: row[2:] for row in table(told, "So sánh với báo cáo trước").rows}
    assert rows["Đơn vị đã nộp kết quả"] == ("9/142", "133/142", "Tăng 124")
    assert rows["Nhiệm vụ phải thực hiện"] == ("331", "331", "Không đổi")
    assert rows["Tỷ lệ đúng hạn"] == ("77,8%", "76,9%", "Giảm 0,9 điểm phần trăm")
    assert rows["Tỷ lệ đúng hạn cấp xã"] == ("-", "75,5%", "-")


def test_a_first_report_compares_nothing_and_equal_ones_say_so() -> None:
    assert "So với báo cáo trước" not in sentences(draft(dispatch_908()))
    now = dispatch_908()
    same = BEFORE.model_copy(update={"overall": now.overall, "levels": now.levels, "period": None})
    text = sentences(draft(now.model_copy(update={"before": same})))
    assert "tỷ lệ hoàn thành đúng hạn không đổi" in text
    assert "So với báo cáo trước (số liệu tính đến hết ngày 14 tháng 6 năm 2020)" in text


def test_rates_of_periods_leave_out_those_without_anything_due(told: Draft) -> None:
    assert table(told, "qua các kỳ").rows == (
        ("1", "tháng 6 năm 2020", "15/05/2020 - 14/06/2020", "9", "7", "1", "77,8%"),
        ("2", "tháng 7 năm 2020", "15/06/2020 - 14/07/2020", "9", "9", "0", "100%"),
    )


def test_of_many_periods_the_last_are_told() -> None:
    rates = tuple(
        PeriodRate(label=f"ngày thứ {n}", first=date(2020, 5, 1), last=date(2020, 5, 1), fell_due=2, on_time=1, late=0)
        for n in range(30)
    )
    content = draft(dispatch_908().model_copy(update={"rates": rates}))
    assert len(table(content, "qua các kỳ").rows) == MOST_PERIODS
    assert table(content, "qua các kỳ").rows[-1][1] == "ngày thứ 29"
    assert f"Bảng nêu {MOST_PERIODS}/30 kỳ gần nhất." in sentences(content)


def test_branches_and_the_other_units_add_up_to_the_whole(told: Draft) -> None:
    found = table(told, "gồm cả cấp dưới")
    assert len(found.rows) == 10
    assert found.rows[0][1:] == (
        "Phòng Lao động - Thương binh và Xã hội thành phố Huế",
        "14/15",
        "35",
        "20",
        "15",
        "1",
        "3",
        "75,0%",
    )
    assert found.rows[-1][1] == "Đơn vị khác"
    for column in range(3, 8):
        assert sum(int(row[column]) for row in found.rows) == int(found.total[column])
    assert not [item for item in tables(told) if "tổng hợp theo đơn vị theo dõi" in item.caption]


def test_units_are_ranked_within_their_level_and_ties_share_a_rank(told: Draft) -> None:
    ranks = [(row[0], row[4]) for row in table(told, "Xếp hạng đơn vị cấp huyện").rows]
    assert ranks[:4] == [("1", "100%"), ("1", "100%"), ("1", "100%"), ("4", "80,0%")]
    text = sentences(told)
    assert "Đơn vị cấp xã có tỷ lệ đúng hạn cao nhất: có 94 đơn vị cùng xếp hạng 1 với tỷ lệ đúng hạn 100%." in text
    assert "bảng xếp hạng đầy đủ tại tệp dữ liệu (XLSX) kèm theo báo cáo" in text


def _dated(unit: str, done: int, owed: int) -> list:  # type: ignore[type-arg]
    due = MIDWAY - timedelta(days=40)
    common = {"unit": unit, "unit_name": f"UBND xã {unit}", "level": Level.COMMUNE, "due": due}
    return [
        *(line(**common, state=State.ACCEPTED, timeliness=Timeliness.ON_TIME, submissions=1) for _ in range(done)),
        *(line(**common, timeliness=Timeliness.OVERDUE) for _ in range(owed)),
    ]


def test_of_many_units_the_best_and_the_worst_ten_are_named() -> None:
    lines = [item for n in range(30) for item in _dated(f"số {n}", n, 30 - n)]
    content = draft(summary(*lines, final=False))
    best, worst = table(content, "cao nhất"), table(content, "thấp nhất")
    assert [row[1] for row in best.rows] == [f"UBND xã số {n}" for n in range(29, 19, -1)]
    assert [row[1] for row in worst.rows] == [f"UBND xã số {n}" for n in range(10)]
    assert worst.rows[0] == ("30", "UBND xã số 0", "30", "0", "0%")


def test_equal_units_are_not_ranked() -> None:
    lines = [item for n in range(5) for item in _dated(f"số {n}", 1, 1)]
    assert "Xếp hạng" not in sentences(draft(summary(*lines, final=False)))


def test_ages_of_what_is_overdue_add_up_over_levels() -> None:
    days = {Level.DISTRICT: (5, 30, 31), Level.COMMUNE: (90, 91, 120, 121, 400)}
    lines = [
        line(unit=f"{level}{late}", unit_name=f"Đơn vị {late}", level=level, timeliness=Timeliness.OVERDUE,
             due=day_end(date(2020, 9, 15) - timedelta(days=late)))
        for level, lates in days.items()
        for late in lates
    ]  # fmt: skip
    content = draft(summary(*lines, final=False))
    assert (
        "Phân theo thời gian quá hạn: từ 1 đến 30 ngày: 2 nhiệm vụ; từ 31 đến 90 ngày: 2 nhiệm vụ; từ 91 đến 120 ngày: "
        "2 nhiệm vụ; trên 120 ngày: 2 nhiệm vụ."
    ) in sentences(content)
    ages = table(content, "theo thời gian quá hạn")
    assert ages.rows == (("Cấp huyện", "3", "2", "1", "0", "0"), ("Cấp xã", "5", "0", "1", "2", "2"))
    assert ages.total == ("Cộng", "8", "2", "2", "2", "2")


def test_units_are_quoted_word_for_word_and_by_name(told: Draft) -> None:
    text = sentences(told)
    assert f"“{NOTE}” là thuyết minh của Phòng Lao động - Thương binh và Xã hội thành phố Huế (2a); " in text
    assert text.count(NOTE) == 1


def test_of_many_notes_the_first_of_each_requirement_are_quoted() -> None:
    lines = [
        line(unit=f"u{n}", unit_name=f"Phòng {n}", note=f"Thuyết minh {n}", submissions=1, state=State.ACCEPTED)
        for n in range(MOST_QUOTES + 2)
    ]
    text = sentences(draft(summary(*lines)))
    assert "Phòng 0, về nội dung 1a: “Thuyết minh 0”." in text
    assert text.count("Thuyết minh ") == MOST_QUOTES
    assert f"Trích {MOST_QUOTES}/{MOST_QUOTES + 2} " in text


def test_units_that_say_the_same_are_named_together() -> None:
    lines = [
        line(unit=unit, unit_name=f"Phòng {unit}", requirement=ref, ref=ref, key=f"{ref}@{unit}",
             note="Đã triển khai theo kế hoạch.", submissions=1, state=State.ACCEPTED)
        for unit in ("A", "B")
        for ref in ("1a", "1b")
    ]  # fmt: skip
    text = sentences(draft(summary(*lines)))
    assert "“Đã triển khai theo kế hoạch.” là thuyết minh của Phòng A (1a; 1b); Phòng B (1a; 1b)." in text


@pytest.mark.parametrize(
    ("note", "state"),
    [
        ("", State.ACCEPTED),
        (" \x01 ", State.ACCEPTED),
        ("x" * (LONGEST_QUOTE + 1), State.ACCEPTED),
        ("Chưa duyệt", State.RETURNED),
    ],
)
def test_nothing_is_quoted_that_is_empty_too_long_or_not_accepted(note: str, state: State) -> None:
    assert "trích nguyên văn" not in sentences(draft(summary(line(note=note, state=state, submissions=1))))


def test_one_unit_is_quoted_once_per_requirement() -> None:
    lines = [
        line(unit=unit, unit_name=f"Phòng {unit}", key=f"1a.{n}@{unit}", note=f"Thuyết minh {n} của {unit}",
             submissions=1, state=State.ACCEPTED)
        for n in range(2)
        for unit in ("A", "B")
    ]  # fmt: skip
    text = sentences(draft(summary(*lines)))
    assert text.count("Phòng A, về nội dung 1a: ") == 1
    assert "Trích 2/4 nội dung đơn vị thuyết minh" in text


def test_long_names_stay_whole() -> None:
    content = draft(EDGES["long names"]())
    assert table(content, "Nhiệm vụ quá hạn").rows[0][1] == LONG_NAME.strip()


def test_who_is_missing_while_there_is_time_is_named() -> None:
    early = line(unit="a", unit_name="Phòng A", due=CLOSING, timeliness=Timeliness.IN_TIME)
    behind = line(unit="b", unit_name="Phòng B", due=MIDWAY - timedelta(days=5), timeliness=Timeliness.OVERDUE)
    told: Summary = summary(early, behind, final=False)
    text = sentences(draft(told))
    assert "Chưa có đơn vị nào trong 2 đơn vị nộp kết quả." in text
    assert "Chưa nộp kết quả và chưa có nhiệm vụ nào quá hạn: 1 đơn vị, gồm Phòng A." in text
