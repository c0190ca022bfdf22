"""The report as a workbook: the whole register and all tallies, with real dates and numbers, for further work."""

from io import BytesIO

import xlsxwriter

from models.summary import Summary
from reports.plain import plain
from reports.sheet import Sheet
from reports.sheets import documents, matrix, register, requirements, units
from reports.sheets_further import FURTHER


def to_xlsx(summary: Summary) -> bytes:
    """The bytes of an .xlsx; officers' texts are stored as strings, never as formulas or links."""
    file = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "dd/mm/yyyy",
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties(
            {
                "title": plain(summary.head.document.title),
                "author": plain(summary.issuer.name),
                "created": summary.as_of.replace(tzinfo=None),
            }
        )
        for fill in (register, matrix, requirements, units, documents, *FURTHER):
            fill(Sheet(book, summary), summary)
    return file.getvalue()
