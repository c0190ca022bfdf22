"""`dondoc doctor`: looks at everything that dondoc needs, one after another, and changes nothing."""

from collections.abc import Iterable

from commands.checkups import machine
from commands.checkups.finding import Finding, Verdict, well, wrong
from commands.errors import CommandError, Exit, load_settings
from settings import Settings


async def examine() -> list[Finding]:
    """What every check found, in the order in which a fault would explain those after it."""
    found = [machine.python(), machine.time_zone()]
    if any(finding.verdict is Verdict.WRONG for finding in found):
        return found
    try:
        settings = load_settings()
    except CommandError as error:
        return [*found, wrong("settings", str(error), "correct or remove the environment variable")]
    home = settings.home.absolute()
    return [*found, well("settings", f"home {home}, pages {settings.pages_url}"), *await _installed(settings)]


async def _installed(settings: Settings) -> list[Finding]:
    """The checks that need settings. They are imported only now: where there is no time zone, they cannot be."""
    from commands.checkups.database import database, records
    from commands.checkups.reached import mail_server, pages
    from commands.checkups.temporal import temporal

    stored, engine = database(settings)
    found = [machine.fonts(), *machine.template(settings), *machine.folders(settings), stored]
    found += await temporal(settings, engine)
    found += [await pages(settings), await mail_server(settings)]
    return [*found, *records(engine)] if engine else found


def exit_code(findings: Iterable[Finding]) -> Exit:
    """0 where nothing is wrong, 5 where a service is away, else 3."""
    verdicts = {finding.verdict for finding in findings}
    if Verdict.AWAY in verdicts:
        return Exit.UNREACHABLE
    return Exit.DONE if verdicts <= {Verdict.WELL} else Exit.REFUSED
