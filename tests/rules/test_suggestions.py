"""The nearest word to one that is not."""

import pytest

from rules.suggestions import did_you_mean

UNITS = ("476-ldtbxh", "477-ldtbxh", "4761-ubnd-xa")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("476-ldtbx", "; did you mean '476-ldtbxh'?"),
        ("476", "; did you mean '476-ldtbxh'?"),
        ("4761", "; did you mean '4761-ubnd-xa'?"),
        ("47", ""),
        ("banana", ""),
        ("", ""),
    ],
)
def test_a_word_is_found_that_is_written_nearly_so_or_begins_so(typed: str, meant: str) -> None:
    assert did_you_mean(typed, UNITS) == meant
