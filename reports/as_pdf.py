"""The report as a PDF for screen readers and archives."""

import json

from models.summary import Summary
from reports.draft import LAYOUTS
from reports.text import draft
from reports.typeset import typeset


def to_pdf(summary: Summary) -> bytes:
    """The bytes of a PDF in the layout of the Word document."""
    words = draft(summary).model_dump_json()
    return typeset("summary.typ", summary.as_of, draft=words, layouts=json.dumps(LAYOUTS))
