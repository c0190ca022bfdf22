"""`dondoc store rebuild`: the tables made anew from archives and histories, in an empty database."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from audit.archive.archive import Archive, ManifestBroken
from audit.archive.objects import ObjectBroken, ObjectMissing
from audit.archive.running import Running
from audit.histories.broken import HistoryBroken
from audit.histories.live import LiveHistories
from audit.histories.replayed import replayed
from audit.histories.runs import Run
from audit.verify.restore import Gathered, Places, gather
from commands.audit.writing import reader
from commands.counting import count
from commands.errors import CommandError, Exit
from models.journal import INSTALLATION, Rebuilt
from models.unreachable import Unreachable
from rules.sending import MailHours
from rules.words import stamp
from services.temporal import connect
from settings import Settings
from store.engine import make_engine, migrate, together
from store.journal import Journal
from store.restoring import is_empty, restore

_LIKE = "write it like sqlite:////srv/dondoc/new.db (four strokes before a whole path) or postgresql://host/name"
_AGAIN = "nothing was restored, and the database is as empty as before; run the same command again"


async def rebuild(settings: Settings, archive: Path | None, into: str, *, ask_server: bool) -> dict[str, Any]:
    """Make the tables anew, all or nothing; returns what was restored, what could not be, and how many mails are held
    back.

    Raises `CommandError` INVALID for what is no URL of a database, REFUSED for one that is not empty or an archive that
    is broken, NOT_FOUND for one that is not there, and `Unreachable`; of the Temporal server only where a register is
    not archived.
    """
    folder = archive or settings.archive
    if not folder.is_dir():
        raise CommandError(Exit.NOT_FOUND, f"{folder}: there is no archive; name its folder with --from-archive")
    try:
        engine = make_engine(into)
    except (ArgumentError, ImportError) as error:
        raise CommandError(Exit.INVALID, f"--into: {into!r} is no URL of a database; {_LIKE}") from error
    try:
        _prepare(engine)
        return await _rebuilt(settings, folder, engine, ask_server=ask_server)
    finally:
        engine.dispose()


def words(done: dict[str, Any]) -> str:
    """What was restored, and what an operator has to know."""
    registers, directives = count(done["registers"], "register"), count(len(done["directives"]), "directive")
    lines = [f"restored in {done['database']}: {registers} of {directives}, {done['from_archive']} from the archive"]
    lines += (f"not restored: {register}: {why}" for register, why in done["lacking"].items())
    if done["mails_held"]:
        mails = count(done["mails_held"], "mail")
        lines.append(
            f"{mails} of registers that are not archived marked failed, and not sent again: nobody knows what became "
            "of them; `dondoc remind` tells units again"
        )
    lines.append("not restored: links in mails, drafts and the list of readers; see docs/operating.md")
    lines.append(
        "not restored: what was noted in journals (mails, attempts, looks, sheets) since the archive's last round; "
        f"that of the installation is there up to {_moment(done['noted_until'])}"
    )
    return "\n".join(lines)


class _WhenNeeded:
    """The port `audit.histories.runs.Histories` of a server that is only reached when a history is asked for: where all
    registers are archived none is."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._live: LiveHistories | None = None

    async def runs(self, cascade_id: str) -> tuple[Run, ...]:
        """Raises `Unreachable` with what can be done without the server."""
        try:
            self._live = self._live or LiveHistories(await connect(self._settings))
            return await self._live.runs(cascade_id)
        except Unreachable as error:
            advice = (
                f"{error.advice}; {cascade_id} is not archived: --without-histories restores only what is; {_AGAIN}"
            )
            raise Unreachable(error.service, error.address, advice) from error


def _prepare(engine: Engine) -> None:
    """Bring the empty database up to its tables. Raises `Unreachable`, `CommandError` REFUSED."""
    try:
        migrate(engine)
    except Unreachable as error:
        why = error.advice.partition("; check ")[0]
        raise Unreachable(error.service, error.address, f"{why}; check --into: {_LIKE}") from error
    _refuse_unless_empty(engine)


async def _rebuilt(settings: Settings, folder: Path, engine: Engine, *, ask_server: bool) -> dict[str, Any]:
    live = _WhenNeeded(settings) if ask_server else None
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
        "noted_until": _noted_until(found),
    }


def _noted_until(found: Gathered) -> str | None:
    """When the last entry was noted that is restored of the installation's journal (real time, ISO); None: none is."""
    if not found.rows.journal:
        return None
    noted: str = json.loads(found.rows.journal[-1][1])["recorded_at"]
    return noted


def _moment(at: str | None) -> str:
    return stamp(datetime.fromisoformat(at)) if at else "its beginning: nothing was kept"


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
