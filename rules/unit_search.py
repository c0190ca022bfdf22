"""Units found by what people type of their names or codes, without regard to case and diacritics."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from models.unit import Unit

_MARKS = re.compile("[\u0300-\u036f]")


def plain(text: str) -> str:
    """Text as it is compared: `Phú Lộc` and `phu loc` are the same."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text.casefold())).replace("đ", "d")
    return " ".join(bare.split())


def find_units(units: Iterable[Unit], words: str) -> list[Unit]:
    """The units of which name or code has all the words, in their order; none where nothing was typed."""
    wanted = plain(words).split()
    if not wanted:
        return []
    return [
        unit for unit in units if all(word in plain(f"{unit.code} {unit.name} {unit.short_name}") for word in wanted)
    ]


def code_of(units: Mapping[str, Unit], typed: str) -> str:
    """The code that somebody means who typed a code or a whole name; what he typed where that is no single unit's."""
    if typed in units:
        return typed
    called = [unit.code for unit in units.values() if plain(typed) in {plain(unit.name), plain(unit.short_name)}]
    return called[0] if len(called) == 1 else typed
