"""The form of a directive file: what is at fault in it is set aside, so that the rest is checked in the same go."""

from typing import Any

from pydantic import ValidationError

from models.directive import DirectiveFile
from models.fault import Fault
from rules.form_faults import schema_faults
from rules.source import Path, Source

_ROUNDS = 4
"""Setting a part aside can bring out only faults of the parts around it, and those are few levels deep."""


class Form:
    """A file's data as far as its form is right. `written` is None where nothing usable is left."""

    def __init__(self, source: Source) -> None:
        self.faults: list[Fault] = []
        self.aside: set[Path] = set()
        self.written = self._read(source)

    def _read(self, source: Source) -> DirectiveFile | None:
        data = source.data
        for _ in range(_ROUNDS):
            try:
                return DirectiveFile.model_validate(data)
            except ValidationError as error:
                found = [detail for detail in error.errors() if self._part(detail["loc"]) not in self.aside]
                self.faults += schema_faults(source, found)
                self.aside |= {self._part(detail["loc"]) for detail in found}
                data = self._without(data)
        return None

    def _part(self, path: Path) -> Path:
        """What to set aside for a fault: a whole requirement, else the setting."""
        return path[:2] if path[:1] in {("requirements",), ("document",)} else path[:1]

    def _without(self, data: Any, inside: Path = ()) -> Any:
        """The data without what is set aside."""
        if not isinstance(data, dict):
            return data
        kept = {key: value for key, value in data.items() if (*inside, key) not in self.aside}
        return kept if inside else {key: self._without(value, (key,)) for key, value in kept.items()}
