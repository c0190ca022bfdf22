"""Checks of the database and of what is recorded in it."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from commands.checkups.finding import Finding, out_of_reach, warning, well, wrong
from commands.counting import count
from commands.database import open_database
from models.clock import Clock
from models.unreachable import Unreachable
from rules.calendar import local_day
from settings import Settings
from store.archiving import ArchivingRecords
from store.checkups import notices_waiting, open_directives, revisions
from store.engine import reading
from store.holders import unreachable_units
from store.outbox import refused_mails

_PATIENCE = timedelta(hours=1)
_FEW = 3


def database(settings: Settings) -> tuple[Finding, Engine | None]:
    """Whether the database is there and its schema is the newest; the engine only then."""
    try:
        engine = open_database(settings)
        current, newest = revisions(engine)
    except Unreachable as error:
        return out_of_reach("database", error), None
    address = engine.url.render_as_string(hide_password=True)
    if current == newest:
        return well("database", f"{address} answers, schema {current}"), engine
    todo = "stop dondoc, back the database up, then run `dondoc init`"
    return wrong("database", f"{address} has schema {current}, this version needs {newest}", todo), None


def records(engine: Engine, now: datetime | None = None) -> list[Finding]:
    """What lies about in the directives that run: mail that waits or was refused, units that no mail reaches.

    `now` is real time, the present if left out.
    """
    real = now or datetime.now(UTC)
    late: dict[str, int] = {}
    refused: dict[str, list[str]] = {}
    unheard: dict[str, list[str]] = {}
    with reading(engine) as session:
        running = open_directives(session)
        for row in running:
            clock = Clock.model_validate(row.clock)
            late[row.number] = notices_waiting(session, row.id, clock.business(real - _PATIENCE))
            mails = refused_mails(session, row.id)
            refused[row.number] = [f"{mail['to'] or mail['unit']}: {mail['error']}" for mail in mails]
            units = unreachable_units(session, row.id, local_day(clock.business(real)))
            unheard[row.number] = [f"{unit}: {why}" for unit, why in units]
    return [
        well("directives", f"{len(running)} running"),
        _late({number: count for number, count in late.items() if count}),
        _listed(
            "mail refused",
            refused,
            "no mail was refused for good",
            "correct the addresses in the registry and import it again (`dondoc units import`)",
        ),
        _listed(
            "units unreached",
            unheard,
            "mail reaches every unit",
            "give these units an address in the registry and import it again (`dondoc units import`)",
        ),
        _archived(engine),
    ]


def _archived(engine: Engine) -> Finding:
    """How many registers that are closed are archived, and whether something was missing then."""
    standings = ArchivingRecords(engine).standings()
    there = [standing.archived for standing in standings if standing.archived]
    says = f"{len(there)} of {len(standings)} closed registers"
    if lacking := sum(not item.complete for item in there):
        todo = "`dondoc audit archive NUMBER` names what is missing, and takes it in where it is back"
        return warning("archive", f"{says}, {lacking} without all files, mails or histories", todo)
    return well("archive", says)


def _late(counts: dict[str, int]) -> Finding:
    if not counts:
        return well("mail waiting", "nothing has waited longer than an hour")
    said = "; ".join(f"{count(late, 'notice')} of {number}" for number, late in counts.items())
    todo = "see whether the mail server and the worker for mail run; mail is sent as soon as both do"
    return warning("mail waiting", f"waiting longer than an hour: {said}", todo)


def _listed(check: str, found: dict[str, list[str]], nothing: str, todo: str) -> Finding:
    parts = [_first(number, items) for number, items in found.items() if items]
    if not parts:
        return well(check, nothing)
    return warning(check, "; ".join(parts), f"{todo}; `dondoc status NUMBER` names all")


def _first(number: str, items: list[str]) -> str:
    more = f", and {len(items) - _FEW} more" if len(items) > _FEW else ""
    return f"{number}: {len(items)} ({', '.join(items[:_FEW])}{more})"
