"""What every wire model shares."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict


class Wire(BaseModel):
    """An immutable value that travels between rooms and through Temporal; unknown fields are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _to_utc(value: datetime) -> datetime:
    return value.astimezone(UTC)


Instant = Annotated[AwareDatetime, AfterValidator(_to_utc)]
"""A moment of business time, always stored in UTC; days are judged in Asia/Ho_Chi_Minh (rules/calendar.py)."""
