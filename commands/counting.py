"""Counts as people read them."""


def count(number: int, one: str, several: str = "") -> str:
    """`1 unit`, `2 units`; `several` is for words that take no s at their end, as in `1 unit ends`, `2 units end`."""
    return f"{number} {one if number == 1 else several or f'{one}s'}"
