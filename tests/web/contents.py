"""Small real files of every kind that matters."""

import io
import zipfile

import docx
import xlsxwriter

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(20)
JPEG = b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00" + bytes(20) + b"\xff\xd9"
OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
PROGRAM = b"MZ" + bytes(100)
HTML = b"<html><script>alert(1)</script></html>"


def word() -> bytes:
    """A document as Word's own library writes it."""
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    return buffer.getvalue()


def excel() -> bytes:
    """A workbook as Excel's own library writes it."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        workbook.add_worksheet()
    return buffer.getvalue()


def zipped(*members: str) -> bytes:
    """A ZIP file with members of these names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    return buffer.getvalue()
