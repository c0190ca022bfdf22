"""The report as a PDF for screen readers and archives (PDF/UA-1, PDF/A-2a), typeset without system libraries."""

import json
from pathlib import Path

import typst

from models.summary import Summary
from reports.draft import LAYOUTS
from reports.text import draft

TEMPLATE = Path(__file__).parent / "templates" / "summary.typ"


def to_pdf(summary: Summary) -> bytes:
    """The bytes of a PDF in the layout of the Word document; texts go in as data, so they cannot act as typst code.

    Raises `typst.TypstError` where the template is faulty.
    """
    return typst.compile(
        TEMPLATE,
        format="pdf",
        sys_inputs={"draft": draft(summary).model_dump_json(), "layouts": json.dumps(LAYOUTS)},
        timestamp=int(summary.as_of.timestamp()),
        pdf_standards=["ua-1", "a-2a"],
    )
