"""Builds `templates/chase_letter.docx`, which an office may replace: `python -m reports.build_chase_letter`.

The tags in it are docxtpl's: `{{ }}` prints a field of `reports.chase_letter.Draft`, `{%p %}` and `{%tr %}` repeat or
leave out paragraphs and table rows.
"""

from copy import deepcopy
from pathlib import Path

from docx import Document
from docx.document import Document as Doc
from docx.shared import Pt

from reports.official_paper import letterhead, set_up, signature
from reports.word import CENTER, element, grid

TEMPLATE = Path(__file__).parent / "templates" / "chase_letter.docx"
COLUMNS = ((11.0, "center"), (80.0, "left"), (27.0, "center"), (47.0, "left"))
"""Width in mm and alignment; together the width of the text."""
_OF = "letter."


def build() -> Doc:
    """The template as a python-docx document: a letter, repeated for each unit, with pages counted anew."""
    document = Document()
    set_up(document)
    section = document.sections[0]._sectPr
    section.insert_element_before(element("pgNumType", start=1), "w:cols", "w:titlePg", "w:docGrid")
    document.add_paragraph("{%p for letter in letters %}")
    letterhead(document, _OF, "{{ letter.subject }}")
    _addressed(document)
    _body(document)
    signature(document, _OF)
    document.add_paragraph("{%p if not loop.last %}")
    ends = document.add_paragraph()
    ends.paragraph_format.line_spacing = Pt(1)
    ends._p.get_or_add_pPr().append(deepcopy(section))
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    return document


def _addressed(document: Doc) -> None:
    to = document.add_paragraph("{{ letter.to }}")
    to.alignment = CENTER
    to.paragraph_format.space_before, to.paragraph_format.space_after = Pt(18), Pt(12)


def _body(document: Doc) -> None:
    introduction = document.add_paragraph("{{ letter.introduction }}", style="Body Text")
    introduction.paragraph_format.keep_with_next = True
    grid(document, COLUMNS, "letter.table")
    asked = document.add_paragraph("{{ letter.asked }}", style="Body Text")
    asked.paragraph_format.space_before = Pt(6)
    document.add_paragraph("{{ letter.otherwise }}", style="Body Text")
    closing = document.add_paragraph("{{ letter.closing }}", style="Body Text")
    closing.paragraph_format.keep_with_next = True
    closing.paragraph_format.space_after = Pt(12)


if __name__ == "__main__":
    build().save(str(TEMPLATE))
