"""The report's sentences: right counts, the right form of final and interim, and nothing that says nothing."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from models.obligation import State, Timeliness
from models.summary import Lag
from reports.draft import LAYOUTS, TEXT_WIDTH_MM, Draft, Heading, Paragraph, Picture, Table
from reports.text import draft
from tests.reports.edges import EDGES
from tests.reports.factory import CLOSING, HEAD, ISSUER, MIDWAY, dispatch_908, line, summary


def sentences(content: Draft) -> str:
    return "\n".join(block.text for block in content.blocks if isinstance(block, Heading | Paragraph))


def tables(content: Draft) -> list[Table]:
    return [block for block in content.blocks if isinstance(block, Table)]


def table(content: Draft, caption: str) -> Table:
    return next(item for item in tables(content) if caption in item.caption)


def strings(value: Any) -> Iterator[str]:
    """Every string of a dumped draft."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in {"kind", "layout", "chart"}:
                yield from strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings(item)


@pytest.fixture(scope="module")
def final() -> Draft:
    return draft(dispatch_908())


@pytest.fixture(scope="module")
def interim() -> Draft:
    return draft(dispatch_908(final=False))


def test_the_final_report_names_the_directive_in_full_once_and_leaves_number_and_date_open(final: Draft) -> None:
    assert final.subject == (
        "Tổng kết kết quả thực hiện Công văn số 908/SLĐTBXH-BĐG ngày 14 tháng 4 năm 2020 của Sở Lao động - Thương binh "
        "và Xã hội tỉnh Thừa Thiên Huế về việc hướng dẫn hoạt động bình đẳng giới năm 2020"
    )
    assert re.fullmatch(r"Số:\s+/BC-SLĐTBXH", final.number)
    assert re.fullmatch(r"Thừa Thiên Huế, ngày\s+tháng\s+năm 2021", final.place_and_date)
    assert (final.parent_body, final.body) == ("UBND TỈNH THỪA THIÊN HUẾ", "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI")
    assert "số liệu tính đến hết ngày 31 tháng 12 năm 2020" in final.introduction
    assert final.closing.endswith("kính báo cáo./.")


def test_the_interim_report_says_as_of_when(interim: Draft) -> None:
    assert interim.subject.startswith("Sơ kết tình hình thực hiện Công văn số 908/SLĐTBXH-BĐG")
    assert interim.subject.endswith("(tính đến ngày 15 tháng 9 năm 2020)")
    assert "số liệu tính đến 17 giờ 30 phút ngày 15 tháng 9 năm 2020" in interim.introduction
    assert "chưa đến hạn" in sentences(interim)


def test_bases_stand_on_lines_of_their_own_and_the_last_ends_with_a_full_stop(final: Draft) -> None:
    assert [text[-1] for text in final.basis] == [";", "."]
    assert final.basis[0].startswith("Căn cứ Kế hoạch số 25/KH-UBND ngày 12 tháng 02 năm 2020 của Ủy ban nhân dân tỉnh")
    assert final.basis[1].startswith("Căn cứ Công văn số 458/LĐTBXH-BĐG")


def test_recipients_are_the_superiors_first_and_the_file_last(final: Draft) -> None:
    assert final.recipients == (
        "- Ủy ban nhân dân tỉnh Thừa Thiên Huế (để b/c);",
        "- Bộ Lao động - Thương binh và Xã hội (để b/c);",
        "- Các đơn vị được giao nhiệm vụ (để biết);",
        "- Giám đốc (để b/c);",
        "- Lưu: VT, BĐG.",
    )


def test_a_peoples_committee_signs_as_a_body() -> None:
    issuer = ISSUER.model_copy(update={"name": "Ủy ban nhân dân huyện Phú Lộc", "head_title": "CHỦ TỊCH"})
    assert draft(summary(line(), issuer=issuer)).signature == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    assert draft(summary(line())).signature == ("GIÁM ĐỐC",)


def test_rates_are_of_what_fell_due_and_show_both_counts() -> None:
    due = MIDWAY - timedelta(days=30)
    lines = [
        *(line(unit=f"a{n}", due=due, state=State.ACCEPTED, timeliness=Timeliness.ON_TIME) for n in range(6)),
        line(unit="b", due=due, timeliness=Timeliness.OVERDUE),
        line(unit="c", due=CLOSING, timeliness=Timeliness.IN_TIME),
        line(unit="d"),
        line(unit="e", state=State.NOT_APPLICABLE),
    ]
    content = draft(summary(*lines, final=False))
    assert (
        "Trong 9 nhiệm vụ phải thực hiện, có 7 nhiệm vụ đến hạn (gồm nhiệm vụ đã hết thời hạn và nhiệm vụ có kết quả "
        "trước hạn): hoàn thành đúng hạn 6/7 nhiệm vụ (85,7%); quá hạn chưa hoàn thành 1/7 nhiệm vụ (14,3%)."
    ) in sentences(content)
    assert table(content, "Tổng hợp").rows == (
        ("Đã hoàn thành", "6", "0", "0", "6"),
        ("Chưa hoàn thành", "1", "1", "1", "3"),
    )
    assert table(content, "Tổng hợp").total == ("Cộng", "7", "1", "1", "9")
    assert table(content, "theo nội dung").rows[0][-1] == "85,7%"


def test_no_rate_is_made_up_where_nothing_is_due() -> None:
    content = draft(EDGES["nothing due"]())
    assert "chưa có nhiệm vụ nào đến hạn" in sentences(content)
    assert table(content, "theo nội dung").rows[0][-1] == "-"
    assert not re.search(r"hoàn thành[^.]*%", sentences(content))


def test_coverage_is_n_of_m(final: Draft) -> None:
    assert "Có 133/142 đơn vị (93,7%) đã nộp kết quả." in sentences(final)
    assert "Còn 9/142 đơn vị (6,3%) có nhiệm vụ phải thực hiện nhưng không nộp kết quả nào." in sentences(final)


def test_before_the_end_silence_is_a_shortcoming_only_where_something_is_overdue() -> None:
    early = line(unit="a", unit_name="Phòng A", due=CLOSING, timeliness=Timeliness.IN_TIME)
    behind = line(unit="b", unit_name="Phòng B", due=MIDWAY - timedelta(days=5), timeliness=Timeliness.OVERDUE)
    content = draft(summary(early, behind, final=False))
    assert "Còn 1/2 đơn vị (50,0%) có nhiệm vụ quá hạn và chưa nộp kết quả nào." in sentences(content)
    assert [row[1] for row in table(content, "Đơn vị chưa có kết quả").rows] == ["Phòng B"]


def test_units_that_are_few_are_named_one_by_one_and_many_by_who_follows_them_up(final: Draft) -> None:
    silent_units = table(final, "Đơn vị chưa có kết quả")
    assert len(silent_units.rows) == 9
    assert silent_units.rows[0][1:] == ("Ủy ban nhân dân phường Phước Vĩnh", "2", "1a-xã; 3b-xã")
    direct = table(final, "Nhiệm vụ quá hạn, chưa hoàn thành")
    assert {row[1].split()[0] for row in direct.rows} == {"Phòng"}
    below = table(final, "Nhiệm vụ quá hạn, chưa hoàn thành, theo đơn vị theo dõi")
    assert len(below.rows) == 9
    assert "UBND xã A Ngo" in below.rows[6][3]


def test_long_lists_are_cut_and_say_where_the_rest_is() -> None:
    content = draft(EDGES["many levels"]())
    assert "Bảng nêu 40/63 dòng; danh sách đầy đủ tại tệp dữ liệu (XLSX) kèm theo báo cáo." in sentences(content)
    area = table(content, "Đơn vị chưa có kết quả, theo đơn vị theo dõi").rows[0]
    assert area[2] == "44/44"
    assert area[3].endswith("và 24 đơn vị khác (tại tệp dữ liệu (XLSX) kèm theo báo cáo)")


def test_the_appendix_lists_forty_documents_and_refers_to_the_workbook(final: Draft) -> None:
    assert final.appendix is not None
    assert len(final.appendix.table.rows) == 40
    assert final.appendix.table.rows[0][:3] == ("1", "1/KH-UBND", "31/03/2020")
    assert final.appendix.remark.startswith("Danh mục nêu 40/")
    assert draft(EDGES["no answers"]()).appendix is None


def test_attendance_is_split_by_sex_on_what_has_the_split() -> None:
    held = {"state": State.ACCEPTED, "submissions": 1}
    content = draft(
        summary(
            line(unit="a", men=40, women=60, total=100, **held),
            line(unit="b", total=1150, **held),
        )
    )
    text = sentences(content)
    assert (
        "Đã tổ chức 2 hoạt động có số liệu người tham gia, với 1.250 lượt người, trong đó nam 40 lượt người (40,0%), "
        "nữ 60 lượt người (60,0%) tính trên 100 lượt người có số liệu tách biệt giới."
    ) in text
    assert "Có 1/2 hoạt động (50,0%) chỉ báo cáo tổng số người tham gia" in text
    assert "bổ sung số liệu nam, nữ của 1 hoạt động" in text


def test_chosen_forms_are_counted_of_what_is_done() -> None:
    choices = {"own": "Hội nghị chuyên đề", "report": "Thông qua báo cáo"}
    done_with = {"state": State.ACCEPTED, "submissions": 1, "choices": choices, "ref": "3b"}
    content = draft(
        summary(
            line(unit="a", choice="report", **done_with),
            line(unit="b", choice="report", **done_with),
            line(unit="c", choice="own", **done_with),
            line(unit="d", choice="own", choices=choices, state=State.SUBMITTED, submissions=1),
        )
    )
    assert (
        "Về hình thức thực hiện nội dung 3b: thông qua báo cáo: 2 đơn vị; hội nghị chuyên đề: 1 đơn vị."
    ) in sentences(content)


def test_tasks_without_deadline_are_named_after_90_silent_days() -> None:
    quiet = line(opened_at=MIDWAY - timedelta(days=91))
    assert "1 nhiệm vụ không thời hạn của 1 đơn vị đã giao quá 90 ngày" in sentences(draft(summary(quiet, final=False)))
    young = line(opened_at=MIDWAY - timedelta(days=89))
    assert "quá 90 ngày" not in sentences(draft(summary(young, final=False)))


def test_a_slow_reviewer_is_asked_and_the_unit_is_not_blamed() -> None:
    content = draft(EDGES["waiting"]())
    assert f"Đề nghị {ISSUER.name} xác nhận hoặc trả lại 3 kết quả đã nộp." in sentences(content)
    assert table(content, "Tổng hợp").rows[1] == ("Đã nộp, chờ xác nhận", "1", "1", "1", "3")
    assert "chưa hoàn thành, theo" not in sentences(content)


def test_sections_without_content_are_left_out_and_the_rest_is_numbered_through() -> None:
    headings = [
        block.text
        for block in draft(EDGES["one unit, all done"]()).blocks
        if isinstance(block, Heading) and block.level == 1
    ]
    assert headings == [
        "I. TÌNH HÌNH GIAO VÀ TIẾP NHẬN NHIỆM VỤ",
        "II. KẾT QUẢ THỰC HIỆN",
        "III. CÔNG TÁC ĐÔN ĐỐC, NHẮC VIỆC",
    ]
    assert [block.text for block in draft(EDGES["empty"]()).blocks if isinstance(block, Heading | Paragraph)] == [
        "I. TÌNH HÌNH GIAO VÀ TIẾP NHẬN NHIỆM VỤ",
        "Đến thời điểm báo cáo, chưa có nhiệm vụ nào được giao theo Công văn số 908/SLĐTBXH-BĐG.",
    ]


@pytest.mark.parametrize("name", EDGES)
def test_every_report_is_complete_and_plain(name: str) -> None:
    content = draft(EDGES[name]())
    texts = list(strings(content.model_dump()))
    for text in texts:
        assert not re.search(r"\b(None|nan|null|True|False|Level|State)\b", text), text
        assert not re.search(r"[\x00-\x1f\u202e]", text), text
    for block in content.blocks:
        if isinstance(block, Table):
            assert block.rows
            assert all(len(row) == len(block.head) == len(LAYOUTS[block.layout]) for row in block.rows)
            assert len(block.total) in {0, len(block.head)}
        elif isinstance(block, Picture):
            assert block.caption
            assert block.alt
        else:
            assert block.text[-1] not in " :,;"
    for place, block in enumerate(content.blocks[:-1]):
        if isinstance(block, Heading) and isinstance(content.blocks[place + 1], Heading):
            assert content.blocks[place + 1].level > block.level  # type: ignore[union-attr]
    assert content.closing.endswith("./.")
    assert content.signature


def test_tables_fill_the_text_width() -> None:
    assert {layout: sum(width for width, _ in columns) for layout, columns in LAYOUTS.items()} == dict.fromkeys(
        LAYOUTS, TEXT_WIDTH_MM
    )


def test_totals_of_units_and_requirements_agree(final: Draft) -> None:
    overall = table(final, "theo cấp").total[2:]
    by_requirement = [item.total for item in tables(final) if "theo nội dung" in item.caption]
    by_unit = [table(final, "trực thuộc").total, table(final, "tổng hợp theo đơn vị theo dõi").total]
    for figures in (by_requirement, by_unit):
        assert [str(sum(int(row[column]) for row in figures)) for column in range(2, 9)] == list(overall[:-1])


def test_before_the_end_debtors_are_asked_to_hurry_and_at_the_end_to_explain(interim: Draft, final: Draft) -> None:
    assert "khẩn trương thực hiện và gửi kết quả" in sentences(interim)
    assert "giải trình" not in sentences(interim)
    assert "Đề nghị 36 đơn vị chưa hoàn thành nhiệm vụ nêu tại báo cáo này giải trình" in sentences(final)
    assert "khẩn trương" not in sentences(final)


def test_chasing_is_told_in_figures(final: Draft) -> None:
    tally = dispatch_908().overall
    text = sentences(final)
    assert "Đã gửi 1.834 thư điện tử giao nhiệm vụ, nhắc việc và đôn đốc; 3 thư không gửi được." in text
    assert f"trong đó {tally.returned} lượt được trả lại để bổ sung" in text
    assert f"Có {tally.escalations} lượt nhiệm vụ được thông báo quá hạn, đôn đốc hoặc báo cáo cấp trên" in text


def test_the_contact_is_named_while_work_goes_on(interim: Draft, final: Draft) -> None:
    assert HEAD.contact in sentences(interim)
    assert HEAD.contact not in sentences(final)


def test_the_time_on_the_way_down_is_one_sentence() -> None:
    lags = (
        Lag(above="25/KH-UBND", below="908/SLĐTBXH-BĐG", documents=1, calendar_days=62, working_days=43, longest=62),
        Lag(above="908/SLĐTBXH-BĐG", below="kế hoạch cấp huyện", documents=9, calendar_days=58.5, working_days=40,
            longest=100),
    )  # fmt: skip
    written = sentences(draft(dispatch_908().model_copy(update={"lineage": lags})))
    assert (
        "Về thời gian triển khai: từ 25/KH-UBND đến 908/SLĐTBXH-BĐG là 62 ngày (43 ngày làm việc); từ 908/SLĐTBXH-BĐG "
        "đến kế hoạch cấp huyện có trung vị 58,5 ngày (40 ngày làm việc) của 9 văn bản, lâu nhất 100 ngày."
    ) in written
