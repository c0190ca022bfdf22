"""Judges files by their content, never by what the sender calls them, and gives them names that are harmless.

Signatures are read here, because the libraries at hand take every ZIP file for a Word document.
"""

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

_LONGEST_NAME = 120
_FORBIDDEN = re.compile(r'[<>:"|?*]')


@dataclass(frozen=True)
class FileType:
    media_type: str
    extensions: tuple[str, ...]


PDF = FileType("application/pdf", (".pdf",))
PNG = FileType("image/png", (".png",))
JPEG = FileType("image/jpeg", (".jpg", ".jpeg"))
DOCX = FileType("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",))
XLSX = FileType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",))

FILE_TYPES = (PDF, DOCX, XLSX, PNG, JPEG)


class FileFault(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    WRONG_TYPE = "wrong_type"


def judge(content: bytes, limit: int) -> FileType | FileFault:
    """What a file of at most `limit` bytes really is, or why it is not taken."""
    if not content:
        return FileFault.EMPTY
    if len(content) > limit:
        return FileFault.TOO_LARGE
    return file_type(content) or FileFault.WRONG_TYPE


def file_type(content: bytes) -> FileType | None:
    """What a file really is, or None for anything that is not accepted, such as a document with macros."""
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    return _office_type(content) if content.startswith(b"PK\x03\x04") else None


def _office_type(content: bytes) -> FileType | None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in members or any(name.endswith("vbaProject.bin") for name in members):
        return None
    if "word/document.xml" in members:
        return DOCX
    return XLSX if "xl/workbook.xml" in members else None


def shown_name(name: str) -> str:
    """A file's name as it may be shown: no path, no invisible or control characters."""
    text = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    text = "".join(" " if unicodedata.category(c).startswith("Z") else c for c in text)
    text = "".join(c for c in text if not unicodedata.category(c).startswith("C"))
    return " ".join(text.split())[:_LONGEST_NAME]


def safe_name(name: str, kind: FileType) -> str:
    """A name under which a file can be saved anywhere, with the extension that its content deserves."""
    text = _FORBIDDEN.sub("_", shown_name(name)).rstrip(". ")
    stem, dot, suffix = text.rpartition(".")
    extension = f".{suffix.lower()}"
    if not dot or all(extension not in known.extensions for known in FILE_TYPES):
        stem = text
    if extension not in kind.extensions:
        extension = kind.extensions[0]
    return (stem.strip(". ") or "tep") + extension
