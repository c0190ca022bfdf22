"""The PDF has the text, its fonts, page numbers and tags."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from reports.as_pdf import to_pdf
from reports.draft import Heading
from reports.text import draft
from tests.reports.edges import EDGES, LONG_WORD, NASTY
from tests.reports.factory import dispatch_908


def squeezed(text: str) -> str:
    """Text without spaces, which line breaks and justification move."""
    return "".join(text.split()).replace("\u200b", "")


@pytest.fixture(scope="module")
def report() -> PdfReader:
    return PdfReader(BytesIO(to_pdf(dispatch_908())))


@pytest.fixture(scope="module")
def texts(report: PdfReader) -> list[str]:
    return [page.extract_text() for page in report.pages]


def test_it_has_a_sensible_number_of_a4_pages(report: PdfReader) -> None:
    assert 6 <= len(report.pages) <= 16
    size = report.pages[0].mediabox
    assert (round(size.width), round(size.height)) == (595, 842)


def test_all_headings_and_the_letterhead_are_there(texts: list[str]) -> None:
    content = draft(dispatch_908())
    text = squeezed("".join(texts))
    assert squeezed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") in text
    assert squeezed(content.subject) in text
    for block in content.blocks:
        if isinstance(block, Heading):
            assert squeezed(block.text) in text
    assert squeezed(content.closing) in text


def test_pages_are_numbered_from_the_second(texts: list[str]) -> None:
    firsts = [text.split(maxsplit=1)[0] for text in texts]
    assert firsts[1:] == [str(number) for number in range(2, len(texts) + 1)]
    assert firsts[0] != "1"


def test_fonts_are_embedded(report: PdfReader) -> None:
    fonts = [
        font.get_object()
        for page in report.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    ]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_it_is_tagged_titled_and_vietnamese(report: PdfReader) -> None:
    root = report.root_object
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]) == "vi-VN"
    assert report.metadata is not None
    assert report.metadata.title == draft(dispatch_908()).subject


def test_what_officers_typed_is_printed_and_never_run() -> None:
    text = squeezed("".join(page.extract_text() for page in PdfReader(BytesIO(to_pdf(EDGES["nasty"]()))).pages))
    for typed in (NASTY[0], NASTY[2], NASTY[3]):
        assert squeezed(typed) in text


def test_words_that_no_line_can_hold_stay_on_the_page() -> None:
    reader = PdfReader(BytesIO(to_pdf(EDGES["long names"]())))
    text = squeezed("".join(page.extract_text() for page in reader.pages))
    assert LONG_WORD in text


def test_the_same_summary_gives_the_same_file() -> None:
    assert to_pdf(EDGES["waiting"]()) == to_pdf(EDGES["waiting"]())
