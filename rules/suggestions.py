"""The nearest valid word to one that is not."""

from collections.abc import Iterable
from difflib import get_close_matches

NEAR = 0.6
"""How alike words have to be, from 0 to 1, for one to be suggested for the other."""


def nearest(word: str, valid: Iterable[str], likeness: float = NEAR) -> str | None:
    """The nearest valid word; None where none is near, or the only one is the word itself."""
    near = get_close_matches(str(word), [str(item) for item in valid if str(item) != word], n=1, cutoff=likeness)
    return near[0] if near else None


def did_you_mean(word: str, valid: Iterable[str]) -> str:
    """`; did you mean 'x'?` for the nearest valid word, or nothing where none is near."""
    near = nearest(word, valid)
    return f"; did you mean {near!r}?" if near else ""
