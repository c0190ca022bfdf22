"""`dondoc audit verify`: whether anything in the record has been changed."""

import sys
from collections.abc import Callable, Sequence

from sqlalchemy import Engine

from audit.histories.live import LiveHistories
from audit.histories.runs import Histories
from audit.verify.finding import Report
from audit.verify.server import Away
from audit.verify.verify import verify as verify_record
from audit.verify.words import report_lines
from commands.audit.writing import reader
from commands.errors import CommandError, Exit
from commands.lists import find
from models.journal import INSTALLATION, Verified
from models.unreachable import Unreachable
from naming import cascade_parts
from services.temporal import connect
from services.verifying import sources
from settings import Settings
from store.journal import Journal
from store.snapshot import Snapshots
from texts.language import Language, speaking


async def verify(
    settings: Settings,
    engine: Engine,
    number: str | None,
    issuer: str | None,
    *,
    ask_server: bool = True,
    language: Language = Language.VIETNAMESE,
    say: Callable[[str], None] = lambda _line: None,
) -> Report:
    """Verify one directive, or (`number` None) everything; noted in the journals of what was verified.

    Where the Temporal server does not answer the archive stands in for it, and all is verified that does not need it.
    Raises `CommandError` for an unknown directive, `Unreachable` for a database or a disk that is away.
    """
    directives = None if number is None else [find(engine, number, issuer).id]
    live = await _server(settings, say) if ask_server else None
    with speaking(language):
        report = await verify_record(sources(settings, engine, live), _progress, directives)
    _note(engine, directives, report)
    return report


def exit_code(report: Report) -> Exit:
    """3 where something does not fit, 5 where the server was away and a history could not be checked."""
    if report.findings:
        return Exit.REFUSED
    return Exit.UNREACHABLE if report.lacks_server else Exit.DONE


def words(engine: Engine, report: Report, language: Language) -> str:
    """What was found, what stood in for what, and what could not be checked; registers called by who keeps them."""
    keepers = Snapshots(engine).keepers() if report.findings or report.unchecked or report.from_archive else {}
    with speaking(language):
        return "\n".join(report_lines(report, keepers))


async def _server(settings: Settings, say: Callable[[str], None]) -> Histories:
    """The server's histories, also where it does not answer: that is said at once, and in the report."""
    try:
        return LiveHistories(await connect(settings))
    except Unreachable as away:
        say(f"{away}; histories are taken from the archive")
        return Away(away)


def _progress(done: int, of: int) -> None:
    """One line that is written over, where somebody looks."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done}/{of}" + ("\n" if done == of else ""))
        sys.stderr.flush()


def _note(engine: Engine, directives: Sequence[str] | None, report: Report) -> None:
    """Note in each register's journal, and where all was verified in the installation's, what came of it."""
    journal, snapshots = Journal(engine), Snapshots(engine)
    found: dict[str, int] = {}
    for each in report.findings:
        found[each.cascade_id] = found.get(each.cascade_id, 0) + 1
    by = reader()
    for directive_id in snapshots.directives() if directives is None else directives:
        for cascade_id, last in snapshots.ends(directive_id):
            note = Verified(events=last, findings=found.get(cascade_id, 0))
            journal.note(cascade_id, by, "dondoc audit verify", note, cascade_parts(cascade_id)[1])
    if directives is None:
        all_of_it = Verified(events=report.looked.events, findings=len(report.findings))
        journal.note(INSTALLATION, by, "dondoc audit verify", all_of_it)


def only_one(number: str | None, everything: bool) -> str | None:
    """The directive that is meant, None: all. Raises `CommandError` INVALID where neither or both are named."""
    if (number is None) is not everything:
        raise CommandError(Exit.INVALID, "name a directive, or --all")
    return number
