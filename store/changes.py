"""Rows that are brought up to date."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import SQLModel


def change(row: SQLModel, values: Mapping[str, Any]) -> None:
    """Set the columns of a row that have another value now. An event changes few of many, and setting one takes longer
    than comparing it."""
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
