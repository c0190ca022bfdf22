"""Writes the sheet of a day, and reads those of all days."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from audit.archive.anchors import Sheet, SheetBroken, one_line, parse, write, written
from models.anchor import Heads, RegisterHeads, SheetName, Written
from models.unreachable import Unreachable
from rules.calendar import local_day
from store.anchoring import AnchorRecords
from store.files import write_durably

_NAME = re.compile(r"\d{4}-\d{2}-\d{2}(-\d+)?")


class Sheets:
    """The sheets in a folder. All raise `Unreachable` where the disk refuses."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, name: SheetName) -> Path:
        """Where a sheet lies or would lie."""
        return self._folder / f"{name}.txt"

    def all(self) -> Iterator[tuple[Path, Sheet | SheetBroken]]:
        """All sheets, the oldest first; of one that is not as it was written, what is wrong with it."""
        paths = (path for path in self._folder.glob("*.txt") if _NAME.fullmatch(path.stem))
        for path in sorted(paths, key=lambda path: SheetName.parse(path.stem).order):
            yield path, _read(path)

    def keep(self, sheet: Sheet) -> Path:
        """Write a sheet, durably; returns where it lies."""
        path = self.path(sheet.name)
        try:
            write_durably(path, write(sheet).encode())
        except OSError as error:
            raise Unreachable("the archive", str(path), error.strerror or str(error)) from error
        return path


class Anchors:
    """Writes down the heads of all chains. `installation` is what the sheets call this one."""

    def __init__(self, records: AnchorRecords, sheets: Sheets, installation: str) -> None:
        self._records = records
        self._sheets = sheets
        self._installation = installation

    def write(self, now: datetime) -> tuple[Path, bool]:
        """Write the first sheet of today (`now` is real time), if there is none: what was written once is never
        changed. Returns where the latest sheet lies, and whether it is new. Raises `Unreachable`."""
        return self._anchor(now, again=False)

    def write_at_once(self, now: datetime) -> tuple[Path, bool]:
        """Write another sheet, also where there is one of today, unless the last one still says all. As `write`."""
        return self._anchor(now, again=True)

    def _anchor(self, now: datetime, *, again: bool) -> tuple[Path, bool]:
        fresh: list[Written] = []

        def write_down(heads: Callable[[], Heads], noted: Written | None) -> Written | None:
            if noted and noted.name.day >= local_day(now) and not again:
                return None
            before = [sheet for _, sheet in self._sheets.all() if isinstance(sheet, Sheet)]
            latest = written(before[-1]) if before else None
            if latest and (noted is None or latest.name.order > noted.name.order):
                return latest  # it was written, and could not be noted
            sheet, changed = self._sheet(now, heads(), noted, before)
            if noted and not changed and again:
                return None
            self._sheets.keep(sheet)
            fresh.append(written(sheet))
            return fresh[0]

        latest = self._records.anchor(write_down)
        return self._sheets.path(latest.name), bool(fresh)

    def _sheet(self, now: datetime, heads: Heads, last: Written | None, before: Sequence[Sheet]) -> tuple[Sheet, bool]:
        """The sheet that would be next, and whether it says anything that those `before` do not."""
        day = max(local_day(now), last.name.day) if last else local_day(now)
        known = {register.cascade_id: register for sheet in before for register in sheet.registers}
        registers = tuple(map(_printed, heads.registers))
        changed = tuple(register for register in registers if not _same(known.get(register.cascade_id), register))
        sheet = Sheet(
            day=day,
            number=last.name.number + 1 if last and last.name.day == day else 1,
            written_at=now.replace(microsecond=0),
            installation=one_line(self._installation),
            previous=last,
            journal=heads.journal,
            registers=changed,
            unchanged=len(registers) - len(changed),
        )
        noted_since = heads.journal.seq > before[-1].journal.seq + 1 if before else True
        return sheet, bool(changed) or noted_since


def _read(path: Path) -> Sheet | SheetBroken:
    try:
        return parse(path.read_bytes().decode())
    except SheetBroken as error:
        return error
    except UnicodeDecodeError as error:
        return SheetBroken(f"it is no text ({error.reason})")
    except OSError as error:
        raise Unreachable("the archive", str(path), error.strerror or str(error)) from error


def _printed(register: RegisterHeads) -> RegisterHeads:
    """As it stands in a sheet."""
    plain = {"number": one_line(register.number), "unit_name": one_line(register.unit_name)}
    return register.model_copy(update=plain)


def _same(known: RegisterHeads | None, register: RegisterHeads) -> bool:
    return known is not None and (known.events, known.journal) == (register.events, register.journal)
