import re
from datetime import UTC, datetime
from typing import Any

import pytest

from mail.render import render
from models.mail import Letter
from models.notice import NoticeKind
from models.obligation import State
from models.recommendation import Recommendation, RecommendationStatus
from models.unit import Role, Unit
from tests.web import kinds, samples

URL = "https://dondoc.example/v/" + "A1b2" * 11
HOSTILE = 'A\r\nBcc: x@evil.example\u2028\u202e "><script>alert(1)</script> & ý {{ 7*7 }}'


def letter(kind: NoticeKind = NoticeKind.ASSIGNMENT, **changed: Any) -> Letter:
    """A letter as the outbox composes it: to A Lưới, or to the province's office about its own register."""
    own_register = kind in {
        NoticeKind.REGISTER,
        NoticeKind.ESCALATION,
        NoticeKind.REPLY_OVERDUE,
        NoticeKind.OBSTACLE,
    }
    lines = tuple(line for line in samples.a_luoi_lines() if line.state is State.OPEN)
    values: dict[str, Any] = {
        "kind": kind,
        "head": samples.HEAD,
        "receiver": samples.ISSUER if own_register else samples.A_LUOI,
        "role": Role.HEAD if kind in {NoticeKind.OVERDUE, NoticeKind.ESCALATION} else Role.FOCAL,
        "issuer": samples.ISSUER,
        "lines": () if kind is NoticeKind.REGISTER else lines,
        "url": URL,
        "at": samples.AT,
    }
    return Letter(**values | changed)


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_every_kind_says_who_what_and_where(kind: NoticeKind) -> None:
    rendered = render(letter(kind))
    assert rendered.subject.startswith("[908/SLĐTBXH-BĐG] ")
    text = " ".join(rendered.text.split())
    for part in (text, " ".join(rendered.html.split())):
        assert "Kính gửi: " in part
        assert "Công văn số 908/SLĐTBXH-BĐG ngày 14/04/2020 của Sở Lao động" in part
        assert "về việc hướng dẫn hoạt động bình đẳng giới năm 2020" in part
        assert URL in part
        for wrong in ("None", "{{", "{%", "[]", "Undefined"):
            assert wrong not in part
    assert URL in rendered.text.splitlines()
    assert all(len(line) <= 76 for line in rendered.text.splitlines() if URL not in line)
    assert "\n\n\n" not in rendered.text
    assert "<img" not in rendered.html


@pytest.mark.parametrize("kind", [kind for kind in NoticeKind if kind is not NoticeKind.REGISTER])
def test_every_obligation_has_its_due_date_in_working_days(kind: NoticeKind) -> None:
    rendered = render(letter(kind))
    for part in (rendered.text, rendered.html.replace("<b>", "").replace("</b>", "")):
        for words in ("thứ Hai, 31/08/2020", "quá hạn 41 ngày làm việc", "còn 2 ngày làm việc", "Hạn: không thời hạn"):
            assert words in part


def test_officers_get_a_link_to_each_obligation() -> None:
    rendered = render(letter())
    assert f"   {URL}#action-month-plan" in rendered.text.splitlines()
    assert f'href="{URL}#action-month-plan"' in rendered.html


def test_the_subject_of_an_assignment_names_number_and_next_date() -> None:
    assert render(letter()).subject == "[908/SLĐTBXH-BĐG] Giao nhiệm vụ: 5 nội dung, hạn gần nhất 31/08/2020"
    undated = render(letter(lines=(samples.line("radio"),)))
    assert undated.subject == "[908/SLĐTBXH-BĐG] Giao nhiệm vụ: 1 nội dung"


@pytest.mark.parametrize("role", list(Role))
def test_the_head_is_addressed_as_such(role: Role) -> None:
    assert ("Kính gửi: Lãnh đạo Phòng" in render(letter(role=role)).text) == (role is Role.HEAD)


def test_an_escalation_is_a_digest_by_unit() -> None:
    lines = tuple(samples.line("services", samples.unit(name)) for name in ("huyện Phú Lộc", "huyện Nam Đông"))
    rendered = render(letter(NoticeKind.ESCALATION, lines=lines))
    assert rendered.subject.endswith("2 đơn vị chưa hoàn thành 2 nội dung quá hạn")
    for part in (rendered.text, rendered.html):
        assert part.index("huyện Phú Lộc") < part.index("huyện Nam Đông")
        assert f"{URL}#" not in part
    assert "phản ánh về" not in rendered.text
    assert "SỔ THEO DÕI CÔNG VĂN SỐ 908/SLĐTBXH-BĐG" in rendered.text


def test_a_returned_answer_comes_with_the_reason() -> None:
    rendered = render(letter(NoticeKind.RETURNED, lines=(samples.returned(),)))
    assert "Tuyên truyền nội dung mới" in rendered.subject
    assert "Ý kiến: Đề nghị bổ sung số lượt tuyên truyền" in rendered.text
    assert "Đề nghị bổ sung số lượt tuyên truyền" in rendered.html


def test_silence_is_chased_in_the_tone_of_a_request_not_as_overdue() -> None:
    rendered = render(letter(NoticeKind.SILENCE, lines=(samples.line("radio"),), role=Role.HEAD))
    assert "Đôn đốc: 1 nội dung chưa có thông tin" in rendered.subject
    assert "Kính gửi: Lãnh đạo Phòng" in rendered.text
    assert "quá hạn" not in rendered.text
    assert "Hạn: không thời hạn" in rendered.text
    assert f"{URL}#radio" in rendered.text


def test_a_further_recipient_is_told_what_came_in_from_whom() -> None:
    recipient = samples.ISSUER.model_copy(update={"code": "481-ubnd", "name": "Ủy ban nhân dân huyện A Lưới"})
    rendered = render(letter(NoticeKind.RECEIVED, receiver=recipient, lines=(kinds.answered("year-report"),)))
    assert rendered.subject.endswith("Đã nhận kết quả: Phòng LĐTBXH huyện A Lưới")
    for part in (rendered.text, rendered.html):
        assert "Báo cáo tổng kết – năm 2020" in part
        assert "chờ xác nhận" in part
        assert f"{URL}#" not in part
    opened = render(letter(NoticeKind.REGISTER, receiver=recipient))
    assert opened.subject.endswith("Nơi nhận kết quả thực hiện văn bản")
    assert "sổ này" not in opened.text
    assert "SỞ LAO ĐỘNG" in opened.text


@pytest.mark.parametrize(
    ("receiver", "words"),
    [
        (samples.ISSUER, "đôn đốc cơ quan được chuyển đến"),
        (samples.A_LUOI, "đã chuyển đến đơn vị các kiến nghị sau"),
    ],
)
def test_a_missing_reply_names_the_recommendation_and_its_day(receiver: Unit, words: str) -> None:
    names = {"46-snv": "Sở Nội vụ", samples.A_LUOI.code: samples.A_LUOI.short_name}
    asked = (kinds.referred(),)
    rendered = render(letter(NoticeKind.REPLY_OVERDUE, receiver=receiver, recommendations=asked, names=names))
    assert rendered.subject.endswith("Kiến nghị quá ngày trả lời: 1 kiến nghị")
    text = " ".join(rendered.text.split())
    assert words in text
    assert "1. Mở lớp đào tạo nghề cho lao động nữ tại xã Hồng Thủy (Phòng LĐTBXH huyện A Lưới – Hội LHPN" in text
    for part in (text, rendered.html.replace("<b>", "").replace("</b>", "")):
        assert "Chuyển: Sở Nội vụ" in part
        assert "27/10/2020" in part


def test_an_obstacle_is_told_to_the_register_with_what_it_stands_in_the_way_of() -> None:
    line = samples.line("training")
    told = letter(NoticeKind.OBSTACLE, lines=(line,), recommendations=(kinds.obstacle(),))
    rendered = render(told)
    assert rendered.subject == "[908/SLĐTBXH-BĐG] Vướng mắc: Phòng LĐTBXH huyện A Lưới"
    for part in (rendered.text, rendered.html):
        part = " ".join(part.split())
        assert "Phòng LĐTBXH huyện A Lưới phản ánh khó khăn, vướng mắc:" in part
        assert "Chưa bố trí được kinh phí tập huấn" in part
        assert "Khi thực hiện: Hội nghị, hội thảo, tập huấn kiến thức" in part
    assert "SỔ THEO DÕI CÔNG VĂN" in rendered.text


@pytest.mark.parametrize(
    ("asked", "subject", "words"),
    [
        (
            kinds.obstacle(RecommendationStatus.ANSWERED, words="Dùng nguồn sự nghiệp năm 2020."),
            "Kết quả xử lý vướng mắc: Hội nghị, hội thảo",
            "Đã giải đáp: Dùng nguồn sự nghiệp năm 2020.",
        ),
        (
            kinds.referred(words="Thuộc thẩm quyền của Sở Nội vụ."),
            "Kết quả xử lý kiến nghị: Hội nghị, hội thảo",
            "Đã chuyển: Sở Nội vụ; đề nghị trả lời đến hết 27/10/2020 Ý kiến: Thuộc thẩm quyền của Sở Nội vụ.",
        ),
    ],
)
def test_who_raised_something_is_told_what_became_of_it(asked: Recommendation, subject: str, words: str) -> None:
    lines, names = (samples.line("training"),), {"46-snv": "Sở Nội vụ"}
    rendered = render(letter(NoticeKind.ANSWERED, lines=lines, recommendations=(asked,), names=names))
    assert subject in rendered.subject
    assert asked.text in " ".join(rendered.text.split())
    plain = re.sub(r"<[^>]+>", " ", rendered.html)
    for part in (rendered.text, plain.replace(" ;", ";").replace(" :", ":")):
        part = " ".join(part.split()).replace(" ;", ";")
        assert words in part


def test_who_only_takes_part_is_asked_to_take_part() -> None:
    rendered = render(letter(lines=(samples.line("services", coordinating=True),)))
    assert "Phối hợp thực hiện: 1 nội dung" in rendered.subject
    assert "đề nghị đơn vị phối hợp thực hiện 1 nội dung" in " ".join(rendered.text.split())
    assert "(phối hợp)" in rendered.text


def test_a_due_time_of_day_is_said() -> None:
    rendered = render(letter(lines=(kinds.line("year-report"),)))
    assert rendered.subject.endswith("hạn gần nhất 17 giờ 00 ngày 18/12/2020")
    assert "Hạn: 17 giờ 00 ngày 18/12/2020 (thứ Sáu)" in rendered.text


def test_what_was_answered_meanwhile_is_not_called_late() -> None:
    rendered = render(letter(NoticeKind.REMINDER, lines=(samples.submitted(),)))
    assert "thứ Ba, 30/06/2020 – chờ xác nhận" in rendered.text
    assert "quá hạn" not in rendered.text


def test_a_directive_without_number_is_cited_by_its_type() -> None:
    head = samples.HEAD.model_copy(
        update={
            "type": "Kết luận hội nghị",
            "label": "Kết luận hội nghị ngày 14/04/2020",
            "document": samples.HEAD.document.model_copy(update={"number": ""}),
        }
    )
    rendered = render(letter(head=head))
    assert rendered.subject.startswith("[Kết luận hội nghị ngày 14/04/2020] ")
    assert "Thực hiện Kết luận hội nghị ngày 14/04/2020 của" in rendered.text
    own = render(letter(NoticeKind.REGISTER, head=head))
    assert "SỔ THEO DÕI KẾT LUẬN HỘI NGHỊ NGÀY 14/04/2020" in own.text


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_hostile_texts_stay_texts(kind: NoticeKind) -> None:
    document = samples.HEAD.document.model_copy(update={"number": HOSTILE, "title": HOSTILE})
    head = samples.HEAD.model_copy(update={"document": document, "contact": HOSTILE})
    line = samples.returned(title=HOSTILE, comment=HOSTILE, unit_name=HOSTILE, ref=HOSTILE, due_phrase=HOSTILE)
    rendered = render(letter(kind, head=head, lines=(line,)))
    assert rendered.subject.isprintable()
    assert "<script" not in rendered.html
    assert not any(line.startswith("Bcc:") and "evil" in line for line in rendered.text.splitlines()[:1])
    assert "\u202e" not in rendered.subject + rendered.text + rendered.html
    assert "49" not in rendered.subject


def test_a_due_date_that_is_today_or_just_gone_is_said_in_words() -> None:
    def text(at: datetime) -> str:
        return render(letter(lines=(samples.line("action-month-plan"),), at=at)).text

    assert "hạn cuối là hôm nay" in text(datetime(2020, 10, 30, 9, tzinfo=UTC))
    assert "vừa quá hạn" in text(datetime(2020, 10, 31, 9, tzinfo=UTC))
    assert "quá hạn 1 ngày làm việc" in text(datetime(2020, 11, 2, 9, tzinfo=UTC))
