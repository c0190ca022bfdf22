"""`dondoc audit anchor`: writes down the heads of all chains at once."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine

from audit.archive.anchors import Sheet, SheetBroken, grouped, sha256_of
from commands.errors import CommandError, Exit
from services.archive import anchors, sheets
from settings import Settings


def anchor(settings: Settings, engine: Engine) -> dict[str, Any]:
    """Write a sheet, or find the last one where it still says all, and name all that are not as they were written.
    Raises `CommandError` REFUSED where the last one is gone."""
    path, fresh = anchors(settings, engine).write_at_once(datetime.now(UTC))
    found = dict(sheets(settings).all())
    sheet = found.get(path)
    if not isinstance(sheet, Sheet):
        raise CommandError(Exit.REFUSED, f"{path}: it was noted, and is not there as it was; see `dondoc audit verify`")
    return {
        "file": str(path.absolute()),
        "day": sheet.day.isoformat(),
        "number": sheet.number,
        "new": fresh,
        "sha256": sha256_of(sheet),
        "registers": len(sheet.registers),
        "unchanged": sheet.unchanged,
        "broken": {str(path): str(other) for path, other in found.items() if isinstance(other, SheetBroken)},
    }


def exit_code(done: dict[str, Any]) -> Exit:
    """3 where an earlier sheet is not as it was written."""
    return Exit.REFUSED if done["broken"] else Exit.DONE


def words(done: dict[str, Any]) -> str:
    """Where the sheet lies, its hash as it stands at its end, and which others are broken."""
    written = "is written" if done["new"] else "still says all"
    line = f"{done['file']} {written}, SHA-256 {grouped(done['sha256'])}; mail or print it, and keep it elsewhere"
    return "\n".join([line, *(f"{path}: {why}" for path, why in done["broken"].items())])
