"""Numbers and texts as Vietnamese papers have them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.plain import listed, lower_first, number, percent, plain, share


def test_thousands_have_a_dot() -> None:
    assert [number(0), number(999), number(1234), number(1234567)] == ["0", "999", "1.234", "1.234.567"]


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (6, 7, "85,7%"),
        (1, 3, "33,3%"),
        (1, 2, "50,0%"),
        (7, 7, "100%"),
        (0, 7, "0%"),
        (0, 0, "-"),
        (9_999, 10_000, "99,9%"),
        (1, 10_000, "0,1%"),
    ],
)
def test_percentages_have_a_comma_and_never_round_to_all_or_nothing(part: int, whole: int, words: str) -> None:
    assert percent(part, whole) == words


@given(st.integers(1, 20_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_a_percentage_is_within_a_tenth_of_the_counts(counts: tuple[int, int]) -> None:
    part, whole = counts
    assert abs(float(percent(part, whole).rstrip("%").replace(",", ".")) - 100 * part / whole) <= 0.1


def test_a_share_shows_both_counts() -> None:
    assert share(1333, 1432, "đơn vị") == "1.333/1.432 đơn vị (93,1%)"


def test_lists_end_with_va() -> None:
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["", "a", "a và b", "a, b và c"]


def test_a_title_starts_small_inside_a_sentence_but_abbreviations_do_not() -> None:
    assert lower_first("Hướng dẫn") == "hướng dẫn"
    assert lower_first("UBND tỉnh") == "UBND tỉnh"


def test_text_becomes_one_composed_printable_line() -> None:
    assert plain(" a\tb\r\nc ") == "a b c"
    assert plain("Hue\u0302\u0301") == "Huế"
    assert plain("x\x00\x01\u202ey\u200b") == "xy"
    assert plain("Số:\u00a0\u00a0/BC") == "Số:\u00a0\u00a0/BC"
