"""Builds `templates/summary.docx`, the Word template that an office may replace: `python -m reports.build_template`.

The tags in it are docxtpl's: `{{ }}` prints a field of `reports.draft.Draft`, `{%p %}` and `{%tr %}` repeat or leave
out paragraphs and table rows.
"""

from pathlib import Path

from docx import Document
from docx.document import Document as Doc
from docx.shared import Pt

from reports.draft import LAYOUTS, TEXT_WIDTH_MM
from reports.official_paper import letterhead, set_up, signature
from reports.word import grid, rule

TEMPLATE = Path(__file__).parent / "templates" / "summary.docx"


def build() -> Doc:
    """The template as a python-docx document."""
    document = Document()
    set_up(document)
    letterhead(document)
    _title(document)
    _body(document)
    signature(document)
    _appendix(document)
    return document


def _title(document: Doc) -> None:
    heading = document.add_paragraph("{{ type }}", style="Title")
    heading.paragraph_format.space_before = Pt(18)
    document.add_paragraph("{{ subject }}", style="Title")
    under = rule(document, cell_mm=TEXT_WIDTH_MM, width_mm=60)
    under.paragraph_format.space_after = Pt(12)
    document.add_paragraph("{%p for line in basis %}")
    document.add_paragraph(style="Body Text").add_run("{{ line }}").italic = True
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{{ introduction }}", style="Body Text")


def _body(document: Doc) -> None:
    document.add_paragraph("{%p for block in blocks %}")
    for test, style in (
        ("block.kind == 'heading' and block.level == 1", "Heading 1"),
        ("block.kind == 'heading' and block.level == 2", "Heading 2"),
        ("block.kind == 'paragraph'", "Body Text"),
    ):
        document.add_paragraph("{%p if " + test + " %}")
        document.add_paragraph("{{ block.text }}", style=style)
        document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if block.kind == 'picture' %}")
    document.add_paragraph("{{ block.image }}", style="Picture")
    under = document.add_paragraph("{{ block.caption }}", style="Caption")
    under.paragraph_format.keep_with_next, under.paragraph_format.space_after = False, Pt(9)
    document.add_paragraph("{%p endif %}")
    for layout in (layout for layout in LAYOUTS if layout != "documents"):  # that one is the appendix's
        document.add_paragraph("{%p if block.kind == 'table' and block.layout == '" + layout + "' %}")
        document.add_paragraph("{{ block.caption }}", style="Caption")
        grid(document, LAYOUTS[layout], "block")
        document.add_paragraph(style="Table Text")
        document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    closing = document.add_paragraph("{{ closing }}", style="Body Text")
    closing.paragraph_format.keep_with_next = True
    closing.paragraph_format.space_after = Pt(12)


def _appendix(document: Doc) -> None:
    document.add_paragraph("{%p if appendix %}")
    heading = document.add_paragraph("{{ appendix.title }}", style="Title")
    heading.paragraph_format.page_break_before = True
    document.add_paragraph("{{ appendix.subject }}", style="Title")
    source = document.add_paragraph(style="Title")
    source.paragraph_format.space_after = Pt(12)
    run = source.add_run("{{ appendix.source }}")
    run.bold, run.italic = False, True
    grid(document, LAYOUTS["documents"], "appendix.table")
    remark = document.add_paragraph(style="Body Text")
    remark.paragraph_format.space_before = Pt(6)
    remark.add_run("{{ appendix.remark }}").italic = True
    document.add_paragraph("{%p endif %}")


if __name__ == "__main__":
    build().save(str(TEMPLATE))
