"""Kinds of columns that the tables share."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Column, DateTime
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field


class UtcInstant(TypeDecorator[datetime]):
    """An aware instant; SQLite would drop the zone, so UTC is stored and put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def instant(*, nullable: bool = False, index: bool = False) -> Any:
    return Field(default=None, sa_column=Column(UtcInstant(), nullable=nullable, index=index))


def json() -> Any:
    return Field(sa_column=Column(JSON, nullable=False))


def json_or_null() -> Any:
    return Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))
