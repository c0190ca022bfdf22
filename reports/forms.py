"""The forms of the summary report by name, and how they are written. Libraries are loaded when a form is asked for."""

import gc
import hashlib
import os
import secrets
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from models.summary import Summary

Form = Callable[[Summary, Path], None]


class TemplateUnfit(Exception):
    """An office's own Word template cannot be used: its path, and why."""

    def __init__(self, template: Path, why: str) -> None:
        super().__init__(f"{template}: {why}")


def write_docx(summary: Summary, path: Path, template: Path | None = None) -> None:
    """Writes a Word document, with our template or an office's own (fields: `reports.draft.Draft`).

    Raises `TemplateUnfit` where the template cannot be used, `OSError` where the file cannot be written.
    """
    from reports.as_docx import TEMPLATE, to_docx

    _save(path, to_docx(summary, template or TEMPLATE))


def write_pdf(summary: Summary, path: Path) -> None:
    """Writes a PDF in the same layout. Raises `OSError` where the file cannot be written."""
    from reports.as_pdf import to_pdf

    _save(path, to_pdf(summary))


def write_xlsx(summary: Summary, path: Path) -> None:
    """Writes a workbook with the whole register. Raises `OSError` where the file cannot be written."""
    from reports.as_xlsx import to_xlsx

    _save(path, to_xlsx(summary))


def write_html(summary: Summary, path: Path) -> None:
    """Writes one self-contained page. Raises `OSError` where the file cannot be written."""
    from reports.as_html import to_html

    _save(path, to_html(summary))


def write_json(summary: Summary, path: Path) -> None:
    """Writes the summary itself, row by row, in UTF-8. Raises `OSError` where the file cannot be written."""
    from reports.as_json import to_json

    _save(path, to_json(summary))


def write_csv(summary: Summary, path: Path) -> None:
    """Writes the register as a table, row by row. Raises `OSError` where the file cannot be written."""
    from reports.as_csv import csv_rows
    from reports.csv_tables import LINES, lines

    _save(path, csv_rows(LINES, lines(summary)))


def write_tallies(summary: Summary, path: Path) -> None:
    """Writes all counts as one table. Raises `OSError` where the file cannot be written."""
    from reports.as_csv import csv_rows
    from reports.csv_tables import TALLIES, tallies

    _save(path, csv_rows(TALLIES, tallies(summary)))


FORMS: dict[str, Form] = {
    "docx": write_docx,
    "pdf": write_pdf,
    "xlsx": write_xlsx,
    "html": write_html,
    "json": write_json,
    "csv": write_csv,
    "tallies.csv": write_tallies,
}
"""Form name, which is also the file's suffix -> what writes it."""


def forms(template: Path | None = None) -> dict[str, Form]:
    """The forms, the Word document with an office's own template where it has one (docs/report-template.md)."""
    return {**FORMS, "docx": partial(write_docx, template=template)} if template else FORMS


def write_all(summary: Summary, folder: Path, stem: str = "report", template: Path | None = None) -> dict[str, Path]:
    """Writes every form as `<stem>.<form>` into a folder, which is made if need be; returns form name -> path."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {name: folder / f"{stem}.{name}" for name in FORMS}
    in_order = sorted(forms(template).items(), key=lambda form: form[0] == "pdf")  # typst keeps what it has laid out
    for name, write in in_order:
        write(summary, paths[name])
        gc.collect()  # charts and documents refer to themselves; the country's would stand in memory form upon form
    return paths


def digest(path: Path) -> str:
    """The SHA-256 (hex) of a form that was written; the country's JSON has 80 MB, so that it is read in parts."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _save(path: Path, content: bytes | Iterable[bytes]) -> None:
    """All or nothing: a reader finds the old file or the new one, and never a part."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with draft.open("xb") as file:
            file.writelines([content] if isinstance(content, bytes) else content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
