"""PDFs for screen readers and archives (PDF/UA-1, PDF/A-2a), typeset without system libraries."""

from datetime import datetime
from pathlib import Path

import typst

_TEMPLATES = Path(__file__).parent / "templates"


def typeset(template: str, at: datetime, **given: str) -> bytes:
    """The bytes of a PDF by the name of its template, dated by an instant. What is `given` goes in as data, so it
    cannot act as typst code.

    Raises `typst.TypstError` where the template is faulty.
    """
    return typst.compile(
        _TEMPLATES / template,
        format="pdf",
        sys_inputs=given,
        timestamp=int(at.timestamp()),
        pdf_standards=["ua-1", "a-2a"],
    )
