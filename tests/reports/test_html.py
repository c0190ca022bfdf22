"""The page stands alone, is well-formed, and escapes all that people typed."""

import re
from html.parser import HTMLParser

import pytest

from models.summary import Summary
from reports.as_html import to_html
from reports.draft import Table
from reports.text import draft
from tests.reports.edges import EDGES, NASTY
from tests.reports.factory import dispatch_908

VOID = {"meta"}


class Outline(HTMLParser):
    """Collects text, tags and attributes, and checks that every tag is closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def outline(summary: Summary) -> Outline:
    found = Outline(to_html(summary).decode())
    assert found.open == []
    return found


@pytest.mark.parametrize("name", EDGES)
def test_every_page_is_well_formed_and_fetches_nothing(name: str) -> None:
    found = outline(EDGES[name]())
    assert not {"script", "link", "img", "iframe", "a", "form", "object", "base"} & set(found.tags)
    assert not {"src", "href", "action", "onclick", "onload"} & {attribute for attribute, _ in found.attributes}
    assert not re.search(r"url\(|@import", to_html(EDGES[name]()).decode().split("</style>")[0])
    assert ("lang", "vi") in found.attributes
    assert not re.search(r"\bNone\b|Undefined", found.text)


def test_no_address_stands_in_the_page() -> None:
    assert "http" not in to_html(dispatch_908()).decode()


def test_what_officers_typed_is_text() -> None:
    page = to_html(EDGES["nasty"]()).decode()
    assert "<b>đậm" not in page
    assert "&lt;b&gt;đậm&lt;/b&gt; &amp;" in page
    assert NASTY[3] in page
    assert "49" not in Outline(page).text.split("II. KẾT QUẢ")[0]


def test_the_page_has_the_whole_draft() -> None:
    text = outline(dispatch_908()).text
    for block in draft(dispatch_908()).blocks:
        assert (block.caption if isinstance(block, Table) else block.text) in text


def test_bars_add_up_to_their_whole() -> None:
    page = to_html(dispatch_908(final=False)).decode()
    bars = re.findall(r"<dd>(.*?)</dd>", page)
    assert len(bars) == 12
    for bar in bars:
        assert sum(float(width) for width in re.findall(r"width:([\d.]+)%", bar)) == pytest.approx(100, abs=0.1)


def test_registers_fold_and_show_each_unit_once() -> None:
    found = outline(dispatch_908())
    assert found.tags.count("details") == 10
    assert "Ủy ban nhân dân xã Thượng Long" in found.text
    page = to_html(dispatch_908()).decode()
    assert len(re.findall(r'<td class="mark-[a-z]+"', page)) == len(dispatch_908().lines)
