import pytest

from rules.file_types import DOCX, JPEG, PDF, PNG, XLSX, FileType, file_type, safe_name, shown_name
from tests.web import contents


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (contents.PDF, PDF),
        (contents.PNG, PNG),
        (contents.JPEG, JPEG),
        (contents.word(), DOCX),
        (contents.excel(), XLSX),
    ],
)
def test_knows_what_it_accepts(content: bytes, expected: FileType) -> None:
    assert file_type(content) is expected


@pytest.mark.parametrize(
    "content",
    [
        b"",
        contents.OLD_WORD,
        contents.HEIC,
        contents.PROGRAM,
        contents.HTML,
        contents.zipped("a.txt"),
        contents.zipped("word/document.xml"),
        contents.zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        contents.word()[:200],
        b"PK\x03\x04",
    ],
)
def test_refuses_everything_else_whatever_its_name(content: bytes) -> None:
    assert file_type(content) is None


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Kế hoạch tháng hành động 2020.pdf", PDF, "Kế hoạch tháng hành động 2020.pdf"),
        ("../../etc/passwd", PDF, "passwd.pdf"),
        ("C:\\Users\\lan\\Báo cáo.docx", DOCX, "Báo cáo.docx"),
        ("Ảnh.JPG", JPEG, "Ảnh.jpg"),
        ("ảnh.jpeg", JPEG, "ảnh.jpeg"),
        ("trang.png", PDF, "trang.pdf"),
        ("virus.exe", PDF, "virus.exe.pdf"),
        ("bao cao 10.5.2020", PDF, "bao cao 10.5.2020.pdf"),
        ("hoa\u202efdp.exe", PDF, "hoafdp.exe.pdf"),
        ("dòng\r\nSet-Cookie: a=b.pdf", PDF, "dòngSet-Cookie_ a=b.pdf"),
        ("\x00\x07\u200b.pdf", PDF, "tep.pdf"),
        (".pdf", PDF, "tep.pdf"),
        ("", PNG, "tep.png"),
        ("...", PNG, "tep.png"),
        ('a<b>"c".pdf', PDF, "a_b__c_.pdf"),
        ("Ke\u0302\u0301 hoa\u0323ch.pdf", PDF, "Kế hoạch.pdf"),
    ],
)
def test_names_are_made_safe(name: str, kind: FileType, expected: str) -> None:
    assert safe_name(name, kind) == expected


def test_long_names_are_cut_and_keep_their_extension() -> None:
    name = safe_name("ư" * 300 + ".pdf", PDF)
    assert name.endswith(".pdf")
    assert len(name) < 130
    assert len(shown_name("ư" * 300)) <= 120
