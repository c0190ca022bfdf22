"""A table as the page prints it: what people read in each cell, and what a column is sorted by."""

import re
from collections.abc import Iterable, Sequence

from models.base import Wire
from reports.draft import Table
from reports.plain import Text

_NUMBER = re.compile(r"-?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?%?")
_SHARE = re.compile(r"(\d+)/([1-9]\d*)")
_DAY = re.compile(r"(\d\d)/(\d\d)/(\d{4})")
_NOTHING = frozenset({"", "-", "–"})
_FEWEST = 3
"""Rows from which on it helps to sort."""


class Cell(Wire):
    """`value` is the number to sort by, as a machine writes it; empty where the text itself is sorted by."""

    text: Text
    value: str = ""


class Grid(Wire):
    """`layout` names the table's kind; `numeric` are the columns of numbers and dates, set to the right; `total` stays
    the last row however the others are sorted."""

    layout: str
    caption: Text
    label: Text
    head: tuple[Text, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...]
    sortable: bool


def value(text: str) -> str:
    """`1234.5` for `1.234,5`, `85.7` for `85,7%`, `0.75` for `3/4`, `20200504` for `04/05/2020`; else nothing."""
    if _NUMBER.fullmatch(text):
        return text.removesuffix("%").replace(".", "").replace(",", ".")
    if (counts := _SHARE.fullmatch(text.replace(".", ""))) and int(counts[1]) <= int(counts[2]):
        return f"{int(counts[1]) / int(counts[2]):.6f}"
    if day := _DAY.fullmatch(text):
        return f"{day[3]}{day[2]}{day[1]}"
    return ""


def grid(table: Table, label: str = "") -> Grid:
    """A table of the draft for the page; `label` is what a screen reader calls it where it has no caption."""
    return make(table.layout, table.caption, table.head, table.rows, table.total, label)


def make(
    layout: str, caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], total: Sequence[str] = (),
    label: str = "",
) -> Grid:  # fmt: skip
    """A table from the words of its cells."""
    rows = tuple(rows)
    valued = [_valued(row[place] for row in rows) for place in range(len(head))]
    return Grid(
        layout=layout,
        caption=caption,
        label=caption or label,
        head=tuple(head),
        numeric=(False, *valued[1:]),
        rows=tuple(
            tuple(Cell(text=text, value=value(text) if by else "") for text, by in zip(row, valued, strict=True))
            for row in rows
        ),
        total=tuple(Cell(text=text) for text in total),
        sortable=len(rows) >= _FEWEST,
    )


def _valued(column: Iterable[str]) -> bool:
    """Whether a column has numbers or dates, and no words: else all of it is sorted as text."""
    told = [text for text in column if text not in _NOTHING]
    return bool(told) and all(map(value, told))
