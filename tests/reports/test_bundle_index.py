"""The printed index of a bundle tells who was late, how everything stands, what is in it and how to verify it."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from models.anchor import Head
from models.bundle import BundleIndex, IndexFile, IndexLine, IndexRegister, Missing, MissingKind, Unfit
from reports.bundle_index import MOST_LINES, index_pdf, sheet
from tests.reports.factory import HEAD, ISSUER

HASH = "ab12cd34" * 8
LONG = "Phòng Lao động - Thương binh và Xã hội thành phố Huế, tỉnh Thừa Thiên Huế " + "X" * 90


def line(unit: str = "UBND huyện Phú Lộc", days: int = 0, **changed: Any) -> IndexLine:
    values = {"keeper": ISSUER.short_name, "unit": unit, "title": "1a. Kế hoạch năm", "due": "31/03/2020"}
    return IndexLine.model_validate(
        {**values, "state": "Đã hoàn thành", "late_days": days, "first_late_days": days} | changed
    )


def index(*lines: IndexLine, **changed: Any) -> BundleIndex:
    at = datetime(2021, 3, 1, 2, 5, tzinfo=UTC)
    head = Head(seq=1234, hash=HASH)
    values: dict[str, Any] = {
        "head": HEAD,
        "issuer_name": ISSUER.name,
        "installation": "https://dondoc.example",
        "exported_at": at,
        "exported_by": "thanh-tra",
        "finished": True,
        "as_of": at,
        "fingerprint": HASH,
        "registers": (IndexRegister(unit_name=ISSUER.name, closed=True, events=head, journal=head),),
        "lines": lines,
        "files": (IndexFile(name="kh.pdf", owner=LONG, member="files/x.pdf", size=1_234_567, sha256=HASH),),
        "absent": (),
    }
    return BundleIndex.model_validate(values | changed)


def text(made: BundleIndex) -> str:
    pages = PdfReader(BytesIO(index_pdf(made))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())


def test_the_latest_stand_first_with_their_working_days() -> None:
    made = sheet(index(line("A", 3), line("B"), line("C", 12, first_late_days=14)))
    assert [(item.unit, item.late) for item in made.late] == [
        ("C", "12 (so với thời hạn ban đầu: 14)"),
        ("A", "3"),
    ]
    assert made.late_words.startswith("2 nhiệm vụ của 2 đơn vị")


def test_where_nobody_is_late_it_says_so() -> None:
    assert sheet(index(line())).late_words == "Không có nhiệm vụ nào chậm."


def test_the_lines_of_a_unit_stand_together_however_they_come() -> None:
    (keeper,) = sheet(index(line("A"), line("B"), line("A", title="2. Tập huấn"))).keepers
    assert [(item.unit, item.title) for item in keeper.lines] == [
        ("A", "1a. Kế hoạch năm"),
        ("A", "2. Tập huấn"),
        ("B", "1a. Kế hoạch năm"),
    ]


def test_of_very_many_it_says_where_the_others_are() -> None:
    made = sheet(index(*[line("A", 1)] * (MOST_LINES + 2)))
    assert sum(len(keeper.lines) for keeper in made.keepers) == MOST_LINES
    assert made.more_lines == "… và 2 nhiệm vụ khác, xem obligations.csv."
    assert made.more_late == "… và 2 nhiệm vụ chậm khác, xem obligations.csv."


def test_a_bundle_that_is_not_signed_says_so() -> None:
    assert "KHÔNG được ký số" in sheet(index(fingerprint="")).seal


def test_what_is_missing_is_told_in_words() -> None:
    absent = tuple(Missing(kind=kind, name="kh.pdf", sha256=HASH, why="not there") for kind in MissingKind)
    made = sheet(index(absent=absent))
    assert len(made.absent) == len(MissingKind)
    assert made.absent[1].startswith("Tệp kh.pdf: không có trong kho tệp")


def test_what_does_not_hold_stands_on_the_first_page_and_is_named() -> None:
    unfit = (Unfit(vi="dòng 5 không khớp chuỗi mã băm", en="line 5 breaks the chain"),)
    absent = (Missing(kind=MissingKind.FILE, name="kh.pdf", sha256=HASH, why="not there"),)
    said = text(index(unfit=unfit, absent=absent))
    assert "KHÔNG HỢP LỆ: 1 chỗ không khớp, xem mục 7; thiếu 1 thứ, xem mục 6" in said
    assert "dòng 5 không khớp chuỗi mã băm" in said
    assert "hợp lệ, nhưng thiếu 1 thứ, xem mục 6" in text(index(absent=absent))
    assert "hợp lệ, không thiếu gì" in text(index())


def test_the_page_has_the_hashes_whole_and_what_was_typed_is_no_code() -> None:
    said = text(index(line(LONG, 2, title="#panic() $x$ <a> *b*"), files=index().files))
    assert said.count(HASH) == 3
    assert "#panic() $x$ <a> *b*" in said
    assert "python3 verify.py HO-SO.zip --key" in said
    assert "X" * 20 in said.replace(" ", "")
