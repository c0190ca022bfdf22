"""Tables for spreadsheets, in which nothing runs."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from models.obligation import State
from models.summary import Summary
from models.tally import Tally
from reports.as_csv import harmless, to_csv
from reports.csv_tables import LINES, TALLIES
from reports.forms import FORMS
from tests.reports.edges import EDGES
from tests.reports.factory import dispatch_908

DOCUMENTED = Path(__file__).parents[2] / "docs" / "report-data.md"


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


def read(form: str, summary: Summary, folder: Path) -> list[dict[str, str]]:
    FORMS[form](summary, folder / "table.csv")
    content = (folder / "table.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_register_has_a_row_for_each_obligation_with_days_in_vietnam(tmp_path: Path) -> None:
    summary = dispatch_908()
    rows = read("csv", summary, tmp_path)
    assert [row["key"] for row in rows] == [line.key for line in summary.lines]
    assert {rows[0]["due_day"], rows[0]["opened_at"]} == {"2020-05-29", "2020-04-14T00:00:00+07:00"}
    assert sum(row["state"] == "accepted" for row in rows) == summary.by_state[State.ACCEPTED]
    late = next(row for row in rows if row["timeliness"] == "late")
    assert int(late["days_late"]) > 0
    assert "None" not in {cell for row in rows for cell in row.values()}


def test_tallies_have_a_row_for_each_and_units_add_up_to_the_whole(tmp_path: Path) -> None:
    summary = dispatch_908()
    rows = read("tallies.csv", summary, tmp_path)
    (whole,) = (row for row in rows if row["table"] == "whole")
    assert (int(whole["units"]), int(whole["obligations"])) == (summary.units, summary.overall.obligations)
    for table in ("level", "requirement", "unit"):
        found = [row for row in rows if row["table"] == table]
        for name in Tally.model_fields:
            assert sum(int(row[name]) for row in found) == int(whole[name]), (table, name)


@pytest.mark.parametrize("make", EDGES.values(), ids=EDGES)
@pytest.mark.parametrize(("form", "head"), [("csv", LINES), ("tallies.csv", TALLIES)])
def test_every_summary_makes_whole_rows_in_which_nothing_runs(
    make: Callable[[], Summary], form: str, head: tuple[str, ...], tmp_path: Path
) -> None:
    for row in read(form, make(), tmp_path):
        assert tuple(row) == head
        assert all(cell == harmless(cell) for cell in row.values())


def test_every_column_is_documented() -> None:
    text = DOCUMENTED.read_text("utf-8")
    assert [name for name in (*LINES, *TALLIES) if f"`{name}`" not in text] == []
