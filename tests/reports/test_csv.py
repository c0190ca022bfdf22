"""Tables for spreadsheets, in which nothing runs."""

import csv
from io import StringIO

import pytest

from reports.as_csv import harmless, to_csv


@pytest.mark.parametrize(
    "typed",
    ["=1+1", '=HYPERLINK("http://x")', "+84 912", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "\u00a0=1"],
)
def test_what_begins_like_a_formula_becomes_a_text(typed: str) -> None:
    assert harmless(typed) == f"'{typed}"


@pytest.mark.parametrize("value", ["Kế hoạch", "a=b", "", "12/KH-UBND", -5, 0.5, None])
def test_other_cells_stay_as_they_are(value: str | float | None) -> None:
    assert harmless(value) == value


def test_a_file_is_read_back_as_it_was_with_its_letters_and_line_breaks() -> None:
    content = to_csv(("Đơn vị", "=Số"), [("UBND xã A, «Kế hoạch»\nnăm", 3), ("=cmd", None)])
    assert content.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
    assert read == [["Đơn vị", "'=Số"], ["UBND xã A, «Kế hoạch»\nnăm", "3"], ["'=cmd", ""]]
