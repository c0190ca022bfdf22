"""Units by what people type: parts of names without diacritics, whole names, codes."""

import pytest

from rules.unit_search import code_of, find_units
from tests import small

UNITS = {unit.code: unit for unit in small.UNITS}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("huyen", [small.HIGH, small.LOW]),
        ("THẤP  phòng", [small.LOW]),
        ("012", [small.LOW, "0121-xa"]),
        ("tỉnh nào", []),
        (" ", []),
    ],
)
def test_all_words_have_to_be_there(words: str, found: list[str]) -> None:
    assert [unit.code for unit in find_units(small.UNITS, words)] == found


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (small.LOW, small.LOW),
        ("phòng huyện thấp", small.LOW),
        ("Phong Thu nghiem huyen Cao", small.HIGH),
        ("Phòng", "Phòng"),
        ("", ""),
    ],
)
def test_a_code_or_a_whole_name_stands_for_a_unit(typed: str, code: str) -> None:
    assert code_of(UNITS, typed) == code


def test_a_name_that_several_have_stands_for_none() -> None:
    twins = {code: UNITS[small.LOW].model_copy(update={"code": code}) for code in ("a", "b")}
    assert code_of(twins, "Phòng huyện Thấp") == "Phòng huyện Thấp"
