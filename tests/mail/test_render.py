"""What a letter of each kind says, alone and with others, and what it never says."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from mail.render import render
from mail.sample_lines import A_LUOI, AT, HEAD, PHU_LOC, SO, answered, line
from mail.samples import sample, several
from models.holder import Arrangement, Holder
from models.mail import Letter, Part, Rendered
from models.notice import NoticeKind
from models.obligation import Outcome, State
from models.recommendation import RecommendationStatus
from models.register import ObligationLine
from models.request import RequestStatus
from models.unit import Role
from rules.calendar import day_end

URL = "https://dondoc.example/v/" + "A1b2" * 11
HOSTILE = 'A\r\nBcc: x@evil.example\u2028\u202e "><script>alert(1)</script> & ý {{ 7*7 }}\x00'
LEAVING = "Tôi không phụ trách việc này hoặc đã chuyển công tác"


def letter(kind: NoticeKind, *lines: ObligationLine, part: dict[str, Any] | None = None, **changed: Any) -> Letter:
    """The sample of a kind about these lines, with one part changed and the letter too."""
    told = sample(kind)
    about = {"lines": lines} if lines else {}
    parts = (told.parts[0].model_copy(update=about | (part or {})),)
    return told.model_copy(update={"parts": parts} | changed)


def flat(rendered: Rendered) -> tuple[str, str]:
    """Text and HTML as words, without line breaks and tags."""
    plain = re.sub(r"<style.*?</style>|<[^>]+>", "", rendered.html, flags=re.DOTALL)
    return " ".join(rendered.text.split()), " ".join(plain.split())


def is_well_made(rendered: Rendered, url: str) -> None:
    for text in flat(rendered):
        assert text.count("Kính gửi: ") == 1
        assert "Công văn số 908/SLĐTBXH-BĐG ngày 14/04/2020 của Sở Lao động" in text
        for wrong in ("None", "{{", "{%", "[]", "Undefined", " ,", "..", "& lt;"):
            assert wrong not in text
    assert url in rendered.text.splitlines()
    assert f'href="{url}"' in rendered.html
    assert all(len(line) <= 76 for line in rendered.text.splitlines() if url not in line)
    assert "\n\n\n" not in rendered.text
    assert "<img" not in rendered.html
    assert "&lt;" not in rendered.html
    assert '<html lang="vi">' in rendered.html
    assert '<meta name="color-scheme" content="light dark">' in rendered.html
    assert rendered.html.count("<table") == rendered.html.count("</table>")
    assert rendered.html.count("<tr") == rendered.html.count("</tr>")


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_every_kind_says_who_what_and_where(kind: NoticeKind) -> None:
    told = sample(kind)
    rendered = render(told)
    assert rendered.subject.startswith("[908/SLĐTBXH-BĐG] ")
    is_well_made(rendered, told.url)


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_every_kind_also_comes_as_a_further_part_with_a_heading_and_sentences_of_its_own(kind: NoticeKind) -> None:
    told = sample(kind)
    first = Part(kind=NoticeKind.CHASE, at=AT, lines=(line("services"),))
    rendered = render(told.model_copy(update={"parts": (first, *told.parts)}))
    is_well_made(rendered, told.url)
    (heading,) = re.findall(r"<h2[^>]*>(.*?)</h2>", rendered.html)
    for text in flat(rendered):
        assert text.count("Công văn số 908/SLĐTBXH-BĐG ngày 14/04/2020") == 1
        assert f"Thư này gồm: {'- ' if text == flat(rendered)[0] else '– '}Đôn đốc" in text
    assert heading.upper() in flat(rendered)[0]


def test_several_parts_are_one_letter_named_by_the_first() -> None:
    rendered = render(several())
    assert rendered.subject == "[908/SLĐTBXH-BĐG] Đôn đốc: 1 nội dung quá hạn, đề nghị khẩn trương thực hiện"
    is_well_made(rendered, several().url)
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", rendered.html)
    assert headings == [
        "Trả lại để bổ sung: 1 nội dung",
        "Trả lời đề nghị của đơn vị",
        "Sắp đến hạn: 1 nội dung",
        "Nhiệm vụ mới: 1 nội dung",
        "Đã xác nhận hoàn thành: 1 nội dung",
    ]


def test_officers_get_due_dates_in_words_and_a_link_to_each_obligation() -> None:
    rendered = render(letter(NoticeKind.ASSIGNMENT, line("services"), line("radio"), url=URL, at=AT))
    assert rendered.subject == "[908/SLĐTBXH-BĐG] Giao nhiệm vụ: 2 nội dung, hạn gần nhất 31/08/2020"
    for text in flat(rendered):
        assert "Hạn: thứ Hai, 31/08/2020 – quá hạn 41 ngày làm việc" in text
        assert "Hạn: không thời hạn" in text
        assert "“thường xuyên”" in text
    assert f"   {URL}#radio" in rendered.text.splitlines()
    assert f'href="{URL}#radio"' in rendered.html
    undated = render(letter(NoticeKind.ASSIGNMENT, line("radio")))
    assert undated.subject == "[908/SLĐTBXH-BĐG] Giao nhiệm vụ: 1 nội dung"


@pytest.mark.parametrize(
    ("changed", "greeting", "capacity"),
    [
        ({"role": Role.FOCAL}, "Phòng Lao động", "là đầu mối của Phòng"),
        ({"role": Role.HEAD}, "Lãnh đạo Phòng Lao động", "là lãnh đạo Phòng"),
        (
            {"holder": Holder(id="h9", unit=A_LUOI.code, name="Hồ Thị Lan", email="l@x", arrangement="colleague")},
            "Đồng chí Hồ Thị Lan, Phòng Lao động",
            "là người được phân công của Phòng",
        ),
    ],
)
def test_each_is_greeted_by_his_office_and_told_why_he_gets_the_mail(
    changed: dict[str, Any], greeting: str, capacity: str
) -> None:
    for text in flat(render(letter(NoticeKind.REMINDER, **changed))):
        assert f"Kính gửi: {greeting}" in text
        assert f"Đồng chí nhận được thư này vì {capacity}" in text
        assert f"đề nghị bấm “{LEAVING}” trên trang theo dõi" in text


def test_the_page_has_what_the_footer_tells_to_press() -> None:
    assert LEAVING in (Path(__file__).parents[2] / "web/templates/forms/holders.html").read_text("utf-8")


def test_the_issuing_body_signs_and_names_whom_to_ask() -> None:
    for text in flat(render(sample(NoticeKind.REMINDER))):
        assert text.count("SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI TỈNH THỪA THIÊN HUẾ") >= 1
        assert "phản ánh về Phòng Bảo vệ, chăm sóc trẻ em" in text
    for text in flat(render(sample(NoticeKind.REVIEW))):
        assert "SỔ THEO DÕI CÔNG VĂN SỐ 908/SLĐTBXH-BĐG" in text
        assert "phản ánh về" not in text
        assert "đề nghị báo quản trị hệ thống" in text


def test_a_chase_carries_the_senders_own_words_and_calls_late_only_what_is() -> None:
    for text in flat(render(sample(NoticeKind.CHASE))):
        assert "Ý kiến của Sở LĐTBXH tỉnh Thừa Thiên Huế: Sở tổng hợp báo cáo UBND tỉnh" in text
    early = render(letter(NoticeKind.CHASE, line("review-programmes"), part={"words": ""}))
    assert early.subject.endswith("Đôn đốc: 1 nội dung chưa hoàn thành, đề nghị khẩn trương thực hiện")
    for text in flat(early):
        assert "Ý kiến" not in text


def test_an_escalation_is_a_digest_by_unit_without_links_into_pages_of_others() -> None:
    rendered = render(sample(NoticeKind.ESCALATION))
    assert rendered.subject.endswith("Báo cáo: 2 đơn vị chưa hoàn thành 3 nội dung quá hạn")
    for text in (rendered.text, rendered.html):
        assert text.index("huyện A Lưới") < text.index("huyện Phú Lộc")
        assert f"{sample(NoticeKind.ESCALATION).url}#" not in text


def test_a_returned_answer_comes_with_the_reason() -> None:
    rendered = render(sample(NoticeKind.RETURNED))
    assert "Trả lại để bổ sung: Tuyên truyền nội dung mới" in rendered.subject
    for text in flat(rendered):
        assert "Ý kiến: Đề nghị bổ sung số lượt tuyên truyền" in text


def test_silence_is_chased_in_the_tone_of_a_request_not_as_overdue() -> None:
    rendered = render(sample(NoticeKind.SILENCE))
    assert "Đôn đốc: 1 nội dung chưa có thông tin" in rendered.subject
    assert "quá hạn" not in rendered.text


def test_acceptance_names_what_was_accepted_and_how() -> None:
    merged = answered("services", state=State.ACCEPTED, outcome=Outcome.MERGED, comment="Đã ghép vào báo cáo năm.")
    for text in flat(render(letter(NoticeKind.ACCEPTED, *sample(NoticeKind.ACCEPTED).parts[0].lines, merged))):
        assert "xác nhận đơn vị đã hoàn thành 2 nội dung sau:" in text
        assert "Văn bản: số 45/KH-UBND ngày 08/06/2020, người ký: Hồ Văn Ngưm" in text
        assert "Kết quả xem xét: Ghép vào nội dung khác" in text
        assert "Ý kiến: Đã ghép vào báo cáo năm." in text


def test_the_answer_to_a_request_says_what_was_asked_what_is_decided_and_which_date_holds() -> None:
    for text in flat(render(sample(NoticeKind.DECIDED))):
        assert "Đề nghị: gia hạn thời gian thực hiện đến hết thứ Sáu, 20/11/2020" in text
        assert "Trả lời: Đồng ý gia hạn." in text
        assert "Thời hạn mới: thứ Sáu, 13/11/2020 (thời hạn ban đầu: 30/10/2020)" in text
        assert "Trả lời: Không đồng ý rút; đề nghị đơn vị tiếp tục thực hiện." in text
        assert "Ý kiến: Đề nghị phối hợp với Trung tâm Văn hóa" in text
    (part,) = sample(NoticeKind.DECIDED).parts
    refused = part.requests[0].model_copy(update={"status": RequestStatus.REFUSED, "words": "Chưa đủ căn cứ."})
    still = line("action-month-plan")
    alone = render(letter(NoticeKind.DECIDED, still, part={"requests": (refused,)}))
    assert "Trả lời đề nghị của đơn vị: Kế hoạch Tháng hành động" in alone.subject
    for text in flat(alone):
        assert "Không đồng ý gia hạn" in text
        assert "Thời hạn không thay đổi: thứ Sáu, 30/10/2020" in text


def test_a_new_date_at_a_time_of_day_keeps_it() -> None:
    at_five = datetime(2020, 11, 13, 10, tzinfo=UTC)
    moved = line("action-month-plan", due=at_five, original_due=day_end(date(2020, 10, 30)), extensions=1)
    for text in flat(render(letter(NoticeKind.DECIDED, moved))):
        assert "Thời hạn mới: 17 giờ 00 ngày 13/11/2020 (thứ Sáu)" in text
    for text in flat(render(letter(NoticeKind.REMINDER, moved))):
        assert "Gia hạn: đã gia hạn 1 lần, thời hạn ban đầu 30/10/2020" in text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "đầu mối của Phòng LĐTBXH huyện A Lưới (481-ldtbxh@aluoi.example) phân công tạm thời phụ trách thay từ "
             "ngày 28/10/2020 đến hết ngày 11/11/2020 việc thực hiện"),
        ({"arrangement": Arrangement.SUCCESSOR, "by": "head"},
         "đồng chí được lãnh đạo Phòng LĐTBXH huyện A Lưới (481-ldtbxh@aluoi.example) phân công "
         "tiếp nhận, phụ trách việc thực hiện"),
        ({"arrangement": Arrangement.COLLEAGUE, "by": "h3"},
         "đồng chí được người đang phụ trách của Phòng LĐTBXH huyện A Lưới "
         "(481-ldtbxh@aluoi.example) phân công cùng phụ trách việc thực hiện"),
        ({"arrangement": Arrangement.SUCCESSOR, "by": "focal", "by_email": ""},
         "đồng chí được Sở Lao động - Thương binh và Xã hội tỉnh Thừa Thiên Huế phân công tiếp nhận"),
    ],
)  # fmt: skip
def test_who_was_named_is_told_by_whom_for_what_and_what_the_unit_owes(changed: dict[str, Any], words: str) -> None:
    told = sample(NoticeKind.HANDOVER)
    assert told.holder is not None
    rendered = render(told.model_copy(update={"holder": told.holder.model_copy(update=changed)}))
    for text in flat(rendered):
        assert words in text
        assert "Hiện đơn vị còn 4 nội dung phải hoàn thành:" in text
    nothing = letter(NoticeKind.HANDOVER, part={"lines": ()})
    assert "không còn nội dung nào phải nộp kết quả." in flat(render(nothing))[0]


def test_the_digest_tells_what_waits_from_whom_since_when() -> None:
    rendered = render(sample(NoticeKind.REVIEW))
    assert rendered.subject.endswith("Chờ xem xét: 3 kết quả và 1 đề nghị")
    for text in flat(rendered):
        assert "Phòng LĐTBXH huyện A Lưới: 2 nội dung" in text
        assert "Đã nộp: 09:30 ngày 22/10/2020 (nộp lần 2), đã chờ 4 ngày làm việc" in text
        assert "Phòng LĐTBXH huyện Phú Lộc: Tổng kết Chiến lược" in text
        assert "Lý do: Các xã gửi báo cáo chậm do mưa lũ." in text
        assert "Thời hạn hiện nay: thứ Hai, 16/11/2020" in text
        assert text.count("Tổng kết Chiến lược") == 1
    only = letter(NoticeKind.REVIEW, answered("services", PHU_LOC), part={"requests": ()})
    assert render(only).subject.endswith("Chờ xem xét: 1 kết quả")


def test_a_further_recipient_is_told_of_his_own_page() -> None:
    recipient = SO.model_copy(update={"code": "481-ubnd", "name": "Ủy ban nhân dân huyện A Lưới"})
    opened = render(letter(NoticeKind.REGISTER, receiver=recipient))
    assert opened.subject.endswith("Nơi nhận kết quả thực hiện văn bản")
    assert "sổ này" not in opened.text
    assert "SỞ LAO ĐỘNG" in opened.text


def test_units_that_no_mail_reaches_are_told_of_with_the_reason_and_what_to_do() -> None:
    rendered = render(sample(NoticeKind.UNREACHABLE))
    assert rendered.subject.endswith("Thư không đến được Phòng LĐTBXH huyện A Lưới")
    for text in flat(rendered):
        assert "Lý do: địa chỉ aluoi@hue.example không tồn tại" in " ".join(text.split())
        assert "Kế hoạch Tháng hành động" in text
        assert "cập nhật địa chỉ trong danh bạ" in " ".join(text.split())
    two = letter(NoticeKind.UNREACHABLE, unheard={A_LUOI.code: "người nhận đã rời đi", PHU_LOC.code: "chưa có địa chỉ"})
    assert render(two).subject.endswith("Thư không đến được 2 đơn vị")
    assert "Phòng LĐTBXH huyện Phú Lộc" in render(two).text


@pytest.mark.parametrize(
    ("receiver", "words"),
    [(SO, "đôn đốc cơ quan được chuyển đến"), (A_LUOI, "đã chuyển đến đơn vị các kiến nghị sau")],
)
def test_a_missing_reply_names_the_recommendation_and_its_day(receiver: Any, words: str) -> None:
    rendered = render(letter(NoticeKind.REPLY_OVERDUE, receiver=receiver))
    assert rendered.subject.endswith("Kiến nghị quá ngày trả lời: 1 kiến nghị")
    for text in flat(rendered):
        assert words in text
        assert "Chưa bố trí được kinh phí tổ chức tập huấn tại 05 xã biên giới. (Phòng LĐTBXH huyện A Lưới)" in text
        assert "Chuyển: Sở Tài chính; đề nghị trả lời đến hết 27/10/2020" in text


def test_an_obstacle_is_told_to_the_register_with_what_it_stands_in_the_way_of() -> None:
    rendered = render(sample(NoticeKind.OBSTACLE))
    assert rendered.subject == "[908/SLĐTBXH-BĐG] Vướng mắc: Phòng LĐTBXH huyện A Lưới"
    for text in flat(rendered):
        assert "Phòng LĐTBXH huyện A Lưới phản ánh khó khăn, vướng mắc:" in text
        assert "Chưa bố trí được kinh phí" in text
        assert "Khi thực hiện: Hội nghị, hội thảo, tập huấn kiến thức" in text


def test_who_raised_something_is_told_what_became_of_it() -> None:
    rendered = render(sample(NoticeKind.ANSWERED))
    assert "Kết quả xử lý vướng mắc: Hội nghị, hội thảo" in rendered.subject
    for text in flat(rendered):
        assert "Đã giải đáp: Sử dụng nguồn kinh phí" in text
    (part,) = sample(NoticeKind.ANSWERED).parts
    passed_on = {"status": RecommendationStatus.REFERRED, "body": "46-stc", "reply_by": date(2020, 10, 27)}
    referred = part.recommendations[0].model_copy(update=passed_on)
    for text in flat(render(letter(NoticeKind.ANSWERED, part={"recommendations": (referred,)}))):
        assert "Đã chuyển: Sở Tài chính; đề nghị trả lời đến hết 27/10/2020" in text
        assert "Ý kiến: Sử dụng nguồn kinh phí" in text


def test_who_only_takes_part_is_asked_to_take_part() -> None:
    rendered = render(letter(NoticeKind.ASSIGNMENT, line("services", coordinating=True)))
    assert "Phối hợp thực hiện: 1 nội dung" in rendered.subject
    for text in flat(rendered):
        assert "đề nghị đơn vị phối hợp thực hiện 1 nội dung" in text
        assert "(phối hợp)" in text


def test_what_was_answered_meanwhile_is_not_called_late() -> None:
    rendered = render(letter(NoticeKind.REMINDER, answered("services")))
    assert "thứ Hai, 31/08/2020 – chờ xác nhận" in rendered.text
    assert "quá hạn" not in rendered.text


def test_a_directive_without_number_is_cited_by_its_type() -> None:
    head = HEAD.model_copy(
        update={
            "type": "Kết luận hội nghị",
            "label": "Kết luận hội nghị ngày 14/04/2020",
            "document": HEAD.document.model_copy(update={"number": ""}),
        }
    )
    rendered = render(letter(NoticeKind.ASSIGNMENT, head=head))
    assert rendered.subject.startswith("[Kết luận hội nghị ngày 14/04/2020] ")
    assert "Thực hiện Kết luận hội nghị ngày 14/04/2020 của" in rendered.text
    assert "SỔ THEO DÕI KẾT LUẬN HỘI NGHỊ NGÀY 14/04/2020" in render(letter(NoticeKind.REGISTER, head=head)).text


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_hostile_texts_stay_texts(kind: NoticeKind) -> None:
    told = sample(kind)
    (part,) = told.parts
    evil = {"title": HOSTILE, "comment": HOSTILE, "unit_name": HOSTILE, "ref": HOSTILE, "due_phrase": HOSTILE}
    hostile = part.model_copy(
        update={
            "words": HOSTILE,
            "lines": tuple(line.model_copy(update=evil) for line in part.lines),
            "requests": tuple(item.model_copy(update={"reason": HOSTILE, "words": HOSTILE}) for item in part.requests),
            "recommendations": tuple(
                item.model_copy(update={"text": HOSTILE, "by": HOSTILE, "words": HOSTILE, "body": HOSTILE})
                for item in part.recommendations
            ),
        }
    )
    holder = told.holder and told.holder.model_copy(update={"name": HOSTILE, "by_email": HOSTILE})
    document = HEAD.document.model_copy(update={"number": HOSTILE, "title": HOSTILE})
    rendered = render(
        told.model_copy(
            update={
                "parts": (hostile, hostile),
                "holder": holder,
                "head": HEAD.model_copy(update={"document": document, "label": HOSTILE, "contact": HOSTILE}),
                "issuer": told.issuer.model_copy(
                    update={"name": HOSTILE, "short_name": HOSTILE, "parent_body": HOSTILE}
                ),
                "names": dict.fromkeys(told.names, HOSTILE),
                "unheard": dict.fromkeys(told.unheard, HOSTILE),
            }
        )
    )
    assert rendered.subject.isprintable()
    assert "<script" not in rendered.html.lower()
    assert not set("\r\u2028\u202e\x00") & set(rendered.subject + rendered.text + rendered.html)
    assert rendered.text.startswith("Kính gửi: ")
    assert "{{ 7*7 }}" in rendered.text


def test_a_due_date_that_is_today_or_just_gone_is_said_in_words() -> None:
    def text(at: datetime) -> str:
        return render(letter(NoticeKind.REMINDER, line("action-month-plan"), at=at)).text

    assert "hạn cuối là hôm nay" in text(datetime(2020, 10, 30, 9, tzinfo=UTC))
    assert "vừa quá hạn" in text(datetime(2020, 10, 31, 9, tzinfo=UTC))
    assert "quá hạn 1 ngày làm việc" in text(datetime(2020, 11, 2, 9, tzinfo=UTC))
