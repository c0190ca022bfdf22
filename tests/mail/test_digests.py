"""What superiors are told: unit by unit, in no more than a page or two."""

import re

import pytest

from mail.digests import MOST_NAMED
from mail.render import render
from mail.sample_lines import A_LUOI, PHU_LOC, SO, line
from mail.samples import sample
from models.mail import Letter
from models.notice import NoticeKind
from models.obligation import State
from models.register import ObligationLine
from tests.mail.test_render import flat, letter


def of_communes(count: int, each: int = 1) -> list[ObligationLine]:
    """So many obligations of each of so many communes."""
    return [
        line("services", A_LUOI.model_copy(update={"code": f"xa-{number}", "short_name": f"UBND xã {number}"}))
        for number in range(count)
        for _ in range(each)
    ]


@pytest.mark.parametrize(
    ("communes", "each", "rest"),
    [
        (MOST_NAMED, 1, ""),
        (MOST_NAMED + 1, 1, "1 nội dung khác của 1 đơn vị"),
        (400, 3, "1170 nội dung khác của 390 đơn vị"),
        (10, 4, "10 nội dung khác của 3 đơn vị"),
    ],
)
@pytest.mark.parametrize("kind", [NoticeKind.ESCALATION, NoticeKind.ESCALATION_BELOW, NoticeKind.LETTER])
def test_beyond_a_page_or_two_the_rest_is_a_count(kind: NoticeKind, communes: int, each: int, rest: str) -> None:
    told = letter(kind, *of_communes(communes, each))
    rendered = render(told)
    for text in flat(rendered):
        assert text.count("Công khai các mô hình") == min(communes * each, MOST_NAMED)
        assert f"{communes} đơn vị" in text
        assert f"{communes * each} nội dung" in text
        found = re.findall(r"Ngoài ra còn (.*?); danh sách đầy đủ theo đường dẫn dưới đây", text)
        assert found == ([rest] if rest else [])
    assert len(rendered.html) < 100_000


def test_units_that_no_mail_reaches_are_counted_too_where_they_are_many() -> None:
    told = letter(NoticeKind.UNREACHABLE, *of_communes(2))
    many = told.model_copy(update={"unheard": {f"xa-{number}": "chưa có địa chỉ" for number in range(40)}})
    for text in flat(render(many)):
        assert text.count("Lý do: chưa có địa chỉ") == MOST_NAMED
        assert "Ngoài ra còn 10 đơn vị; danh sách" in text


@pytest.mark.parametrize("kind", [NoticeKind.OBSTACLE, NoticeKind.REPLY_OVERDUE])
def test_recommendations_are_counted_where_they_are_many(kind: NoticeKind) -> None:
    (part,) = sample(kind).parts
    for text in flat(render(letter(kind, part={"recommendations": part.recommendations * 35}))):
        assert text.count("Chưa bố trí được kinh phí") == MOST_NAMED
        assert "Ngoài ra còn 5 nội dung khác; danh sách" in text


def test_what_a_unit_owes_itself_is_named_whole() -> None:
    assert render(letter(NoticeKind.ASSIGNMENT, *of_communes(40))).text.count("Công khai các mô hình") == 40


def escalated(*lines: ObligationLine) -> Letter:
    return letter(NoticeKind.ESCALATION, *lines)


def test_an_escalation_says_what_is_lacking_and_calls_overdue_only_what_is() -> None:
    decided = sample(NoticeKind.NOT_RESUBMITTED).parts[0].lines[0].decided_at
    returned = line("review-programmes", state=State.RETURNED, decided_at=decided)
    rendered = render(escalated(line("services"), returned))
    assert rendered.subject.endswith("Báo cáo: 1 đơn vị có 2 nội dung chậm xử lý")
    for text in flat(rendered):
        assert "Tình hình: giao ngày 14/04/2020, chưa xác nhận đã nhận văn bản" in text
        assert "Tình hình: trả lại để bổ sung ngày 21/10/2020, chưa nộp lại" in text
    assert "chưa hoàn thành 1 nội dung quá hạn" in render(escalated(line("services"))).subject


def test_an_escalation_from_below_names_the_registers_it_comes_from() -> None:
    rendered = render(sample(NoticeKind.ESCALATION_BELOW))
    assert rendered.subject.endswith("Cấp dưới báo cáo: 2 đơn vị chưa hoàn thành 2 nội dung quá hạn")
    for text in flat(rendered):
        assert "theo sổ theo dõi của Phòng LĐTBXH huyện A Lưới, 2 đơn vị chưa hoàn thành" in text
        assert "UBND xã Hồng Thủy (sổ theo dõi của Phòng LĐTBXH huyện A Lưới): 1 nội dung" in text
    below = {"issuer": PHU_LOC.code, "issuer_name": PHU_LOC.short_name}
    lines = (*sample(NoticeKind.ESCALATION_BELOW).parts[0].lines, line("services", SO).model_copy(update=below))
    assert (
        "theo sổ theo dõi của 2 đơn vị cấp dưới, 3 đơn vị"
        in flat(render(letter(NoticeKind.ESCALATION_BELOW, *lines)))[0]
    )


def test_reviewers_are_told_what_waits_since_when_and_whose_time_it_is() -> None:
    for text in flat(render(sample(NoticeKind.REVIEW_OVERDUE))):
        assert "có 2 kết quả của 2 đơn vị đã nộp nhiều ngày" in text
        assert "Đã nộp: 09:30 ngày 15/10/2020, đã chờ 9 ngày làm việc" in text
        assert "không tính cho đơn vị đã nộp" in text


def test_the_keeper_gets_the_drafts_with_what_is_still_to_be_done_with_them() -> None:
    rendered = render(sample(NoticeKind.LETTER))
    assert rendered.subject.endswith("Dự thảo công văn đôn đốc: 2 đơn vị, 3 nội dung")
    for text in flat(rendered):
        assert "trình lãnh đạo ký, lấy số và phát hành" in text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (NoticeKind.UNACKNOWLEDGED, "đơn vị chưa xác nhận đã nhận văn bản: 1a"),
        (NoticeKind.NOT_RESUBMITTED, "Tình hình: trả lại để bổ sung ngày 21/10/2020, chưa nộp lại"),
    ],
)
def test_a_unit_is_told_what_exactly_it_has_not_done(kind: NoticeKind, words: str) -> None:
    assert words in flat(render(sample(kind)))[1]
