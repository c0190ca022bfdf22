"""Opens the database of an installation, or says what is missing."""

from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from models.unreachable import Unreachable
from settings import Settings
from store.engine import make_engine

_DATABASE = "the database"


def open_database(settings: Settings) -> Engine:
    """The engine of a prepared database. Raises `Unreachable` where there is none or it does not answer."""
    engine = make_engine(settings.sql_url)
    address = engine.url.render_as_string(hide_password=True)
    if (
        engine.url.get_backend_name() == "sqlite"
        and not (settings.home / "dondoc.db").exists()
        and not settings.database_url
    ):
        raise Unreachable(_DATABASE, address, "there is none, run `dondoc init` first")
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT version_num FROM alembic_version"))
    except ProgrammingError as error:
        raise Unreachable(_DATABASE, address, "it is empty, run `dondoc init` first") from error
    except OperationalError as error:
        raise Unreachable(_DATABASE, address, "check DONDOC_DATABASE_URL, or run `dondoc init` first") from error
    return engine
