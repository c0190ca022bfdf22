from datetime import UTC, datetime
from typing import Any

import pytest

from mail.render import render
from models.mail import Letter
from models.notice import NoticeKind
from models.obligation import State
from models.unit import Role
from tests.web import samples

URL = "https://dondoc.example/v/" + "A1b2" * 11
HOSTILE = 'A\r\nBcc: x@evil.example\u2028\u202e "><script>alert(1)</script> & ý {{ 7*7 }}'


def letter(kind: NoticeKind = NoticeKind.ASSIGNMENT, **changed: Any) -> Letter:
    """A letter as the outbox composes it: to A Lưới, or to the province's office about its own register."""
    own_register = kind in {NoticeKind.REGISTER, NoticeKind.ESCALATION}
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


def test_what_was_answered_meanwhile_is_not_called_late() -> None:
    rendered = render(letter(NoticeKind.REMINDER, lines=(samples.submitted(),)))
    assert "thứ Ba, 30/06/2020 – chờ xác nhận" in rendered.text
    assert "quá hạn" not in rendered.text


def test_a_directive_without_number_is_cited_by_its_type() -> None:
    head = samples.HEAD.model_copy(
        update={"type": "Kết luận hội nghị", "document": samples.HEAD.document.model_copy(update={"number": ""})}
    )
    rendered = render(letter(head=head))
    assert rendered.subject.startswith("[Kết luận hội nghị] ")
    assert "Thực hiện Kết luận hội nghị ngày 14/04/2020 của" in rendered.text


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
