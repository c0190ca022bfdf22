"""The letters of charts: the report's font, and texts made to fit their room."""

from collections.abc import Callable
from functools import cache

from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.ft2font import FT2Font

from reports.charts.style import INCH
from reports.fonts import FAMILIES
from reports.plain import plain

_SHIPPED = ("DejaVu Serif", "DejaVu Sans")
"""Fonts that come with matplotlib and have all Vietnamese letters."""
_UNKNOWN = "□"
"""Stands for a character that no font here has."""
_POINTS_PER_INCH = 72


@cache
def families() -> list[str]:
    """The report's fonts that this machine has, the official one first, then those that come with matplotlib."""
    here = {font.name for font in fontManager.ttflist}
    return [*(family for family in FAMILIES if family in here), *_SHIPPED]


@cache
def _fonts() -> list[tuple[FT2Font, frozenset[int]]]:
    """Each font with the characters that it has."""
    fonts = [get_font(findfont(FontProperties(family=[family]))) for family in families()]
    return [(font, frozenset(font.get_charmap())) for font in fonts]


@cache
def _width(letter: str) -> float | None:
    """How wide a letter is, as a multiple of its size; None where no font has it."""
    font = next((font for font, letters in _fonts() if ord(letter) in letters), None)
    if font is None:
        return None
    font.set_size(_POINTS_PER_INCH, _POINTS_PER_INCH)
    return font.load_char(ord(letter)).linearHoriAdvance / 65536 / _POINTS_PER_INCH


def legible(text: str) -> str:
    """One line that the fonts here can print."""
    return "".join(letter if _width(letter) is not None else _UNKNOWN for letter in plain(text))


def width_of(text: str, points: float) -> float:
    """How wide a line is, in mm; letters that stand closer in pairs make it a little narrower."""
    return sum(_width(letter) or 0 for letter in text) * points * INCH / _POINTS_PER_INCH


def fitted(text: str, room_mm: float, points: float, lines: int = 2) -> str:
    """The text in at most so many lines of this width; what does not fit gives way to `…`."""

    def fits(line: str) -> bool:
        return width_of(line, points) <= room_mm

    found: list[str] = []
    words = legible(text).split(" ")
    while words and len(found) < lines - 1:
        taken = _most(words, fits)
        if taken:
            found.append(" ".join(words[:taken]))
            words = words[taken:]
        else:
            part = _longest(words[0], fits)
            found.append(part)
            words[0] = words[0][len(part) :]
    rest = " ".join(words)
    return "\n".join([*found, *([rest if fits(rest) else _cut(rest, fits)] if rest else [])])


def _most(words: list[str], fits: Callable[[str], bool]) -> int:
    """How many of the words fit in one line."""
    taken = 0
    while taken < len(words) and fits(" ".join(words[: taken + 1])):
        taken += 1
    return taken


def _longest(word: str, fits: Callable[[str], bool]) -> str:
    """As much of a word as fits, at least a letter."""
    return next((word[:size] for size in range(len(word), 1, -1) if fits(word[:size])), word[:1])


def _cut(line: str, fits: Callable[[str], bool]) -> str:
    """As much of a line as fits before `…`: whole words, unless the last one is most of it."""
    size = next((size for size in range(len(line), 0, -1) if fits(f"{line[:size]}…")), 0)
    word = line.rfind(" ", 0, size + 1)
    kept = line[: word if word > size / 2 else size]
    return f"{kept.rstrip(' ,.;-')}…"
