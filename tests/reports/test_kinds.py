"""What the report says of consultations, selections, events, indicators, recommendations and of who only takes part."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from models.document import Purpose, Recipient
from models.obligation import State
from models.plan import Period
from models.recommendation import OBSTACLE, Recommendation, RecommendationStatus
from models.summary import Summary
from reports.as_html import to_html
from reports.as_xlsx import to_xlsx
from reports.draft import MOST_ROWS, Draft, Heading
from reports.shortcomings import MOST_REMARKS
from reports.text import draft
from tests.reports.conference import CLOSING, HEAD, MINISTRY, conference
from tests.reports.factory import MIDWAY, dispatch_908, line, summary
from tests.reports.test_text import sentences, table, tables


@pytest.fixture(scope="module")
def found() -> Draft:
    return draft(conference())


def points(content: Draft) -> list[str]:
    return [block.text for block in content.blocks if isinstance(block, Heading) and block.level == 2]


def test_a_directive_without_number_reads_well(found: Draft) -> None:
    assert found.subject.startswith(
        "Sơ kết tình hình thực hiện Kết luận hội nghị ngày 08/05/2012 của Bộ Lao động - Thương binh và Xã hội về việc "
        "triển khai Chương trình Quốc gia"
    )
    assert "tình hình thực hiện Kết luận hội nghị ngày 08/05/2012 như sau" in found.introduction
    assert "Kết luận hội nghị ngày 08/05/2012 giao 8 nội dung công việc cho 5 đơn vị cấp tỉnh" in sentences(found)


def test_recipients_have_their_purpose_once_and_addressed_units_are_not_listed_twice(found: Draft) -> None:
    assert found.recipients == (
        "- Các đơn vị được giao nhiệm vụ (để thực hiện);",
        "- Thủ tướng Chính phủ (để b/c);",
        "- Trung ương Hội LHPN Việt Nam (để phối hợp);",
        "- Lưu: VT, BĐG.",
    )
    own = HEAD.model_copy(update={"recipients": (Recipient(name="Tỉnh ủy", purpose=Purpose.REPORT),)})
    assert draft(summary(line(), head=own, issuer=MINISTRY)).recipients[-2:] == ("- Tỉnh ủy (để b/c);", "- Lưu: VT.")


def test_points_appear_only_where_there_is_something_to_say(found: Draft) -> None:
    kinds = [
        "Hoạt động, sự kiện và người tham gia",
        "Kết quả thực hiện chỉ tiêu",
        "Kết quả lấy ý kiến góp ý",
        "Kết quả xử lý đề xuất",
        "Lựa chọn đơn vị thực hiện thí điểm",
        "Kiến nghị của các đơn vị và kết quả xử lý",
        "Đơn vị phối hợp",
    ]
    named = [point.partition(". ")[2] for point in points(found)]
    assert [kind for kind in named if kind in kinds] == kinds
    bare = " ".join(points(draft(summary(line(), final=False))))
    assert not [kind for kind in kinds if kind in bare]


def test_withdrawn_tasks_are_told_and_owed_by_nobody(found: Draft) -> None:
    assert "Trong đó có 1 nhiệm vụ được rút; còn lại 54 nhiệm vụ" in sentences(found)


def test_what_counts_for_another_reason_is_told_apart() -> None:
    content = draft(
        summary(
            line(unit="a", state=State.SATISFIED, submissions=1),
            line(unit="b", state=State.SATISFIED, shared_from="event@c"),
            line(unit="c", state=State.ACCEPTED, submissions=1, taken_from="925/KH-UBND"),
        )
    )
    for words in (
        "1 nhiệm vụ được ghi nhận bằng văn bản do đơn vị ban hành từ trước",
        "1 nhiệm vụ được ghi nhận bằng sự kiện do đơn vị đồng tổ chức báo cáo",
        "1 nhiệm vụ được kế thừa kết quả đã nộp khi thực hiện 925/KH-UBND",
    ):
        assert words in sentences(content)


def test_a_recurring_report_is_one_row_and_has_a_table_of_its_periods(found: Draft) -> None:
    row = next(row for row in table(found, "theo nội dung").rows if row[0] == "5")
    assert row[1] == "Báo cáo tình hình thực hiện (trước ngày 26 hằng tháng)"
    periods = table(found, "Kết quả theo kỳ: Báo cáo tình hình thực hiện")
    assert [line[1] for line in periods.rows] == [
        "tháng 7/2012 (hạn 25/07/2012)", "tháng 8/2012 (hạn 25/08/2012)", "tháng 9/2012 (hạn 25/09/2012)",
        "tháng 10/2012 (hạn 25/10/2012)",
    ]  # fmt: skip
    assert periods.total[2:] == row[2:]
    assert "5 (tháng 7/2012) (68 ngày)" in table(found, "Nhiệm vụ quá hạn").rows[-1][3]


def test_a_daily_report_shows_its_last_periods() -> None:
    lines = [
        line(
            requirement=f"daily.{n}", series="daily", ref="1",
            period=Period(label=f"ngày thứ {n}", first=CLOSING.date(), last=CLOSING.date()),
        )
        for n in range(100)
    ]  # fmt: skip
    content = draft(summary(*lines))
    assert table(content, "Kết quả theo kỳ").rows[-1][1].startswith("ngày thứ 99")
    assert "Bảng nêu 70/100 kỳ gần nhất, dòng cộng tính cả các kỳ." in sentences(content)
    assert len(table(content, "theo nội dung").rows) == 1


def test_several_recipients_are_told_in_one_sentence(found: Draft) -> None:
    assert (
        "Có 12 kết quả được gửi đồng thời đến nhiều nơi nhận; các nơi nhận đã xác nhận hoặc trả lại 24/24 lượt nhận "
        "(100%)."
    ) in sentences(found)  # fmt: skip


def test_comments_and_silence_are_different_columns(found: Draft) -> None:
    drafts = table(found, "Kết quả lấy ý kiến góp ý")
    assert drafts.head[2:] == (
        "Được lấy ý kiến", "Có ý kiến", "Không góp ý", "Chưa góp ý", "Tiếp thu", "Giải trình", "Chưa xử lý",
    )  # fmt: skip
    assert drafts.rows[0][2:] == ("5", "3", "1", "1", "1", "1", "1")
    assert "bạo lực trên cơ sở giới”: Sở Lao động - Thương binh và Xã hội tỉnh Lào Cai." in sentences(found)


def test_proposals_and_pilots(found: Draft) -> None:
    text = sentences(found)
    assert "có 3 đề xuất; chấp thuận: 1; ghép vào nội dung khác: 1; không chấp thuận: 1." in text
    assert "Đã lựa chọn 6 đơn vị thực hiện thí điểm" in text
    assert "Trong đó có 2 lượt nhân rộng từ đơn vị đã thực hiện thí điểm." in text
    assert table(found, "được chọn thực hiện thí điểm").rows[3][-1] == "Ủy ban nhân dân xã số 1, tỉnh Lào Cai"


def test_an_event_of_two_provinces_is_one_row(found: Draft) -> None:
    rows = table(found, "Sự kiện đã tổ chức").rows
    assert [row[1:3] for row in rows] == [
        ("Tập huấn kỹ năng tuyên truyền (Lào Cai)", "14/09/2012"),
        ("Tập huấn cộng tác viên", "18/09/2012"),
    ]
    assert "Lào Cai; Sở Lao động" in rows[0][3]
    assert [row[4] for row in rows] == ["150 (nam 50, nữ 100)", "150"]
    assert "Cán bộ cấp huyện: 50 (nam 20, nữ 30); Cộng tác viên cấp xã: 100 (nam 30, nữ 70)." in sentences(found)


def test_indicators_show_counts_targets_parts_and_trust(found: Draft) -> None:
    rows = {row[1]: row[2:] for row in table(found, "Chỉ tiêu: Báo cáo tình hình thực hiện, tháng 9/2012").rows}
    assert rows == {
        "Cơ quan có lãnh đạo chủ chốt là nữ": ("4/5", "60,98% (150/246)", "≥ 60%", "Đạt; 2/4 đơn vị đạt"),
        "Số lượt người được tập huấn": (
            "4/5", "800 lượt người; nam 320, nữ 480", "≥ 1.000 lượt người", "Chưa đạt; 0/4 đơn vị đạt",
        ),
        "Trong đó: cán bộ làm công tác bình đẳng giới": ("4/5", "200 lượt người", "-", "-"),
        "Trong đó: cộng tác viên, báo cáo viên": ("4/5", "590 lượt người", "-", "-"),
        "Tỷ số giới tính khi sinh (*)": ("4/5", "-", "≤ 113 bé trai/100 bé gái", "3/4 đơn vị đạt"),
        "Có chuyên mục trên đài tỉnh": ("4/5", "Có: 3/4 đơn vị", "Có", "Chưa đạt"),
    }  # fmt: skip
    assert "(*) Chỉ tiêu chưa đối chiếu với văn bản gốc." in sentences(found)


def test_recommendations_by_group_and_who_owes_a_reply(found: Draft) -> None:
    groups = table(found, "Kiến nghị theo nhóm nội dung")
    assert [row[1] for row in groups.rows] == [
        "Đào tạo nghề, việc làm", "Vay vốn khởi nghiệp", "Bạo lực gia đình", "Nội dung khác",
    ]  # fmt: skip
    assert groups.total[2:] == ("6", "3", "1", "2", "1", "1")
    text = sentences(found)
    assert "Cơ quan quá hạn trả lời kiến nghị: Ngân hàng Chính sách xã hội (1 kiến nghị" in text
    assert "Đề nghị Ngân hàng Chính sách xã hội trả lời 1 kiến nghị đã quá hạn trả lời." in text
    assert "chuyển cơ quan có thẩm quyền 1 kiến nghị chưa được xử lý." in text


def test_coordinating_units_stand_apart(found: Draft) -> None:
    assert table(found, "Đơn vị phối hợp").rows == (
        ("1", "Trung ương Hội Liên hiệp Phụ nữ Việt Nam", "1/2", "Phối hợp xây dựng hướng dẫn"),
    )
    elsewhere = [item for item in tables(found) if "Đơn vị phối hợp" not in item.caption]
    assert not [row for item in elsewhere for row in item.rows if "Hội Liên hiệp" in " ".join(row)]


def test_doubtful_figures_are_sentences_and_many_are_cut(found: Draft) -> None:
    assert all(remark in sentences(found) for remark in conference().remarks)
    assert len(conference().remarks) == 3
    many = dispatch_908()
    content = sentences(draft(many))
    assert len(many.remarks) > MOST_REMARKS or all(remark in content for remark in many.remarks)
    held = [line(unit=f"u{n}", unit_name=f"Xã {n}", state=State.ACCEPTED, total=9, submissions=1) for n in range(30)]
    assert "Còn 10 nhận xét khác tại tệp dữ liệu (XLSX) kèm theo báo cáo." in sentences(draft(summary(*held)))


def test_long_lists_of_events_are_cut() -> None:
    assert max(len(item.rows) for item in tables(draft(_many_events())) if item.layout == "events") == MOST_ROWS


def _many_events() -> Summary:
    first = next(item for item in conference().lines if item.held)
    assert first.held
    held = [first.held.model_copy(update={"name": f"Hội nghị {n}"}) for n in range(MOST_ROWS + 5)]
    lines = [first.model_copy(update={"held": event, "unit": f"u{n}"}) for n, event in enumerate(held)]
    return summary(*lines)


def test_the_workbook_has_a_sheet_for_each_kind() -> None:
    book = load_workbook(BytesIO(to_xlsx(conference())))
    sheets = ["Chỉ tiêu", "Sự kiện", "Góp ý", "Đề xuất", "Thí điểm", "Kiến nghị", "Chất lượng số liệu"]
    assert [name for name in book.sheetnames if name in sheets] == sheets
    shape = {name: book[name].max_row - 3 for name in sheets}
    assert shape == {
        "Sự kiện": 2, "Chỉ tiêu": 6, "Góp ý": 3, "Đề xuất": 1, "Thí điểm": 6, "Kiến nghị": 6, "Chất lượng số liệu": 3,
    }  # fmt: skip
    register = list(book["Sổ theo dõi"].iter_rows(min_row=3, values_only=True))
    roles = [row[register[0].index("Vai trò")] for row in register[1:]]
    assert roles == ["Chủ trì"] * 55 + ["Phối hợp"] * 2


def test_the_page_has_one_bar_per_requirement_and_one_mark_per_occurrence() -> None:
    page = to_html(conference()).decode()
    assert page.count("<dd>") == 1 + 8
    assert page.count('title="Báo cáo tình hình thực hiện – tháng 7/2012"') == 1
    assert page.count('<td class="mark-') == len(conference().lines)


def obstacle(number: int, status: RecommendationStatus, days: int = 0, **changed: Any) -> Recommendation:
    return Recommendation(
        id=f"2d@a/0.{number}", obligation="2d@a", unit="a", group=OBSTACLE, text=f"Thiếu kinh phí {number}",
        status=status, raised_at=MIDWAY - timedelta(days=20 + number),
        handled_at=MIDWAY - timedelta(days=20 + number - days) if days else None, **changed,
    )  # fmt: skip


def test_obstacles_are_told_with_the_time_until_an_answer_and_what_still_waits() -> None:
    status = RecommendationStatus
    raised = (
        obstacle(1, status.ANSWERED, 2),
        obstacle(2, status.TAKEN_ON_BOARD, 5),
        obstacle(3, status.REFERRED, 1, body="Sở Tài chính", reply_by=MIDWAY.date() - timedelta(days=3)),
        obstacle(4, status.RAISED),
    )
    rolled = summary(line(unit="a", unit_name="Phòng A"), final=False, recommendations=raised)
    content = draft(rolled)
    text = sentences(content)
    assert "đã phản ánh 4 khó khăn, vướng mắc; đã trả lời 2 nội dung, còn 2 nội dung đang chờ trả lời" in text
    assert "trung vị 3,5 ngày, lâu nhất 5 ngày" in text
    waiting = table(content, "Khó khăn, vướng mắc đang chờ trả lời")
    assert [row[1] for row in waiting.rows] == ["Phòng A", "Phòng A"]
    assert [row[3] for row in waiting.rows] == ["Thiếu kinh phí 4", "Thiếu kinh phí 3 (đã chuyển Sở Tài chính)"]
    assert "Kiến nghị của các đơn vị và kết quả xử lý" not in text
    assert "Đề nghị Sở Tài chính trả lời 1 kiến nghị, vướng mắc đã quá hạn trả lời" in text
    assert "xử lý, trả lời 2 khó khăn, vướng mắc đã được phản ánh" in text
    sheet = load_workbook(BytesIO(to_xlsx(rolled)))["Kiến nghị"]
    groups = [row[2] for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert groups == ["Khó khăn, vướng mắc"] * 4


@pytest.mark.parametrize(
    ("raised", "words"),
    [
        (obstacle(1, RecommendationStatus.RAISED), "1 khó khăn, vướng mắc; chưa nội dung nào được trả lời."),
        (obstacle(1, RecommendationStatus.ANSWERED, 2), "đến khi có trả lời: 2 ngày."),
    ],
)
def test_one_obstacle_needs_no_median(raised: Recommendation, words: str) -> None:
    text = sentences(draft(summary(line(unit="a"), final=False, recommendations=(raised,))))
    assert words in text
    assert "trung vị" not in text


def test_the_json_has_all_tallies() -> None:
    dumped = json.loads(conference().model_dump_json())
    assert dumped["consultations"][0]["silent_units"] == ["Sở Lao động - Thương binh và Xã hội tỉnh Phú Thọ"]
    assert dumped["indicators"][0]["asks"]["title"] == "Cơ quan có lãnh đạo chủ chốt là nữ"
    assert dumped["recommendation_groups"][1]["replies_overdue"] == 1
