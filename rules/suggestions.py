"""The nearest valid word to one that is not."""

from collections.abc import Iterable
from difflib import get_close_matches

NEAR = 0.6
"""How alike words have to be, from 0 to 1, for one to be suggested for the other."""


_ENOUGH = 3
"""Letters of which it is worth to look for what begins with them, as a code does with the number of its place."""


def nearest(word: str, valid: Iterable[str], likeness: float = NEAR) -> str | None:
    """The nearest valid word; None where none is near, or the only one is the word itself."""
    near = get_close_matches(str(word), [str(item) for item in valid if str(item) != word], n=1, cutoff=likeness)
    return near[0] if near else None


def begun(word: str, valid: Iterable[str]) -> str | None:
    """The shortest valid word that begins with what was typed, which is a good part of a name; None where none does."""
    typed = str(word).casefold()
    longer = (str(item) for item in valid if str(item) != word and str(item).casefold().startswith(typed))
    return min(longer, key=lambda item: (len(item), item), default=None) if len(typed) >= _ENOUGH else None


def did_you_mean(word: str, valid: Iterable[str]) -> str:
    """`; did you mean 'x'?` for a valid word that begins so, else for the nearest one; nothing where there is none."""
    known = list(valid)
    near = begun(word, known) or nearest(word, known)
    return f"; did you mean {near!r}?" if near else ""
