"""`dondoc store rebuild`: the tables made anew from archives and histories, in an empty database."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from audit.archive.archive import Archive, ManifestBroken
from audit.archive.objects import ObjectBroken, ObjectMissing
from audit.archive.running import Running
from audit.histories.broken import HistoryBroken
from audit.histories.live import LiveHistories
from audit.histories.replayed import replayed
from audit.verify.restore import Gathered, Places, gather
from commands.audit.writing import reader
from commands.errors import CommandError, Exit
from models.journal import INSTALLATION, Rebuilt
from models.unreachable import Unreachable
from rules.sending import MailHours
from services.temporal import connect
from settings import Settings
from store.engine import make_engine, migrate, together
from store.journal import Journal
from store.restoring import is_empty, restore

_AGAIN = "nothing was restored, and the database is as empty as before; run the same command again"


async def rebuild(settings: Settings, archive: Path | None, into: str, *, ask_server: bool) -> dict[str, Any]:
    """Make the tables anew, all or nothing; returns what was restored, what could not be, and how many mails are held
    back.

    Raises `CommandError` REFUSED for a database that is not empty or an archive that is broken, NOT_FOUND for one that
    is not there, and `Unreachable`.
    """
    folder = archive or settings.archive
    if not folder.is_dir():
        raise CommandError(Exit.NOT_FOUND, f"{folder}: there is no archive")
    engine = make_engine(into)
    try:
        migrate(engine)
        _refuse_unless_empty(engine)
        return await _rebuilt(settings, folder, engine, ask_server=ask_server)
    finally:
        engine.dispose()


def words(done: dict[str, Any]) -> str:
    """What was restored, and what an operator has to know."""
    lines = [
        f"{done['registers']} registers of {len(done['directives'])} directives are restored in {done['database']}, "
        f"{done['from_archive']} of them from the archive"
    ]
    lines += (f"not restored: {register}: {why}" for register, why in done["lacking"].items())
    if done["mails_held"]:
        lines.append(
            f"{done['mails_held']} mails of registers that are not archived are marked failed and will not be sent: "
            "nobody knows whether they were; `dondoc remind` tells units again"
        )
    lines.append("links in mails, drafts and the list of readers are not restored; see docs/operating.md")
    return "\n".join(lines)


async def _rebuilt(settings: Settings, folder: Path, engine: Engine, *, ask_server: bool) -> dict[str, Any]:
    live = LiveHistories(await connect(settings)) if ask_server else None
    try:
        found = await gather(Places(Archive(folder), Running(folder), live, replayed))
    except (ManifestBroken, ObjectMissing, ObjectBroken) as error:
        raise CommandError(Exit.REFUSED, f"{error}; put a whole copy of the archive in its place: {_AGAIN}") from error
    except HistoryBroken as error:
        message = f"{error}; with --without-histories only what is archived is restored: {_AGAIN}"
        raise CommandError(Exit.REFUSED, message) from error
    hours = MailHours(*settings.mail_hours) if settings.mail_hours else None
    directives = found.rows.directives
    registers = sum(len(directive.registers) for directive in directives)
    held = _restore(engine, found, hours, registers)
    return {
        "database": engine.url.render_as_string(hide_password=True),
        "directives": [directive.row["id"] for directive in directives],
        "registers": registers,
        "from_archive": sum(len(directive.archived) for directive in directives),
        "lacking": found.lacking,
        "mails_held": held,
    }


def _restore(engine: Engine, found: Gathered, hours: MailHours | None, registers: int) -> int:
    """Write everything in one transaction."""
    try:
        with together(engine) as whole:
            _refuse_unless_empty(whole)
            held = restore(whole, found.rows, hours)
            Journal(whole).note(INSTALLATION, reader(), "dondoc store rebuild", Rebuilt(registers=registers))
    except Unreachable as error:
        raise Unreachable(error.service, error.address, f"{error.advice}; {_AGAIN}") from error
    except KeyError as error:
        message = f"unit {error} is in no archive; run `dondoc units import` into that database first: {_AGAIN}"
        raise CommandError(Exit.REFUSED, message) from error
    except (ValueError, SQLAlchemyError) as error:
        raise CommandError(Exit.REFUSED, f"what is archived does not fit together ({error}): {_AGAIN}") from error
    return held


def _refuse_unless_empty(engine: Engine) -> None:
    if not is_empty(engine):
        address = engine.url.render_as_string(hide_password=True)
        raise CommandError(Exit.REFUSED, f"{address} is not empty; tables are only made anew in an empty database")
