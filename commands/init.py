"""`dondoc init`: prepares the home folder and the database."""

from commands.errors import CommandError, Exit
from settings import Settings
from store.engine import make_engine, migrate


def init(settings: Settings) -> dict[str, str]:
    """Create the folders and bring the database schema up to date; harmless to repeat. Returns what is where."""
    engine = make_engine(settings.sql_url)
    address = engine.url.render_as_string(hide_password=True)
    try:
        for folder in (settings.home, settings.files, settings.reports, settings.logs):
            folder.mkdir(parents=True, exist_ok=True)
        migrate(engine)
    except OSError as error:
        raise CommandError(Exit.UNREACHABLE, f"cannot write to {settings.home}: {error.strerror}") from error
    return {"home": str(settings.home.absolute()), "database": address}
