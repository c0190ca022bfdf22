"""The report as a workbook: the whole register and all tallies, with real dates and numbers, for further work."""

from io import BytesIO
from typing import Any

import xlsxwriter

from models.summary import Summary
from reports.plain import plain
from reports.sheet import Sheet
from reports.sheets import SHEETS

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd/mm/yyyy",
}
"""Rows go to a temporary file as they are written, so that memory does not grow with the register."""


def to_xlsx(summary: Summary) -> bytes:
    """The bytes of an .xlsx; officers' texts are stored as strings, never as formulas or links."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        write_sheets(book, summary)
    return file.getvalue()


def write_sheets(book: Any, summary: Summary) -> None:  # xlsxwriter has no types
    """All sheets into a new workbook, row after row."""
    book.set_properties(
        {
            "title": plain(summary.head.document.title),
            "author": plain(summary.issuer.name),
            "created": summary.as_of.replace(tzinfo=None),
        }
    )
    for fill in SHEETS:
        fill(Sheet(book, summary), summary)
