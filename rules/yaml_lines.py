"""The lines of a file that is not valid YAML, as far as they can be told apart nevertheless."""

import re
from dataclasses import dataclass, field

_KEYED = re.compile(r"""\s*(?:- +)*(?:"[^"]*"|'[^']*'|[^\s#'"\[\]{}:-][^:]*?|[^\s#'"\[\]{}:]+?):(?:\s|$)""")
_NO_SPACE = re.compile(r"(?P<key>[\w-]+):(?P<value>[^\s:/].*)")
_KEY = re.compile(r"[a-z][a-z_]+|[a-z][\w-]*-[\w-]+")
"""What a key of the language looks like, or one that an author makes."""
_NO_BREAK = "\u00a0\u2007\u202f\u2009\u3000\u200b"
_NO_WORD = "#{}[]\"'"
"""What no plain word begins with."""
_LONGEST = 60


def is_keyed(line: str) -> bool:
    """Whether a line begins with a key and its colon."""
    return _KEYED.match(line) is not None


def without_colon(line: str) -> str:
    """What to say of a line that has no key and colon; empty where it has them, and where there is nothing."""
    entry = line.strip()
    bare = entry.removeprefix("- ").lstrip()
    if not bare or bare[0] in _NO_WORD or is_keyed(line):
        return ""
    if "：" in bare:
        key, _, value = bare.partition("：")
        return f"`：` is a full-width colon: write `{_pair(key, value)}`"
    if match := _NO_SPACE.fullmatch(bare):
        return f"no space after the colon: write `{_pair(match[1], match[2])}`"
    if re.match(r"-[^\s-]", entry):
        return f"no space after `-`: write `{_cut(f'- {entry[1:]}')}`"
    key, _, value = bare.partition(" ")
    if _KEY.fullmatch(key):
        return f"no colon after {key!r}: write `{_pair(key, value)}`"
    return f"no colon in `{_cut(bare)}`: write `key: value`; a text that goes on is indented further than its key"


def escaped(text: str) -> str:
    """A text in the quotes that it does not have itself, cut where it is long."""
    bare = text.strip("\"'")
    return f"'{_cut(bare)}'" if '"' in bare else f'"{_cut(bare)}"'


def _pair(key: str, value: str) -> str:
    return _cut(f"{key.strip()}: {value.strip()}".strip())


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


@dataclass(frozen=True)
class Lines:
    """A text by its lines, which count from 1; those that it does not have are empty."""

    text: str
    _lines: list[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_lines", re.split(r"\r\n|[\n\r\x85\u2028\u2029]", self.text))

    def __getitem__(self, line: int) -> str:
        return self._lines[line - 1] if 1 <= line <= len(self._lines) else ""

    def above(self, line: int) -> str:
        """The line before one, without those that are empty or only comments."""
        return next((self[number].strip() for number in self._upwards(line)), "")

    def key_above(self, line: int) -> str:
        """The key of the line above, where nothing stands behind it."""
        return self.above(line).removesuffix(":")

    def first(self) -> int:
        """The first line that is neither empty nor a comment."""
        return min(self._upwards(len(self._lines) + 1), default=1)

    def indents(self, line: int) -> tuple[int, int]:
        """How far a line is indented, and the one above it."""
        return _indent(self[line]), next((_indent(self[number]) for number in self._upwards(line)), 0)

    def odd_space(self, line: int) -> str:
        """What to say of spaces before a line's first word that are none; empty where they all are."""
        indentation = re.match(r"[\s\u200b]*", self[line])
        if indentation and set(indentation[0]) & set(_NO_BREAK):
            return "a no-break space in the indentation, as web pages and word processors have it: use ordinary spaces"
        return ""

    def lacking_colon_above(self, line: int) -> int | None:
        """The first of the lines just above that have no colon but should; None where the line above has one, or
        goes on with the value of one."""
        first = None
        for number in self._upwards(line):
            if not without_colon(self[number]):
                goes_on = first is not None and _indent(self[first]) > _indent(self[number])
                return None if goes_on and not self[number].rstrip().endswith(":") else first
            first = number
        return first

    def open_bracket(self) -> int:
        """The line of the last bracket that is not closed, quotes left aside; 0 where there is none."""
        opened: list[int] = []
        for number, line in enumerate(self._lines, start=1):
            for letter in line:
                if letter in "[{":
                    opened.append(number)
                elif letter in "]}" and opened:
                    opened.pop()
        return opened[-1] if opened else 0

    def open_quote_above(self, line: int, column: int, quote: str) -> int | None:
        """The line on which a quote opened that closes before a column of this one; None where it is this line."""
        if self[line][:column].count(quote) % 2 == 0:
            return None
        return next((number for number in range(line - 1, 0, -1) if self[number].count(quote) % 2), None)

    def _upwards(self, line: int) -> list[int]:
        return [number for number in range(line - 1, 0, -1) if self[number].strip() and self[number].strip()[0] != "#"]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
