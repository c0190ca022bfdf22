"""Counts in what commands say: one is never several."""

import pytest

from commands.counting import count


@pytest.mark.parametrize(
    ("number", "words", "said"),
    [
        (0, ("unit",), "0 units"),
        (1, ("unit",), "1 unit"),
        (2, ("unit",), "2 units"),
        (1, ("unit ends", "units end"), "1 unit ends"),
        (3, ("unit ends", "units end"), "3 units end"),
    ],
)
def test_one_is_not_several(number: int, words: tuple[str, ...], said: str) -> None:
    assert count(number, *words) == said
