"""What all parts of a directive file share."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

EARLIEST, LATEST = date(1945, 9, 2), date(2099, 12, 31)
"""Days that a directive may name; anything else is a typing mistake."""

Day = Annotated[date, Field(ge=EARLIEST, le=LATEST)]


class Written(BaseModel):
    """A part of a file that a person writes: unknown keys are mistakes."""

    model_config = ConfigDict(frozen=True, extra="forbid")
