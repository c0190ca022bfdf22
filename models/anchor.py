"""The heads of chains, as they are written down each day."""

import datetime as dt

from models.base import Wire

_DAY = len("2026-11-22")


class Head(Wire):
    """How long a chain is, and the hash (SHA-256, hex) of its last link."""

    seq: int
    hash: str


class RegisterHeads(Wire):
    """The heads of one register: of its events, and of its journal. `number` is what its directive is called by."""

    cascade_id: str
    number: str
    unit: str
    unit_name: str
    events: Head
    journal: Head


class Heads(Wire):
    """The heads of all registers, and that of the installation's journal."""

    journal: Head
    registers: tuple[RegisterHeads, ...]


class SheetName(Wire):
    """Which sheet: its day, and the how many-th of that day it is."""

    day: dt.date
    number: int = 1

    def __str__(self) -> str:
        """As its file is called and its note says: `2026-11-22`, the second one of a day `2026-11-22-2`."""
        return f"{self.day.isoformat()}-{self.number}" if self.number > 1 else self.day.isoformat()

    @property
    def order(self) -> tuple[dt.date, int]:
        """Sheets follow one another by this."""
        return self.day, self.number

    @classmethod
    def parse(cls, name: str) -> "SheetName":
        """As it is written. Raises `ValueError`."""
        return cls(day=dt.date.fromisoformat(name[:_DAY]), number=int(name[_DAY + 1 :] or 1))


class Written(Wire):
    """A sheet that was written: which, and its SHA-256 (hex)."""

    name: SheetName
    sha256: str
