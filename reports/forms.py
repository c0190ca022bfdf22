"""The forms of the summary report by name, and how they are written. Libraries are loaded when a form is asked for."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from models.summary import Summary

Form = Callable[[Summary, Path], None]


def write_docx(summary: Summary, path: Path, template: Path | None = None) -> None:
    """Writes a Word document, with our template or an office's own (fields: `reports.draft.Draft`).

    Raises `jinja2.TemplateError` where the template is faulty, `OSError` where the file cannot be written.
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
    """Writes the summary itself, indented, in UTF-8. Raises `OSError` where the file cannot be written."""
    _save(path, f"{summary.model_dump_json(indent=2)}\n".encode())


FORMS: dict[str, Form] = {
    "docx": write_docx,
    "pdf": write_pdf,
    "xlsx": write_xlsx,
    "html": write_html,
    "json": write_json,
}
"""Form name, which is also the file's suffix -> what writes it."""


def write_all(summary: Summary, folder: Path, stem: str = "report") -> dict[str, Path]:
    """Writes every form as `<stem>.<form>` into a folder, which is made if need be; returns form name -> path."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {name: folder / f"{stem}.{name}" for name in FORMS}
    for name, path in paths.items():
        FORMS[name](summary, path)
    return paths


def _save(path: Path, content: bytes) -> None:
    """All or nothing: a reader finds the old file or the new one, and never a part."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
