"""Documents are named as an official text names them."""

from datetime import date

import pytest

from models.document import DocumentRef
from reports.citation import directive, full, short, type_of, whole_directive
from tests.reports.conference import HEAD as CONFERENCE
from tests.reports.factory import HEAD


@pytest.mark.parametrize(
    ("reference", "kind"),
    [
        ("908/SLĐTBXH-BĐG", "Công văn"),
        ("739/BNV-CTTN&BĐG", "Công văn"),
        ("25/KH-UBND", "Kế hoạch"),
        ("1241/QĐ-TTg", "Quyết định"),
        ("30/2020/NĐ-CP", "Nghị định"),
        ("196/TTr-SNV", "Tờ trình"),
        ("126-KL/TW", "Kết luận"),
        ("72/2025/QH15", "Văn bản"),
        ("không số", "Văn bản"),
        ("", "Văn bản"),
    ],
)
def test_the_symbol_tells_the_type(reference: str, kind: str) -> None:
    assert type_of(reference) == kind


def test_first_mention_has_everything_and_later_ones_the_number() -> None:
    document = DocumentRef(
        number="25 /KH-UBND",
        normal="25/KH-UBND",
        date=date(2020, 2, 4),
        issuer="UBND tỉnh Thừa Thiên Huế",
        title="Về việc Thực hiện công tác bình đẳng giới.",
    )
    assert short(document) == "Kế hoạch số 25/KH-UBND"
    assert full(document) == (
        "Kế hoạch số 25/KH-UBND ngày 04 tháng 02 năm 2020 của UBND tỉnh Thừa Thiên Huế "
        "về việc Thực hiện công tác bình đẳng giới"
    )


def test_what_is_not_known_is_left_out() -> None:
    assert full(DocumentRef(number="8/BC-UBND", normal="")) == "Báo cáo số 8/BC-UBND"
    assert full(DocumentRef(number="", normal="", title="Mô hình thí điểm"), "kết luận") == (
        "Kết luận về việc mô hình thí điểm"
    )
    named = DocumentRef(number="", normal="", title="kết luận hội nghị ngày 08/5/2012")
    assert full(named, "kết luận") == "Kết luận hội nghị ngày 08/5/2012"


def test_a_directive_without_number_is_called_by_type_and_day() -> None:
    assert directive(HEAD) == "Công văn số 908/SLĐTBXH-BĐG"
    assert directive(CONFERENCE) == "Kết luận hội nghị ngày 08/05/2012"
    assert whole_directive(CONFERENCE).startswith(
        "Kết luận hội nghị ngày 08/05/2012 của Bộ Lao động - Thương binh và Xã hội về việc triển khai Chương trình"
    )
