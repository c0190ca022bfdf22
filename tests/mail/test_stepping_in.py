"""What units are told when a supervisor steps in, or units are reorganised: what, why, and which date holds."""

from datetime import date
from typing import Any

import pytest

from mail.render import render
from mail.sample_lines import A_LUOI, PHU_LOC, line
from mail.samples import sample
from models.notice import NoticeKind
from models.obligation import Inherited, State
from rules.calendar import day_end
from tests.mail.test_render import flat, letter

WHY = "Theo Thông báo số 12/TB-UBND."


@pytest.mark.parametrize(
    ("state", "subject", "words", "standing"),
    [
        (State.WITHDRAWN, "Rút nội dung đã giao: Hội nghị", "thông báo rút 1 nội dung đã giao sau đây:", "đã rút"),
        (State.WAIVED, "Miễn thực hiện: Hội nghị", "đơn vị được miễn thực hiện 1 nội dung sau", "được miễn thực hiện"),
        (
            State.NOT_APPLICABLE,
            "Không áp dụng đối với đơn vị: Hội",
            "1 nội dung không áp dụng đối với",
            "không áp dụng",
        ),
    ],
)
def test_being_released_says_how_and_why(state: State, subject: str, words: str, standing: str) -> None:
    rendered = render(letter(NoticeKind.WITHDRAWN, line("training", state=state, reason=WHY), part={"words": WHY}))
    assert subject in rendered.subject
    for text in flat(rendered):
        assert words in text
        assert f"– {standing}" in text
        assert text.count(f"Lý do: {WHY}") == 1
        assert "Đơn vị không phải tiếp tục thực hiện" in text


def test_releases_of_several_kinds_are_told_together_each_with_its_reason() -> None:
    lines = (
        line("training", state=State.WAIVED, reason=WHY),
        line("services", state=State.NOT_APPLICABLE, reason="Huyện không có nhà tạm lánh."),
    )
    words = f"{WHY}\nHuyện không có nhà tạm lánh."
    rendered = render(letter(NoticeKind.WITHDRAWN, *lines, part={"words": words}))
    assert rendered.subject.endswith("Không phải thực hiện: 2 nội dung")
    for text in flat(rendered):
        assert text.count("Lý do:") == 2
        assert text.index("miễn thực hiện") < text.index(f"Lý do: {WHY}")
        assert "không áp dụng" in text


def test_withdrawal_names_the_document_that_replaces() -> None:
    for text in flat(render(sample(NoticeKind.WITHDRAWN))):
        assert "Lý do: được thay thế bằng văn bản số 2410/SLĐTBXH-BĐG ngày 26/10/2020" in text


def test_a_new_date_is_told_with_the_first_one_and_the_reason() -> None:
    rendered = render(sample(NoticeKind.DUE_SET))
    assert "Điều chỉnh thời hạn: Kế hoạch Tháng hành động" in rendered.subject
    assert rendered.subject.endswith(", hạn mới 13/11/2020")
    for text in flat(rendered):
        assert "Thời hạn mới: thứ Sáu, 13/11/2020 – còn 12 ngày làm việc" in text
        assert "Thời hạn ban đầu: 30/10/2020" in text
        assert "Lý do: Cơn bão số 9" in text
        assert "chậm nhất ngày 30/10/2020" not in text


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (
            {"due": day_end(date(2020, 11, 13))},
            ("Thời hạn mới: thứ Sáu, 13/11/2020", "Thời hạn ban đầu: không thời hạn"),
        ),
        (
            {"due": None, "original_due": day_end(date(2020, 10, 30))},
            ("Thời hạn mới: không thời hạn", "Thời hạn ban đầu: 30/10/2020"),
        ),
    ],
)
def test_a_date_may_come_where_there_was_none_and_go(dates: dict[str, Any], words: tuple[str, ...]) -> None:
    for text in flat(render(letter(NoticeKind.DUE_SET, line("radio", **dates)))):
        for each in words:
            assert each in text
        assert ("theo thời hạn mới" in text) == (dates["due"] is not None)


def test_other_words_of_what_is_asked_are_told_as_they_are_now_with_the_reason() -> None:
    rendered = render(sample(NoticeKind.AMENDED))
    assert "Điều chỉnh yêu cầu: Kế hoạch Tháng hành động năm 2020, có nội dung phòng" in rendered.subject
    for text in flat(rendered):
        assert "điều chỉnh yêu cầu đối với 1 nội dung đã giao cho đơn vị" in text
        assert "Hạn: thứ Sáu, 30/10/2020 – còn 2 ngày làm việc" in text
        assert "Lý do: Lồng ghép nội dung phòng, chống xâm hại trẻ em" in text


@pytest.mark.parametrize(
    ("kind", "note"),
    [
        (NoticeKind.HANDOVER, "Lý do"),
        (NoticeKind.REGISTER, "Lý do"),
        (NoticeKind.LETTER, "Ý kiến đôn đốc đã gửi đơn vị"),
    ],
)
def test_the_words_of_who_stepped_in_are_shown(kind: NoticeKind, note: str) -> None:
    told = sample(kind)
    for words, shown in ((WHY, WHY), (f"Bận họp\n{WHY}\nLần hai", f"Bận họp; {WHY} Lần hai")):
        parts = (told.parts[0].model_copy(update={"words": words}),)
        for text in flat(render(told.model_copy(update={"parts": parts}))):
            assert f"{note}: {shown}" in text
    for text in flat(render(told)):
        assert f"{note}:" not in text


def test_a_pause_says_that_nothing_runs_and_its_end_which_date_holds_now() -> None:
    for text in flat(render(sample(NoticeKind.SUSPENDED))):
        assert "– tạm dừng" in text
        assert "thời gian tạm dừng không tính vào thời hạn" in text
    for text in flat(render(sample(NoticeKind.RESUMED))):
        assert "đề nghị đơn vị tiếp tục thực hiện 1 nội dung" in text
        assert "Hạn: thứ Hai, 30/11/2020 – còn 23 ngày làm việc" in text
        assert "Thời hạn ban đầu: 30/09/2020" in text


def test_what_goes_on_without_a_date_is_not_asked_for_in_time() -> None:
    for text in flat(render(letter(NoticeKind.RESUMED, line("radio")))):
        assert "chỉ đạo thực hiện và nộp kết quả" in text
        assert "đúng thời hạn" not in text


@pytest.mark.parametrize(
    ("moved_to", "goes", "action"),
    [
        ((PHU_LOC.code,), "Chuyển đến: Phòng LĐTBXH huyện Phú Lộc", "cho đơn vị tiếp nhận;"),
        ((), "Chuyển đến: chờ phân công lại", "cho đơn vị tiếp nhận khi có thông báo phân công;"),
    ],
)
def test_who_owed_it_is_told_who_does_now(moved_to: tuple[str, ...], goes: str, action: str) -> None:
    gone = line("training", state=State.TRANSFERRED, moved_to=moved_to)
    for text in flat(render(letter(NoticeKind.TRANSFERRED, gone, part={"words": WHY}))):
        assert goes in text
        assert action in text
        assert f"Lý do: {WHY}" in text


def test_who_owes_it_now_is_told_who_did_and_new_ones_beside_it_are_simply_assigned() -> None:
    taken = line("training", inherited=(Inherited(unit=PHU_LOC.code), Inherited(unit=A_LUOI.code)), reason=WHY)
    rendered = render(letter(NoticeKind.ASSIGNMENT, taken, part={"words": WHY}))
    assert "Tiếp nhận nhiệm vụ: 1 nội dung" in rendered.subject
    for text in flat(rendered):
        assert "đề nghị đơn vị tiếp nhận, tiếp tục thực hiện 1 nội dung" in text
        assert "Tiếp nhận từ: Phòng LĐTBXH huyện Phú Lộc; Phòng LĐTBXH huyện A Lưới" in text
        assert f"Lý do chuyển giao: {WHY}" in text
    both = render(letter(NoticeKind.ASSIGNMENT, taken, line("services")))
    assert "Giao nhiệm vụ: 2 nội dung" in both.subject
    assert both.text.count("Tiếp nhận từ") == 1
