"""The page stands alone, is well-formed, and escapes all that people typed."""

import base64
import hashlib
import re
from functools import cache
from html import escape, unescape
from html.parser import HTMLParser

import pytest

from reports.as_html import to_html
from reports.draft import Picture, Table
from reports.page.missing import MOST_NAMES, missing
from reports.plain import WORKBOOK
from reports.text import draft
from tests.reports.edges import EDGES, NASTY
from tests.reports.factory import dispatch_908
from tests.reports.told import periodic

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


@cache
def written(name: str) -> str:
    """The page of a summary at an edge."""
    return to_html(EDGES[name]()).decode()


def outline(page: str) -> Outline:
    found = Outline(page)
    assert found.open == []
    return found


@pytest.mark.parametrize("name", EDGES)
def test_every_page_is_well_formed_and_fetches_nothing(name: str) -> None:
    found = outline(written(name))
    assert not {"link", "img", "iframe", "form", "object", "base"} & set(found.tags)
    assert not {"src", "action", "onclick", "onload"} & {attribute for attribute, _ in found.attributes}
    addresses = {value for attribute, value in found.attributes if attribute.endswith("href")}
    assert all(address and address.startswith("#") for address in addresses)
    assert not re.search(r"url\((?!#)|@import", written(name))
    assert ("lang", "vi") in found.attributes
    assert not re.search(r"\bNone\b|Undefined", found.text)


def test_no_address_stands_in_the_page_but_those_that_name_the_language_of_charts() -> None:
    page = written("final")
    assert set(re.findall(r'https?://[^"\s]+', page)) <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_the_browser_is_told_to_fetch_nothing_and_to_run_our_script_alone() -> None:
    page = written("final")
    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', page)
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    rules = dict(rule.strip().split(" ", 1) for rule in unescape(policy).split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["script-src"] == f"'sha256-{digest}'"
    assert "http" not in policy
    assert page.index(policy) < page.index("<style>")
    assert len(script.splitlines()) < 60


def test_every_link_leads_to_a_section_of_the_page() -> None:
    found = outline(written("final"))
    ids = [value for attribute, value in found.attributes if attribute == "id"]
    assert len(ids) == len(set(ids))
    links = [value for attribute, value in found.attributes if attribute == "href" and value]
    assert len(links) >= 8
    assert {link.removeprefix("#") for link in links} <= set(ids)


def test_every_chart_of_the_draft_is_in_the_page_and_speaks_for_itself() -> None:
    told = periodic()
    page = to_html(told).decode()
    pictures = [block for block in draft(told).blocks if isinstance(block, Picture)]
    assert len(pictures) == page.count("<svg") == page.count("<figcaption>") > 2
    for picture in pictures:
        assert f'<title id="{picture.chart}-title">' in page
        assert escape(picture.alt) in page or picture.alt in page
        assert escape(picture.caption) in page


def test_figures_stand_beside_those_of_the_report_before() -> None:
    page = to_html(periodic()).decode()
    assert "<b>133/142</b> đơn vị đã nộp kết quả (93,7%) <span>báo cáo trước: 9/142</span>" in page
    assert "báo cáo trước: 77,8%" in page
    assert "báo cáo trước" not in written("final")


def test_who_is_missing_is_named_in_full() -> None:
    told = dispatch_908()
    page = to_html(told).decode()
    assert told.silent_units
    assert all(f"<li>{name}</li>" in page for name in told.silent_units)
    many = told.model_copy(update={"silent_units": tuple(f"Xã {place}" for place in range(MOST_NAMES + 2))})
    found = missing(many)
    assert found
    assert (len(found.names), found.more) == (MOST_NAMES, f"Còn 2 đơn vị nêu tại {WORKBOOK}.")


def test_what_officers_typed_is_text() -> None:
    page = written("nasty")
    assert "<b>đậm" not in page
    assert "&lt;b&gt;đậm&lt;/b&gt; &amp;" in page
    assert NASTY[3] in page
    assert "49" not in Outline(page).text.split("II. KẾT QUẢ")[0]


def test_the_page_has_the_whole_draft() -> None:
    text = outline(written("final")).text
    for block in draft(dispatch_908()).blocks:
        assert (block.caption if isinstance(block, Table | Picture) else block.text) in text


def test_bars_add_up_to_their_whole() -> None:
    page = written("interim")
    bars = re.findall(r'<dd><div role="img"[^>]+>(.*?)</div></dd>', page)
    assert len(bars) == 12
    for bar in bars:
        assert sum(float(width) for width in re.findall(r"width:([\d.]+)%", bar)) == pytest.approx(100, abs=0.1)


def test_registers_fold_and_show_each_unit_once() -> None:
    found = outline(written("final"))
    assert found.tags.count("details") == 11  # ten registers, and who is missing
    assert "Ủy ban nhân dân xã Thượng Long" in found.text
    page = written("final")
    assert len(re.findall(r'<td class="mark-[a-z]+"', page)) == len(dispatch_908().lines)


def test_the_same_summary_makes_the_same_page() -> None:
    assert to_html(EDGES["waiting"]()) == to_html(EDGES["waiting"]())
