"""Reads pages of a PDF back as lines with their places, for tests of layout."""

from io import BytesIO
from typing import Any, NamedTuple

from pypdf import PageObject, PdfReader

_MM = 25.4 / 72
PAGE_MM = 297


class Line(NamedTuple):
    """One line of text: `top` is its baseline below the top of the page, `left` where it begins, both in mm; `size` in
    points and `font` are those of its first letters."""

    top: float
    left: float
    size: float
    font: str
    text: str


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def lines(page: PageObject) -> list[Line]:
    """The lines of a page from top to bottom; what stands on one baseline is one line."""
    pieces: list[Line] = []

    def visit(text: str, at: Any, by: Any, font: Any, size: float) -> None:
        if text.strip():
            top = PAGE_MM - (by[5] * at[3] + at[5]) * _MM
            left = (by[4] * at[0] + at[4]) * _MM
            pieces.append(Line(round(top, 1), left, size, str((font or {}).get("/BaseFont", "")), text))

    page.extract_text(visitor_text=visit)
    found: dict[float, list[Line]] = {}
    for piece in pieces:
        found.setdefault(piece.top, []).append(piece)
    return [
        row[0]._replace(text=" ".join("".join(piece.text for piece in row).split()))
        for row in (sorted(found[top], key=lambda piece: piece.left) for top in sorted(found))
    ]


def bold(line: Line) -> bool:
    return "Bold" in line.font


def italic(line: Line) -> bool:
    return "Italic" in line.font
