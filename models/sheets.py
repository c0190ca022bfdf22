"""Mappings that change by little at a time: what was before stays as it is, and what comes after shares the rest of it.

A register is decided on event by event, and each event has a state of its own. To copy all obligations and all commands
for each of them would take longer the larger the register is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, ClassVar, Final, Generic, TypeVar

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from models.obligation import ObligationState

_SIZE: Final = 24
"""Obligations on a sheet."""
_SHEETS: Final = 24
"""Sheets in a volume."""
_Value = TypeVar("_Value")
_Noted = TypeVar("_Noted")


class _Kept(Mapping[str, _Value]):
    """A mapping that travels as a plain object of JSON, `_plain`."""

    _plain: ClassVar[Any]

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        plain = handler.generate_schema(cls._plain)
        kept = core_schema.no_info_after_validator_function(cls, plain)
        return core_schema.json_or_python_schema(
            kept,
            core_schema.no_info_before_validator_function(
                lambda given: dict(given) if isinstance(given, cls) else given, kept
            ),
            serialization=core_schema.wrap_serializer_function_ser_schema(
                lambda found, write: write(dict(found)), schema=plain
            ),
        )


@dataclass(frozen=True, eq=False)
class Look(Generic[_Noted]):
    """What is looked for in a register: what one sheet says, and what several say `together`."""

    at: Callable[["Sheet"], _Noted]
    together: Callable[[Iterable[_Noted]], _Noted]


class _Margin:
    """Where it is noted what was found; nobody writes again on what is beside it, so each look is taken once."""

    def __init__(self) -> None:
        self._notes: dict[object, Any] = {}

    def _noted(self, look: object, find: Callable[[], _Noted]) -> _Noted:
        if look not in self._notes:
            self._notes[look] = find()
        found: _Noted = self._notes[look]
        return found


class Sheet(_Margin, dict[str, ObligationState]):
    """Some obligations of a register."""

    def __init__(self, items: Mapping[str, ObligationState]) -> None:
        dict.__init__(self, items)
        _Margin.__init__(self)

    def noted(self, look: Look[_Noted]) -> _Noted:
        """What the sheet says."""
        return self._noted(look, lambda: look.at(self))


class Volume(_Margin):
    """Some sheets that follow one another."""

    def __init__(self, sheets: tuple[Sheet, ...]) -> None:
        super().__init__()
        self.sheets = sheets

    def noted(self, look: Look[_Noted]) -> _Noted:
        """What its sheets say together."""
        return self._noted(look, lambda: look.together(sheet.noted(look) for sheet in self.sheets))


class Sheets(_Kept[ObligationState], _Margin):
    """The obligations of a register by key, in the order in which they came, on sheets in volumes: an event writes anew
    those that it concerns."""

    _plain = dict[str, ObligationState]

    def __init__(self, items: Mapping[str, ObligationState] | None = None) -> None:
        _Margin.__init__(self)
        self.volumes: tuple[Volume, ...] = ()
        self._place: dict[str, int] = {}
        if items:
            self._append(items)

    def __getitem__(self, key: str) -> ObligationState:
        volume, sheet = divmod(self._place[key], _SHEETS)
        return self.volumes[volume].sheets[sheet][key]

    def __iter__(self) -> Iterator[str]:
        return (key for sheet in self.sheets for key in sheet)

    def __len__(self) -> int:
        return len(self._place)

    def __contains__(self, key: object) -> bool:
        return key in self._place

    def __repr__(self) -> str:
        return f"{type(self).__name__}({dict(self)})"

    @property
    def sheets(self) -> Iterator[Sheet]:
        """All sheets in their order."""
        return (sheet for volume in self.volumes for sheet in volume.sheets)

    def noted(self, look: Look[_Noted]) -> _Noted:
        """What all say together."""
        return self._noted(look, lambda: look.together(volume.noted(look) for volume in self.volumes))

    def __or__(self, changed: Mapping[str, ObligationState]) -> "Sheets":
        """With some obligations as they are now, and new ones at the end."""
        anew: dict[int, dict[str, ObligationState]] = {}
        for key, item in changed.items():
            anew.setdefault(self._place.get(key, -1), {})[key] = item
        added = anew.pop(-1, {})
        touched: dict[int, list[Sheet]] = {}
        for place, items in anew.items():
            number, sheet = divmod(place, _SHEETS)
            sheets = touched.setdefault(number, list(self.volumes[number].sheets))
            sheets[sheet] = Sheet(sheets[sheet] | items)
        volumes = list(self.volumes)
        for number, sheets in touched.items():
            volumes[number] = Volume(tuple(sheets))
        found = Sheets()
        found.volumes, found._place = tuple(volumes), dict(self._place) if added else self._place
        if added:
            found._append(added)
        return found

    def _append(self, items: Mapping[str, ObligationState]) -> None:
        """What comes fills up the last sheet and the last volume first."""
        volumes = list(self.volumes)
        sheets = list(volumes.pop().sheets) if volumes else []
        last = sheets.pop() if sheets and len(sheets[-1]) < _SIZE else {}
        rest = iter((last | dict(items)).items())
        while some := dict(islice(rest, _SIZE)):
            if len(sheets) == _SHEETS:
                volumes.append(Volume(tuple(sheets)))
                sheets = []
            self._place.update(dict.fromkeys(some, len(volumes) * _SHEETS + len(sheets)))
            sheets.append(Sheet(some))
        self.volumes = (*volumes, Volume(tuple(sheets)))


class Taken(_Kept[int]):
    """The events of commands that took effect, by what each did: what came lately, and all before."""

    _plain = dict[str, int]

    def __init__(self, items: Mapping[str, int] | None = None, lately: Mapping[str, int] | None = None) -> None:
        self._before: Mapping[str, int] = items or {}
        self._lately: dict[str, int] = dict(lately or {})

    def __getitem__(self, key: str) -> int:
        return self._lately[key] if key in self._lately else self._before[key]

    def __iter__(self) -> Iterator[str]:
        yield from self._before
        yield from (key for key in self._lately if key not in self._before)

    def __len__(self) -> int:
        return len(self._before) + sum(key not in self._before for key in self._lately)

    def __contains__(self, key: object) -> bool:
        return key in self._lately or key in self._before

    def __repr__(self) -> str:
        return f"{type(self).__name__}({dict(self)})"

    def __or__(self, more: Mapping[str, int]) -> "Taken":
        """With what came since."""
        lately = {**self._lately, **more}
        return Taken(self._before, lately) if len(lately) <= _SIZE else Taken({**self._before, **lately})
