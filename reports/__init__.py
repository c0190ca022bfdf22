"""The forms of the summary report. Each takes a `Summary` and only prints it."""

from reports.forms import FORMS, write_all, write_docx

__all__ = ["FORMS", "write_all", "write_docx"]
