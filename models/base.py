"""What every wire model shares."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict


class Wire(BaseModel):
    """An immutable value that travels between rooms and through Temporal; unknown fields are an error.

    Pydantic keeps with each value a set of the fields that were given, up to 2 kB, which nobody here asks for. All
    values of a class share one, so that a national directive's obligations take 100 MB less.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    _every_field: ClassVar[set[str]] = set()

    @classmethod
    def __pydantic_init_subclass__(cls, **_kwargs: Any) -> None:
        cls._every_field = set(cls.model_fields)

    def model_post_init(self, _context: Any, /) -> None:
        _set(self, "__pydantic_fields_set__", self._every_field)

    def __copy__(self) -> Self:
        copied = self.__class__.__new__(self.__class__)
        _set(copied, "__dict__", self.__dict__.copy())
        _set(copied, "__pydantic_fields_set__", self._every_field)
        _set(copied, "__pydantic_extra__", None)
        _set(copied, "__pydantic_private__", None)
        return copied


_set = object.__setattr__
"""Past the lock on immutable values."""


class Indexed(Wire):
    """A value that looks its own parts up (`cached_property`): a changed copy does so anew."""

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - type(copied).model_fields.keys():
            del copied.__dict__[name]
        return copied


def _to_utc(value: datetime) -> datetime:
    return value.astimezone(UTC)


Instant = Annotated[AwareDatetime, AfterValidator(_to_utc)]
"""A moment of business time, always stored in UTC; days are judged in Asia/Ho_Chi_Minh (rules/calendar.py)."""
