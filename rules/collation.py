"""The order of Vietnamese words as dictionaries have it: letters first, then tone marks."""

import re
import unicodedata
from functools import lru_cache

_LETTERS = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {"\N{COMBINING GRAVE ACCENT}": 1, "\N{COMBINING HOOK ABOVE}": 2, "\N{COMBINING TILDE}": 3,
          "\N{COMBINING ACUTE ACCENT}": 4, "\N{COMBINING DOT BELOW}": 5}  # fmt: skip
_TOKEN = re.compile(r"[0-9]+|.[\u0300-\u036f]*", re.DOTALL)
"""A number, or a letter with its marks."""

Key = tuple[tuple[tuple[int, int], ...], tuple[int, ...]]


@lru_cache(maxsize=4096)
def vietnamese(text: str) -> Key:
    """A key to sort names by: `Ân` comes after `Ăn`, `Đà` after `Du`, `Hoà` after `Hoa`; numbers by their value. A page
    sorts the same names several times."""
    found = [_weight(token) for token in _TOKEN.findall(unicodedata.normalize("NFD", text.casefold()))]
    return tuple(letter for letter, _ in found), tuple(tone for _, tone in found)


@lru_cache(maxsize=4096)
def _weight(token: str) -> tuple[tuple[int, int], int]:
    """Where a letter or number stands, and its tone. Names are many and their letters few."""
    tone = next((_TONES[mark] for mark in token if mark in _TONES), 0)
    if token.isdecimal():
        return (1, int(token)), tone
    bare = unicodedata.normalize("NFC", "".join(mark for mark in token if mark not in _TONES))
    return ((2, _LETTERS[bare]) if bare in _LETTERS else (0, ord(token[0]))), tone
