from hypothesis import given
from hypothesis import strategies as st

from rules.collation import vietnamese

ORDERED = [
    "A Lưới", "An", "Ăn", "Ân", "Du", "Đà Nẵng", "Hoa", "Hoà", "Hông", "Hồng", "Huyện 2", "Huyện 10", "Ý Yên",
]  # fmt: skip


def test_names_stand_in_the_order_of_a_vietnamese_dictionary() -> None:
    assert sorted(sorted(ORDERED), key=vietnamese) == ORDERED


def test_tones_decide_only_where_the_letters_are_the_same() -> None:
    assert sorted(["ma", "mạ", "má", "mà", "mả", "mã"], key=vietnamese) == ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert sorted(["Hòa Bình", "Hoa Lư", "Hoà An"], key=vietnamese) == ["Hoà An", "Hòa Bình", "Hoa Lư"]


@given(st.text())
def test_a_word_stands_before_those_that_begin_with_it(word: str) -> None:
    assert vietnamese(word) < vietnamese(f"{word} z")
