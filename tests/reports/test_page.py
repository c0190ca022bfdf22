"""Parts of the page: what columns are sorted by, and the tree of registers."""

from collections.abc import Iterator
from datetime import date
from html import escape

import pytest

from models.obligation import Timeliness
from models.reported import BranchTally
from models.summary import Summary
from models.tally import Tally
from models.unit import Level
from reports.as_html import to_html
from reports.page.grid import make, value
from reports.page.tree import FEWEST_UNITS, Branch, tree
from rules.calendar import day_end
from tests.reports.edges import LONG_NAME, NASTY
from tests.reports.factory import ISSUER, dispatch_908, line, summary


@pytest.mark.parametrize(
    ("text", "sorted_by"),
    [
        ("0", "0"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("1.234,5", "1234.5"),
        ("-3", "-3"),
        ("85,7%", "85.7"),
        ("100%", "100"),
        ("04/05/2020", "20200504"),
        ("3/4", "0.750000"),
        ("1.000/10.794", "0.092644"),
        ("", ""),
        ("-", ""),
        ("5/4", ""),
        ("0/0", ""),
        ("1.23", ""),
        ("12 ngày", ""),
        ("1a", ""),
        ("Xã 5", ""),
        ("4/05/2020", ""),
        ("=1+1", ""),
    ],
)
def test_numbers_shares_and_days_are_sorted_by_their_value(text: str, sorted_by: str) -> None:
    assert value(text) == sorted_by


def test_a_column_of_numbers_stands_to_the_right_and_one_of_names_does_not() -> None:
    rows = [("1", "Xã A", "12", "-", ""), ("2", "5", "-", "-", ""), ("3", "Xã C", "1.000", "-", "")]
    made = make("results", "", ("TT", "Đơn vị", "Số", "Tỷ lệ", "Ghi chú"), rows, label="Kết quả")
    assert made.numeric == (False, False, True, False, False)
    assert (made.sortable, made.label) == (True, "Kết quả")
    assert [cell.value for cell in made.rows[1]] == ["2", "", "", "", ""]
    assert [cell.value for cell in made.rows[2]] == ["3", "", "1000", "", ""]
    assert not make("results", "", ("TT",), [("1",), ("2",)]).sortable


def walk(branches: tuple[Branch, ...]) -> Iterator[Branch]:
    for branch in branches:
        yield branch
        yield from walk(branch.branches)


def country(provinces: int = 3, communes: int = 20) -> Summary:
    """A ministry asks provinces, each province its communes; the last two communes of each owe something overdue."""
    due = day_end(date(2020, 6, 1))
    owed = {"due": due, "timeliness": Timeliness.OVERDUE}
    lines = [line(unit=f"p{place}", unit_name=f"Tỉnh {place}", level=Level.PROVINCE) for place in range(provinces)]
    lines += [
        line(
            unit=f"p{place}-{number}", unit_name=f"Xã {place}.{number}", level=Level.COMMUNE, issuer=f"p{place}",
            issuer_name=f"Tỉnh {place}", **(owed if number >= communes - 2 else {}),
        )
        for place in range(provinces)
        for number in range(communes)
    ]  # fmt: skip
    return summary(*lines, final=False)


def test_registers_stand_under_the_one_in_which_their_keeper_owes() -> None:
    (top,) = tree(country())
    assert (top.name, top.outcome) == (ISSUER.name, "3 đơn vị, 3 nhiệm vụ")
    assert [branch.name for branch in top.branches] == ["Tỉnh 0", "Tỉnh 1", "Tỉnh 2"]
    assert [len(branch.rows) for branch in walk((top,))] == [3, 20, 20, 20]
    assert not any(branch.more for branch in walk((top,)))


def test_every_obligation_is_in_the_tree_once() -> None:
    for told in (dispatch_908(), country()):
        marks = [mark for branch in walk(tree(told)) for row in branch.rows for mark in row.marks if mark]
        assert len(marks) == len(told.lines)


def test_where_there_is_no_room_those_that_owe_are_shown_and_the_rest_is_told() -> None:
    (top,) = tree(country(), most=3 + 3 * 4)
    assert len(top.rows) == 3
    for place, branch in enumerate(top.branches):
        assert [row.unit for row in branch.rows] == [f"Xã {place}.{number}" for number in (0, 1, 18, 19)]
        assert branch.more.startswith("Nêu 4/20 đơn vị, trước hết là đơn vị còn nhiệm vụ quá hạn; ")


def test_of_every_register_some_units_are_shown_however_many_registers_there_are() -> None:
    (top,) = tree(country(), most=0)
    assert [len(branch.rows) for branch in walk((top,))] == [FEWEST_UNITS] * 4


def test_a_branch_says_how_all_of_it_stands() -> None:
    whole = BranchTally(
        code="p1", name="Tỉnh 1", level=Level.PROVINCE, units=21, answered=3, tally=Tally(fell_due=4, on_time=3)
    )
    (top,) = tree(country().model_copy(update={"below": (whole,)}))
    assert top.branches[1].outcome == "20 đơn vị, 20 nhiệm vụ; cả nhánh đúng hạn 3/4 nhiệm vụ đến hạn (75,0%)"
    assert top.branches[0].outcome == "20 đơn vị, 20 nhiệm vụ"


def test_keepers_that_owe_to_each_other_or_to_themselves_are_shown_once() -> None:
    lines = [
        line(unit="a", unit_name="A", issuer="b", issuer_name="B"),
        line(unit="b", unit_name="B", issuer="a", issuer_name="A"),
        line(unit="c", unit_name="C", issuer="c", issuer_name="C"),
    ]
    found = [branch.name for branch in walk(tree(summary(*lines, final=False)))]
    assert sorted(found) == ["A", "B", "C"]


def test_a_large_country_is_shown_in_the_same_room_as_a_small_one() -> None:
    marks = [
        sum(len(row.marks) for branch in walk(tree(country(8, communes), most=200)) for row in branch.rows)
        for communes in (40, 80)
    ]
    assert marks == [8 + 8 * 24] * 2


@pytest.mark.parametrize("text", [*NASTY, LONG_NAME])
def test_names_in_the_tree_are_text(text: str) -> None:
    page = to_html(summary(line(unit_name=text, title=text, issuer_name=text), final=False)).decode()
    assert "<b>đậm" not in page
    if text == NASTY[0]:
        assert f"<td>{escape(text, quote=False)}" in page.replace("&#34;", '"')
