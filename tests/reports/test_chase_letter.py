"""The letter that chases has the layout of Decree 30/2020 and all that is owed; what the office decides stays open."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Doc
from docx.oxml.ns import qn

from models.chase_letter import ChaseLetter
from models.document import DocumentRef, Recipient
from models.obligation import State
from models.register import ObligationLine
from models.unit import Level, Unit
from reports.build_chase_letter import COLUMNS, build
from reports.chase_letter import TEMPLATE, chase_letters, draft
from reports.draft import TEXT_WIDTH_MM
from reports.plain import BLANK
from rules.calendar import day_end
from tests.reports.edges import NASTY
from tests.reports.factory import HEAD, ISSUER
from tests.rules.plans import line

AT = datetime(2020, 10, 28, 1, 5, tzinfo=UTC)
A_LUOI, PHU_LOC = (
    Unit(
        code=code, name=f"Phòng Lao động - Thương binh và Xã hội huyện {name}", short_name=f"Phòng LĐTBXH huyện {name}",
        level=Level.DISTRICT, line="ldtbxh", territory=code,
    )
    for code, name in (("481", "A Lưới"), ("482", "Phú Lộc"))
)  # fmt: skip
LATE = line(State.OPEN, day_end(date(2020, 8, 31)), title="Công khai các địa chỉ tin cậy", ref="2c")
RETURNED = line(
    State.RETURNED, day_end(date(2020, 11, 30)), title="Báo cáo năm", decided_at=datetime(2020, 10, 21, tzinfo=UTC),
    extensions=2,
)  # fmt: skip


def letter(*lines: ObligationLine, unit: Unit = A_LUOI, **changed: Any) -> ChaseLetter:
    return ChaseLetter(head=HEAD, issuer=ISSUER, unit=unit, lines=lines or (LATE,), at=AT).model_copy(update=changed)


def opened(content: bytes) -> Doc:
    return Document(BytesIO(content))


@pytest.fixture(scope="module")
def two() -> Doc:
    return opened(chase_letters([letter(LATE, RETURNED), letter(unit=PHU_LOC)]))


def test_every_letter_has_pages_of_its_own_counted_from_one(two: Doc) -> None:
    assert len(two.sections) == 2
    for section in two.sections:
        (number,) = section._sectPr.iter(qn("w:pgNumType"))
        assert number.get(qn("w:start")) == "1"
        assert section.different_first_page_header_footer
        assert section.page_width is not None
        assert round(section.page_width.mm) == 210
        assert [mark.text for mark in section.header._element.iter(qn("w:instrText"))] == ["PAGE"]


def test_number_place_and_subject_stand_under_the_names(two: Doc) -> None:
    for table in (two.tables[0], two.tables[3]):
        left, right = table.rows[0].cells
        assert "UBND TỈNH THỪA THIÊN HUẾ" in left.text
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in right.text
        number, place = table.rows[1].cells
        assert [part.text for part in number.paragraphs] == [
            f"Số:{BLANK}/SLĐTBXH-BĐG",
            "V/v đôn đốc thực hiện Công văn số 908/SLĐTBXH-BĐG",
        ]
        assert place.text == f"Thừa Thiên Huế, ngày{BLANK}tháng{BLANK}năm 2020"


def test_each_says_what_its_unit_owes_and_asks_for_a_day_that_is_left_open(two: Doc) -> None:
    text = [paragraph.text for paragraph in two.paragraphs if paragraph.text.strip()]
    first, second = text[: len(text) // 2], text[len(text) // 2 :]
    assert first[0] == "Kính gửi: Phòng Lao động - Thương binh và Xã hội huyện A Lưới"
    assert "Thực hiện Công văn số 908/SLĐTBXH-BĐG ngày 14 tháng 4 năm 2020 của Sở Lao động" in first[1]
    assert (
        "đến ngày 28 tháng 10 năm 2020, đơn vị còn 02 nội dung chưa hoàn thành, trong đó 01 nội dung quá hạn"
        in first[1]
    )
    assert f"gửi kết quả trước ngày{BLANK}tháng{BLANK}năm{BLANK}." in first[2]
    assert first[-1].endswith("./.")
    assert second[0].endswith("huyện Phú Lộc")
    assert "đơn vị còn 01 nội dung quá hạn, chưa hoàn thành, cụ thể" in second[1]


def test_the_table_has_due_dates_and_how_late_each_is(two: Doc) -> None:
    rows = [tuple(cell.text for cell in row.cells) for row in two.tables[1].rows]
    assert rows == [
        ("TT", "Nội dung", "Thời hạn", "Tình hình thực hiện"),
        ("1", "Báo cáo năm", "30/11/2020",
         "Trả lại để bổ sung ngày 21/10/2020, chưa nộp lại; đã gia hạn 02 lần"),
        ("2", "Công khai các địa chỉ tin cậy (mục 2c)", "31/08/2020", "Chưa nộp kết quả; quá hạn 41 ngày làm việc"),
    ]  # fmt: skip
    assert sum(width for width, _ in COLUMNS) == TEXT_WIDTH_MM


def test_recipients_and_signature_stand_side_by_side(two: Doc) -> None:
    left, right = two.tables[2].rows[0].cells
    assert [part.text for part in left.paragraphs] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT, BĐG."]
    assert right.paragraphs[0].text == "GIÁM ĐỐC"


def test_what_has_no_due_date_is_said_to_have_none() -> None:
    (row,) = draft(letter(line(State.OPEN, None, chased_at=AT))).table.rows
    assert row[2:] == ("Không thời hạn", "Chưa nộp kết quả")
    assert "chưa hoàn thành, cụ thể" in draft(letter(line(State.OPEN, None))).introduction


COMMITTEE = Unit(
    code="481-ubnd", name="Ủy ban nhân dân huyện A Lưới", short_name="UBND huyện A Lưới", level=Level.DISTRICT,
    line="ubnd", territory="481", symbol="UBND", head_title="Chủ tịch",
)  # fmt: skip
PLAN = HEAD.model_copy(
    update={"type": "Kế hoạch", "document": HEAD.document.model_copy(update={"number": "925/KH-UBND", "normal": ""})}
)


def test_a_keeper_below_signs_in_its_own_name_and_nothing_of_the_issuers_is_taken_over() -> None:
    found = draft(letter(issuer=COMMITTEE))
    assert found.signature == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    assert found.number == f"Số:{BLANK}/UBND-{BLANK}"
    assert found.place_and_date == f"ngày{BLANK}tháng{BLANK}năm 2020"
    assert found.recipients[-1] == "- Lưu: VT."
    assert found.body == "ỦY BAN NHÂN DÂN HUYỆN\u00a0A\u00a0LƯỚI"


def test_the_number_of_a_directive_of_another_type_gives_no_symbol() -> None:
    assert draft(letter(head=PLAN)).number == f"Số:{BLANK}/SLĐTBXH-{BLANK}"
    nameless = ISSUER.model_copy(update={"symbol": ""})
    assert draft(letter(head=PLAN, issuer=nameless)).number == f"Số:{BLANK}/{BLANK}"


def test_a_directive_without_number_is_called_by_its_name() -> None:
    document = DocumentRef(date=date(2020, 4, 14), title="Kết luận hội nghị", number="", normal="")
    head = HEAD.model_copy(
        update={"type": "Kết luận hội nghị", "label": "kết luận hội nghị 14/04", "document": document}
    )
    assert draft(letter(head=head)).subject == "V/v đôn đốc thực hiện Kết luận hội nghị 14/04"


def test_what_people_typed_is_printed_and_never_acts() -> None:
    hostile = [LATE.model_copy(update={"title": text}) for text in NASTY]
    head = HEAD.model_copy(update={"recipients": (Recipient(name=f"Lưu: {NASTY[0]}"),)})
    content = chase_letters([letter(*hostile, head=head)])
    cells = [cell.text for table in opened(content).tables for cell in table._cells]
    for text in NASTY[:4]:
        assert any(text in cell for cell in cells), text
    with ZipFile(BytesIO(content)) as archive:
        assert "<b>" not in archive.read("word/document.xml").decode()


def test_letters_to_all_units_of_a_large_register_fit_into_a_mail() -> None:
    assert len(chase_letters([letter(LATE, RETURNED)] * 200)) < 1_000_000


def test_the_committed_template_is_what_its_script_builds() -> None:
    stored, built = Document(str(TEMPLATE)), build()
    assert stored.element.xml == built.element.xml
    assert stored.styles.element.xml == built.styles.element.xml
