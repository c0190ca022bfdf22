"""Tables as CSV for spreadsheets: UTF-8 with a byte order mark, and nothing in them that a spreadsheet would run."""

import csv
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With which a cell begins that programs take for a formula, also in full width (OWASP, CSV injection)."""


def csv_row(cells: Iterable[str | int | float | None]) -> bytes:
    """One row, for files that are written piece by piece; the byte order mark comes before the first."""
    line = StringIO(newline="")
    csv.writer(line).writerow([harmless(cell) for cell in cells])
    return line.getvalue().encode()


def csv_rows(head: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> Iterator[bytes]:
    """A whole file piece by piece, however long it is."""
    yield BOM_UTF8 + csv_row(head)
    yield from map(csv_row, rows)


def to_csv(head: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> bytes:
    """The bytes of a file; texts that begin like formulas are made texts, numbers stay numbers, None is empty.

    In a workbook (as_xlsx) texts are stored as texts, so that nothing has to be done there.
    """
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(harmless(cell) for cell in head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def harmless(value: str | int | float | None) -> str | int | float | None:
    """A cell that no spreadsheet runs: an apostrophe before what begins like a formula."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" \u00a0").startswith(_RUN) else value
