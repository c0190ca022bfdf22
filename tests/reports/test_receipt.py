"""The receipt says what came in when, and where it stands in the register, on one page."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from models.actor import Actor, ActorKind
from models.answer import Answer, HeldEvent
from models.document import DocumentRef, FileRef
from models.holder import Arrangement
from models.indicator import Figure, Indicator, IndicatorKind
from models.receipt import SubmissionReceipt
from models.recommendation import Raised
from models.unit import Level, Unit
from reports.receipt import receipt_pdf, sheet
from rules.calendar import day_end
from tests.reports.factory import HEAD, ISSUER, line

UNIT = Unit(
    code="482-ldtbxh",
    name="Phòng Lao động - Thương binh và Xã hội huyện Phú Lộc",
    short_name="Phòng LĐTBXH huyện Phú Lộc",
    level=Level.DISTRICT,
    line="ldtbxh",
    territory="482",
)
DOCUMENT = DocumentRef(number="12/KH-UBND", normal="12/KH-UBND", date=date(2020, 5, 28), signer="Lê Thị Lan")
RECEIVED = datetime(2020, 5, 29, 2, 5, 7, tzinfo=UTC)
DUE = day_end(date(2020, 5, 29))


def file(number: int, name: str = "Kế hoạch.pdf") -> FileRef:
    return FileRef(sha256=f"{number:02x}" * 32, name=name, size=1_234_567, media_type="application/pdf")


def receipt(answer: Answer | None = None, asked: dict[str, Any] | None = None, **changed: Any) -> SubmissionReceipt:
    values: dict[str, Any] = {
        "head": HEAD,
        "issuer": ISSUER,
        "unit": UNIT,
        "line": line(**{"due": DUE} | (asked or {})),
        "submission": 2,
        "answer": answer or Answer(document=DOCUMENT, files=(file(1),), note="đã ban hành"),
        "received_at": RECEIVED,
        "actor": Actor(kind=ActorKind.OFFICER, unit=UNIT.code, name="Nguyễn Văn Bình", holder="h7"),
        "cascade_id": "cascade:46-ldtbxh.2020.sldtbxh-bdg.908:46-ldtbxh",
        "seq": 1234,
        "event_hash": "ab12" * 16,
        "previous_hash": "cd34" * 16,
        "printed_at": datetime(2020, 6, 3, 2, 5, tzinfo=UTC),
    }
    return SubmissionReceipt(**values | changed)


def squeezed(text: str) -> str:
    """Text without spaces, which line breaks move."""
    return "".join(text.split()).replace("\u200b", "")


def printed(made: SubmissionReceipt) -> str:
    (page,) = PdfReader(BytesIO(receipt_pdf(made))).pages
    return squeezed(page.extract_text())


def rows(made: SubmissionReceipt) -> dict[str, str]:
    return {row.label: row.words for row in sheet(made).rows}


@pytest.mark.parametrize(
    "said",
    [
        "BIÊN NHẬN",
        "Kết quả thực hiện Công văn số 908/SLĐTBXH-BĐG ngày 14 tháng 4 năm 2020 của",
        "đã nhận kết quả do Phòng Lao động - Thương binh và Xã hội huyện Phú Lộc nộp như sau:",
        "1a. Kế hoạch năm 2020",
        "Nguyễn Văn Bình",
        "Lần thứ 2",
        "09 giờ 05 phút ngày 29 tháng 5 năm 2020 (giờ Việt Nam)",
        "2020-05-29 02:05:07 UTC",
        "nộp đúng hạn",
        "Số 12/KH-UBND ngày 28/05/2020, người ký: Lê Thị Lan",
        "đã ban hành",
        "Kế hoạch.pdf",
        "1.234.567 byte",
        "01" * 32,
        "cascade:46-ldtbxh.2020.sldtbxh-bdg.908:46-ldtbxh",
        "1234",
        "ab12" * 16,
        "cd34" * 16,
        "certutil -hashfile TÊN_TỆP SHA256",
        "Biên nhận lập tự động lúc 09:05 ngày 03/06/2020",
    ],
)
def test_the_page_says(said: str) -> None:
    assert squeezed(said) in printed(receipt())


@pytest.mark.parametrize(
    ("asked", "received", "words"),
    [
        ({"due": None}, RECEIVED, "Không thời hạn"),
        ({}, RECEIVED, "thứ Sáu, 29/05/2020; nộp đúng hạn"),
        ({}, datetime(2020, 6, 2, 2, tzinfo=UTC), "thứ Sáu, 29/05/2020; nộp muộn 2 ngày làm việc"),
        (
            {"original_due": day_end(date(2020, 5, 15)), "extensions": 1},
            RECEIVED,
            "thứ Sáu, 29/05/2020, đã gia hạn từ thứ Sáu, 15/05/2020; nộp đúng hạn",
        ),
    ],
)
def test_it_tells_whether_it_came_in_time(asked: dict[str, Any], received: datetime, words: str) -> None:
    assert rows(receipt(asked=asked, received_at=received))["Thời hạn"] == words


@pytest.mark.parametrize(
    ("holder", "name", "arrangement", "words"),
    [
        ("focal", "", None, "Đầu mối của đơn vị"),
        ("head", "Trần Văn An", None, "Trần Văn An, lãnh đạo đơn vị"),
        ("h7", "Nguyễn Văn Bình", Arrangement.SUBSTITUTE, "Nguyễn Văn Bình, người làm thay"),
        ("", "", None, None),
    ],
)
def test_it_names_who_handed_in_as_far_as_he_is_known(
    holder: str, name: str, arrangement: Arrangement | None, words: str | None
) -> None:
    actor = Actor(kind=ActorKind.OFFICER, unit=UNIT.code, name=name, holder=holder)
    assert rows(receipt(actor=actor, arrangement=arrangement)).get("Người nộp") == words


def test_what_was_taken_over_names_the_earlier_directive_and_nobody_who_handed_in() -> None:
    found = rows(receipt(taken_from="40/SLĐTBXH-BĐG", submission=1))
    assert found["Lần nộp"] == "Lần thứ 1; tính từ kết quả đã nộp theo 40/SLĐTBXH-BĐG"
    assert "Người nộp" not in found


PEOPLE = Indicator(key="a", title="Số người được tập huấn", kind=IndicatorKind.NUMBER, unit="người")
SHARE = Indicator(key="b", title="Tỷ lệ nữ", kind=IndicatorKind.PERCENT)
PLANNED = Indicator(key="c", title="Có kế hoạch riêng", kind=IndicatorKind.YES_NO)
FIGURES = {
    "a": Figure(value=1200, men=500, women=700),
    "b": Figure(numerator=30, denominator=90),
    "c": Figure(yes=True),
}


@pytest.mark.parametrize(
    ("answer", "label", "words"),
    [
        (Answer(document=DOCUMENT, existing=True), "Văn bản đã ban hành từ trước", "Số 12/KH-UBND ngày 28/05/2020"),
        (Answer(proposal=DOCUMENT), "Tờ trình", "Số 12/KH-UBND"),
        (Answer(choice="own"), "Hình thức", "Hội nghị chuyên đề"),
        (Answer(no_comment=True), "Ý kiến góp ý", "Không có ý kiến góp ý"),
        (Answer(men=10, women=20, total=30), "Số người tham gia", "30 (nam 10, nữ 20)"),
        (Answer(total=1030), "Số người tham gia", "1.030"),
        (
            Answer(held=HeldEvent(name="Đối thoại", date=date(2020, 5, 20), place="Huế")),
            "Sự kiện",
            "Đối thoại, ngày 20/05/2020, tại Huế",
        ),
        (Answer(recommendations=(Raised(group="g", text="t"),)), "Kiến nghị", "1 kiến nghị"),
        (
            Answer(figures=FIGURES),
            "Số liệu",
            "Số người được tập huấn: 1.200 người (nam 500, nữ 700); Tỷ lệ nữ: 30/90 (33,3%); Có kế hoạch riêng: có",
        ),
        (Answer(note="ư" * 500), "Ghi chú", "ư" * 300 + "…"),
    ],
)
def test_it_repeats_every_kind_of_answer(answer: Answer, label: str, words: str) -> None:
    asked = {"choices": {"own": "Hội nghị chuyên đề"}, "indicators": (PEOPLE, SHARE, PLANNED)}
    assert rows(receipt(answer, asked))[label].startswith(words)


def test_the_longest_receipt_stays_on_one_page() -> None:
    many = tuple(PEOPLE.model_copy(update={"key": str(n), "title": "Số cán bộ được tập huấn " * 3}) for n in range(40))
    answer = Answer(
        document=DOCUMENT,
        proposal=DOCUMENT,
        files=tuple(file(number, "Kế hoạch triển khai công tác bình đẳng giới " * 3 + ".pdf") for number in range(10)),
        note="Đã gửi các xã, thị trấn. " * 80,
        men=1, women=1, total=2,
        figures={item.key: FIGURES["a"] for item in many},
    )  # fmt: skip
    asked = {"title": "Tổng kết Chiến lược, Chương trình hành động và Đề án phòng ngừa " * 4, "indicators": many}
    text = printed(receipt(answer, asked))
    assert "09" * 32 in text
    assert squeezed("và 34 chỉ tiêu khác") in text


def test_what_officers_typed_is_printed_and_never_run() -> None:
    typed = '#panic("x") $a$ *b* \\ </sheet> @c'
    assert squeezed(typed) in printed(receipt(Answer(note=typed, files=(file(1, f"{typed}.pdf"),))))
