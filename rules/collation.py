"""The order of Vietnamese words as dictionaries have it: letters first, then tone marks."""

import re
import unicodedata

_LETTERS = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {"\N{COMBINING GRAVE ACCENT}": 1, "\N{COMBINING HOOK ABOVE}": 2, "\N{COMBINING TILDE}": 3,
          "\N{COMBINING ACUTE ACCENT}": 4, "\N{COMBINING DOT BELOW}": 5}  # fmt: skip
_TOKEN = re.compile(r"[0-9]+|.[\u0300-\u036f]*", re.DOTALL)
"""A number, or a letter with its marks."""

Key = tuple[tuple[tuple[int, int], ...], tuple[int, ...]]


def vietnamese(text: str) -> Key:
    """A key to sort names by: `Ân` comes after `Ăn`, `Đà` after `Du`, `Hoà` after `Hoa`; numbers by their value."""
    letters: list[tuple[int, int]] = []
    tones: list[int] = []
    for token in _TOKEN.findall(unicodedata.normalize("NFD", text.casefold())):
        bare = unicodedata.normalize("NFC", "".join(mark for mark in token if mark not in _TONES))
        if token.isdecimal():
            letters.append((1, int(token)))
        else:
            letters.append((2, _LETTERS[bare]) if bare in _LETTERS else (0, ord(token[0])))
        tones.append(next((_TONES[mark] for mark in token if mark in _TONES), 0))
    return tuple(letters), tuple(tones)
