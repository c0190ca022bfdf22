"""Opens the database of an installation, or says what is missing."""

from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from commands.errors import CommandError, Exit
from settings import Settings
from store.engine import make_engine


def open_database(settings: Settings) -> Engine:
    """The engine of a prepared database. Raises `CommandError` where there is none or it does not answer."""
    engine = make_engine(settings.sql_url)
    address = engine.url.render_as_string(hide_password=True)
    if (
        engine.url.get_backend_name() == "sqlite"
        and not (settings.home / "dondoc.db").exists()
        and not settings.database_url
    ):
        raise CommandError(Exit.UNREACHABLE, f"there is no database at {address}: run `dondoc init` first")
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT version_num FROM alembic_version"))
    except ProgrammingError as error:
        raise CommandError(Exit.UNREACHABLE, f"the database {address} is empty: run `dondoc init` first") from error
    except OperationalError as error:
        raise CommandError(
            Exit.UNREACHABLE,
            f"the database cannot be reached at {address}: check DONDOC_DATABASE_URL, or run `dondoc init` first",
        ) from error
    return engine
