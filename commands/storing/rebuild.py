"""`dondoc store rebuild`: the tables made anew from archives and histories, in an empty database."""

from pathlib import Path
from typing import Any

from audit.archive.archive import Archive, ManifestBroken
from audit.archive.objects import ObjectBroken, ObjectMissing
from audit.histories.broken import HistoryBroken
from audit.histories.live import LiveHistories
from audit.histories.replayed import replayed
from audit.verify.restore import gather
from commands.audit.writing import reader
from commands.errors import CommandError, Exit
from models.journal import INSTALLATION, Rebuilt
from rules.sending import MailHours
from services.temporal import connect
from settings import Settings
from store.engine import make_engine, migrate
from store.journal import Journal
from store.restoring import finish, is_empty, restore


async def rebuild(settings: Settings, archive: Path | None, into: str, *, ask_server: bool) -> dict[str, Any]:
    """Make the tables anew; returns what was restored, what could not be, and how many mails are held back.

    Raises `CommandError` REFUSED for a database that is not empty or an archive that is broken, NOT_FOUND for one that
    is not there, and `Unreachable`.
    """
    folder = archive or settings.archive
    if not folder.is_dir():
        raise CommandError(Exit.NOT_FOUND, f"{folder}: there is no archive")
    engine = make_engine(into)
    migrate(engine)
    if not is_empty(engine):
        address = engine.url.render_as_string(hide_password=True)
        raise CommandError(Exit.REFUSED, f"{address} is not empty; tables are only made anew in an empty database")
    live = LiveHistories(await connect(settings)) if ask_server else None
    try:
        found = await gather(Archive(folder), live, replayed)
    except (ManifestBroken, ObjectMissing, ObjectBroken, HistoryBroken) as error:
        raise CommandError(Exit.REFUSED, f"nothing was restored: {error}") from error
    hours = MailHours(*settings.mail_hours) if settings.mail_hours else None
    try:
        held = sum(restore(engine, directive, hours) for directive in found.directives)
    except KeyError as error:
        message = f"unit {error} is in no archive; run `dondoc units import` in another empty database first"
        raise CommandError(Exit.REFUSED, message) from error
    finish(engine)
    registers = sum(len(directive.registers) for directive in found.directives)
    Journal(engine).note(INSTALLATION, reader(), "dondoc store rebuild", Rebuilt(registers=registers))
    return {
        "database": engine.url.render_as_string(hide_password=True),
        "directives": [directive.row["id"] for directive in found.directives],
        "registers": registers,
        "from_archive": sum(len(directive.archived) for directive in found.directives),
        "lacking": found.lacking,
        "mails_held": held,
    }


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
    return "\n".join(lines)
